"""What Slack says of a message, as a post of ours. Pure: no network, no clock.

Shapes: docs.slack.dev/reference/events/message. What cannot be read is no post.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adapters.connections.slack_markup import written
from adapters.platforms.community_post import Post
from bot.nouns.mention import Author

NAME: Final = "slack"
#: Kinds of message that a person writes: an ordinary one, one with files, one to the thread and the channel, `/me`.
_WRITTEN: Final = frozenset({"", "file_share", "thread_broadcast", "me_message", "bot_message"})
_TS: Final = re.compile(r"[0-9]{1,10}\.[0-9]{1,8}")
_PAIR: Final = re.compile(r"([A-Z0-9]{2,20})-([0-9]{1,10}\.[0-9]{1,8})")
_NAMED: Final = re.compile(r"<@([A-Z0-9]{2,20})(?:\|[^<>]*)?>")


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Profile(_Part):
    display_name: str = ""
    real_name: str = ""
    name: str = ""


class _Edited(_Part):
    ts: str = ""


class _Metadata(_Part):
    event_type: str = ""
    event_payload: dict[str, Any] = {}


class Message(_Part):
    """A message."""

    ts: str = Field(pattern=r"^[0-9]{1,10}\.[0-9]{1,8}$")
    subtype: str = ""
    user: str = ""
    bot_id: str = ""
    text: str = ""
    thread_ts: str = ""
    parent_user_id: str = ""
    latest_reply: str = ""
    reply_count: int = 0
    user_profile: _Profile | None = None
    files: list[Any] = []
    attachments: list[Any] = []
    blocks: list[Any] = []
    edited: _Edited | None = None
    metadata: _Metadata | None = None


def message(raw: Any) -> Message | None:
    """A message, or None where it cannot be read."""
    try:
        return Message.model_validate({name: each for name, each in raw.items() if each is not None})
    except (ValidationError, RecursionError, AttributeError):
        return None


def post(raw: Any, channel: str, names: Mapping[str, str], base: str = "") -> Post | None:
    """A message that somebody wrote; None for Slack's own notices and for what cannot be read.

    `names`: people by id, as far as they are known. `base`: the workspace's address, for links.
    """
    said = message(raw)
    if said is None or said.subtype not in _WRITTEN or not (said.user or said.bot_id):
        return None
    profile = said.user_profile or _Profile()
    reply = bool(said.thread_ts) and said.thread_ts != said.ts
    return Post(
        platform=NAME,
        channel=channel,
        id=said.ts,
        author=Author(id=said.user, name=names.get(said.user) or profile.display_name or profile.real_name),
        at=moment(said.ts),
        text=written(said.text, names),
        url=link(base, channel, said.ts, said.thread_ts if reply else ""),
        human=not said.bot_id and said.subtype != "bot_message",
        answers=said.thread_ts if reply else "",
        answered=said.parent_user_id if reply else "",
        thread=said.thread_ts or said.ts,
        named=frozenset(_NAMED.findall(said.text)),
        media=len(said.files),
        edited=said.edited is not None,
        raw=raw if isinstance(raw, dict) else None,
    )


def pair(key: str) -> tuple[str, str] | None:
    """Channel and message of a mention's id; None for one that is none of ours."""
    found = _PAIR.fullmatch(key)
    return (found[1], found[2]) if found else None


def ts(raw: Any) -> str:
    """A message's own id, or ''."""
    return raw if isinstance(raw, str) and raw.isascii() and _TS.fullmatch(raw) else ""


def moment(ts: str) -> datetime:
    """When a message was written."""
    return datetime.fromtimestamp(float(ts), UTC)


def link(base: str, channel: str, ts: str, thread: str = "") -> str:
    """Where a message stands, for whoever may look there; '' where the workspace's address is unknown."""
    if not base:
        return ""
    below = f"?thread_ts={thread}&cid={channel}" if thread else ""
    return f"{base.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{below}"
