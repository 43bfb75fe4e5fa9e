"""A batch: commands decided one after the other, each on what the ones before it changed, and written in one append.

Every command is decided as it would be alone, and has its own events (decision 0001). Nothing is written before
`write`; where that says no, nothing was, and whoever decided may decide again, on fewer at a time.
"""

import hashlib
from collections.abc import Collection, Sequence

from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.view import View
from bot.ports import Appended, Clock, Sealed, Timelines
from bot.rules.table import decide
from bot.work.change import Folded
from bot.work.named import named

#: The names of incidents, and those of conversations.
Names = tuple[Collection[str], Collection[str]]


class Batch:
    """`read` are the rows of `asked` as they stand; `team` is its team with the settings in force laid over it.

    What is read once is not read again, however often it is looked at. Every method may raise StoreAway.
    """

    def __init__(self, timelines: Timelines, clock: Clock, read: View, team: Team, asked: Names) -> None:
        self.team = team
        self._timelines = timelines
        self._clock = clock
        self._folded = Folded(read)
        self._incidents, self._conversations = set(asked[0]), set(asked[1])
        self._commands: list[str] = []
        self._sealed: list[Sealed] = []

    async def look(self, incidents: Sequence[str] = (), conversations: Sequence[str] = ()) -> View:
        """Everything known, these too, as it stands after all that was decided."""
        view = self._folded.view
        rows = [name for name in incidents if not (name in self._incidents or name in view.incidents)]
        talks = [name for name in conversations if not (name in self._conversations or name in view.conversations)]
        if rows or talks:
            self._folded.learn(await self._timelines.view(rows, talks))
            self._incidents.update(rows)
            self._conversations.update(talks)
        return view

    async def decide(self, command: c.Command, who: Part, sealed: Sequence[Sealed] = ()) -> Sequence[Event] | Refusal:
        """The events it leads to, which stand from here on; a refusal changes nothing."""
        view = await self.look(*named(command))
        decision = decide(view, command, who, self.team, await self._clock.now())
        if not isinstance(decision, Refusal):
            self._folded.take(decision)
            self._commands.append(command.id)
            self._sealed += sealed
        return decision

    async def write(self) -> bool:
        """Whether all that was decided is on disk; if not, none of it is.

        The append knows it under an id that names every command of it: sent twice, it is written once.
        """
        if not self._commands:
            return True
        whole = hashlib.sha256("\n".join(self._commands).encode()).hexdigest()
        made = self._folded.change(f"batch:{whole}", self.team, self._sealed)
        return isinstance(await self._timelines.append(made), Appended)
