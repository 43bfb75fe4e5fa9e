"""Which disposition is true of which mentions, and who may sign it."""

from collections.abc import Sequence

from bot.nouns.caution import Stage
from bot.nouns.conversation import AttemptState, Conversation
from bot.nouns.mention import Disposition, Kept
from bot.nouns.team import Refusal, Team
from bot.rules.silence import whom_to_ask

#: What only a statement can end as; it may be withdrawn too.
OF_STATEMENTS = frozenset({Disposition.PUBLISHED, Disposition.WITHDRAWN})


def untrue(c: Conversation, disposition: Disposition, mentions: Sequence[Kept], team: Team) -> Refusal | None:
    """None where `disposition` may be signed for `mentions` of `c`; else why it would not be true."""
    if c.statement:
        return _untrue_of_statement(c, disposition)
    match disposition:
        case Disposition.PUBLISHED:
            return Refusal(because="Only a statement of ours ends as published.")
        case Disposition.ANSWERED if c.answered_at is None:
            return Refusal(because="No answer of ours stands in public yet, so it can't end as answered.")
        case Disposition.ACKNOWLEDGED if c.heard_at is None:
            return Refusal(because="We haven't said in public that we heard, so it can't end as acknowledged.")
        case Disposition.OFFLINE if c.handoff is None:
            return Refusal(because="Nobody took this talk away from the public, so it can't end as taken offline.")
        case Disposition.WITHDRAWN if any(m.deleted is None for m in mentions):
            return Refusal(because="Their words still stand, so it can't end as withdrawn by its author.")
        case Disposition.SILENCE:
            return _unseconded(c, team)
        case _:
            return None


def _unseconded(c: Conversation, team: Team) -> Refusal | None:
    if c.silence is None:
        return Refusal(because="Leaving it unanswered needs a reason first. Press Leave it unanswered.")
    if not c.silence.second:
        return Refusal(because=f"Leaving it unanswered needs a second name. {whom_to_ask(c.silence, team)}")
    return None


def _untrue_of_statement(c: Conversation, disposition: Disposition) -> Refusal | None:
    posted = any(a.stage is Stage.STATEMENT and a.state is AttemptState.POSTED for a in c.attempts)
    if disposition not in OF_STATEMENTS:
        return Refusal(because="A statement ends as published or as withdrawn.")
    if disposition is Disposition.PUBLISHED and not posted:
        return Refusal(because="This statement was not published. It may end as withdrawn.")
    return None
