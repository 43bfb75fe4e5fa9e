"""Cleared words, as the outbox hands them over."""

import uuid
from typing import Any

from bot.nouns.delivery import Account, Audience, Cleared, Target, ToAccount, ToAuthor, ToMention, ToPost
from bot.nouns.mention import About, Author, MentionKey
from bot.nouns.words import Words, seal

SHOP = Account(platform="mastodon", name="shop")


def key(status: str) -> MentionKey:
    """A post on the square."""
    return MentionKey(platform="mastodon", id=status)


def cleared(
    text: str,
    target: Target,
    *,
    handle: str = "alice",
    visibility: str = "public",
    audience: Audience = Audience.PUBLIC,
    attempt: str = "",
) -> Cleared:
    """Words that passed every rule."""
    about = About(author=Author(handle=handle), visibility=visibility) if handle else None
    return Cleared(
        words=Words(ref="r", seal=seal("", text), text=text),
        target=target,
        account=SHOP,
        audience=audience,
        attempt_key=attempt or uuid.uuid4().hex,
        about=about,
    )


def reply(text: str, status: str, **more: Any) -> Cleared:
    """A public reply."""
    return cleared(text, ToMention(key=key(status)), **more)


def private(text: str, status: str, **more: Any) -> Cleared:
    """A private word."""
    return cleared(text, ToAuthor(key=key(status)), audience=Audience.PRIVATE, **more)


def statement(text: str) -> Cleared:
    """A statement."""
    return cleared(text, ToAccount(account=SHOP), handle="")


def correction(text: str, status: str) -> Cleared:
    """A correction; without text, a withdrawal."""
    return cleared(text, ToPost(key=key(status)), handle="")
