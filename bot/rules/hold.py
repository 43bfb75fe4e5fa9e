"""*Hold all posting*: anyone of the team starts it, a lead ends it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.events import Event, HoldBegan, HoldEnded
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import empty, not_a_lead
from bot.rules.who import Who, by, is_lead, is_teammate, refused

Decision = Sequence[Event] | Refusal

#: The longest a hold may be asked for; after that somebody thinks again.
LONGEST = timedelta(days=7)


def begin_hold(view: View, command: c.BeginHold, who: Who, team: Team, now: Now) -> Decision:
    """All public words wait until `until`. A hold that stands can be lengthened by anyone, and set anew by a lead.

    The product itself begins one where it cannot know what was sent: in a store that was brought back from a backup.
    """
    if not (who == Part.CLOCKWORK or is_teammate(who)):
        return refused(who)
    if not now.wall < command.until <= now.wall + LONGEST:
        return Refusal(because="Choose an end within the next seven days.")
    if empty(command.words):
        return Refusal(because="Write in a sentence why. Everybody who wants to send will read it.")
    hold = team.holding(now)
    if hold is not None and command.until <= hold.until and not is_lead(who):
        return Refusal(because=f"{team.name(hold.by)} holds all posting already, until then.", until=hold.until)
    return [HoldBegan(at=now.wall, by=by(who), until=command.until, words=command.words, beyond=command.beyond)]


def end_hold(view: View, command: c.EndHold, who: Who, team: Team, now: Now) -> Decision:
    """A lead ends it before its time; in a team without leads any teammate."""
    no = not_a_lead(who, team, "end a hold")
    if no is not None:
        return no
    if team.holding(now) is None:
        return Refusal(because="Nothing is on hold.")
    return [HoldEnded(at=now.wall, by=by(who), words=command.words)]
