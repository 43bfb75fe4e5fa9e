"""What the desk works with. Words are chosen elsewhere and handed in as callables; nothing here knows by whom."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.nouns.caution import Asking, Caution, Reading, Suggestion
from bot.nouns.delivery import Account
from bot.nouns.mention import Hear
from bot.ports import Asides, Clock, Platform, Sessions, Timelines, Vault, Whereabouts
from bot.work.act import Act
from bot.work.health import Health
from bot.work.members import Members
from bot.work.outside import PlatformOf

Suggest = Callable[[Asking], Awaitable[Sequence[Suggestion]]]
Read = Callable[[Reading], Sequence[Caution]]
#: (their words, situation, rating) -> "What happened to them, and what do they want?", or ''.
Summarise = Callable[[str, str | None, int | None], str]
#: (times of harsh words, now in the reader's zone) -> a quiet word, or None.
Care = Callable[[Sequence[datetime], datetime], str | None]


class InviteWords(Protocol):
    """The public words that ask somebody to write or call; `direct`: by direct message or a ticket."""

    def __call__(
        self,
        contact: str,
        ref: str,
        *,
        name: str = "",
        signature: str = "",
        limit: int | None = None,
        direct: bool = False,
    ) -> str: ...


class FoundPromise(Protocol):
    """A commitment with a time, found in a draft."""

    @property
    def phrase(self) -> str: ...
    @property
    def due(self) -> datetime | None: ...


Promises = Callable[[str, datetime, str], Sequence[FoundPromise]]


@dataclass(frozen=True, slots=True)
class Words:
    """The callables that choose words. `reference`: a short sign a person can read out, for a conversation's id."""

    suggest: Suggest
    read: Read
    summarise: Summarise
    invite_words: InviteWords
    reference: Callable[[str], str]
    promises: Promises
    care: Care


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything the desk may use. `platform` finds one by name, of `platforms` or a teammate's own hand; `ids` makes a new
    random id.
    """

    act: Act
    timelines: Timelines
    whereabouts: Whereabouts
    asides: Asides
    vault: Vault
    members: Members
    sessions: Sessions
    platforms: Mapping[str, Platform]
    platform: PlatformOf
    accounts: Mapping[str, Account]
    words: Words
    hear_news: Hear
    clock: Clock
    health: Health
    ids: Callable[[], str]
    public_url: str
