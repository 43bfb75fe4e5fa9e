"""Posts of ours that answer no single mention, and corrections of what we said."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns.delivery import ToPost
from bot.nouns.events import Event, StatementBegun
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.claim import acting
from bot.rules.draft import write
from bot.rules.who import Who, by, is_teammate, refused

Decision = Sequence[Event] | Refusal


def begin_statement(view: View, command: c.BeginStatement, who: Who, team: Team, now: Now) -> Decision:
    """A conversation about a post of ours, in an incident of its own or in one that stands. Whoever begins it has it."""
    if not is_teammate(who):
        return refused(who)
    if command.conversation in view.conversations:
        return Refusal(because="This statement is begun already.")
    if not command.account.platform:
        return Refusal(because="Choose the account it is for.")
    before = view.incidents.get(command.incident)
    if (before is None) != command.fresh or (before is not None and before.merged_into):
        return Refusal(because="That incident is no longer here, or lies in another one now.")
    begun = StatementBegun(
        incident=command.incident,
        conversation=command.conversation,
        at=now.wall,
        by=by(who),
        account=command.account,
        fresh=command.fresh,
        places=command.places,
    )
    return [begun]


def correct(view: View, command: c.Correct, who: Who, team: Team, now: Now) -> Decision:
    """Other words for a post of ours, or none, which withdraws it. They cool like a response, and go by a named press."""
    acts = acting(view, command, who)
    if isinstance(acts, Refusal):
        return acts
    found, who = acts
    attempt = found.attempt(command.attempt)
    if attempt is None or attempt.standing is None:
        return Refusal(because="We know no post of ours there that could be corrected.")
    if isinstance(command.words.text, str) and command.words.text == attempt.words.text:
        return Refusal(because="These are the words that stand there already.")
    begin = c.Write(
        id=command.id,
        incident=command.incident,
        conversation=command.conversation,
        draft=command.draft,
        based_on=0,
        stage=attempt.stage,
        audience=attempt.audience,
        target=ToPost(key=attempt.standing),
        words=command.words,
        cautions=command.cautions,
    )
    return write(view, begin, who, team, now)
