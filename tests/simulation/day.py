"""What people do all day: whatever makes sense on a conversation as it stood when they looked, and some that does not."""

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, AttemptState, Conversation, Draft, HandoffState
from bot.nouns.mention import Disposition
from bot.screens.shapes import Form
from tests.simulation.person import Doing, Person

#: What somebody may do, and how likely it is beside the others.
Choice = tuple[float, Doing]


class Day:
    """One person's. `talks`: the conversations as they stand; `now`: the time; `stands`: what one sees in public."""

    def __init__(
        self,
        person: Person,
        talks: Callable[[], list[Conversation]],
        now: Callable[[], datetime],
        stands: Callable[[Attempt], bool],
        words: Iterator[int],
        pace: float,
    ) -> None:
        self._who = person
        self._talks = talks
        self._now = now
        self._stands = stands
        self._words = words
        self._pace = pace
        self._dice: random.Random = person.dice

    async def goes_on(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / self._pace))
            talks = self._talks()
            mine = [talk for talk in talks if self._waits_for_me(talk)]
            if mine and self._dice.random() < 0.7:
                await self._presses_something(self._dice.choice(mine))
            elif talks:
                await self._presses_something(self._dice.choice(talks[-8:]))

    def _waits_for_me(self, talk: Conversation) -> bool:
        """Whether words of theirs are ready, or what became of their send nobody could tell."""
        me = self._who.id
        ready = any(draft.ready is not None and draft.author == me for draft in talk.drafts)
        return ready or any(each.state is AttemptState.UNKNOWN and each.by == me for each in talk.attempts)

    async def _presses_something(self, talk: Conversation) -> None:
        choices = [*self._likely(talk), *self._rest(talk)]
        weights = [weight for weight, _ in choices]
        (_, do) = self._dice.choices(choices, weights)[0]
        await self._who.thinks()
        await do()

    # -- towards an answer

    def _likely(self, talk: Conversation) -> Iterator[Choice]:
        who, here = self._who, (talk.incident, talk.id)
        if talk.closed is not None:
            yield 0.3, lambda: who.presses("reopen", *here)
            return
        if talk.owner is None:
            yield 6, lambda: who.presses("claim", *here, epoch=str(talk.owners))
        for attempt in talk.open_attempts():
            yield from self._on_attempt(talk, attempt)
        for draft in talk.drafts:
            yield from self._on_draft(talk, draft)
        if not talk.drafts and not talk.open_attempts():
            stage = self._dice.choice((Stage.RESPONSE, Stage.RESPONSE, Stage.ACKNOWLEDGEMENT, Stage.PRIVATE))
            yield 6, lambda: self.writes(talk, stage=stage.value)

    def _on_attempt(self, talk: Conversation, attempt: Attempt) -> Iterator[Choice]:
        who, here, key = self._who, (talk.incident, talk.id), attempt.key
        if attempt.state is not AttemptState.UNKNOWN:
            return
        yield 4, lambda: who.presses("try_again", *here, attempt=key, round=str(attempt.round))
        yield 4, lambda: self.looks(talk, attempt)
        yield 0.5, lambda: who.presses("ask_a_lead", *here, attempt=key)

    async def looks(self, talk: Conversation, attempt: Attempt) -> None:
        """With their own eyes; they tell the truth."""
        here = (talk.incident, talk.id)
        if self._stands(attempt):
            await self._who.opens_and_fills("is_there", *here, {}, attempt=attempt.key)
        else:
            await self._who.presses("not_there", *here, attempt=attempt.key)

    def _on_draft(self, talk: Conversation, draft: Draft) -> Iterator[Choice]:
        who, here = self._who, (talk.incident, talk.id)
        on = {"draft": draft.id, "version": str(draft.version)}
        yield (8 if draft.ready is not None else 0.6), lambda: self.sends(talk, draft)
        yield 0.6, lambda: self.writes(talk, draft=draft.id)
        yield 0.3, lambda: self.writes(talk, draft=draft.id, same="yes")
        yield 0.1, lambda: who.presses("discard", *here, **on)
        if draft.ready is None:
            reason = {"words": "They wait in the rain."}
            yield 1, lambda: who.opens_and_fills("release_early", *here, reason, draft=draft.id)

    async def writes(self, talk: Conversation, same: str = "", **values: str) -> None:
        """Words, new ones or a next version."""
        form = await self._who.opens("write", talk.incident, talk.id, **values)
        if form is not None:
            await self._who.thinks()
            await self._who.fills(form, what="A parcel", words=self._text(form, same))

    def _text(self, form: Form, same: str) -> str:
        before = form.filled.get("words", "")
        if same and before:
            return before
        if before and self._dice.random() < 0.4:
            return before.replace("Friday", "Monday") if "Friday" in before else before.replace("Monday", "Friday")
        ours = self._who.id.title()
        return f"We are sorry about parcel {next(self._words)}. We look into it and write to you by Friday. {ours}"

    async def sends(self, talk: Conversation, draft: Draft) -> None:
        """Read it once more, and send it; or, in a hurry, send it twice."""
        on = {"draft": draft.id, "version": str(draft.version)}
        form = await self._who.opens("read_once_more", talk.incident, talk.id, **on)
        if form is None or form.act != "send":
            return
        await self._who.thinks()
        await self._who.fills(form, looked="yes")
        if self._dice.random() < 0.1:
            await self._who.fills(form, looked="yes")

    # -- everything else

    def _rest(self, talk: Conversation) -> Iterator[Choice]:
        who, here = self._who, (talk.incident, talk.id)
        yield 0.15, lambda: who.presses("hand_back", *here)
        yield 0.1, lambda: who.presses("take_next", talk.incident, "")
        yield 0.2, lambda: who.opens_and_fills("assign", *here, {"to": self._dice.choice(("ana", "ben", "kim"))})
        yield 0.15, lambda: who.opens_and_fills("close", *here, {"disposition": self._dice.choice(_ENDS).value})
        yield 0.1, lambda: who.opens_and_fills("leave_unanswered", *here, {"words": "They only want to shout."})
        yield 0.15, lambda: who.opens_and_fills("promise", *here, {"words": "by Friday", "due": self._soon(90)})
        yield 0.1, lambda: who.opens_and_fills("note", *here, {"words": "I spoke with the driver."})
        yield 0.1, self.holds
        if talk.silence is not None and not talk.silence.second:
            yield 3, lambda: who.presses("second_silence", *here)
        if any(promise.open for promise in talk.promises):
            yield 2, lambda: who.opens_and_fills("settle_promise", *here, {})
        yield from self._talk(talk)

    def _talk(self, talk: Conversation) -> Iterator[Choice]:
        who, here = self._who, (talk.incident, talk.id)
        if talk.offline is None or talk.offline.state is not HandoffState.TAKEN:
            yield 0.15, lambda: who.opens_and_fills("taken", *here, {"way": "phone", "contact": "030 5550"})
            return
        call = {"reached": "yes", "words": "She will think about it."}
        end = {"made_good": "replaced", "words": "It is replaced."}
        yield 2, lambda: who.opens_and_fills("log_contact", *here, call)
        yield 2, lambda: who.opens_and_fills("end_handoff", *here, end)
        yield 0.5, lambda: who.presses("take_over", *here)

    async def holds(self) -> None:
        """*Hold all posting*, or the end of it."""
        form = await self._who.opens("hold", "", "")
        if form is None:
            return
        await self._who.thinks()
        if form.act == "hold":
            await self._who.fills(form, until=self._soon(self._dice.uniform(70, 200)), words="There was an accident.")
        else:
            await self._who.fills(form, words="We are back.")

    def _soon(self, seconds: float) -> str:
        return (self._now() + timedelta(seconds=seconds)).isoformat()


_ENDS = (Disposition.ANSWERED, Disposition.ACKNOWLEDGED, Disposition.THANKED, Disposition.NOT_FOR_US)
