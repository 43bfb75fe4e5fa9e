"""The core as a state machine: whatever people, clocks, news and deliveries do, in whatever order.

No sequence sends early, twice, other words than approved, without a right to, against a hold, or over new words of
theirs that an honest look shows; and none leaves a mention without a path to a disposition.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.caution import NEVER_LIFTED, Level, Stage
from bot.nouns.conversation import (
    Attempt,
    AttemptState,
    Conversation,
    Draft,
    HandoffState,
    MadeGood,
    OfflineWay,
    PromiseState,
)
from bot.nouns.delivery import Audience, Cleared, Delivery, NotSent, Posted, ToAuthor, ToMention, Unknown
from bot.nouns.mention import CannotTell, Deleted, Disposition, Seen
from bot.nouns.team import Part, Refusal, Role, Teammate
from bot.nouns.view import View
from bot.rules.due import due
from tests.bot.build import (
    BY_API,
    BY_HAND,
    EVERYBODY,
    NO_REACH,
    OURS,
    SORRY,
    a_caution,
    a_mention,
    a_team,
    apply,
    cmd,
    conversation,
    decided,
    key,
    opened,
    words,
)
from tests.bot.world import Clockface, Post, Square

PEOPLE = [*(person.id for person in EVERYBODY), "ana", "ben", "kim", "kim"]
TEXTS = [SORRY, SORRY.replace("Friday", "Monday"), f"{SORRY}\n— Ben", "Please write to us, we want to mend this."]
CAUTIONS = [(), (a_caution("blame"),), (a_caution("sarcasm", Level.STOP),), (a_caution("pii_leak", Level.STOP),)]
ROLES = [frozenset({Role.TEAMMATE}), frozenset({Role.TEAMMATE}), frozenset({Role.LEAD}), frozenset({Role.GUEST})]
who = st.sampled_from(PEOPLE)
team = st.sampled_from(["ana", "ana", "ana", "ben", "kim"])
answers = st.sampled_from(["posted", "posted", "not sent", "lost", "never", "crash", "crash after"])
ANY = st.integers(0, 9)
WRONG = st.one_of(st.just(0.0), st.just(0.0), st.floats(-4, 4), st.floats(-7200, 7200))
stages = st.sampled_from([Stage.ACKNOWLEDGEMENT, Stage.RESPONSE, Stage.PRIVATE])


class Core(RuleBasedStateMachine):
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
        self.knew: dict[tuple[str, int], dict[str, str]] = {}
        self.out: set[tuple[str, int]] = set()

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
                self.check_hold(event.audience)
                if event.again:
                    self.out.discard((event.draft, event.version))
            case e.Intended():
                self.check_intent(event)
            case e.Delivered(delivery=NotSent()):
                draft, version, _ = self.pressed[event.attempt]
                self.out.discard((draft, version))
            case e.Delivered(delivery=Posted()):
                assert self.square.has(event.attempt)
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

    def check_hold(self, audience: Audience) -> None:
        """Nothing public while a hold stands by both clocks."""
        if audience is Audience.PUBLIC:
            assert self.view.team.holding(self.clock.now()) is None

    def check_intent(self, event: e.Intended) -> None:
        """Cooled in truth, exactly the approved words to exactly their target, and never a second time."""
        draft, version, seal = self.pressed[event.attempt]
        attempt = self.conv.attempt(event.attempt)
        assert attempt is not None
        since, length = self.begun[draft, version]
        assert (draft, version) in self.released or self.clock.true - since >= length - 1e-6, "early"
        assert (attempt.draft, attempt.version, attempt.words.seal) == (draft, version, seal)
        bound = Cleared(
            words=attempt.words,
            target=attempt.target,
            account=event.account,
            audience=attempt.audience,
            attempt_key=attempt.key,
        )
        assert event.binding == bound.binding()
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
        assert list(due(self.conv, self.view.team)) is not None

    # ------------------------------------------------------------ time

    @rule(seconds=st.one_of(st.floats(0, 120), st.floats(0, 3600), st.sampled_from([300.0, 1200.0, 1500.0])))
    def time_passes(self, seconds: float) -> None:
        """It does."""
        self.clock.true += seconds

    @rule(wall=WRONG, store=WRONG, both=st.booleans(), reboots=st.booleans(), witness=st.booleans())
    def clocks_go_wrong(self, wall: float, store: float, both: bool, reboots: bool, witness: bool) -> None:
        """One clock or both show something else, or the truth again; the machine may reboot, with a witness or without."""
        self.clock.wall, self.clock.store = wall, wall if both else store
        self.clock.witness = witness
        if reboots:
            self.clock.reboot()

    @rule(index=ANY)
    def clockwork_wakes(self, index: int) -> None:
        """Something that is due, by the wall's time or not."""
        found = due(self.conv, self.view.team)
        if found:
            self.do(cmd(c.Wake, what=found[index % len(found)].what), Part.CLOCKWORK)

    # ------------------------------------------------------------ the public

    @rule(what=st.sampled_from(["write", "write", "edit", "delete", "elsewhere"]), late=st.booleans(), index=ANY)
    def something_happens_in_public(self, what: str, late: bool, index: int) -> None:
        """They write again, edit, delete; or our account answers by another hand. The sorter may hear of it later."""
        name = list(self.square.said)[index % len(self.square.said)]
        match what:
            case "write":
                name = self.fresh("m")
                text = self.square.said[name] = f"And now? {name}"
                self.hear(cmd(c.Add, mention=a_mention(text, id=name, minutes=self.clock.true / 60)), late)
            case "edit" if self.square.said[name] is not None:
                text = self.square.said[name] = self.fresh("It came, thank you. ")
                self.hear(cmd(c.NoteEdit, mention=key(name), words=words(text)), late)
            case "delete":
                self.square.said[name] = None
                self.hear(cmd(c.NoteDeletion, mention=key(name)), late)
            case "elsewhere":
                post, text = self.fresh("hand"), "We answered this elsewhere."
                self.square.by_hand.append((post, text))
                self.hear(cmd(c.NoteOurAnswer, mention=key("m1"), post=key(post), words=words(text)), late)
            case _:
                pass

    def hear(self, command: c.Command, late: bool) -> None:
        """The sorter hears of it, now or later; in the order in which it happened."""
        self.news.append(command)
        if not late:
            self.the_sorter_catches_up()

    @rule()
    def the_sorter_catches_up(self) -> None:
        """Everything heard is sorted."""
        heard, self.news = self.news, []
        for command in heard:
            self.do(command, Part.SORTER)

    # ------------------------------------------------------------ the team

    @rule(person=who, to=who, choice=st.integers(0, 3), stale=st.sampled_from([0, 0, 0, 1]))
    def ownership(self, person: str, to: str, choice: int, stale: int) -> None:
        """Claim, assign, hand back."""
        epoch = self.conv.owners - stale
        commands = [cmd(c.Claim, epoch=epoch), cmd(c.Assign, to=to, epoch=epoch), cmd(c.HandBack)]
        self.press(person, commands[choice % 3])

    @rule(
        person=who,
        stage=stages,
        text=st.sampled_from(TEXTS),
        cautions=st.sampled_from(CAUTIONS),
        finished=st.sampled_from([True, True, True, False]),
        invites=st.booleans(),
        index=ANY,
    )
    def somebody_writes(
        self, person: str, stage: Stage, text: str, cautions: Any, finished: bool, invites: bool, index: int
    ) -> None:
        """A draft's next version, or a new draft."""
        standing = self.conv.staged(stage)
        to = self.conv.mentions[index % len(self.conv.mentions)].key
        private = stage is Stage.PRIVATE
        write = cmd(
            c.Write,
            draft=standing.id if standing is not None else self.fresh("d"),
            based_on=standing.version if standing is not None else 0,
            stage=stage,
            audience=Audience.PRIVATE if private else Audience.PUBLIC,
            target=ToAuthor(key=to) if private else ToMention(key=to),
            words=words(text, ref=self.fresh("w")),
            cautions=cautions,
            finished=finished,
            invites=invites,
        )
        self.press(person, write)

    @rule(person=who, index=ANY, choice=st.integers(0, 3), stale=st.sampled_from([0, 0, 0, 1]))
    def before_it_goes(self, person: str, index: int, choice: int, stale: int) -> None:
        """Read once more, discard, lift a stop, release early."""
        if not self.conv.drafts:
            return
        draft = self.conv.drafts[index % len(self.conv.drafts)]
        acts = {"draft": draft.id, "version": draft.version - stale}
        code = (*draft.stops(), "sarcasm")[0]
        commands: list[c.Command] = [
            cmd(c.ReadOnceMore, **acts),
            cmd(c.LiftStop, **acts, code=code, words=words("It may stand.")),
            cmd(c.ReleaseEarly, **acts, words=words("It is urgent.")),
            cmd(c.Discard, **acts),
        ]
        self.press(person, commands[choice])

    @rule(person=who, index=ANY, read=st.booleans(), looked=st.booleans(), forged=st.booleans())
    def somebody_sends(self, person: str, index: int, read: bool, looked: bool, forged: bool) -> None:
        """Press Send, often after reading it once more; now and then with another seal."""
        if not self.conv.drafts:
            return
        draft = self.conv.drafts[index % len(self.conv.drafts)]
        if read:
            self.press(person, cmd(c.ReadOnceMore, draft=draft.id, version=draft.version))
        seal = words("Other words.").seal if forged and not read else draft.words.seal
        send = cmd(c.Send, draft=draft.id, version=draft.version, seal=seal, attempt=self.fresh("s"), looked=looked)
        self.press(person, send)

    @rule(
        what=st.sampled_from(["roles", "hold", "end"]),
        person=who,
        roles=st.sampled_from(ROLES),
        minutes=st.integers(1, 99),
    )
    def the_team_changes(self, what: str, person: str, roles: frozenset[Role], minutes: int) -> None:
        """Somebody becomes something else or goes off duty; all posting is held, or no longer."""
        named, duty = self.view.team.name(person), minutes % 2 == 0
        begin = {"until": self.clock.now().wall + timedelta(minutes=minutes), "words": words("Wait.")}
        match what:
            case "roles":
                self.press("max", c.SetPerson(id="p", person=person, name=named, roles=roles, on_duty=duty))
            case "hold":
                self.press(person, c.BeginHold(id="h", **begin))
            case _:
                self.press("kim", c.EndHold(id="h"))

    @rule(person=who, choice=st.integers(0, 5), disposition=st.sampled_from(list(Disposition)))
    def the_rest_of_the_day(self, person: str, choice: int, disposition: Disposition) -> None:
        """Talks, silence, dispositions, closing and opening again."""
        commands: list[c.Command] = [
            cmd(c.TakeOffline, way=OfflineWay.PHONE),
            cmd(c.EndHandoff, words=words("It is replaced."), made_good=MadeGood.REPLACED),
            cmd(c.LeaveUnanswered, words=words("They only want to shout.")),
            cmd(c.SecondSilence),
            cmd(c.Close, disposition=disposition),
            cmd(c.Reopen),
        ]
        self.press(person, commands[choice])

    # ------------------------------------------------------------ the outbox and the wire

    @precondition(lambda self: any(a.state is AttemptState.ASKED for a in self.conv.attempts))
    @rule(
        reach=st.sampled_from([BY_API, BY_API, BY_API, BY_HAND, NO_REACH]),
        blind=st.sampled_from([False, False, False, True]),
        answer=answers,
    )
    def outbox_takes_one(self, reach: Any, blind: bool, answer: str) -> None:
        """Look, clear, and one attempt on the wire, with whatever comes of it."""
        self.outbox_takes(next(a for a in self.conv.attempts if a.state is AttemptState.ASKED), reach, blind, answer)

    def outbox_takes(self, attempt: Attempt, reach: Any, blind: bool, answer: str) -> None:
        """Look at what it answers, clear it, and make the one attempt."""
        target = attempt.target
        assert isinstance(target, ToMention | ToAuthor)
        seen: Seen | Deleted | CannotTell = (
            CannotTell(because="It timed out.") if blind else self.square.look(target.key.id)
        )
        person = self.view.team.people.get(attempt.by)
        allowed = person is not None and person.may(Role.TEAMMATE)
        clear = cmd(c.Clear, attempt=attempt.key, seen=seen, reach=reach, account=OURS, allowed=allowed)
        for event in self.do(clear, Part.OUTBOX):
            if isinstance(event, e.Intended):
                assert allowed
                if not blind:
                    self.check_look(attempt)
                if not event.by_hand:
                    self.wire(attempt, answer)

    def check_look(self, attempt: Attempt) -> None:
        """An honest look lets nothing go over words of theirs that the presser did not know."""
        assert self.square.standing() == self.knew[attempt.draft, attempt.version]

    def wire(self, attempt: Attempt, answer: str) -> None:
        """One attempt. `crash`: nobody hears what became of it; it is looked for when the outbox starts again."""
        if answer in ("posted", "lost", "crash after"):
            self.post(attempt)
        delivery: Delivery = Unknown(because="The answer was lost.")
        if answer == "posted":
            delivery = Posted(key=key(self.square.posts[-1].id))
        elif answer == "not sent":
            delivery = NotSent(because="Refused.")
        if "crash" not in answer:
            self.do(cmd(c.Deliver, attempt=attempt.key, delivery=delivery), Part.OUTBOX)

    def post(self, attempt: Attempt) -> None:
        """It really stands there now."""
        text = attempt.words.read()
        made = Post(
            self.fresh("ours"), attempt.key, attempt.draft, attempt.version, attempt.words.seal, text, attempt.target
        )
        self.square.posts.append(made)

    @rule()
    def outbox_starts_again(self) -> None:
        """What was interrupted is looked for; what nobody finds is unknown."""
        for attempt in self.conv.attempts:
            if attempt.state is AttemptState.INTENDED:
                delivery: Delivery = Unknown(because="It was interrupted.")
                if self.square.has(attempt.key):
                    delivery = Posted(key=key(next(p.id for p in self.square.posts if p.attempt == attempt.key)))
                self.do(cmd(c.Deliver, attempt=attempt.key, delivery=delivery), Part.OUTBOX)

    @rule(person=who, choice=st.integers(0, 2), index=ANY)
    def a_person_says_what_became_of_it(self, person: str, choice: int, index: int) -> None:
        """Settle, try again, or take back; people tell the truth, and look before they try again."""
        open_ = self.conv.open_attempts()
        if not open_:
            return
        attempt = open_[index % len(open_)]
        there = self.square.has(attempt.key)
        commands: list[c.Command] = [
            cmd(c.SettleAttempt, attempt=attempt.key, there=there),
            cmd(c.TryAgain, attempt=attempt.key, round=attempt.round, absent=not there),
            cmd(c.TakeBackAsk, attempt=attempt.key),
        ]
        if choice < 2 or not there:
            self.press(person, commands[choice])

    @rule()
    def somebody_posts_by_hand(self) -> None:
        """They open the platform and paste."""
        for attempt in self.conv.attempts:
            if attempt.state is AttemptState.BY_HAND and not self.square.has(attempt.key):
                self.post(attempt)

    # ------------------------------------------------------------ the ordinary course of things

    @rule(
        person=team, stage=stages, text=st.sampled_from(TEXTS), wrong=st.sampled_from([0.0, 0.0, -30.0]), answer=answers
    )
    def it_goes_on(self, person: str, stage: Stage, text: str, wrong: float, answer: str) -> None:
        """The next step towards an answer, so that long sequences come about: write, cool, read, send, clear, settle."""
        draft = self.conv.staged(stage)
        open_ = [a for a in self.conv.open_attempts() if a.stage is stage]
        if open_:
            self.an_open_attempt_goes_on(open_[0], person, answer)
        elif draft is None or draft.cooling is None:
            self.somebody_writes(person, stage, text, (), True, False, 0)
        elif draft.ready is None:
            now = self.clock.now()
            self.clock.true += max(0.0, draft.cooling.left(now).total_seconds() + wrong)
            self.do(cmd(c.Wake, what=f"cooled:{draft.id}:{draft.version}"), Part.CLOCKWORK)
        else:
            self.send(draft, draft.author if len(text) % 2 else person)

    @rule(person=team, stage=stages, text=st.sampled_from(TEXTS), answer=answers)
    def it_goes_on_and_on(self, person: str, stage: Stage, text: str, answer: str) -> None:
        """Several such steps at once."""
        for _ in range(4):
            self.it_goes_on(person, stage, text, 0.0, answer)

    def send(self, draft: Draft, person: str) -> None:
        """Read once more, and press."""
        self.press(person, cmd(c.ReadOnceMore, draft=draft.id, version=draft.version))
        send = {"draft": draft.id, "version": draft.version, "seal": draft.words.seal, "attempt": self.fresh("s")}
        self.press(person, cmd(c.Send, **send))

    def an_open_attempt_goes_on(self, attempt: Attempt, person: str, answer: str) -> None:
        """Taken by the outbox, looked for, or settled by a person once it had time to appear."""
        if attempt.state is AttemptState.ASKED:
            self.outbox_takes(attempt, BY_API, False, answer)
        elif attempt.state is AttemptState.INTENDED:
            self.outbox_starts_again()
        else:
            self.clock.true += 30
            there = self.square.has(attempt.key)
            again = cmd(c.TryAgain, attempt=attempt.key, round=attempt.round, absent=not there)
            settle = cmd(c.SettleAttempt, attempt=attempt.key, there=there)
            self.press(attempt.by, again if answer == "posted" else settle)

    # ------------------------------------------------------------ the way out

    @rule()
    def there_is_always_a_way_out(self) -> None:
        """From here every mention can be brought to a disposition, with nothing sent; tried on a copy."""
        saved = (self.view, Clockface(**vars(self.clock)), set(self.out), dict(self.pressed))
        self.the_way_out()
        self.view, self.clock, self.out, self.pressed = saved

    def the_way_out(self) -> None:
        """What a lead does who finds this and wants it settled."""
        self.clock.mend()
        self.clock.true += 24 * 3600
        self.do(c.SetPerson(id="p", person="kim", name="Kim", roles=frozenset({Role.LEAD})), Part.CLOCKWORK)
        for attempt in self.conv.attempts:
            if attempt.state is AttemptState.ASKED:
                self.do(cmd(c.Wake, what=f"asked:{attempt.key}"), Part.CLOCKWORK)
        self.outbox_starts_again()
        for attempt in self.conv.open_attempts():
            there = self.square.has(attempt.key)
            self.press("kim", cmd(c.SettleAttempt, attempt=attempt.key, there=there))
        self.press("kim", cmd(c.EndHandoff, words=words("It ended."), made_good=MadeGood.NONE))
        for promise in self.conv.promises:
            self.press("kim", cmd(c.SettlePromise, promise=promise.id, state=PromiseState.KEPT))
        if self.conv.closed is None:
            self.press("kim", cmd(c.Close, disposition=Disposition.NOT_FOR_US))
        assert self.conv.closed is not None
        assert self.conv.unsigned == ()

    def teardown(self) -> None:
        """However it ended, there was a way out."""
        if hasattr(self, "view"):
            self.the_way_out()


TestCore = Core.TestCase
TestCore.settings = settings(
    max_examples=400,
    stateful_step_count=50,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
