"""Silence: a decision to leave it unanswered, with reason, second name and review date."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import HandoffState, Silence
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import NEWS, SETTLED, empty, not_theirs
from bot.rules.who import Who, conversation, facts, is_lead, is_teammate, named, others, refused

Decision = Sequence[e.Event] | Refusal


def leave_unanswered(view: View, command: c.LeaveUnanswered, who: Who, team: Team, now: Now) -> Decision:
    """Silence, with a reason. The second name comes later; without a review date it is looked at again after a day."""
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    review = command.review or now.wall + team.policy.silence_review_after
    match not_theirs(found, who, team):
        case Refusal() as no:
            return no
        case _ if found.closed is not None:
            return SETTLED
        case _ if found.statement:
            return Refusal(because="A statement waits for no answer. Close it instead.")
        case _ if command.seen not in (None, found.seen):
            return NEWS
        case _ if found.silence is not None:
            return Refusal(because=f"{team.name(found.silence.by)} decided that already.")
        case _ if found.open_attempts():
            return Refusal(because="A reply is on its way, or nobody can tell whether it is there. Settle that first.")
        case _ if found.offline is not None and found.offline.state is HandoffState.TAKEN:
            return Refusal(
                because=f"{team.name(found.offline.person)} is talking with them. That talk has to end first."
            )
        case _ if empty(command.words):
            return Refusal(because="Say why it should stay unanswered.")
        case _ if review <= now.wall:
            return Refusal(because="Choose a day to come to look at it again.")
        case _:
            return [e.Silenced(**facts(found, who, now), words=command.words, review=review)]


def second_silence(view: View, command: c.SecondSilence, who: Who, team: Team, now: Now) -> Decision:
    """Put a second name under a silence: a lead's, or any other teammate's where no other lead is in the team."""
    if not is_teammate(who):
        return refused(who)
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    match found.silence:
        case None:
            return Refusal(because="Nobody has decided to leave this unanswered, or they wrote again meanwhile.")
        case Silence(second=second) if second:
            return Refusal(because=f"{team.name(second)} put their name to it already.")
        case silence if command.seen not in (None, found.seen):
            return NEWS
        case silence if who.id == silence.by:
            return Refusal(because=f"A second name has to be somebody else's. {whom_to_ask(silence, team)}")
        case silence if others(team.leads(), silence.by) and not is_lead(who):
            return Refusal(because=f"Only a lead can put the second name under it. {whom_to_ask(silence, team)}")
        case _:
            return [e.SilenceSeconded(**facts(found, who, now))]


def whom_to_ask(silence: Silence, team: Team) -> str:
    """The end of a refusal: who may put the second name under it, if anybody."""
    able = others(team.leads(), silence.by) or others(team.teammates(), silence.by)
    return f"Ask {named(able)}." if able else "You are alone in the team now, so it takes a day."
