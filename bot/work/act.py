"""Act: read, decide, append; and again where somebody was first."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.team import Part, Refusal, Team, Teammate
from bot.nouns.view import View
from bot.ports import Appended, Clock, Conflict, Fenced, Sealed, Timelines
from bot.rules.table import decide
from bot.work.change import change

#: How often one command is decided anew before it is given up; a refusal of `decide` ends it at once.
TRIES = 8

_FENCED = {
    "hold": "Posting was held, or the hold ended, in this moment. Please look and press once more.",
    "team": "The team's rules changed in this moment. Please press once more.",
    "sender": "Another part of the bot has taken over sending.",
    "mention": "This mention lies in another incident already.",
}


@dataclass(frozen=True, slots=True)
class Acted:
    """What a command led to, and everything it named as it stands now. `again`: it had been applied before."""

    events: Sequence[Event]
    view: View
    team: Team
    again: bool = False


class Act:
    """The one way anything is ever changed. `lay` lays the settings in force over the team as its timeline has it."""

    def __init__(self, timelines: Timelines, clock: Clock, lay: Callable[[Team], Team]) -> None:
        self._timelines = timelines
        self._clock = clock
        self._lay = lay

    async def team(self) -> Team:
        """The team as it stands, settings included."""
        return self._lay((await self._timelines.view()).team)

    async def look(self, incidents: Sequence[str] = (), conversations: Sequence[str] = ()) -> View:
        """A view with the settings laid over its team."""
        view = await self._timelines.view(incidents, conversations)
        return View(team=self._lay(view.team), incidents=view.incidents, conversations=view.conversations)

    async def __call__(
        self, command: c.Command, who: Teammate | Part, sealed: Sequence[Sealed] = (), sender: int | None = None
    ) -> Acted | Refusal:
        """Decide `command` and append what follows. Raises StoreAway; then it may be repeated under the same id."""
        for turn in range(TRIES):
            view = await self._timelines.view(*named(command))
            team = self._lay(view.team)
            decision = decide(view, command, who, team, await self._clock.now())
            if isinstance(decision, Refusal):
                return decision
            made = change(command.id, view, team, decision, sealed, sender)
            match await self._timelines.append(made):
                case Appended(again=again):
                    after = View(team=made.team, incidents=made.incidents, conversations=made.conversations)
                    return Acted(decision, after, self._lay(made.team), again)
                case Conflict():
                    await asyncio.sleep(0 if turn == 0 else 0.002 * turn)  # let the first one finish
                case Fenced(which=which):
                    return Refusal(because=_FENCED.get(which, _FENCED["team"]))
        return Refusal(because="Many people are pressing here at once. Please try again in a moment.")


def named(command: c.Command) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The incidents and conversations a command names."""
    incidents, conversations = [command.incident], [command.conversation]
    match command:
        case c.Close():
            conversations += command.conversations
        case c.Move():
            incidents.append(command.to)
        case c.Merge():
            incidents.append(command.into)
            conversations += command.conversations
        case _:
            pass
    return tuple(i for i in incidents if i), tuple(dict.fromkeys(k for k in conversations if k))
