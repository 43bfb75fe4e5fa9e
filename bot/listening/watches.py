"""Watches: what to listen for. Finding them costs the same with ten phrases and with ten thousand.

A phrase is heard as whole words, whatever their case ("refund" does not hear "refunded"); in scripts that put no
spaces between words it is heard anywhere in the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.listening.language import guess
from bot.nouns.mention import MentionKind
from bot.nouns.watch import Watch as Watch

HEARD = 50_000
"""Code points of a text in which phrases are sought; articles are long, and what is behind this is not read."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


_Heard = tuple[int, str]  # a watch, and which of its lists the phrase is in


class Watches:
    """All watches of a team, made ready to be asked."""

    def __init__(self, watches: Sequence[Watch]) -> None:
        """Indexes every phrase by its first word, or by its first letter where words are not spaced."""
        self._watches = tuple(watches)
        self._spaced: dict[str, list[tuple[tuple[str, ...], _Heard]]] = {}
        self._unspaced: dict[str, list[tuple[str, _Heard]]] = {}
        self._open = frozenset(at for at, watch in enumerate(watches) if not watch.words and not watch.any)
        for at, watch in enumerate(watches):
            for list_name in ("words", "any", "none"):
                for phrase in getattr(watch, list_name):
                    self._add(_fold(phrase), (at, list_name))

    def _add(self, phrase: str, heard: _Heard) -> None:
        if _UNSPACED.search(phrase):
            self._unspaced.setdefault(phrase.strip()[0], []).append((phrase.strip(), heard))
        else:
            first, *rest = _WORD.findall(phrase)
            self._spaced.setdefault(first, []).append((tuple(rest), heard))

    def hear(self, text: str, *, source: str = "", kind: str = "post", lang: str | None = None) -> tuple[Watch, ...]:
        """The watches that hear a text, in the order they were given. `lang` None: guessed where a watch asks."""
        heard = self._phrases(_fold(text[:HEARD]))
        asked = self._open | {at for at, list_name in heard if list_name != "none"}
        found = [self._watches[at] for at in sorted(asked) if self._satisfied(at, heard)]
        if lang is None and any(watch.languages for watch in found):
            lang = guess(text)
        return tuple(watch for watch in found if watch.allows(source, MentionKind(kind), lang))

    def _satisfied(self, at: int, heard: set[_Heard]) -> bool:
        watch = self._watches[at]
        return (
            (not watch.words or (at, "words") in heard)
            and (not watch.any or (at, "any") in heard)
            and (at, "none") not in heard
        )

    def _phrases(self, folded: str) -> set[_Heard]:
        tokens = _WORD.findall(folded)
        found = {
            heard
            for start, token in enumerate(tokens)
            for rest, heard in self._spaced.get(token, ())
            if tuple(tokens[start + 1 : start + 1 + len(rest)]) == rest
        }
        return found | set(self._anywhere(folded))

    def _anywhere(self, folded: str) -> Iterable[_Heard]:
        if not self._unspaced or folded.isascii():
            return
        for letter in set(folded) & self._unspaced.keys():
            yield from (heard for phrase, heard in self._unspaced[letter] if phrase in folded)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
