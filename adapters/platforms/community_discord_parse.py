"""What Discord says of a message, as a post of ours. Pure: no network, no clock.

Shapes: discord.com/developers/docs/resources/message. What cannot be read is no post.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from adapters.platforms.community_post import Post
from bot.nouns.mention import Author, MentionKind

NAME: Final = "discord"
#: Types of message that a person writes: by default, and as a reply. All others are notices of Discord's.
_WRITTEN: Final = frozenset({0, 19})
_FORWARD: Final = 1
_ID: Final = re.compile(r"[0-9]{1,20}")
_PAIR: Final = re.compile(r"([0-9]{1,20})-([0-9]{1,20})")
_NAMED: Final = re.compile(r"<@!?([0-9]{1,20})>")
_EMOJI: Final = re.compile(r"<a?(:\w{1,64}:)[0-9]{1,20}>")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Person(_Part):
    """A user."""

    id: str = Field(pattern=r"^[0-9]{1,20}$")
    username: str = ""
    global_name: str | None = None
    bot: bool = False


class _Reference(_Part):
    type: int = 0
    message_id: str | None = None
    channel_id: str | None = None


class _Told(_Part):
    content: str = ""


class _Snapshot(_Part):
    message: _Told = _Told()


class _Referenced(_Part):
    author: Person | None = None


class Message(_Part):
    """A message."""

    id: str = Field(pattern=r"^[0-9]{1,20}$")
    channel_id: str = Field(pattern=r"^[0-9]{1,20}$")
    type: int = 0
    author: Person
    content: str = ""
    timestamp: datetime
    edited_timestamp: datetime | None = None
    webhook_id: str | None = None
    mentions: list[Person] = []
    message_reference: _Reference | None = None
    referenced_message: _Referenced | None = None
    message_snapshots: list[_Snapshot] = []
    attachments: list[Any] = []
    sticker_items: list[Any] = []
    embeds: list[Any] = []
    components: list[Any] = []
    poll: Any = None

    @field_validator("timestamp")
    @classmethod
    def _in_utc(cls, moment: datetime) -> datetime:
        try:
            return utc(moment)
        except OverflowError:
            raise ValueError("no moment that anybody can count from") from None


@dataclass(frozen=True, slots=True)
class Where:
    """A channel: its server, the channel a thread lies in ('' for none), and a forum post's title."""

    id: str
    guild: str = ""
    parent: str = ""
    title: str = ""
    forum: bool = False


def message(raw: Any) -> Message | None:
    """A message, or None where it cannot be read."""
    try:
        return Message.model_validate(raw)
    except (ValidationError, RecursionError):
        return None


def post(raw: Any, where: Where) -> Post | None:
    """A message that somebody wrote; None for a notice of Discord's and for what cannot be read."""
    said = message(raw)
    if said is None or said.type not in _WRITTEN:
        return None
    replied = said.message_reference
    answers = replied is not None and replied.type != _FORWARD and replied.channel_id in (None, said.channel_id)
    first = where.forum and said.id == said.channel_id
    text = _text(said)
    return Post(
        platform=NAME,
        channel=said.channel_id,
        id=said.id,
        author=Author(id=said.author.id, name=said.author.global_name or said.author.username, handle=said.author.username),
        at=said.timestamp,
        text=f"{where.title}\n\n{text}".strip() if first else text,
        url=link(where, said.id),
        human=not said.author.bot and said.webhook_id is None,
        answers=_answers(said, where, replied if answers else None),
        answered=_answered(said) if answers else "",
        named=frozenset(_NAMED.findall(said.content)),
        media=len(said.attachments) + len(said.sticker_items),
        kind=MentionKind.POST if first else MentionKind.CHAT,
        edited=said.edited_timestamp is not None,
        blind=_blind(said),
        raw=raw if isinstance(raw, dict) else None,
    )  # fmt: skip


def _answers(said: Message, where: Where, replied: _Reference | None) -> str:
    """What it answers: the message it replies to; below a forum's post that post, whose id is its thread's."""
    if replied is not None:
        return replied.message_id or ""
    return said.channel_id if where.forum and said.id != said.channel_id else ""


def link(where: Where, id: str) -> str:
    """Where a message stands, for whoever may look there; '' where its server is unknown."""
    return f"https://discord.com/channels/{where.guild}/{where.id}/{id}" if where.guild else ""


def where(raw: Any) -> Where | None:
    """A channel or thread, or None where it cannot be read."""
    if not isinstance(raw, dict) or not _ID.fullmatch(str(raw.get("id", ""))):
        return None
    thread = raw.get("type") in (10, 11, 12)
    return Where(
        id=str(raw["id"]),
        guild=_id(raw.get("guild_id")),
        parent=_id(raw.get("parent_id")) if thread else "",
        title=str(raw.get("name") or "") if thread else "",
    )


def pair(key: str) -> tuple[int, int] | None:
    """Channel and message of a mention's id; None for one that is none of ours."""
    found = _PAIR.fullmatch(key)
    return (int(found[1]), int(found[2])) if found and key.isascii() else None


def utc(moment: datetime) -> datetime:
    """In UTC; a time without a zone is taken as such."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _text(said: Message) -> str:
    """As people read it: names for ids, and what was forwarded."""
    names = {each.id: each.global_name or each.username for each in said.mentions}
    text = said.content or "\n\n".join(each.message.content for each in said.message_snapshots)
    text = _NAMED.sub(lambda found: f"@{names.get(found[1]) or found[1]}", text)
    return _EMOJI.sub(r"\1", text).strip()


def _answered(said: Message) -> str:
    author = said.referenced_message.author if said.referenced_message is not None else None
    return author.id if author is not None else ""


def _blind(said: Message) -> bool:
    """Nothing at all came along, as where the Message Content intent is not switched on."""
    shown = (said.content, said.attachments, said.sticker_items, said.embeds, said.components, said.message_snapshots)
    return not any(shown) and said.poll is None


def _id(raw: Any) -> str:
    return str(raw) if _ID.fullmatch(str(raw or "")) else ""
