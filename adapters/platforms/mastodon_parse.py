"""What Mastodon says, as our nouns. Pure: no network, no clock. Ids are opaque strings (GoToSocial's are ULIDs)."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.platforms.html_text import html_text
from bot.nouns.mention import AnsweredByUs, Author, Edited, Mention, MentionKey, News, Said, Unreadable

NAME: Final = "mastodon"
#: From the widest audience to the narrowest. What a server calls otherwise is treated as the narrowest.
VISIBILITIES: Final = ("public", "unlisted", "private", "direct")

_MENTION = re.compile(r"(?<![\w/])@[\w.-]+(?:@[\w.-]*\w)?")
_NOISE = re.compile(r"[\s*_`~]+")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Person(_Part):
    """An account, or one mentioned."""

    id: str
    acct: str = ""
    username: str = ""
    display_name: str = ""
    followers_count: int | None = None


class Status(_Part):
    """A post."""

    id: str = Field(min_length=1)
    content: str = ""
    spoiler_text: str = ""
    url: str | None = None
    uri: str = ""
    created_at: datetime
    edited_at: datetime | None = None
    in_reply_to_id: str | None = None
    in_reply_to_account_id: str | None = None
    visibility: str = ""
    language: str | None = None
    account: Person
    media_attachments: list[Any] = []
    mentions: list[Person] = []
    reblog: Any = None

    @property
    def key(self) -> MentionKey:
        """Its place in our world."""
        return MentionKey(platform=NAME, id=self.id)

    @property
    def link(self) -> str:
        """Where it stands in public, or ''."""
        return next((each for each in (self.url, self.uri) if each and each.startswith(("https://", "http://"))), "")

    @property
    def text(self) -> str:
        """What it says, its content warning first."""
        return "\n\n".join(part for part in (html_text(self.spoiler_text), html_text(self.content)) if part)

    def speaks_to(self, account: str) -> bool:
        """Whether it mentions or answers the account of this id."""
        return self.in_reply_to_account_id == account or any(each.id == account for each in self.mentions)


class Notice(_Part):
    """A notification."""

    id: str = Field(min_length=1)
    type: str
    status: dict[str, Any] | None = None


def status(raw: Any) -> Status | None:
    """A post, or None where it cannot be read."""
    try:
        return Status.model_validate(raw)
    except ValidationError:
        return None


def mention(post: Status, raw: dict[str, Any] | None = None) -> Mention:
    """A post that speaks to us, as a mention."""
    who = post.account
    return Mention(
        key=post.key,
        text=post.text,
        author=Author(id=who.id, name=who.display_name or who.username, handle=who.acct, followers=who.followers_count),
        url=post.link,
        lang=post.language,
        at=utc(post.created_at),
        in_reply_to=post.in_reply_to_id or "",
        media=len(post.media_attachments),
        direct=True,
        source=NAME,
        visibility=post.visibility,
        raw=raw,
    )


def noticed(raw: Any) -> News | None:
    """The news of one notification: a mention, or the edit of one. None: nothing that concerns us."""
    try:
        notice = Notice.model_validate(raw)
    except ValidationError:
        return Unreadable(source=NAME, raw=_short(raw), because="A notification could not be read.")
    if notice.type not in ("mention", "update") or notice.status is None:
        return None
    post = status(notice.status)
    if post is None:
        return Unreadable(source=NAME, raw=_short(raw), because="The post in a notification could not be read.")
    heard = mention(post, notice.status)
    return Edited(mention=heard) if notice.type == "update" else Said(mention=heard)


def ours(post: Status, me: str) -> AnsweredByUs | None:
    """The news that our account `me` answered somebody else, or None."""
    answers = post.in_reply_to_id and post.in_reply_to_account_id != me
    if post.account.id != me or not answers or post.reblog is not None:
        return None
    key = MentionKey(platform=NAME, id=post.in_reply_to_id or "")
    return AnsweredByUs(key=key, ours=post.key, words=post.text, url=post.link, at=utc(post.created_at))


def visibility(parent: str) -> str:
    """The audience of an answer: the parent's, never wider."""
    return parent if parent in VISIBILITIES else VISIBILITIES[-1]


def same_words(posted: str, sent: str) -> bool:
    """Whether a post says what we sent: mentions, white space and emphasis aside (servers add, fold and render them)."""
    return _bare(posted) == _bare(sent)


def names(text: str, acct: str) -> bool:
    """Whether `text` mentions this very account."""
    return any(found.group().lower() == f"@{acct.lower()}" for found in _MENTION.finditer(text))


def leading_mentions(text: str) -> str:
    """The mentions a post begins with, each followed by a space."""
    found = re.match(rf"(?:{_MENTION.pattern}\s+)+", text)
    return "".join(f"{each} " for each in found.group().split()) if found else ""


def utc(moment: datetime) -> datetime:
    """In UTC; a time without a zone is taken as such."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _bare(text: str) -> str:
    return _NOISE.sub("", _MENTION.sub("", text))


def _short(raw: Any) -> str:
    return repr(raw)[:20_000].encode("utf-8", "backslashreplace").decode()
