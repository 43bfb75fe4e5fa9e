"""What the public says about us, as a platform hands it over and as the timeline keeps it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.nouns.base import Noun
from bot.nouns.flag import Flag
from bot.nouns.refusal import Refusal
from bot.nouns.words import Forgotten, Words


class MentionKey(Noun):
    """Which mention: unique in the world. `id` is opaque."""

    platform: str
    id: str


@lru_cache(maxsize=256)  # in a storm nearly everybody answers one
def post(platform: str, id: str) -> MentionKey:
    """The key of a post that others answer."""
    return MentionKey(platform=platform, id=id)


class MentionKind(StrEnum):
    """What sort of public word it is; it decides how long an answer cools."""

    POST = "post"
    CHAT = "chat"
    REVIEW = "review"
    ARTICLE = "article"


class Author(Noun):
    """Who said it, as far as the platform tells. Personal: lives in the vault only."""

    id: str = ""
    name: str = ""
    handle: str = ""
    followers: int | None = None


class Mention(Noun):
    """Something said about us in public, as it came in. Immutable; edits and deletion are news of their own.

    `direct`: it speaks to us or answers us, so it is always forwarded. `raw` is the payload as it came, kept with it.
    """

    key: MentionKey
    text: str = ""
    author: Author = Author()
    url: str = ""
    lang: str | None = None
    at: datetime
    in_reply_to: str = ""
    rating: int | None = None
    media: int = 0
    kind: MentionKind = MentionKind.POST
    direct: bool = True
    source: str = ""
    visibility: str = ""
    raw: dict[str, Any] | None = None


class About(Noun):
    """The personal fields of a mention, filled in from the vault by the read that builds a view."""

    author: Author = Author()
    url: str = ""
    visibility: str = ""


class Edit(Noun):
    """One later wording of a mention."""

    words: Words
    at: datetime


class Disposition(StrEnum):
    """How a mention ended (DESIGN §2)."""

    ANSWERED = "answered"
    ACKNOWLEDGED = "acknowledged"
    THANKED = "thanked"
    OFFLINE = "offline"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    REPORTED = "reported"
    SILENCE = "silence"
    NOT_FOR_US = "not_for_us"
    PUBLISHED = "published"


class Signed(Noun):
    """The standing disposition of one mention, and who signed it."""

    disposition: Disposition
    by: str
    at: datetime


class Kept(Noun):
    """A mention as the timeline and the rows keep it: nothing personal but by reference.

    `person` is the vault's key of its author. `about` and the text of `words` are filled in when read.
    `at` is the sender's time and may be nonsense; `arrived` is ours, and everything is ordered by it.
    """

    key: MentionKey
    person: str
    words: Words
    about: About | Forgotten | None = Field(default=None, exclude=True)
    at: datetime
    arrived: datetime
    kind: MentionKind = MentionKind.POST
    rating: int | None = None
    media: int = 0
    direct: bool = True
    in_reply_to: str = ""
    source: str = ""
    flag: Flag
    edits: tuple[Edit, ...] = ()
    deleted: datetime | None = None
    signed: Signed | None = None

    def bare(self) -> "Kept":
        """The same as events and rows keep it: without text and personal fields."""
        if self.about is None and self.words.text is None:
            return self
        return self.model_copy(update={"about": None, "words": self.words.bare()})

    @property
    def latest(self) -> Words:
        """Its words as they stand now."""
        return self.edits[-1].words if self.edits else self.words

    @property
    def author(self) -> Author:
        """Its author, as far as anything readable is left."""
        return self.about.author if isinstance(self.about, About) else Author()

    @property
    def url(self) -> str:
        """Where it stands in public, or ''."""
        return self.about.url if isinstance(self.about, About) else ""


class Said(Noun):
    """News: somebody said something."""

    news: Literal["said"] = "said"
    mention: Mention


class Edited(Noun):
    """News: a mention's words changed."""

    news: Literal["edited"] = "edited"
    mention: Mention


class Deleted(Noun):
    """News, and an answer to `look_again`: the mention is gone."""

    news: Literal["deleted"] = "deleted"
    key: MentionKey
    at: datetime


class AnsweredByUs(Noun):
    """News: our own account answered a mention, by whatever hand."""

    news: Literal["answered_by_us"] = "answered_by_us"
    key: MentionKey
    ours: MentionKey
    words: str
    url: str = ""
    at: datetime


class Unreadable(Noun):
    """News: something came that we fetched or a platform signed, and could not be read. Kept in quarantine."""

    news: Literal["unreadable"] = "unreadable"
    source: str
    raw: str
    because: str


class Gap(Noun):
    """News: between `since` and `until` we may have missed something."""

    news: Literal["gap"] = "gap"
    source: str
    since: datetime
    until: datetime


News = Annotated[Said | Edited | Deleted | AnsweredByUs | Unreadable | Gap, Field(discriminator="news")]


class Cursor(Noun):
    """How far a source was read; `at` is opaque to everybody but that source."""

    source: str
    at: str


class Stored(Noun):
    """This news is on disk."""

    heard: Literal["stored"] = "stored"


class Duplicate(Noun):
    """This news was on disk already."""

    heard: Literal["duplicate"] = "duplicate"


class Quarantined(Noun):
    """This news is kept aside for a person to look at."""

    heard: Literal["quarantined"] = "quarantined"
    because: str


Heard = Stored | Duplicate | Quarantined
Hear = Callable[[Sequence[News], Cursor | None], Awaitable[Sequence[Heard] | Refusal]]


class Seen(Noun):
    """An answer to `look_again`: the mention stands, as it is now, and this came after it in its thread."""

    mention: Mention
    after: tuple[Said | AnsweredByUs, ...] = ()


class CannotTell(Noun):
    """An answer to `look_again` and `find`: the platform gave none we can trust."""

    because: str
