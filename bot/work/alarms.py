"""The alarm: for every critical conversation that nobody has, one that lists them all, until somebody has each."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.nouns import commands as c
from bot.nouns.events import Alarmed
from bot.nouns.team import Part, Refusal
from bot.ports import Clock, Query, Timelines
from bot.work.act import CROWDED, Act, Acted
from bot.work.health import Health
from bot.work.waiting import heard

#: So many are listed; more than anybody reads.
MOST = 500
#: Seconds until the alarm outside the chat is tried again where nobody took it.
RING_AGAIN = 30.0
#: An alarm on the timeline this young may not have been rung before its process died.
FRESH = timedelta(minutes=1)

#: Tells the alarm outside the chat of these conversations, under a key that makes it safe to repeat. True: it was taken.
Ring = Callable[[Sequence[str], str], Awaitable[bool]]


class Alarms:
    """Asks for an alarm when a critical one rings, and again when somebody can be told again (`remind.ring_alarm`)."""

    def __init__(self, *, act: Act, timelines: Timelines, clock: Clock, health: Health, ring: Ring) -> None:
        self._act = act
        self._timelines = timelines
        self._clock = clock
        self._health = health
        self._ring = ring
        self._at: float | None = None
        self._outside: tuple[Sequence[str], str] | None = None
        self._outside_at = float("-inf")
        self._ringing: asyncio.Task[bool] | None = None

    async def begin(self) -> None:
        """At a start: somebody may wait, and the last alarm may not have reached the world outside."""
        self.soon()
        self._ringing = None
        rung = (await self._act.team()).alarm_at
        if rung is not None and (await self._clock.now()).wall - rung < FRESH and (names := await self._waiting()):
            self._outside = (names, _key(rung))

    def soon(self) -> None:
        """Something critical rings: look at the next turn."""
        self._at = float("-inf")

    def stop(self) -> None:
        """Break off what is being rung; a start begins it again."""
        if self._ringing is not None:
            self._ringing.cancel()

    async def look(self) -> None:
        """Alarm whom it is time for. Never waits for the world outside."""
        await self._ring_outside()
        elapsed = (await self._clock.now()).elapsed
        if self._at is None or elapsed < self._at:
            return
        names = await self._waiting()
        self._at = elapsed + await self._alarm(names) if names else None

    async def _waiting(self) -> Sequence[str]:
        return (await self._timelines.find(Query(index="critical", limit=MOST))).ids

    async def _alarm(self, names: Sequence[str]) -> float:
        """Seconds until the next look at it."""
        team, now = await self._act.team(), await self._clock.now()
        every = team.policy.alarm_every.total_seconds()
        # Every alarm moves the team's timeline on, so its version names this one.
        match await self._act(c.RingAlarm(id=f"alarm:{team.version}", conversations=tuple(names)), Part.CLOCKWORK):
            case Acted(events=events, view=view):
                self._health.counts["alarms"] += 1
                for event in events:
                    if isinstance(event, Alarmed) and event.outside:
                        self._outside = (event.conversations, _key(event.at))
                # The first who can be told again; asked then, the rules know whether they still are of the team.
                last = min(view.team.alarmed_at.values(), default=now.wall)
                return max(0.0, (last - now.wall).total_seconds() + every)
            case refused if refused == CROWDED:
                return 0.0
            case Refusal(until=datetime() as until):
                return min(every, max(0.0, (until - now.wall).total_seconds()))
            case _:
                return every

    async def _ring_outside(self) -> None:
        """Ring until somebody out there takes it, or nobody waits any more."""
        if self._ringing is not None and self._ringing.done():
            await self._rung(self._ringing)
            self._ringing = None
        elapsed = (await self._clock.now()).elapsed
        if self._outside is None or self._ringing is not None or elapsed < self._outside_at:
            return
        if not await self._waiting():
            self._over()
            return
        self._ringing = asyncio.create_task(self._tell(*self._outside))
        self._ringing.add_done_callback(heard)

    async def _tell(self, names: Sequence[str], key: str) -> bool:
        return await self._ring(names, key)

    async def _rung(self, ringing: asyncio.Task[bool]) -> None:
        if not ringing.cancelled() and ringing.exception() is None and ringing.result():
            self._over()
            return
        self._health.counts["alarms_unheard"] += 1
        self._health.trouble(
            "alarm",
            "Nobody outside the chat could be told of an alarm; see [alarm] in the settings. It is tried again.",
        )
        self._outside_at = (await self._clock.now()).elapsed + RING_AGAIN

    def _over(self) -> None:
        self._outside, self._outside_at = None, float("-inf")
        self._health.well("alarm")


def _key(at: datetime) -> str:
    return f"alarm:{at.timestamp():.0f}"
