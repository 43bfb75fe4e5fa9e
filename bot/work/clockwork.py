"""The clockwork: wakes what is due. Late by milliseconds, early never: `decide` asks every clock again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.nouns import commands as c
from bot.nouns.conversation import Draft
from bot.nouns.team import Part, Refusal
from bot.nouns.time import Moment
from bot.ports import Clock, Dues, Pulse, Query, Taken, Timelines
from bot.work.act import Act, Acted
from bot.work.health import Health

#: The longest nap: another replica may have written something due sooner.
CAP = 0.25
#: How often this machine writes down that it lives.
BEAT = 5.0

Ring = Callable[[Sequence[str], str], Awaitable[bool]]


class Clockwork:
    """`run` is singleton work; waking twice has no effect, because `decide` sees what is true by then.

    `ring` tells the alarm outside the chat of these incidents, under a key that makes it safe to repeat.
    """

    def __init__(
        self,
        *,
        act: Act,
        dues: Dues,
        pulse: Pulse,
        timelines: Timelines,
        clock: Clock,
        health: Health,
        ring: Ring,
    ) -> None:
        self._act = act
        self._dues = dues
        self._pulse = pulse
        self._timelines = timelines
        self._clock = clock
        self._health = health
        self._ring = ring
        self._beaten = float("-inf")
        self.bell = asyncio.Event()

    async def run(self, epoch: int) -> None:
        """Wake what is due until cancelled."""
        del epoch  # every wake is decided anew and keyed, so a late one changes nothing
        while True:
            self.bell.clear()
            await self.wake_all()
            await self._nap()

    async def wake_all(self) -> int:
        """Wake everything due now; how many there were."""
        now = await self._clock.now()
        await self._beat(now.elapsed)
        taken = await self._dues.take(now.wall)
        for each in taken:
            await self._wake(each)
        await self._dues.done(taken)
        return len(taken)

    async def _beat(self, elapsed: float) -> None:
        if elapsed - self._beaten >= BEAT:
            await self._pulse.beat((await self._clock.now()).moment)
            self._beaten = elapsed

    async def _wake(self, due: Taken) -> None:
        view = await self._act.look((), (due.conversation,))
        conversation = view.conversations.get(due.conversation)
        if conversation is None:
            return
        command = c.Wake(
            id=f"wake:{due.conversation}:{due.what}:{int(due.at.timestamp() * 1000)}",
            incident=conversation.incident,
            conversation=conversation.id,
            what=due.what,
            pulse=await self._proof(due, conversation.drafts),
        )
        match await self._act(command, Part.CLOCKWORK):
            case Acted(events=events, again=False):
                self._health.counts["woken"] += 1
                if any(getattr(event, "outside", False) for event in events):
                    await self._alarm(due)
            case _:
                self._health.counts["woken_without_effect"] += 1

    async def _proof(self, due: Taken, drafts: Sequence[Draft]) -> Moment | None:
        """The last sign of life of the machine boot in which a draft began to cool: time proven to have passed."""
        cooling = next((d.cooling for d in drafts if d.cooling is not None and d.id in due.what.split(":")), None)
        return None if cooling is None else await self._pulse.last(cooling.since.boot)

    async def _alarm(self, due: Taken) -> None:
        """One alarm that lists every critical conversation nobody has."""
        found = await self._timelines.find(Query(index="critical", limit=50))
        names = found.ids or (due.conversation,)
        key = f"alarm:{int(due.at.timestamp())}"
        refused = await self._act(c.RingAlarm(id=key, conversations=names), Part.CLOCKWORK)
        if not isinstance(refused, Refusal) and not await self._ring(names, key):
            self._health.counts["alarms_unheard"] += 1

    async def _nap(self) -> None:
        now = await self._clock.now()
        until = await self._dues.next()
        wait = CAP if until is None else min(CAP, max(0.0, _seconds(now.wall, until)))
        nap = asyncio.ensure_future(self._clock.sleep(wait))
        ring = asyncio.ensure_future(self.bell.wait())
        await asyncio.wait({nap, ring}, return_when=asyncio.FIRST_COMPLETED)
        nap.cancel()
        ring.cancel()


def _seconds(now: datetime, then: datetime) -> float:
    return (then - now).total_seconds()
