"""A watch: what to listen for, where, and which places hear it."""

import re

from pydantic import field_validator

from bot.nouns.base import Noun
from bot.nouns.mention import MentionKind

_WORD = re.compile(r"\w")


class Watch(Noun):
    """One keyword stream, as `[[watch]]` in the configuration.

    `words`: one of these phrases must occur. `any`: where given, one of these too. `none`: none of these may.
    A watch with neither `words` nor `any` hears everything its other fields allow (a feed that is a search already).
    `languages`, `sources` and `kind` narrow it where given; `places` are the names of the places that hear it.
    """

    name: str
    words: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    kind: MentionKind | None = None

    @field_validator("words", "any", "none")
    @classmethod
    def _sayable(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not _WORD.search(phrase):
                raise ValueError(f"{phrase!r} has no word in it that could be heard")
        return phrases

    def allows(self, source: str, kind: MentionKind, lang: str | None) -> bool:
        """Whether source, kind and language are ones it listens to. An unknown language is let through."""
        return (
            (not self.sources or source in self.sources)
            and (self.kind is None or kind is self.kind)
            and (not self.languages or lang is None or lang in self.languages)
        )
