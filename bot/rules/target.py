"""Whether words may go where they are to go: the target belongs to the conversation, and is still there."""

from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, Conversation, HandoffState
from bot.nouns.delivery import Audience, Target, ToAccount, ToAuthor, ToMention, ToPost
from bot.nouns.mention import MentionKey
from bot.nouns.team import Refusal, Team

ASTRAY = Refusal(because="These words do not belong to this conversation.")
DELETED = Refusal(
    because="This mention was deleted by its author. There is nothing to answer; close it or keep the phone call."
)

_REPLIES = frozenset({Stage.ACKNOWLEDGEMENT, Stage.RESPONSE})
_NAMES = {
    Stage.ACKNOWLEDGEMENT: "an acknowledgement",
    Stage.RESPONSE: "a response",
    Stage.PRIVATE: "a private word",
    Stage.STATEMENT: "a statement",
}


def called(stage: Stage) -> str:
    """How a sentence calls words of that stage."""
    return _NAMES[stage]


def astray(found: Conversation, stage: Stage, audience: Audience, target: Target) -> Refusal | None:
    """None where such words may go to `target` from this conversation, and it still stands."""
    match target:
        case ToMention(key=key) if stage in _REPLIES and audience is Audience.PUBLIC:
            return _gone(found, key)
        case ToAuthor(key=key) if stage is Stage.PRIVATE and audience is Audience.PRIVATE:
            return _gone(found, key)
        case ToAccount(account=account) if stage is Stage.STATEMENT and audience is Audience.PUBLIC:
            return None if found.statement and found.account == account else ASTRAY
        case ToPost(key=key):
            return None if any(_fits(a, key, stage, audience) for a in found.attempts) else ASTRAY
        case _:
            return ASTRAY


def _gone(found: Conversation, key: MentionKey) -> Refusal | None:
    kept = found.mention(key)
    if kept is None:
        return ASTRAY
    return DELETED if kept.deleted is not None else None


def _fits(attempt: Attempt, key: MentionKey, stage: Stage, audience: Audience) -> bool:
    return attempt.standing == key and attempt.stage is stage and attempt.audience is audience


def taken_away(found: Conversation, target: Target, team: Team) -> Refusal | None:
    """Why no public reply goes out while the talk is away from the public; None where nothing stands against it."""
    talk = found.offline
    if not isinstance(target, ToMention) or talk is None or talk.state is not HandoffState.TAKEN:
        return None
    return Refusal(
        because=f"{team.name(talk.person)} is talking with them away from the public. "
        "Note how the talk ended; then you can say in public that you spoke."
    )
