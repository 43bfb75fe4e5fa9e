"""One attempt at one send: intend it on disk, look a last time that nothing stands against it, make it, record it."""

from dataclasses import dataclass

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import Absent, Delivery, NotSent, Posted, Unknown
from bot.nouns.events import Intended
from bot.nouns.mention import CannotTell
from bot.nouns.team import Part, Team
from bot.nouns.time import Now
from bot.ports import Clock
from bot.rules.clearing import Aside, Back, held, standing_against
from bot.rules.send import BEGINS_WITHIN
from bot.work.act import CROWDED, Act, Acted
from bot.work.attempts import cleared
from bot.work.health import Health
from bot.work.outside import HELD_UP, LOOK_DEADLINE, Outside

#: So long after it was begun an attempt may still be made. A process that slept longer has lost its lease, and somebody
#: else may have looked for its words already (failures.md A4).
STALE = BEGINS_WITHIN.total_seconds()
#: So old may a look at the public be when the words go out: what it may take, and as long again as an attempt may.
LOOK_LASTS = LOOK_DEADLINE + STALE
_AGAIN = 0.2  # seconds
#: So old may the last look at the record be: a hold that was pressed after it is obeyed within a second.
RECORD_LASTS = 0.9

_CHANGED = NotSent(because="What was about to go out is not what was cleared. Read it once more and press again.")


@dataclass(frozen=True, slots=True)
class Taken:
    """One ask as the outbox took it: which `round` under its key, and when the look was asked for, in elapsed seconds.

    `found`: what a fresh look for it said, where it may have gone out already.
    """

    round: int
    looked: float
    found: Posted | Absent | CannotTell | None = None


class OneAttempt:
    """Remembers what became of each until that is on disk: the store may be away just then."""

    def __init__(self, act: Act, outside: Outside, clock: Clock, health: Health) -> None:
        self._act = act
        self._outside = outside
        self._clock = clock
        self._health = health
        self._going: set[str] = set()
        self._results: dict[tuple[str, int], Delivery] = {}

    def on_the_wire(self, attempt: Attempt) -> bool:
        """Whether it is being made now."""
        return attempt.key in self._going

    def result(self, attempt: Attempt) -> Delivery | None:
        """What became of it, where that is not on disk yet."""
        return self._results.get((attempt.key, attempt.round))

    async def go_on(self, clear: c.Clear, epoch: int, taken: Taken) -> None:
        """Decide on what was seen, and make the one attempt if nothing stands against it. `clear.id` is nobody else's: that it
        was applied is how we know an intent for ours.
        """
        began = (await self._clock.now()).elapsed
        self._going.add(clear.attempt)
        try:
            if await self._intended(clear, epoch, began):
                await self._make(clear, began, taken)
        finally:
            self._going.discard(clear.attempt)

    async def _intended(self, clear: c.Clear, epoch: int, began: float) -> bool:
        """Whether an intent of ours is on disk. A store that changes hands is asked again as long as the attempt may still be
        made: an intent that may be there, and was never followed by an attempt, costs a person a look.
        """
        while True:
            try:
                acted = await self._act(clear, Part.OUTBOX, sender=epoch)
            except StoreAway:
                if (await self._clock.now()).elapsed - began > STALE:
                    raise
                await self._clock.sleep(_AGAIN)
            else:
                return isinstance(acted, Acted) and (acted.again or any(isinstance(e, Intended) for e in acted.events))

    async def _make(self, clear: c.Clear, began: float, taken: Taken) -> None:
        read = (await self._clock.now()).elapsed
        view = await self._act.look((), (clear.conversation,))
        conversation = view.conversations[clear.conversation]
        attempt = conversation.attempt(clear.attempt)
        if attempt is None or attempt.state is not AttemptState.INTENDED or attempt.round != taken.round:
            return  # somebody has said meanwhile what became of it, or had it tried again
        words = cleared(conversation, attempt)

        def no(now: Now) -> NotSent | None:
            return against(conversation, attempt, view.team, now) or held_up(now, began, taken.looked, read)

        delivery = _before(taken.found) or await self._outside.send(words, no)
        self._results[attempt.key, attempt.round] = delivery
        if not isinstance(delivery, Unknown):
            await self.record(conversation, attempt, delivery)
        # What nobody knows stays intended; once it has settled it is looked for, and only then a person is asked.

    async def record(self, conversation: Conversation, attempt: Attempt, delivery: Delivery) -> bool:
        """Write down what became of it. False where others were first every time: it is to be tried again at once."""
        command = c.Deliver(
            id=f"deliver:{attempt.key}:{attempt.round}:{delivery.delivery}",
            incident=conversation.incident,
            conversation=conversation.id,
            attempt=attempt.key,
            delivery=delivery,
            round=attempt.round,
        )
        answer = await self._act(command, Part.OUTBOX)
        if answer == CROWDED:
            return False
        told = delivery.delivery if isinstance(answer, Acted) else "refused"
        self._health.counts[f"deliveries_{told}"] += 1
        self._results.pop((attempt.key, attempt.round), None)
        return True


def against(conversation: Conversation, attempt: Attempt, team: Team, now: Now) -> NotSent | None:
    """What the last look at the record has against an intended attempt: somebody may have been faster than the intent."""
    words = cleared(conversation, attempt)
    if words.binding() != attempt.binding or not isinstance(words.words.text, str):
        return _CHANGED
    hold = held(team, attempt.audience, now)
    if hold is not None:
        return NotSent(because=hold.because, until=hold.until)
    match standing_against(conversation, attempt, team, now):
        case Back(because=because, until=until):
            return NotSent(because=because, until=until)
        case Aside(because=because):
            return NotSent(because=because)
        case _:
            return None


def held_up(now: Now, began: float, looked: float, read: float) -> NotSent | None:
    """Whether too much time lies between its beginning, the look at the public, or the one at the record (`read`), and this
    moment; in elapsed seconds.
    """
    waited = now.elapsed - began, now.elapsed - looked, now.elapsed - read
    late = any(each > longest for each, longest in zip(waited, (STALE, LOOK_LASTS, RECORD_LASTS), strict=True))
    return HELD_UP if late else None


def _before(found: Posted | Absent | CannotTell | None) -> Delivery | None:
    """What a look for an earlier try of it said, where that settles it."""
    match found:
        case Posted():
            return found
        case CannotTell(because=because):
            return Unknown(because=because)
        case _:
            return None
