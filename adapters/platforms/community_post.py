"""What somebody said in a community, as its network showed it: plain data, before anybody decided what it is to us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.nouns.mention import Author, Mention, MentionKey, MentionKind


@dataclass(frozen=True, slots=True)
class Post:
    """`channel` is where it stands (on Discord also a thread's own id), `id` its own there.

    `human`: a person wrote it, no program. `answers`: the id of the message it answers, '' for none, and `answered` whose
    that is, where the network tells. `thread`: the root of its thread where threads lie within a channel. `named`: ids of
    the people its text names. `blind`: the network kept its text from us.
    """

    platform: str
    channel: str
    id: str
    author: Author
    at: datetime
    text: str = ""
    url: str = ""
    human: bool = True
    answers: str = ""
    answered: str = ""
    thread: str = ""
    named: frozenset[str] = frozenset()
    media: int = 0
    kind: MentionKind = MentionKind.CHAT
    edited: bool = False
    blind: bool = False
    raw: Mapping[str, Any] | None = None

    @property
    def key(self) -> MentionKey:
        """Its place in our world."""
        return key(self.platform, self.channel, self.id)

    def mention(self, *, direct: bool) -> Mention:
        """As the sorter takes it."""
        return Mention(
            key=self.key,
            text=self.text,
            author=self.author,
            url=self.url,
            at=self.at,
            in_reply_to=key(self.platform, self.channel, self.answers).id if self.answers else "",
            media=self.media,
            kind=self.kind,
            direct=direct,
            source=self.platform,
            visibility="public",
            raw=dict(self.raw) if self.raw is not None else None,
        )


def key(platform: str, channel: str, id: str) -> MentionKey:
    """The key of a message: `channel-id`, for a network finds a message only in its channel."""
    return MentionKey(platform=platform, id=f"{channel}-{id}")
