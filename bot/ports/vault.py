"""Texts and personal fields."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.nouns.base import Noun
from bot.nouns.mention import About, Author, Mention, MentionKey
from bot.nouns.words import Forgotten, Words
from bot.ports.timelines import Sealed


class Opened(Noun):
    """What the vault holds under one ref. `text` Forgotten: nothing readable is left, and no salt.

    `about` is there for a mention's words, `raw` where its payload was kept.
    """

    text: str | Forgotten
    salt: str | None = None
    about: About | None = None
    raw: dict[str, Any] | None = None


class Vault(Protocol):
    """Texts and personal fields, encrypted with a random key for each person that a master secret wraps.

    `team` is the person to whom texts belong that are about nobody outside. What `seal…` returns is not stored yet:
    it travels in `Change.sealed`, where an empty `blob` says that it lies in the vault already and only its `tokens`
    are to be indexed. `person`, `mention_ref` and `tokens` are keyed hashes and ask nobody.
    """

    team: str

    def person(self, platform: str, author: Author, key: MentionKey) -> str: ...
    def mention_ref(self, key: MentionKey) -> str: ...
    def tokens(self, text: str) -> tuple[str, ...]: ...
    async def seal(self, person: str, text: str) -> Sealed: ...
    async def seal_mention(self, mention: Mention) -> Sealed: ...
    def index(self, words: Words, mention: Mention) -> Sealed: ...
    async def open(self, words: Sequence[Words]) -> Sequence[Words]: ...
    async def open_all(self, refs: Sequence[str]) -> Mapping[str, Opened]: ...
    async def forget(self, persons: Sequence[str]) -> int: ...
