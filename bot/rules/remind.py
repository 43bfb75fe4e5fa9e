"""What the clockwork does when something is due: it decides anew what is true now. And the alarm for critical ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.events import Alarmed, Cooled, Event, Freed, Recounted, Reminded, SentBack, SilenceSeconded
from bot.nouns.team import Part, Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.asks import NOBODY_KNOWS, TOO_LONG, counts_for
from bot.rules.due import due, waits
from bot.rules.policy import critical
from bot.rules.who import NOT_YOURS, READS_ONLY, Who, awake, by, conversation, facts, others, wakes

Decision = Sequence[Event] | Refusal

NOTHING_DUE = Refusal(because="Nothing is due there any more.")

#: From this many alarms about one conversation on, leads are told, and then somebody outside the chat.
LEADS, OUTSIDE = 2, 3


def wake(view: View, command: c.Wake, who: Who, team: Team, now: Now) -> Decision:
    """What follows from `what` being due. A refusal with `until` has to be woken again then; without, never."""
    no = _not_the_clockwork(who)
    if no is not None:
        return no
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    at = next((each.at for each in due(found, team) if each.what == command.what), None)
    if at is None:
        return NOTHING_DUE
    match command.what.partition(":"):
        # A wait or a press may have begun by a wrong clock, so these two ask the clocks themselves.
        case "cooled", _, named:
            return _cooled(found, named, command, who, now)
        case "asked", _, key:
            return _outlived(found, key, who, team, now)
        case _ if now.wall < at:
            return Refusal(because="It is not due yet.", until=at)
        case "free", _, _:
            owner = found.owner.person if found.owner is not None else ""
            return [Freed(**facts(found, who, now), owner=owner)]
        case "second", _, _ if not _may_second(found, team):
            return [SilenceSeconded(**facts(found, who, now))]
        case _:
            return _remind(view, found, command.what, who, team, now)


def _not_the_clockwork(who: Who) -> Refusal | None:
    if isinstance(who, Teammate):
        return READS_ONLY
    return None if who is Part.CLOCKWORK else NOT_YOURS


def _cooled(found: Conversation, named: str, command: c.Wake, who: Who, now: Now) -> Decision:
    """Ready if the wait has really passed; counted again where nobody can tell; else to be woken again."""
    draft = next(d for d in found.drafts if f"{d.id}:{d.version}" == named)
    base = {**facts(found, who, now), "draft": draft.id, "version": draft.version}
    cooling = draft.cooling
    assert cooling is not None  # `due` names only drafts that cool
    if cooling.over(now):
        return [Cooled(**base)]
    if cooling.doubtful(now):
        was = cooling.until if cooling.recounts else None
        return [Recounted(**base, cooling=cooling.recount(now, command.pulses), was=was)]
    return Refusal(because="The clocks do not agree yet that it is over.", until=now.wall + cooling.left(now))


def _outlived(found: Conversation, key: str, who: Who, team: Team, now: Now) -> Decision:
    """Sent back once its press counts no more, or where nobody can tell; else to be woken again then."""
    attempt = next(each for each in found.attempts if each.key == key)
    left = counts_for(attempt, team.policy, now)
    if left is not None and left > timedelta():
        return Refusal(because="It is not due yet.", until=now.wall + left)
    because = NOBODY_KNOWS if left is None else TOO_LONG
    return [SentBack(**facts(found, who, now), attempt=key, because=because)]


def _remind(view: View, found: Conversation, what: str, who: Who, team: Team, now: Now) -> Decision:
    kind = what.partition(":")[0]
    incident = view.incidents.get(found.incident)
    if kind == "unclaimed" and incident is not None and incident.storm:
        later = now.wall + team.policy.remind_unclaimed_after
        return Refusal(because="In a storm the pile asks for all of them at once.", until=later)
    quiet = team.policy.quiet_hours
    if not critical(found) and quiet.quiet(now.wall):
        return Refusal(because="It is quiet now.", until=quiet.resumes(now.wall))
    before = found.reminder(what)
    count = before.count + 1 if before is not None else 1
    people = () if kind == "critical" else _told(found, kind, what, count, team)
    told = people if critical(found) else awake(people, team, now) or awake(_on_duty(team), team, now)
    if people and not told:
        return Refusal(because="It is quiet where they are.", until=min(wakes(each, team, now) for each in people))
    return [Reminded(**facts(found, who, now), what=what, count=count, told=_ids(told) if people else ())]


def _told(found: Conversation, kind: str, what: str, count: int, team: Team) -> tuple[Teammate, ...]:
    """Whom a reminder is for: twice those it concerns, then the leads; whoever is on duty where there is none of them."""
    if count > 2:
        return team.leads() or _on_duty(team)
    return _concerned(found, kind, what, team) or _on_duty(team)


def _concerned(found: Conversation, kind: str, what: str, team: Team) -> tuple[Teammate, ...]:
    owner = found.owner.person if found.owner is not None else ""
    named = what.partition(":")[2]
    match kind:
        case "acknowledge" | "answer" | "no_draft":
            return _people(team, owner)
        case "by_hand" | "unknown":
            attempt = found.attempt(named)
            return _people(team, attempt.by if attempt is not None else "", owner)
        case "contact" | "talk":
            return _people(team, found.handoff.person if found.handoff is not None else "", owner)
        case "promise":
            return _people(team, next((p.by for p in found.promises if p.id == named), ""), owner)
        case "silence":
            return _people(team, found.silence.by if found.silence is not None else "", owner)
        case "second":
            return _may_second(found, team)
        case _:
            return _on_duty(team)


def _people(team: Team, *ids: str) -> tuple[Teammate, ...]:
    """The first of those who is still a teammate; nobody where none is."""
    standing = [team.people[each] for each in ids if each in team.people and team.people[each].may(Role.TEAMMATE)]
    return tuple(standing[:1])


def _ids(people: Sequence[Teammate]) -> tuple[str, ...]:
    return tuple(person.id for person in people)


def _on_duty(team: Team) -> tuple[Teammate, ...]:
    return team.on_duty() or team.leads() or team.teammates()


def _may_second(found: Conversation, team: Team) -> tuple[Teammate, ...]:
    """Who may put a second name under the silence: other leads, or other teammates where there is no other lead."""
    signed = found.silence.by if found.silence is not None else ""
    return others(team.leads(), signed) or others(team.teammates(), signed)


def ring_alarm(view: View, command: c.RingAlarm, who: Who, team: Team, now: Now) -> Decision:
    """One alarm for all critical ones that nobody has: on duty first, then every lead, then outside the chat too.

    How far it has come is the most that any of them was reminded of (`Wake("critical")` counts). Nobody is told more
    than once in ten minutes, and neither is the world outside; a refusal says when somebody can be told again.
    """
    no = _not_the_clockwork(who)
    if no is not None:
        return no
    named = [view.conversations[name] for name in command.conversations if name in view.conversations]
    ringing = [found for found in named if _rings(found)]
    if not ringing:
        return NOTHING_DUE
    far = max(reminder.count if (reminder := found.reminder("critical")) is not None else 1 for found in ringing)
    people = _ids([*_on_duty(team), *(team.leads() if far >= LEADS else ())])
    told = tuple(each for each in dict.fromkeys(people) if _may_ring(team.alarmed_at.get(each), team, now))
    outside = far >= OUTSIDE and _may_ring(team.alarm_at, team, now)
    if not told and not outside:
        last = min(team.alarmed_at[each] for each in people) if people else now.wall
        return Refusal(because="They were told a moment ago.", until=last + team.policy.alarm_every)
    listed = tuple(found.id for found in ringing)
    return [Alarmed(at=now.wall, by=by(who), conversations=listed, told=told, outside=outside)]


def _rings(found: Conversation) -> bool:
    return critical(found) and found.closed is None and found.owner is None and waits(found) is not None


def _may_ring(last: datetime | None, team: Team, now: Now) -> bool:
    return last is None or last + team.policy.alarm_every <= now.wall
