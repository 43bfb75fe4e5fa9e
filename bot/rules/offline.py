"""Away from the public: who has the talk, the contacts made, and how it ended."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Handoff, HandoffState
from bot.nouns.team import Refusal, Role, Team, Teammate
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import SETTLED, asked, empty
from bot.rules.who import Who, conversation, facts, is_lead, is_teammate, named, refused

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
    return [*_claimed(found, who, now), taken]


def _taken(handoff: Handoff, who: Teammate, team: Team) -> Refusal:
    if handoff.person == who.id:
        return Refusal(because="You have this talk already.")
    return Refusal(because=f"{team.name(handoff.person)} has this talk already. You can take it over.")


def _claimed(found: Conversation, who: Teammate, now: Now) -> Sequence[e.Event]:
    if found.owner is not None:
        return []
    return [e.Claimed(**facts(found, who, now), owner=who.id, epoch=found.owners + 1)]


def log_contact(view: View, command: c.LogContact, who: Who, team: Team, now: Now) -> Decision:
    """A call or letter was made. Where nobody was reached and no new time is named, the old one stands."""
    match _concerned(view, command, who, team):
        case Refusal() as no:
            return no
        case _ if empty(command.words):
            return Refusal(because="Say in a few words what came of it.")
        case _ if command.next is not None and command.next <= now.wall:
            return PAST
        case found, handoff:
            next_ = command.next if command.next is not None or command.reached else handoff.next
            logged = e.Contacted(**facts(found, who, now), reached=command.reached, words=command.words, next=next_)
            return [logged]


def show_contact(view: View, command: c.ShowContact, who: Who, team: Team, now: Now) -> Decision:
    """The whole contact is shown to the presser, and that is recorded."""
    match _concerned(view, command, who, team):
        case Refusal() as no:
            return no
        case _, handoff if handoff.contact is None:
            return Refusal(because="No contact was written down.")
        case found, _:
            return [e.ContactShown(**facts(found, who, now))]


def take_over(view: View, command: c.TakeOver, who: Who, team: Team, now: Now) -> Decision:
    """Any teammate takes the talk over in one press; a lead may give it to somebody else."""
    match _taken_by_somebody(view, command, who):
        case Refusal() as no:
            return no
        case found, handoff:
            to = command.person or who.id if isinstance(who, Teammate) else command.person
            no = _not_to(to, handoff, who, team)
            return no or [*_claimed_for(found, to, who, now), e.TakenOver(**facts(found, who, now), person=to)]


def end_handoff(view: View, command: c.EndHandoff, who: Who, team: Team, now: Now) -> Decision:
    """How the talk ended, and what was made good."""
    match _concerned(view, command, who, team):
        case Refusal() as no:
            return no
        case _ if empty(command.words):
            return Refusal(because="Say in a few words how it ended.")
        case found, _:
            return [e.HandoffEnded(**facts(found, who, now), words=command.words, made_good=command.made_good)]
