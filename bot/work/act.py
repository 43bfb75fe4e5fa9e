"""Act: read, decide, append; and again where somebody was first."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.team import Part, Refusal, Team, Teammate
from bot.nouns.view import View
from bot.ports import Appended, Change, Clock, Fenced, Sealed, Timelines
from bot.rules.table import decide
from bot.work.batch import Batch
from bot.work.change import change
from bot.work.named import named

#: How often one command is decided before it is given up; a refusal of `decide` ends it at once (DESIGN §7).
TRIES = 8

#: Nothing was decided: others were first every time. The same command may be tried again at once.
CROWDED = Refusal(because="Many people are pressing here at once. Please try again in a moment.")

#: Fences that deciding again does not mend. The others only say that the team has changed in this moment.
_FENCED = {
    "sender": Refusal(because="Another part of the product has taken over sending."),
    "mention": Refusal(because="This mention lies in another incident already."),
}


@dataclass(frozen=True, slots=True)
class Acted:
    """What a command led to, and everything it named as it stands now.

    `again`: it had been applied before, so nothing happened now: no `events`, and `view` is what was just read.
    Otherwise the texts that came with this very command are not filled in; a read would show them.
    """

    events: Sequence[Event]
    view: View
    again: bool = False


class Act:
    """The one way anything is ever changed. `lay` lays the settings in force over the team as its timeline has it."""

    def __init__(self, timelines: Timelines, clock: Clock, lay: Callable[[Team], Team]) -> None:
        self._timelines = timelines
        self._clock = clock
        self._lay = lay
        self._file = asyncio.Lock()

    async def team(self) -> Team:
        """The team as it stands, settings included."""
        return (await self.look()).team

    async def look(self, incidents: Sequence[str] = (), conversations: Sequence[str] = ()) -> View:
        """A view with the settings laid over its team."""
        view = await self._timelines.view(incidents, conversations)
        return View(team=self._lay(view.team), incidents=view.incidents, conversations=view.conversations)

    async def batch(self, incidents: Sequence[str] = (), conversations: Sequence[str] = ()) -> Batch:
        """A batch that begins with these, looked at just now. Raises StoreAway."""
        read = await self._timelines.view(incidents, conversations)
        return Batch(self._timelines, self._clock, read, self._lay(read.team), (incidents, conversations))

    async def __call__(
        self, command: c.Command, who: Teammate | Part, sealed: Sequence[Sealed] = (), sender: int | None = None
    ) -> Acted | Refusal:
        """Decide `command` and append what follows. Raises StoreAway; then it may be repeated under the same id."""
        done = await self._once(command, who, sealed, sender)
        if done is not None:
            return done
        async with self._file:  # whoever was overtaken goes on in single file, so that they do not overtake each other
            for _ in range(TRIES - 1):
                done = await self._once(command, who, sealed, sender)
                if done is not None:
                    return done
        return CROWDED

    async def _once(
        self, command: c.Command, who: Teammate | Part, sealed: Sequence[Sealed], sender: int | None
    ) -> Acted | Refusal | None:
        """None where somebody was first."""
        view = await self._timelines.view(*named(command), command=command.id)
        team = self._lay(view.team)
        if view.applied:  # decided on what it changed itself, it would be refused
            return Acted((), replace(view, team=team), again=True)
        decision = decide(view, command, who, team, await self._clock.now())
        if isinstance(decision, Refusal):
            return decision
        made = change(command.id, view, team, decision, sealed, sender)
        match await self._timelines.append(made):
            case Appended(again=True):
                return Acted((), await self.look(*named(command)), again=True)
            case Appended():
                return Acted(decision, self._after(made))
            case Fenced(which=which):
                return _FENCED.get(which)
            case _:
                return None

    def _after(self, made: Change) -> View:
        """Everything the command named or touched."""
        return View(
            team=self._lay(made.team),
            incidents={**made.before.incidents, **made.incidents},
            conversations={**made.before.conversations, **made.conversations},
        )
