"""Who may not go on, and how they are told."""

from bot.nouns.team import Refusal, Role, Teammate

STRANGER = Refusal(because="You are not of this team yet. Ask somebody of the team for a link that lets you in.")
GUEST = Refusal(because="You can read here. Ask a lead to make you a teammate if you are to act.")


def guest(person: Teammate) -> bool:
    """Whether they may read the minimum and nothing else."""
    return not person.may(Role.TEAMMATE, Role.MANAGER)
