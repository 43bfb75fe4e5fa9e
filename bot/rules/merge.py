"""Which conversations lie in which incident, and what an incident is called and who leads it."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.close import AT_ONCE
from bot.rules.standing import NO_INCIDENT, asked, empty, not_a_lead
from bot.rules.who import GONE, Who, by, conversation, is_lead, is_teammate, refused

Decision = Sequence[e.Event] | Refusal

THERE = Refusal(because="It lies in that incident already.")


def move(view: View, command: c.Move, who: Who, team: Team, now: Now) -> Decision:
    """Move a conversation to another incident, or into one that begins with it; its owner or a lead may."""
    if not is_teammate(who):
        return refused(who)
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    owner = found.owner.person if found.owner is not None else ""
    if who.id != owner and team.leads() and not is_lead(who):
        return Refusal(because=f"Only its owner or a lead can move it. Take it first, or ask {asked(team)}.")
    source = view.incidents.get(found.incident)
    if source is None:
        return GONE
    no = _no_way(found, command.to, command.fresh, view)
    if no is not None:
        return no
    moved = _moved(found, source, command.to, command.fresh, who, now)
    return [*moved, *_left_empty(source, [found], command.to, who, now)] if source.size == 1 else moved


def merge(view: View, command: c.Merge, who: Who, team: Team, now: Now) -> Decision:
    """Move the listed conversations into another incident, and end this one if nothing in it stays open.

    What came after the list was made stays where it is, so a big pile is merged in parts.
    """
    no = not_a_lead(who, team, "bring two incidents together")
    if no is not None:
        return no
    listed = tuple(dict.fromkeys(command.conversations))
    source, target = view.incidents.get(command.incident), view.incidents.get(command.into)
    found = [view.conversations[name] for name in listed if name in view.conversations]
    if source is None or target is None or source.merged_into or target.merged_into:
        return NO_INCIDENT
    if source.id == target.id:
        return Refusal(because="That is one and the same incident.")
    if len(listed) > AT_ONCE:
        return Refusal(because=f"One press moves at most {AT_ONCE}. Take the list in parts.")
    here = [conv for conv in found if conv.incident == source.id]
    if not here:
        return GONE
    moved = [event for conv in here for event in _moved(conv, source, target.id, False, who, now)]
    return [*moved, *_left_empty(source, here, target.id, who, now)]


def _no_way(found: Conversation, to: str, fresh: bool, view: View) -> Refusal | None:
    if to == found.incident:
        return THERE
    target = view.incidents.get(to)
    if (target is None) != fresh or (target is not None and target.merged_into):
        return NO_INCIDENT
    return None


def _moved(found: Conversation, source: Incident, to: str, fresh: bool, who: Who, now: Now) -> Sequence[e.Event]:
    """It is written in both timelines; the new one begins with a snapshot that holds no text."""
    happened = {"conversation": found.id, "at": now.wall, "by": by(who)}
    out = e.MovedOut(**happened, incident=source.id, to=to, closed=found.closed is not None)
    into = e.MovedIn(
        **happened,
        incident=to,
        origin=source.id,
        state=Conversation.model_validate(found.model_dump()),
        fresh=fresh,
        places=source.places if fresh else (),
    )
    return [out, into]


def _left_empty(source: Incident, gone: Sequence[Conversation], to: str, who: Who, now: Now) -> Sequence[e.Event]:
    """The source ends in the target once nothing open is left in it."""
    left = source.open - sum(conv.closed is None for conv in gone)
    return [] if left else [e.Merged(incident=source.id, at=now.wall, by=by(who), into=to)]


def rename(view: View, command: c.Rename, who: Who, team: Team, now: Now) -> Decision:
    """Give it a better headline; anyone of the team may."""
    if not is_teammate(who):
        return refused(who)
    if command.incident not in view.incidents:
        return NO_INCIDENT
    if empty(command.words):
        return Refusal(because="A headline needs a word or two.")
    return [e.Renamed(incident=command.incident, at=now.wall, by=by(who), words=command.words)]


def name_lead(view: View, command: c.NameLead, who: Who, team: Team, now: Now) -> Decision:
    """Who leads an incident: any teammate may take it where nobody does, a lead may give it to anybody."""
    if not is_teammate(who):
        return refused(who)
    incident = view.incidents.get(command.incident)
    if incident is None:
        return NO_INCIDENT
    if command.lead == incident.lead:
        return Refusal(because=f"{team.name(incident.lead)} leads this already.")
    if command.lead not in {person.id for person in team.teammates()}:
        return Refusal(because="Only a teammate can lead an incident.")
    takes_it = command.lead == who.id and not incident.lead
    no = None if takes_it else not_a_lead(who, team, "say who leads it")
    return no or [e.LeadNamed(incident=incident.id, at=now.wall, by=by(who), lead=command.lead)]
