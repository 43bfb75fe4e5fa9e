"""Who may settle a conversation, and what a written reason has to hold."""

from bot.nouns.conversation import Conversation
from bot.nouns.team import Refusal, Team
from bot.nouns.words import Words
from bot.rules.who import Who, is_lead, is_teammate, named, refused

NO_INCIDENT = Refusal(because="That incident is no longer here, or lies in another one now.")
SETTLED = Refusal(because="It is settled. Reopen it first.")
#: Nobody signs what they were not shown.
NEWS = Refusal(because="Something new has come since this was shown. Read it first, then press again.")


def empty(words: Words | None) -> bool:
    """Whether nothing was written. What was forgotten had been written."""
    return words is None or (isinstance(words.text, str) and not words.text.strip())


def not_theirs(c: Conversation, who: Who, team: Team) -> Refusal | None:
    """None where `who` may settle it: its owner, any teammate while nobody of the team owns it, or a lead."""
    if not is_teammate(who):
        return refused(who)
    if c.owner is None or c.owner.person not in team.people or c.owner.person == who.id or is_lead(who):
        return None
    return Refusal(because=f"{team.name(c.owner.person)} has this. Ask them, or {asked(team)}.")


def asked(team: Team) -> str:
    """Whom to ask where a lead is needed: "Kim or Ravi", or "a lead" where there is none."""
    return named(team.leads()) or "a lead"


def not_a_lead(who: Who, team: Team, what: str) -> Refusal | None:
    """None for a lead, and for any teammate of a team that has none. `what` completes "Only a lead can …"."""
    if not is_teammate(who):
        return refused(who)
    if is_lead(who) or not team.leads():
        return None
    return Refusal(because=f"Only a lead can {what}. Ask {asked(team)}.")
