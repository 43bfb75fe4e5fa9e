"""Notes for the team, and the look back: outcome, lessons, and what changes by whom and when."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.incident import Action, Incident
from bot.nouns.outcome import Outcome
from bot.nouns.team import Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import NO_INCIDENT, empty
from bot.rules.who import GONE, Who, awake, by, is_teammate, may, refused

Decision = Sequence[e.Event] | Refusal


def note(view: View, command: c.Note, who: Who, team: Team, now: Now) -> Decision:
    """A line for the team, on an incident or on one of its conversations. Never published."""
    if not is_teammate(who):
        return refused(who)
    if empty(command.words):
        return Refusal(because="There is nothing written here yet.")
    if command.incident not in view.incidents:
        return NO_INCIDENT
    about = view.conversations.get(command.conversation)
    if command.conversation and (about is None or about.incident != command.incident):
        return GONE
    return [
        e.Noted(
            incident=command.incident,
            conversation=command.conversation or None,
            at=now.wall,
            by=by(who),
            words=command.words,
            marked=command.marked,
            origin=command.origin,
            asks=_asked(command, who, team, now),
        )
    ]


def _asked(command: c.Note, who: Teammate, team: Team, now: Now) -> tuple[str, ...]:
    """Of those it asks, the teammates for whom it is not quiet; all of them where it is for each."""
    known = [team.people[each] for each in dict.fromkeys(command.asks) if each in team.people and each != who.id]
    people = [each for each in known if is_teammate(each)]
    return tuple(each.id for each in awake(people, team, now) or people)


def note_outcome(view: View, command: c.NoteOutcome, who: Who, team: Team, now: Now) -> Decision:
    """How it ended for the people in it, in one word of `bot.nouns.outcome`."""
    match _looked_back_on(view, command, who):
        case Refusal() as no:
            return no
        case _ if command.outcome not in set(Outcome):
            return Refusal(because="That is none of the outcomes we count. Choose one of the list.")
        case incident if incident.outcome == command.outcome:
            return Refusal(because="That is noted already.")
        case incident:
            return [e.OutcomeNoted(incident=incident.id, at=now.wall, by=by(who), outcome=command.outcome)]


def note_lesson(view: View, command: c.NoteLesson, who: Who, team: Team, now: Now) -> Decision:
    """What we learned."""
    match _looked_back_on(view, command, who):
        case Refusal() as no:
            return no
        case _ if empty(command.words):
            return Refusal(because="Say in a sentence what we learned.")
        case incident:
            return [e.LessonNoted(incident=incident.id, at=now.wall, by=by(who), words=command.words)]


def agree_action(view: View, command: c.AgreeAction, who: Who, team: Team, now: Now) -> Decision:
    """What changes, by whom, by when. The same id again words it anew, as long as it is not done."""
    match _looked_back_on(view, command, who):
        case Refusal() as no:
            return no
        case _ if empty(command.words):
            return Refusal(because="Say in a sentence what changes.")
        case _ if command.owner not in team.people:
            return Refusal(because="Choose somebody of the team who sees to it.")
        case _ if command.due is not None and command.due <= now.wall:
            return Refusal(because="Choose a day to come.")
        case incident if _done(incident, command.action):
            return Refusal(because="That has changed already.")
        case incident:
            return [
                e.ActionAgreed(
                    incident=incident.id,
                    at=now.wall,
                    by=by(who),
                    action=command.action,
                    owner=command.owner,
                    due=command.due,
                    words=command.words,
                )
            ]


def finish_action(view: View, command: c.FinishAction, who: Who, team: Team, now: Now) -> Decision:
    """It has changed."""
    match _looked_back_on(view, command, who):
        case Refusal() as no:
            return no
        case incident if _action(incident, command.action) is None:
            return Refusal(because="Nothing of that kind was agreed here.")
        case incident if _done(incident, command.action):
            return Refusal(because="That has changed already.")
        case incident:
            return [e.ActionDone(incident=incident.id, at=now.wall, by=by(who), action=command.action)]


def _action(incident: Incident, action: str) -> Action | None:
    return next((a for a in incident.actions if a.id == action), None)


def _done(incident: Incident, action: str) -> bool:
    agreed = _action(incident, action)
    return agreed is not None and agreed.done is not None


def _looked_back_on(view: View, command: c.Command, who: Who) -> Incident | Refusal:
    """The incident, for those who look back: teammates, and managers too, whose work reviewing is."""
    if not may(who, Role.TEAMMATE, Role.MANAGER):
        return refused(who)
    return view.incidents.get(command.incident, NO_INCIDENT)
