"""What may go out, to whom, and what became of it."""

import hashlib
import json
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from bot.nouns.base import Noun
from bot.nouns.mention import About, MentionKey
from bot.nouns.words import Words


class Audience(StrEnum):
    """Who will read it."""

    PUBLIC = "public"
    PRIVATE = "private"


class How(StrEnum):
    """By what means words get there: by the platform's API, by a teammate's own hand, or not at all."""

    API = "api"
    HAND = "hand"
    NONE = "none"


class Way(Noun):
    """One way to somebody. `because` says why it is not by API; `until` when that ends, if it does."""

    how: How
    because: str = ""
    until: datetime | None = None


class Reach(Noun):
    """How a mention's author, or an account of ours, can be reached."""

    public: Way
    private: Way


class Account(Noun):
    """An account of ours on a platform."""

    platform: str
    name: str = ""


#: Of what `shown_as` hands back so many digits are the words' own (192 bits); the others are the account's.
_OF_THE_WORDS = 48


def shown_as(seal: str, account: Account | None) -> str:
    """What ties words to the account they were shown with before a press: 64 hexadecimal digits, as a seal has them.

    The words' own `seal` where no account is named.
    """
    if account is None or not account.name:
        return seal
    bound = json.dumps([seal, account.platform, account.name], separators=(",", ":"))
    return seal[:_OF_THE_WORDS] + hashlib.sha256(bound.encode()).hexdigest()[_OF_THE_WORDS:]


def are_of(shown: str, seal: str) -> bool:
    """Whether `shown` was made of words with that seal, whatever the account."""
    return shown[:_OF_THE_WORDS] == seal[:_OF_THE_WORDS]


class ToMention(Noun):
    """A public reply to this mention."""

    to: Literal["mention"] = "mention"
    key: MentionKey


class ToAuthor(Noun):
    """A private word to the author of this mention."""

    to: Literal["author"] = "author"
    key: MentionKey


class ToAccount(Noun):
    """A statement on an account of ours; it answers no single mention."""

    to: Literal["account"] = "account"
    account: Account


class ToPost(Noun):
    """A correction: amends or withdraws this post of ours. Empty words withdraw it."""

    to: Literal["post"] = "post"
    key: MentionKey


Target = Annotated[ToMention | ToAuthor | ToAccount | ToPost, Field(discriminator="to")]


def platform_of(target: Target) -> str:
    """The platform a target lies on."""
    return target.account.platform if isinstance(target, ToAccount) else target.key.platform


class Cleared(Noun):
    """Text, target, account, audience and attempt key that passed every rule: the only thing a platform accepts.

    `words` carries its text. `about` is what the vault knows of the mention answered: handle, visibility, url.
    """

    words: Words
    target: Target
    account: Account
    audience: Audience
    attempt_key: str
    about: About | None = None

    def binding(self) -> str:
        """The hash that ties exactly these words to exactly this target (hex SHA-256)."""
        bound = [
            self.words.seal,
            self.target.model_dump(mode="json"),
            self.account.model_dump(mode="json"),
            self.audience.value,
            self.attempt_key,
        ]
        return hashlib.sha256(json.dumps(bound, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Posted(Noun):
    """It is there."""

    delivery: Literal["posted"] = "posted"
    key: MentionKey | None = None
    url: str = ""


class ByHand(Noun):
    """A teammate posts it themselves: open `url`, paste the words."""

    delivery: Literal["by_hand"] = "by_hand"
    url: str = ""


class NotSent(Noun):
    """A definite no: nothing went out. `until` where time will change it."""

    delivery: Literal["not_sent"] = "not_sent"
    because: str
    until: datetime | None = None


class Unknown(Noun):
    """Nobody can tell whether it went out. Asks a person, never retries blindly."""

    delivery: Literal["unknown"] = "unknown"
    because: str


Delivery = Annotated[Posted | ByHand | NotSent | Unknown, Field(discriminator="delivery")]


class Absent(Noun):
    """An answer to `find`: the platform was asked and has no such post."""

    because: str = ""
