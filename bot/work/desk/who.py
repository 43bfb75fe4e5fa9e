"""Who a gesture comes from."""

from bot.nouns.team import Handle, Refusal, Role, Team, Teammate
from bot.work.desk.tools import Tools

STRANGER = Refusal(because="You are not of this team yet. Ask somebody of the team for a link that lets you in.")
GUEST = Refusal(because="You can read here. Ask a lead to make you a teammate if you are to act.")
#: Whoever set the product up, until the team says otherwise.
_FIRST = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER})


async def who(tools: Tools, handle: Handle, team: Team) -> Teammate | None:
    """The person behind a handle; None for a stranger. Who installed is lead and manager while the team knows nobody."""
    person = await tools.roster.person(handle)
    if person in team.people:
        return team.people[person]
    if person and person == tools.installer and not team.people:
        return Teammate(id=person, name=person, roles=_FIRST)
    return None


def guest(person: Teammate) -> bool:
    """Whether they may read the minimum and nothing else."""
    return not person.may(Role.TEAMMATE, Role.MANAGER)
