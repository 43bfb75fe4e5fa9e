"""Who asks, and whether they may. What every rule begins with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeGuard

from bot.nouns.commands import Command
from bot.nouns.conversation import Conversation
from bot.nouns.team import Part, Refusal, Role, Team, Teammate, done_by
from bot.nouns.time import Now
from bot.nouns.view import View

Who = Teammate | Part

GONE = Refusal(because="That conversation is no longer here. It may have moved; the list shows where it is.")
READS_ONLY = Refusal(because="You can read here. Ask a lead to make you a teammate if you are to act.")
NOT_YOURS = Refusal(because="That is not something a part of the product may do by itself.")


def by(who: Who) -> str:
    """How an event names who did it: a person's id, or the part of the product."""
    return who.id if isinstance(who, Teammate) else done_by(who)


def may(who: Who, *roles: Role) -> TypeGuard[Teammate]:
    """Whether a person holds one of `roles`. A part of the product holds none."""
    return isinstance(who, Teammate) and who.may(*roles)


def is_teammate(who: Who) -> TypeGuard[Teammate]:
    """Whether they may act on a conversation. A guest, or a manager who is nothing else, may not."""
    return may(who, Role.TEAMMATE)


def is_lead(who: Who) -> TypeGuard[Teammate]:
    """Whether they lead."""
    return may(who, Role.LEAD)


def refused(who: Who) -> Refusal:
    """The calm no for somebody who may not act at all."""
    return READS_ONLY if isinstance(who, Teammate) else NOT_YOURS


def conversation(view: View, command: Command) -> Conversation | Refusal:
    """The conversation a command names."""
    found = view.conversations.get(command.conversation)
    return GONE if found is None else found


def facts(c: Conversation, who: Who, now: Now) -> dict[str, Any]:
    """What every event of a conversation carries, as keywords."""
    return {"incident": c.incident, "conversation": c.id, "at": now.wall, "by": by(who)}


def alone(team: Team) -> bool:
    """Whether there is nobody to be a second name."""
    return len(team.teammates()) < 2


def named(people: Sequence[Teammate]) -> str:
    """People as a sentence names them: "Ben", "Ben or Kim", "Ben, Kim or Ravi"."""
    names = [person.name for person in people]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def others(people: Sequence[Teammate], *besides: str) -> tuple[Teammate, ...]:
    """`people` without those ids."""
    return tuple(person for person in people if person.id not in besides)


def awake(people: Sequence[Teammate], team: Team, now: Now) -> tuple[Teammate, ...]:
    """Those for whom it is not quiet: the team's quiet hours, by each one's own clock."""
    return tuple(each for each in people if wakes(each, team, now) <= now.wall)


def wakes(person: Teammate, team: Team, now: Now) -> datetime:
    """When they may be disturbed again; now where they may."""
    quiet = team.policy.quiet_hours
    return quiet.model_copy(update={"zone": person.zone or quiet.zone}).resumes(now.wall)


def lead_or_second(who: Teammate, author: str, team: Team, *, enough: bool, what: str) -> Refusal | None:
    """None where `who` may be the second name beside `author`: a lead, or any teammate where leads are not `enough`.

    `what` completes "Only a lead who didn't write it can …".
    """
    if who.id != author and (not enough or who.may(Role.LEAD)):
        return None
    if alone(team):
        return Refusal(because=f"Only somebody else can {what}, and you are alone in the team now.")
    if not enough:
        return Refusal(
            because=f"Only somebody who didn't write it can {what}. Ask {named(others(team.teammates(), author))}."
        )
    return Refusal(because=f"Only a lead who didn't write it can {what}. Ask {named(others(team.leads(), author))}.")
