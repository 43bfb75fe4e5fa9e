"""A room that only a person can mend: its leads are told another way, and the world outside the chats, once a day.

The chat that does not work is where everybody looks, so its own page of what works is not enough. While all of it is away
the cards in every other room say so: who sits there does not see them.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Final

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.team import Part, Team
from bot.ports import Alarm, Clock
from bot.screens import notes
from bot.work.act import Act
from bot.work.health import Health
from bot.work.telling import Telling

#: Seconds between two looks, and how long a trouble lasts before it is told: a socket that is renewed is none.
LOOK: Final = 30.0
LASTS: Final = 300.0
#: How long a room works before it is taken for back: another process has not connected yet when it takes over.
STAYS: Final = 60.0
#: What follows a room's name in the parts of health without which none of it works.
_WHOLE: Final = ("", " token", " socket")


class Outages:
    """`rooms` are those that are watched, by the names that health's parts begin with. `link` is where the desk is."""

    def __init__(
        self,
        *,
        act: Act,
        telling: Telling,
        alarm: Alarm,
        rooms: Collection[str],
        clock: Clock,
        health: Health,
        link: str,
    ) -> None:
        self._act = act
        self._telling = telling
        self._alarm = alarm
        self._rooms = rooms
        self._clock = clock
        self._health = health
        self._link = link
        self._since: dict[str, float] = {}
        self._told: set[str] = set()
        self._rung: dict[str, str] = {}
        self._well: dict[str, float] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with suppress(StoreAway):
                await self._look()
            await self._clock.sleep(LOOK)

    async def _look(self) -> None:
        now = await self._clock.now()
        standing = {room: because for room in self._rooms if (because := self._trouble(room))}
        self._since = {room: self._since.get(room, now.elapsed) for room in standing}
        self._told &= standing.keys()
        for room, because in standing.items():
            key = f"outage:{room}:{now.wall:%Y-%m-%d}"
            if (
                now.elapsed - self._since[room] >= LASTS
                and room not in self._told
                and await self._tell(room, because, key)
            ):
                self._told.add(room)
        for room in self._rooms:
            await self._note(room, now.elapsed, await self._act.team())

    async def _note(self, room: str, now: float, team: Team) -> None:
        """Have the cards say that all of a room is away, or no longer."""
        because = next((said for part, said in self._health.all().items() if part in _parts(room)), "")
        well_since = now if because else self._well.setdefault(room, now)
        if because:
            self._well.pop(room, None)
        if because and room not in team.away and now - self._since.get(room, now) >= LASTS:
            away = c.NoteRoomAway(id=f"away:{team.version}:{room}", room=room, because=because)
            await self._act(away, Part.CLOCKWORK)
        elif room in team.away and now - well_since >= STAYS:
            await self._act(c.NoteRoomBack(id=f"back:{team.version}:{room}", room=room), Part.CLOCKWORK)

    def _trouble(self, room: str) -> str:
        """The first sentence of what does not work there."""
        found = (said for part, said in self._health.all().items() if _is_of(room, part))
        return next(found, "")

    async def _tell(self, room: str, because: str, key: str) -> bool:
        """Every lead, in the first room that can. False: to be tried again. Outside, whoever can hear it now does."""
        team = await self._act.team()
        note = notes.outage(room, because, self._link)
        told = [
            await self._telling.tell(lead.id, note, f"{key}:{lead.id}") for lead in team.leads() or team.teammates()
        ]
        await self._ring(room, note.headline, [because, *([self._link] if self._link else [])], key)
        return all(told)

    async def _ring(self, room: str, headline: str, lines: Sequence[str], key: str) -> None:
        """Whoever heard it is not rung again while a lead is still to be told."""
        if self._rung.get(room) != key and await self._alarm.ring(headline, lines, key):
            self._rung[room] = key


def _parts(room: str) -> Collection[str]:
    return {f"{room}{part}" for part in _WHOLE}


def _is_of(room: str, part: str) -> bool:
    return part.removeprefix("room ").partition(" ")[0] == room
