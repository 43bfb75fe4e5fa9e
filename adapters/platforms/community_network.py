"""What listening asks of a network, and what it is told: values, for every one of these may fail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from adapters.platforms.community_post import Post
from bot.nouns.mention import MentionKey


@dataclass(frozen=True, slots=True)
class Page:
    """Messages of a channel, oldest first. `last`: everything up to there is in it; `more`: there is more behind.

    `cut`: more was said than the network let us read, and what lies between is lost.
    """

    posts: Sequence[Post]
    last: str
    more: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """The network does not let us read it; a person must change that."""

    because: str


@dataclass(frozen=True, slots=True)
class Away:
    """No answer we can trust, just now."""

    because: str


@dataclass(frozen=True, slots=True)
class Gone:
    """It was asked for, and is not there."""


class Network(Protocol):
    """One network's history. `me` is our bot's user id, '' while unknown; `trouble` is for health."""

    platform: str
    me: str
    trouble: str | None

    async def newest(self) -> str | Away: ...
    async def channels(self, floor: str) -> Sequence[str] | Away: ...
    async def page(self, channel: str, after: str) -> Page | Closed | Away: ...
    async def fetch(self, channel: str, id: str) -> Post | Gone | Closed | Away: ...
    async def named(self, said: Post) -> Post: ...
    def parent(self, channel: str) -> str: ...


# ---------------------------------------------------------------- what a live connection brings


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody said something."""

    post: Post


@dataclass(frozen=True, slots=True)
class Changed:
    """Somebody changed their words."""

    post: Post


@dataclass(frozen=True, slots=True)
class Removed:
    """A message is gone."""

    key: MentionKey
    channel: str


@dataclass(frozen=True, slots=True)
class Reported:
    """A member reported a message; `post` where it came along."""

    channel: str
    id: str
    post: Post | None = None


Happened = Came | Changed | Removed | Reported
