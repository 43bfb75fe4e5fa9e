"""Forgetting persons: whoever is asked to be forgotten is, whichever process was asked and whatever stopped it.

The ask stands on the team's timeline first. Then everything readable goes, and only then the timeline says that it is
gone; so a stop in between leaves an ask that is done at the next start. What rooms still show is withdrawn after that
(`bot.work.withdrawing`), because a room may not answer just now.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.nouns import commands as c
from bot.nouns.team import Part
from bot.ports import Asides, Threads, Timelines, Vault
from bot.work.act import Act
from bot.work.traces import notes_of, traces


class Notes(Protocol):
    """Private notes that are kept in the store, and by incident or conversation what was typed and not finished."""

    async def drop(self, person: str, key: str) -> None: ...
    async def clear(self, person: str) -> None: ...


class Forgetting:
    """Everything it does may be done twice without effect."""

    def __init__(
        self, *, act: Act, timelines: Timelines, threads: Threads, asides: Asides, vault: Vault, notes: Notes
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._asides = asides
        self._vault = vault
        self._notes = notes

    async def settle(self) -> Sequence[str]:
        """Forget everybody who is to be forgotten; who they were, by their vault keys. Raises StoreAway: do it again."""
        team = await self._act.team()
        if team.erasing:
            await self._erase(team.erasing)
            noted = c.NoteErased(id=f"erased:{team.version}", persons=team.erasing)
            await self._act(noted, Part.CLOCKWORK)
        return team.erasing

    async def _erase(self, persons: Sequence[str]) -> None:
        """The vault comes last: it has the store's file rewritten without all that was deleted by then."""
        found = await traces(self._act, self._timelines, persons)
        async for ref in notes_of(self._act, self._timelines, self._threads, found):
            await self._notes.drop(ref.place, ref.id)
        for about in (*found.incidents, *found.conversations):
            await self._notes.clear(about)
        await self._asides.forget(persons)
        await self._vault.forget(persons)
