"""What must be true of every event, whatever led to it."""

from collections.abc import Sequence
from datetime import timedelta

from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.caution import NEVER_LIFTED, Level
from bot.nouns.conversation import (
    Conversation,
    HandoffState,
)
from bot.nouns.delivery import Audience, Cleared, NotSent, Posted, ToMention
from bot.nouns.team import Part, Refusal, Role, Teammate
from bot.nouns.time import Moment
from bot.nouns.view import View
from bot.rules.asks import TOO_LONG
from bot.rules.due import due
from tests.bot.build import (
    a_team,
    apply,
    conversation,
    decided,
    opened,
)
from tests.bot.machine.world import Clockface, Square


class Truth(RuleBasedStateMachine):
    """One conversation, six people, a square, a clock, and what is really true beside them."""

    @initialize()
    def begin(self) -> None:
        """A mention came."""
        self.view: View = opened(team=a_team())
        self.clock = Clockface()
        self.square = Square()
        self.news: list[c.Command] = []
        self.serial = 0
        self.begun: dict[tuple[str, int], tuple[float, float]] = {}
        self.released: set[tuple[str, int]] = set()
        self.seals: dict[tuple[str, int], str] = {}
        self.pressed: dict[str, tuple[str, int, str]] = {}
        self.asked: dict[str, tuple[float, Moment]] = {}
        self.knew: dict[tuple[str, int], dict[str, str]] = {}
        self.out: set[tuple[str, int]] = set()
        self.unanswered = {m.key.id for m in self.conv.mentions}
        self.answers: dict[str, set[str]] = {}

    # ------------------------------------------------------------ what the machine is made of

    @property
    def conv(self) -> Conversation:
        """The conversation as it stands."""
        return conversation(self.view)

    def fresh(self, prefix: str) -> str:
        """A name nobody had before."""
        self.serial += 1
        return f"{prefix}{self.serial}"

    def do(self, command: c.Command, by: Teammate | Part) -> Sequence[e.Event]:
        """Decide; what follows is checked against the truth and folded. A refusal speaks to a person."""
        answer = decided(self.view, command, by, self.clock.now())
        if isinstance(answer, Refusal):
            assert answer.because
            return ()
        assert answer, command
        for event in answer:
            self.check(event, by)
        self.view = apply(self.view, answer)
        return answer

    def press(self, person: str, command: c.Command) -> Sequence[e.Event]:
        """Somebody presses, if they are of the team at all."""
        by = self.view.team.people.get(person)
        return self.do(command, by) if by is not None else ()

    # ------------------------------------------------------------ what must be true of every event

    def check(self, event: e.Event, by: Teammate | Part) -> None:
        """Rights first, then what each kind of event promises."""
        if isinstance(by, Teammate) and not isinstance(event, e.PersonSet | e.PersonLeft):
            assert by.may(Role.TEAMMATE), event
        match event:
            case e.Assigned() | e.Released() | e.StopLifted() | e.HoldEnded():
                self.check_lead(event, by)
            case e.Drafted():
                self.check_draft(event)
            case e.Reread():
                held = {m.key.id: m.latest.read() for m in self.conv.mentions if m.deleted is None}
                self.knew[event.draft, event.version] = held
            case e.SendAsked():
                assert event.words.seal == self.seals[event.draft, event.version]
                self.pressed[event.attempt] = (event.draft, event.version, event.words.seal)
                self.asked[event.attempt] = self.clock.true, self.clock.now().moment
                self.check_hold(event.audience)
                if event.again:
                    self.out.discard((event.draft, event.version))
            case e.Intended():
                self.check_intent(event)
            case e.SentBack(because=because) if because == TOO_LONG:
                assert self.waited(event.attempt) >= 290 - 1e-6, "sent back early"
            case e.Delivered(delivery=NotSent()):
                draft, version, _ = self.pressed[event.attempt]
                self.out.discard((draft, version))
            case e.Delivered(delivery=Posted()):
                assert self.square.has(event.attempt)
                attempt = self.conv.attempt(event.attempt)
                if attempt is not None and attempt.audience is Audience.PUBLIC:
                    self.unanswered -= self.answers.get(event.attempt, self.unanswered)
            case e.WroteAgain():
                self.unanswered.add(event.mention.key.id)
            case e.AnsweredByHand() | e.Silenced() | e.Closed():
                self.unanswered.clear()
            case _:
                pass

    def check_lead(self, event: e.Event, by: Teammate | Part) -> None:
        """Only leads, or a second name where the rules ask for no more."""
        assert isinstance(by, Teammate)
        leads = self.view.team.leads()
        if isinstance(event, e.Released | e.StopLifted):
            draft = self.conv.draft(event.draft)
            assert draft is not None
            assert by.id != draft.author
            if isinstance(event, e.Released):
                assert by.may(Role.LEAD) or len(leads) < 2
                self.released.add((event.draft, event.version))
            else:
                assert event.code not in NEVER_LIFTED
                assert by.may(Role.LEAD) or not [p for p in leads if p.on_duty and p.id != draft.author]
        else:
            assert by.may(Role.LEAD) or not (leads or isinstance(event, e.Assigned))

    def check_draft(self, event: e.Drafted) -> None:
        """When its wait really began: with these words, or with the same words before them."""
        name = (event.draft, event.version)
        self.seals[name] = event.words.seal
        before = self.conv.draft(event.draft)
        if event.cooling is None:
            return
        assert not [m for m in event.marks if m.level is Level.STOP and not event.unchanged]
        if before is not None and event.unchanged and before.cooling == event.cooling:
            last = (event.draft, before.version)
            self.begun[name] = self.begun[last]
            self.released |= {name} if last in self.released else set()
        else:
            self.begun[name] = (self.clock.true, event.cooling.length.total_seconds())
            assert event.cooling.length >= timedelta(minutes=2)

    def waited(self, attempt: str) -> float:
        """How long ago somebody pressed Send, in truth, where a clock can prove it; else exactly as long as that counts."""
        true, moment = self.asked[attempt]
        return self.clock.true - true if moment.at_most(self.clock.now()) is not None else 300.0

    def check_hold(self, audience: Audience) -> None:
        """Nothing public while a hold stands by both clocks."""
        if audience is Audience.PUBLIC:
            assert self.view.team.holding(self.clock.now()) is None

    def check_intent(self, event: e.Intended) -> None:
        """Cooled in truth, exactly the approved words to exactly their target, and never a second time."""
        draft, version, seal = self.pressed[event.attempt]
        attempt = self.conv.attempt(event.attempt)
        assert attempt is not None
        assert self.waited(event.attempt) <= 300 + 1e-6, "sent late"
        since, length = self.begun[draft, version]
        assert (draft, version) in self.released or self.clock.true - since >= length - 1e-6, "early"
        assert (attempt.draft, attempt.version, attempt.words.seal) == (draft, version, seal)
        stands = self.conv.draft(draft)
        assert stands is not None
        assert stands.version == version, "changed after the press"
        bound = Cleared(
            words=attempt.words,
            target=attempt.target,
            account=event.account,
            audience=attempt.audience,
            attempt_key=attempt.key,
        )
        assert event.binding == bound.binding()
        self.answers[event.attempt] = {m.key.id for m in self.conv.mentions}
        assert (draft, version) not in self.out, "twice"
        self.out.add((draft, version))
        self.check_hold(attempt.audience)
        talk = self.conv.offline
        away = talk is not None and talk.state is HandoffState.TAKEN
        assert not (away and isinstance(attempt.target, ToMention))

    @invariant()
    def nothing_is_out_twice(self) -> None:
        """In public every version stands at most once, and only words that somebody pressed Send on."""
        names = [(post.draft, post.version) for post in self.square.posts]
        assert len(names) == len(set(names))
        assert all(self.pressed[post.attempt][2] == post.seal for post in self.square.posts)

    @invariant()
    def the_counts_agree(self) -> None:
        """The incident counts as open what is open."""
        assert self.view.incidents["i1"].open == (self.conv.closed is None)

    @invariant()
    def nobody_is_ignored(self) -> None:
        """What they wrote after our last words went out waits for a word of ours, until somebody signed for it."""
        standing = {m.key.id for m in self.conv.mentions if m.deleted is None and m.signed is None}
        assert self.conv.waiting_since is not None or not (self.unanswered & standing)

    @invariant()
    def no_talk_is_forgotten(self) -> None:
        """Whoever talks with somebody away from the public is reminded, until a lead was told."""
        talk = self.conv.offline
        if talk is None or talk.state is not HandoffState.TAKEN or self.conv.closed is not None:
            return
        what = "talk" if talk.next is None else "contact"
        told = self.conv.reminder(what)
        assert what in {each.what for each in due(self.conv, self.view.team)} or (told is not None and told.count == 3)
