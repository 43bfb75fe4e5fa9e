"""Words with a role: who, what was done, to whom, with what. Read from `lists/urgent.words.<lang>.txt`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.listening.phrases import BadListError
from bot.listening.scorer import KEPT_WORDS


@dataclass(frozen=True, slots=True)
class Entry:
    """One listed word or phrase: what follows its first word, and the role it has, as one bit."""

    tail: tuple[tuple[str, bool], ...]
    role: int


class Roles:
    """The words of one language. `NAME: word stem* two_words any_~_word`; a role may stand in several lines.

    Words within a phrase of the role MEANT have no other role there: "fire stick" is no fire.
    """

    def __init__(self, listed: Iterable[str], bits: dict[str, int]) -> None:
        """Reads the lines; `bits` gives every role its bit, new roles are added. Raises BadListError."""
        self._meant = bits.setdefault("MEANT", 1 << len(bits))
        self._whole: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
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
        self._seen: dict[str, tuple[int, dict[str, list[Entry]], list[Entry]]] = {}

    def _add(self, word: str, role: int) -> None:
        first, *rest = word.replace("n't", "nt").split("_")
        entry = Entry(tuple((part.rstrip("*"), part.endswith("*")) for part in rest), role)
        table = self._stems if first.endswith("*") else self._whole
        table.setdefault(first.rstrip("*"), []).append(entry)

    def _of(self, token: str) -> tuple[int, dict[str, list[Entry]], list[Entry]]:
        """The roles of a word alone, the phrases it begins by their second word, and those with an open second word."""
        found = self._seen.get(token)
        if found is None:
            if len(self._seen) >= KEPT_WORDS:
                self._seen.clear()
            found = self._seen[token] = self._look_up(token.lstrip("#"))
        return found

    def _look_up(self, bare: str) -> tuple[int, dict[str, list[Entry]], list[Entry]]:
        listed = list(self._whole.get(bare, ()))
        for length in self._lengths:
            if length <= len(bare):
                listed += self._stems.get(bare[:length], ())
        roles, by_second, others = 0, dict[str, list[Entry]](), list[Entry]()
        for entry in listed:
            if not entry.tail:
                roles |= entry.role
            elif entry.tail[0][1] or entry.tail[0][0] == "~":
                others.append(entry)
            else:
                by_second.setdefault(entry.tail[0][0], []).append(entry)
        return roles, by_second, others

    def cast(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """(place, roles as bits) of every word that has a role, in order."""
        found, free = [], 0
        for at, token in enumerate(tokens):
            if at < free:
                continue
            roles, by_second, others = self._of(token)
            after = tokens[at + 1] if at + 1 < len(tokens) else ""
            for entry in (*by_second.get(after, ()), *others):
                if _follows(entry.tail, tokens, at + 1):
                    roles |= entry.role
                    if entry.role == self._meant:
                        free = max(free, at + 1 + len(entry.tail))
            if roles and not roles & self._meant:
                found.append((at, roles))
        return found


def _follows(tail: Sequence[tuple[str, bool]], tokens: Sequence[str], at: int) -> bool:
    if at + len(tail) > len(tokens):
        return False
    for offset, (word, stem) in enumerate(tail):
        token = tokens[at + offset]
        if word != "~" and token != word and not (stem and token.startswith(word)):
            return False
    return True
