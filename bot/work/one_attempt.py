"""One attempt at one send: intend it on disk, look a last time that nothing stands against it, make it, record it."""

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import Absent, Cleared, Delivery, NotSent, Posted, Unknown
from bot.nouns.events import Intended
from bot.nouns.mention import CannotTell
from bot.nouns.team import Part, Team
from bot.nouns.time import Now
from bot.ports import Clock
from bot.rules.clearing import held
from bot.work.act import CROWDED, Act, Acted
from bot.work.attempts import cleared
from bot.work.health import Health
from bot.work.outside import Outside

#: So long after it was begun an attempt may still be made. A process that slept longer has lost its lease, and somebody
#: else may have looked for its words already (failures.md A4).
STALE = 3.0

_HELD_UP = NotSent(because="The product was held up just before it went out. Read it once more and press again.")
_CHANGED = NotSent(because="What was about to go out is not what was cleared. Read it once more and press again.")


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

    async def go_on(self, clear: c.Clear, epoch: int, found: Posted | Absent | CannotTell | None) -> None:
        """Decide on what was seen, and make the one attempt if nothing stands against it.

        `found`: what a fresh look for it said, where it may have gone out already.
        """
        began = (await self._clock.now()).elapsed
        self._going.add(clear.attempt)
        try:
            acted = await self._act(clear, Part.OUTBOX, sender=epoch)
            if isinstance(acted, Acted) and any(isinstance(e, Intended) and not e.by_hand for e in acted.events):
                await self._make(clear, began, found)
        finally:
            self._going.discard(clear.attempt)

    async def _make(self, clear: c.Clear, began: float, found: Posted | Absent | CannotTell | None) -> None:
        view = await self._act.look((), (clear.conversation,))
        conversation = view.conversations[clear.conversation]
        attempt = conversation.attempt(clear.attempt)
        if attempt is None or attempt.state is not AttemptState.INTENDED:
            return  # somebody has said meanwhile what became of it
        words = cleared(conversation, attempt)
        delivery = _before(found) or against(attempt, words, view.team, await self._clock.now(), began)
        if delivery is None:
            delivery = await self._outside.send(words)
        self._results[attempt.key, attempt.round] = delivery
        if not isinstance(delivery, Unknown):
            await self.record(conversation, attempt, delivery)
        # What nobody knows stays intended; once it has settled it is looked for, and only then a person is asked.

    async def record(self, conversation: Conversation, attempt: Attempt, delivery: Delivery) -> None:
        """Write down what became of it."""
        command = c.Deliver(
            id=f"deliver:{attempt.key}:{attempt.round}:{delivery.delivery}",
            incident=conversation.incident,
            conversation=conversation.id,
            attempt=attempt.key,
            delivery=delivery,
        )
        answer = await self._act(command, Part.OUTBOX)
        if answer == CROWDED:
            return  # it is tried again
        told = delivery.delivery if isinstance(answer, Acted) else "refused"
        self._health.counts[f"deliveries_{told}"] += 1
        self._results.pop((attempt.key, attempt.round), None)


def against(attempt: Attempt, words: Cleared, team: Team, now: Now, began: float) -> NotSent | None:
    """What stands against making an intended attempt in this very moment; `began`: when it was, in elapsed seconds."""
    if words.binding() != attempt.binding or not isinstance(words.words.text, str):
        return _CHANGED
    hold = held(team, attempt.audience, now)
    if hold is not None:
        return NotSent(because=hold.because, until=hold.until)
    return _HELD_UP if now.elapsed - began > STALE else None


def _before(found: Posted | Absent | CannotTell | None) -> Delivery | None:
    """What a look for an earlier try of it said, where that settles it."""
    match found:
        case Posted():
            return found
        case CannotTell(because=because):
            return Unknown(because=because)
        case _:
            return None
