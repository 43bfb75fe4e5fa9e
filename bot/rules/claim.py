"""Who has a conversation: claim, assign, hand back."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.events import Assigned, Claimed, Event, Freed, HandedBack
from bot.nouns.team import Part, Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import SETTLED, asked
from bot.rules.who import Who, conversation, facts, is_lead, is_teammate, refused

Decision = Sequence[Event] | Refusal


def claim(view: View, command: c.Claim, who: Who, team: Team, now: Now) -> Decision:
    """A teammate takes what nobody has."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    held = owner(found, team)
    if held is not None:
        return Refusal(because="You have this already." if held.id == who.id else f"{held.name} has this already.")
    if command.epoch != found.owners:
        return Refusal(because="Somebody had it and gave it back meanwhile. Nobody has it now: press again to take it.")
    return [claimed(found, who, now)]


def assign(view: View, command: c.Assign, who: Who, team: Team, now: Now) -> Decision:
    """A lead gives it to a teammate, whoever had it."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    if not is_lead(who):
        return Refusal(because=f"Only a lead can give it to somebody. Ask {asked(team)}.")
    to = team.people.get(command.to)
    if to is None or not to.may(Role.TEAMMATE):
        return Refusal(because=f"{team.name(command.to)} is not a teammate here, so cannot have it.")
    held = owner(found, team)
    if held is not None and held.id == to.id:
        return Refusal(because=f"{to.name} has this already.")
    if command.epoch != found.owners:
        now_with = f"{held.name} has it now" if held is not None else "nobody has it now"
        return Refusal(because=f"It changed hands meanwhile: {now_with}.")
    return [Assigned(**facts(found, who, now), owner=to.id, epoch=found.owners + 1)]


def hand_back(view: View, command: c.HandBack, who: Who, team: Team, now: Now) -> Decision:
    """The owner gives it back, no reason asked; a lead may do it for them, the clockwork for who left the team.

    A lead's press counts for the owner it was painted with; an owner's own says just what it does, whenever it was painted.
    """
    if who is Part.CLOCKWORK:
        return _let_go(view, command, who, team, now)
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    if found.owner is None:
        return Refusal(because="Nobody has it now, so there is nothing to hand back.")
    if found.owner.person != who.id and not is_lead(who):
        return Refusal(because=f"{team.name(found.owner.person)} has this. They or a lead can hand it back.")
    if found.owner.person != who.id and command.epoch not in (None, found.owners):
        return Refusal(because=f"{team.name(found.owner.person)} has this now. Look at it as it is, and press again.")
    return [HandedBack(**facts(found, who, now))]


def _let_go(view: View, command: c.HandBack, who: Who, team: Team, now: Now) -> Decision:
    """What a person had who is no longer a teammate is free again; a critical one rings anew then."""
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    if found.closed is not None:
        return SETTLED
    if found.owner is None or owner(found, team) is not None:
        return Refusal(because="Whoever has it is of the team.")
    return [Freed(**facts(found, who, now), owner=found.owner.person)]


def acting(view: View, command: c.Command, who: Who) -> tuple[Conversation, Teammate] | Refusal:
    """The conversation a command names, which is not settled, and the teammate who acts on it."""
    if not is_teammate(who):
        return refused(who)
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    return SETTLED if found.closed is not None else (found, who)


def owner(found: Conversation, team: Team) -> Teammate | None:
    """Who has it: a person who left the team has nothing any more."""
    person = team.people.get(found.owner.person) if found.owner is not None else None
    return person if person is not None and person.may(Role.TEAMMATE) else None


def claimed(found: Conversation, who: Teammate, now: Now) -> Claimed:
    """The event by which `who` takes it."""
    return Claimed(**facts(found, who, now), owner=who.id, epoch=found.owners + 1)
