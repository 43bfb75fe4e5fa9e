"""What a send needs to know of its conversation, as platforms are handed it. Pure."""

from bot.nouns.conversation import Attempt, Conversation
from bot.nouns.delivery import Account, Cleared, ToAccount, ToPost, platform_of
from bot.nouns.mention import About, Kept, Mention


def answered(conversation: Conversation, attempt: Attempt) -> Kept | None:
    """The mention an attempt answers; None for a statement or a correction."""
    target = attempt.target
    return None if isinstance(target, ToAccount | ToPost) else conversation.mention(target.key)


def cleared(conversation: Conversation, attempt: Attempt) -> Cleared:
    """What the platform is handed for an attempt; exactly what its `binding` was made of."""
    kept = answered(conversation, attempt)
    return Cleared(
        words=attempt.words,
        target=attempt.target,
        account=attempt.account or Account(platform=platform_of(attempt.target)),
        audience=attempt.audience,
        attempt_key=attempt.key,
        about=kept.about if kept is not None and isinstance(kept.about, About) else None,
    )


def url_of(conversation: Conversation, attempt: Attempt) -> str:
    """Where a teammate opens what is answered, or ''."""
    kept = answered(conversation, attempt)
    return kept.url if kept is not None else ""


def whole(kept: Kept) -> Mention:
    """A kept mention as a platform knows it."""
    about = kept.about if isinstance(kept.about, About) else About()
    return Mention(
        key=kept.key,
        text=kept.latest.read(""),
        author=about.author,
        url=about.url,
        visibility=about.visibility,
        at=kept.at,
        in_reply_to=kept.in_reply_to,
        rating=kept.rating,
        media=kept.media,
        kind=kept.kind,
        direct=kept.direct,
        source=kept.source,
    )
