"""How an incident and the team change with each event, and the replay of a whole timeline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.nouns import events as e
from bot.nouns.conversation import Conversation
from bot.nouns.evolve import begin, evolve
from bot.nouns.flag import Severity
from bot.nouns.incident import Action, Incident
from bot.nouns.team import Hold, Role, Team, Teammate, by_itself, room_of

#: So many arrival times an incident remembers: as many as the largest storm rule can ask for.
ARRIVALS = 64


def evolve_incident(incident: Incident | None, event: e.Event, head: str) -> Incident:
    """The incident after `event`, whose hash is `head`. None before its first event."""
    before = incident or Incident(id=event.incident or "", opened=event.at)
    return before.model_copy(update={**_changes(before, event), "version": before.version + 1, "head": head})


def _arrived(i: Incident, event: e.Opened | e.StatementBegun | e.MovedIn) -> dict[str, Any]:
    places = event.places if event.fresh else i.places
    return {"size": i.size + 1, "open": i.open + 1, "closed": None, "merged_into": "", "places": places}


def _moved_in(i: Incident, event: e.MovedIn) -> dict[str, Any]:
    state = event.state
    changes = _arrived(i, event) | {
        "severity": _graver(i, state.severity),
        "situation": i.situation or (state.first.flag.situation if state.first is not None else None),
    }
    if state.closed is not None:
        changes |= {"open": i.open, "closed": None if i.open else i.closed or state.closed}
    return changes


def _reopened(i: Incident) -> dict[str, Any]:
    """One of its conversations is open again, so it lives, even where it had ended in another."""
    return {"open": i.open + 1, "closed": None, "merged_into": ""}


def _graver(i: Incident, severity: Severity) -> Severity:
    return severity if severity.rank > i.severity.rank else i.severity


def _changes(i: Incident, event: e.Event) -> dict[str, Any]:
    """The fields of an incident that an event changes."""
    match event:
        case e.Opened():
            flag = event.mention.flag
            return _arrived(i, event) | {
                "severity": _graver(i, flag.severity),
                "situation": i.situation or flag.situation,
                "occasion": i.occasion or event.occasion,
                "arrivals": (*i.arrivals, event.mention.arrived)[-ARRIVALS:],
            }
        case e.WroteAgain():
            graver = {"severity": _graver(i, event.mention.flag.severity)}
            return graver | _reopened(i) if event.reopens else graver
        case e.StatementBegun():
            return _arrived(i, event)
        case e.MovedIn():
            return _moved_in(i, event)
        case e.MovedOut():
            left = i.open if event.closed else i.open - 1
            ended = (i.closed or event.at) if left == 0 else None
            return {"size": i.size - 1, "open": left, "closed": ended}
        case e.Closed():
            left = i.open - 1
            return {"open": left, "closed": event.at if left == 0 else None}
        case e.Reopened():
            return _reopened(i)
        case e.Merged(into=into):
            return {"merged_into": into, "closed": event.at}
        case e.Renamed(words=words):
            return {"renamed": words.bare()}
        case e.LeadNamed(lead=lead):
            return {"lead": lead}
        case e.StormBegan():
            return {"storm": True}
        case e.StormEnded():
            return {"storm": False}
        case e.OutcomeNoted(outcome=outcome):
            return {"outcome": outcome}
        case e.LessonNoted(words=words):
            return {"lessons": (*i.lessons, words.bare())}
        case e.ActionAgreed():
            action = Action(id=event.action, words=event.words.bare(), by=event.owner, due=event.due)
            return {"actions": (*(a for a in i.actions if a.id != event.action), action)}
        case e.ActionDone():
            done = tuple(a.model_copy(update={"done": event.at}) if a.id == event.action else a for a in i.actions)
            return {"actions": done}
        case _:
            return {}


def evolve_team(team: Team, event: e.Event, head: str) -> Team:
    """The team after an event of its own timeline."""
    return _apply_team(team, event).model_copy(update={"version": team.version + 1, "head": head})


def _told(before: Teammate | None, event: e.PersonSet) -> datetime | None:
    """When a chat told us somebody's zone: it comes with the product's own hand, and a person's hand sets another."""
    if event.zone == (before.zone if before is not None else ""):
        return before.zone_at if before is not None else None
    return event.at if by_itself(event.by) else None


def _led(team: Team, room: str) -> tuple[str, ...]:
    """The rooms that have ever been led, `room` among them where it is one."""
    return tuple(sorted({*team.led, room} - {""}))


def _apply_team(team: Team, event: e.Event) -> Team:
    match event:
        case e.HoldBegan():
            hold = Hold(by=event.by, reason=event.words.bare(), since=event.at, until=event.until)
            return team.model_copy(update={"hold": hold, "holds": team.holds + 1})
        case e.HoldEnded():
            return team.model_copy(update={"hold": None, "holds": team.holds + 1})
        case e.PersonSet():
            person = Teammate(
                id=event.person,
                name=event.name,
                roles=event.roles,
                public_name=event.public_name,
                zone=event.zone,
                zone_at=_told(team.people.get(event.person), event),
                on_duty=event.on_duty,
                shield=event.shield,
                email=event.email,
            )
            gone = {k: name for k, name in team.gone.items() if k != person.id}
            led = _led(team, room_of(person.id)) if person.may(Role.LEAD) else team.led
            return team.model_copy(update={"people": {**team.people, person.id: person}, "gone": gone, "led": led})
        case e.Alarmed(told=told, outside=outside):
            alarmed = {**team.alarmed_at, **dict.fromkeys(told, event.at)}
            rung = event.at if outside else team.alarm_at
            return team.model_copy(update={"alarmed_at": alarmed, "alarm_at": rung})
        case e.PersonLeft(person=left):
            people = {k: p for k, p in team.people.items() if k != left}
            return team.model_copy(update={"people": people, "gone": {**team.gone, left: team.name(left)}})
        case e.PlaceAdded(place=place):
            others = tuple(p for p in team.brought if (p.room, p.id) != (place.room, place.id))
            return team.model_copy(update={"brought": (*others, place), "led": _led(team, place.room)})
        case e.PlaceRemoved(place=place):
            others = tuple(p for p in team.brought if (p.room, p.id) != (place.room, place.id))
            return team.model_copy(update={"brought": others})
        case e.SourceQuiet(source=source, since=since):
            return team.model_copy(update={"quiet": {**team.quiet, source: since}})
        case e.SourceBack(source=source):
            return team.model_copy(update={"quiet": {k: at for k, at in team.quiet.items() if k != source}})
        case e.RoomAway(room=room):
            return team.model_copy(update={"away": {**team.away, room: event.at}})
        case e.RoomBack(room=room):
            return team.model_copy(update={"away": {k: at for k, at in team.away.items() if k != room}})
        case e.ErasureAsked(persons=persons):
            return team.model_copy(update={"erasing": tuple(dict.fromkeys((*team.erasing, *persons)))})
        case e.Erased(persons=persons):
            return team.model_copy(update={"erasing": tuple(p for p in team.erasing if p not in persons)})
        case _:
            return team


def replay(events: Iterable[tuple[e.Event, str]]) -> tuple[Incident | None, dict[str, Conversation]]:
    """The incident and the conversations that lie in it, from its whole timeline of (event, hash)."""
    incident: Incident | None = None
    conversations: dict[str, Conversation] = {}
    for event, head in events:
        incident = evolve_incident(incident, event, head)
        conversations = step(conversations, event)
    return incident, conversations


def step(conversations: dict[str, Conversation], event: e.Event) -> dict[str, Conversation]:
    """The conversations of an incident after one of its events."""
    name = event.conversation
    if name is None:
        return conversations
    if (begun := begin(event)) is not None:
        return {**conversations, name: begun}
    if isinstance(event, e.MovedOut):
        return {k: c for k, c in conversations.items() if k != name}
    if name not in conversations:
        return conversations
    return {**conversations, name: evolve(event, conversations[name])}
