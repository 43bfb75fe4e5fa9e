"""The outbox, the wire, and the ordinary course of things."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import (
    Attempt,
    AttemptState,
    Draft,
    MadeGood,
    PromiseState,
)
from bot.nouns.delivery import Delivery, NotSent, Posted, ToAuthor, ToMention, Unknown
from bot.nouns.mention import CannotTell, Deleted, Disposition, Seen
from bot.nouns.team import Part, Role
from tests.bot.build import (
    BY_API,
    BY_HAND,
    NO_REACH,
    OURS,
    cmd,
    key,
    words,
)
from tests.bot.machine.people import ANY, JUMPS, TEXTS, People, answers, stages, team, who
from tests.bot.machine.world import Clockface, Post


class Wire(People):
    """What is asked goes out or comes back; and there is always a way out."""

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
        """An honest look lets nothing go over words of theirs that the presser did not know.

        That another mention than the one answered is gone, no platform shows.
        """
        assert self.square.standing().items() <= self.knew[attempt.draft, attempt.version].items()

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
        person=team,
        stage=stages,
        text=st.sampled_from(TEXTS),
        answer=answers,
        jump=JUMPS,
        reboots=st.sampled_from([False, False, True]),
    )
    def it_goes_on(self, person: str, stage: Stage, text: str, answer: str, jump: float | None, reboots: bool) -> None:
        """The next step towards an answer, so that long sequences come about; then the clocks may jump, or be mended."""
        self.step(person, stage, text, answer)
        if jump is not None:
            self.clock.wall = self.clock.store = jump
        if reboots:
            self.clock.reboot()
            self.clock.witness = jump != -3600.0

    @rule(person=team, stage=stages, text=st.sampled_from(TEXTS), answer=answers)
    def it_goes_on_and_on(self, person: str, stage: Stage, text: str, answer: str) -> None:
        """Several such steps at once."""
        for _ in range(4):
            self.step(person, stage, text, answer)

    def step(self, person: str, stage: Stage, text: str, answer: str) -> None:
        """Write, wait by the clock on the wall, read, send, clear, settle."""
        draft = self.conv.staged(stage)
        open_ = [a for a in self.conv.open_attempts() if a.stage is stage]
        if open_:
            self.an_open_attempt_goes_on(open_[0], person, answer)
        elif draft is None or draft.cooling is None:
            self.somebody_writes(person, stage, text, (), True, False, 0)
        elif draft.ready is None:
            shown = (draft.cooling.until - self.clock.now().wall).total_seconds()
            self.clock.true += min(max(1.0, shown), 4000.0)
            self.do(cmd(c.Wake, what=f"cooled:{draft.id}:{draft.version}"), Part.CLOCKWORK)
        else:
            self.send(draft, draft.author if len(text) % 2 else person)

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
        clock = Clockface(**vars(self.clock))
        saved = (self.view, clock, set(self.out), dict(self.pressed), set(self.unanswered))
        self.the_way_out()
        self.view, self.clock, self.out, self.pressed, self.unanswered = saved

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
