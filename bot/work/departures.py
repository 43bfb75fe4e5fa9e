"""What somebody had who is no longer a teammate goes back to the others."""

from bot.nouns import commands as c
from bot.nouns.team import Part, Role, Team
from bot.ports import Query, Timelines
from bot.work.act import Act

PAGE = 500


class Departures:
    """Done again without effect; who claimed something in the moment they left is found at the next look."""

    def __init__(self, *, act: Act, timelines: Timelines) -> None:
        self._act = act
        self._timelines = timelines

    async def settle(self, team: Team) -> int:
        """Hand back what those have who left; how many conversations it was."""
        freed = 0
        for person in former(team):
            found = await self._timelines.find(Query(index=f"owner:{person}", limit=PAGE))
            view = await self._act.look((), found.ids)
            for name, talk in view.conversations.items():
                back = c.HandBack(id=f"left:{name}:{talk.owners}", incident=talk.incident, conversation=name)
                await self._act(back, Part.CLOCKWORK)
                freed += 1
        return freed


def former(team: Team) -> tuple[str, ...]:
    """Who was of the team, or is and may act no more."""
    return (*team.gone, *(person.id for person in team.people.values() if not person.may(Role.TEAMMATE)))
