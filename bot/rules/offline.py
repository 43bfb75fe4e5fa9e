"""Away from the public: who has the talk, the contacts made, and how it ended."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Handoff, HandoffState
from bot.nouns.team import Refusal, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import SETTLED, asked, empty
from bot.rules.who import Who, conversation, facts, is_lead, is_teammate, refused

Decision = Sequence[e.Event] | Refusal

#: When somebody is asked about a talk for which no next contact was named, so that none is forgotten.
NEXT_CONTACT = timedelta(days=1)

NOBODY_HAS_IT = Refusal(because="Nobody has taken this talk yet. Press I have taken it first.")
PAST = Refusal(because="The next contact lies in the past. Choose a time to come.")


def take_offline(view: View, command: c.TakeOffline, who: Who, team: Team, now: Now) -> Decision:
    """The presser has the talk from now on, and the conversation too where nobody owns it."""
    if not is_teammate(who):
        return refused(who)
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    if found.closed is not None:
        return SETTLED
    if found.statement:
        return Refusal(because="A statement answers nobody, so there is no talk to take.")
    if found.offline is not None and found.offline.state is HandoffState.TAKEN:
        return _taken(found.offline, who, team)
    if command.next is not None and command.next <= now.wall:
        return PAST
    said = facts(found, who, now)
    next_ = command.next or now.wall + NEXT_CONTACT
    contact = None if empty(command.words) else command.words
    taken = e.TakenOffline(**said, way=command.way, person=who.id, words=contact, next=next_)
    return [*_claimed(found, who.id, who, now), taken]


def _taken(handoff: Handoff, who: Teammate, team: Team) -> Refusal:
    if handoff.person == who.id:
        return Refusal(because="You have this talk already.")
    return Refusal(because=f"{team.name(handoff.person)} has this talk already. You can take it over.")


def _claimed(found: Conversation, to: str, who: Who, now: Now) -> Sequence[e.Event]:
    """Who has the talk owns the conversation too, where nobody else does."""
    if found.owner is not None:
        return []
    return [e.Claimed(**facts(found, who, now), owner=to, epoch=found.owners + 1)]


def log_contact(view: View, command: c.LogContact, who: Who, team: Team, now: Now) -> Decision:
    """A call or letter was made. Where nobody was reached and no new time is named, the old one stands, if it is to come.

    Where no time is named at all, whoever has the talk is asked a day later what came of it (`due`).
    """
    talk = _concerned(view, command, who, team)
    if isinstance(talk, Refusal):
        return talk
    if empty(command.words):
        return Refusal(because="Say in a few words what came of it.")
    if command.next is not None and command.next <= now.wall:
        return PAST
    found, handoff = talk
    stands = handoff.next is not None and handoff.next > now.wall and not command.reached
    next_ = command.next or (handoff.next if stands else None)
    return [e.Contacted(**facts(found, who, now), reached=command.reached, words=command.words, next=next_)]


def show_contact(view: View, command: c.ShowContact, who: Who, team: Team, now: Now) -> Decision:
    """The whole contact is shown to the presser, and that is recorded."""
    talk = _concerned(view, command, who, team)
    if isinstance(talk, Refusal):
        return talk
    found, handoff = talk
    if handoff.contact is None:
        return Refusal(because="No contact was written down.")
    return [e.ContactShown(**facts(found, who, now))]


def take_over(view: View, command: c.TakeOver, who: Who, team: Team, now: Now) -> Decision:
    """Any teammate takes the talk over in one press; a lead may give it to somebody else."""
    if not is_teammate(who):
        return refused(who)
    to = command.person or who.id
    talk = _talk(view, command)
    if isinstance(talk, Refusal):
        return talk
    found, handoff = talk
    if handoff.person == to:
        return Refusal(because="You have this talk already." if to == who.id else f"{team.name(to)} has it already.")
    if to != who.id and not is_lead(who):
        return Refusal(because=f"Only a lead can give a talk to somebody else. Ask {asked(team)}, or take it yourself.")
    if to not in {person.id for person in team.teammates()}:
        return Refusal(because="Only a teammate can have a talk.")
    return [*_claimed(found, to, who, now), e.TakenOver(**facts(found, who, now), person=to)]


def end_handoff(view: View, command: c.EndHandoff, who: Who, team: Team, now: Now) -> Decision:
    """How the talk ended, and what was made good."""
    talk = _concerned(view, command, who, team)
    if isinstance(talk, Refusal):
        return talk
    if empty(command.words):
        return Refusal(because="Say in a few words how it ended.")
    return [e.HandoffEnded(**facts(talk[0], who, now), words=command.words, made_good=command.made_good)]


def _talk(view: View, command: c.Command) -> tuple[Conversation, Handoff] | Refusal:
    """The talk that somebody has, in the conversation a command names."""
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    match found.handoff:
        case Handoff(state=HandoffState.TAKEN) as handoff:
            return found, handoff
        case Handoff(state=HandoffState.ENDED):
            return Refusal(because="This talk has ended. How it ended is on the timeline.")
        case _:
            return NOBODY_HAS_IT


def _concerned(view: View, command: c.Command, who: Who, team: Team) -> tuple[Conversation, Handoff] | Refusal:
    """The talk, for those whom it concerns: who has it, the conversation's owner, and leads."""
    if not is_teammate(who):
        return refused(who)
    talk = _talk(view, command)
    if isinstance(talk, Refusal):
        return talk
    found, handoff = talk
    owner = found.owner.person if found.owner is not None else ""
    if who.id in (handoff.person, owner) or is_lead(who):
        return talk
    return Refusal(because=f"{team.name(handoff.person)} has this talk. Take it over first, or ask them.")
