"""Words with a role: who, what was done, to whom, with what. Read from `lists/urgent.words.<lang>.txt`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.listening.phrases import BadListError
from bot.listening.scorer import KEPT_WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed word or phrase: what follows its first word, and the role it has, as one bit."""

    tail: tuple[tuple[str, bool], ...]
    role: int


class Roles:
    """The words of one language. `NAME: word stem* *end two_words any_~_word`; a role may stand in several lines.

    `*bett` is every longer word that ends so: German writes its compounds as one.

    Words within a phrase of the role MEANT have no other role there: "fire stick" is no fire.
    """

    def __init__(self, listed: Iterable[str], bits: dict[str, int]) -> None:
        """Reads the lines; `bits` gives every role its bit, new roles are added. Raises BadListError."""
        self._meant = bits.setdefault("MEANT", 1 << len(bits))
        self._whole: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._ends: dict[str, list[Entry]] = {}
        for number, line in enumerate(listed, 1):
            name, colon, words = line.partition(":")
            if not line or line.startswith("#"):
                continue
            if not colon or not name.isupper():
                raise BadListError(f"line {number}: {line[:60]!r} names no role")
            role = bits.setdefault(name, 1 << len(bits))
            for word in words.split():
                self._add(word, role)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._tails = sorted({len(end) for end in self._ends})
        self._seen: dict[str, tuple[int, dict[str, list[Entry]], list[Entry]]] = {}

    def _add(self, word: str, role: int) -> None:
        first, *rest = word.replace("n't", "nt").split("_")
        entry = Entry(tuple((part.rstrip("*"), part.endswith("*")) for part in rest), role)
        table = self._stems if first.endswith("*") else self._ends if first.startswith("*") else self._whole
        table.setdefault(first.strip("*"), []).append(entry)

    def _of(self, token: str) -> tuple[int, dict[str, list[Entry]], list[Entry]]:
        """The roles of a word alone, the phrases it begins by their second word, and those with an open second word."""
        found = self._seen.get(token)
        if found is None:
            if len(self._seen) >= KEPT_WORDS:
                self._seen.clear()
            found = self._seen[token] = self._look_up(token.lstrip("#"))
        return found

    def _look_up(self, bare: str) -> tuple[int, dict[str, list[Entry]], list[Entry]]:
        listed = [entry for part in _parts(bare) for entry in self._begun_by(part)]
        roles, by_second, others = 0, dict[str, list[Entry]](), list[Entry]()
        for entry in listed:
            if not entry.tail:
                roles |= entry.role
            elif entry.tail[0][1] or entry.tail[0][0] == "~":
                others.append(entry)
            else:
                by_second.setdefault(entry.tail[0][0], []).append(entry)
        return roles, by_second, others

    def _begun_by(self, word: str) -> list[Entry]:
        """What is listed under this word, under the stems it begins with, and under the words it ends in."""
        listed = list(self._whole.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                listed += self._stems.get(word[:length], ())
        for length in self._tails:
            if length < len(word):
                listed += self._ends.get(word[-length:], ())
        return listed

    def cast(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """(place, roles as bits) of every word that has a role, in order."""
        found, free = [], 0
        for at, token in enumerate(tokens):
            if at < free:
                continue
            roles, by_second, others = self._of(token)
            if by_second or others:  # few words begin a phrase
                after = tokens[at + 1] if at + 1 < len(tokens) else ""
                for entry in (*by_second.get(after, ()), *others):
                    if _follows(entry.tail, tokens, at + 1):
                        roles |= entry.role
                        if entry.role == self._meant:
                            free = max(free, at + 1 + len(entry.tail))
            if roles and not roles & self._meant:
                found.append((at, roles))
        return found


def _parts(word: str) -> Iterator[str]:
    """A word as it stands, and what French and Italian write together, "l'hôpital", taken apart: "l'" and "hôpital"."""
    yield word
    before, apostrophe, after = word.partition("'")
    if apostrophe and len(after) > 1:
        yield before + apostrophe
        yield after


def _follows(tail: Sequence[tuple[str, bool]], tokens: Sequence[str], at: int) -> bool:
    if at + len(tail) > len(tokens):
        return False
    for offset, (word, stem) in enumerate(tail):
        token = tokens[at + offset]
        if word != "~" and token != word and not (stem and token.startswith(word)):
            return False
    return True
