"""Who did what to whom: words with a role, and scenes in which several roles meet within a few words.

A phrase has to be written down before it is heard; a scene is heard in words nobody foresaw, as long as each of them
has its role. The roles are in `lists/urgent.words.<lang>.txt`, one file a language; the scenes in
`lists/urgent.txt` hold for all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.listening.phrases import BadListError, lines
from bot.listening.scorer import KEPT_WORDS

SPOKEN = ("en", "es", "fr", "de", "pt", "it")
"""Languages whose words have roles."""

NEAR, THEN = 10, 7
"""Tokens: how far apart the words of a scene may stand in all, and how far each may be from the one before it."""


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
        self._seen: dict[str, tuple[Entry, ...]] = {}

    def _add(self, word: str, role: int) -> None:
        first, *rest = word.replace("n't", "nt").split("_")
        entry = Entry(tuple((part.rstrip("*"), part.endswith("*")) for part in rest), role)
        table = self._stems if first.endswith("*") else self._whole
        table.setdefault(first.rstrip("*"), []).append(entry)

    def _of(self, token: str) -> tuple[Entry, ...]:
        found = self._seen.get(token)
        if found is None:
            if len(self._seen) >= KEPT_WORDS:
                self._seen.clear()
            bare = token.lstrip("#")
            listed = list(self._whole.get(bare, ()))
            for length in self._lengths[: len(bare)]:
                listed += self._stems.get(bare[:length], ()) if length <= len(bare) else ()
            found = self._seen[token] = tuple(sorted(listed, key=lambda entry: entry.role != self._meant or -len(entry.tail)))
        return found

    def cast(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """(place, roles as bits) of every word that has a role, in order."""
        found, free = [], 0
        for at, token in enumerate(tokens):
            roles = 0
            for entry in self._of(token) if at >= free else ():
                if entry.tail and not _follows(entry.tail, tokens, at + 1):
                    continue
                if entry.role == self._meant:
                    free = at + 1 + len(entry.tail)
                    break
                roles |= entry.role
            if roles and at >= free:
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


@dataclass(frozen=True, slots=True)
class Setting:
    """One way a scene looks: the roles of its slots as bits; `ordered`: in this order, `reach` tokens from each to
    the next; otherwise in any order, all of them within `reach` tokens."""

    slots: tuple[int, ...]
    ordered: bool
    reach: int

    def fits(self, cast: Sequence[tuple[int, int]]) -> bool:
        """Whether a text has this scene."""
        return any(self._from(cast, start) for start in range(len(cast)))

    def _from(self, cast: Sequence[tuple[int, int]], start: int) -> bool:
        first, roles = cast[start]
        if self.ordered:
            return bool(roles & self.slots[0]) and self._onward(cast, start, 1)
        taken = [index for index, slot in enumerate(self.slots) if roles & slot]
        near = [bits for place, bits in cast[start + 1 :] if place - first <= self.reach]
        return any(_filled(self.slots[:index] + self.slots[index + 1 :], near) for index in taken)

    def _onward(self, cast: Sequence[tuple[int, int]], at: int, slot: int) -> bool:
        if slot == len(self.slots):
            return True
        for later in range(at + 1, len(cast)):
            if cast[later][0] - cast[at][0] > self.reach:
                return False
            if cast[later][1] & self.slots[slot] and self._onward(cast, later, slot + 1):
                return True
        return False


def _filled(slots: Sequence[int], near: Sequence[int]) -> bool:
    """Whether every slot finds a word of its own."""
    if not slots:
        return True
    return any(
        bits & slots[0] and _filled(slots[1:], [*near[:index], *near[index + 1 :]]) for index, bits in enumerate(near)
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """What a scene is called, how it may look, the roles that show it is not meant, and whether it is soft."""

    called: tuple[str, ...]
    settings: tuple[Setting, ...]
    disarms: int
    soft: bool


class Scenes:
    """The scenes of a list, asked of words whose roles are `bits`."""

    def __init__(self, listed: Iterable[str], bits: dict[str, int]) -> None:
        """Reads the lines; every role must be known. Raises BadListError."""
        self._listed = tuple(_read(listed, bits))

    def heard(self, cast: Sequence[tuple[int, int]]) -> list[Scene]:
        """The scenes of a text, in the list's order."""
        roles = 0
        for _, bits in cast:
            roles |= bits
        return [scene for scene in self._listed if not scene.disarms & roles and _seen(scene, roles, cast)]


def _seen(scene: Scene, roles: int, cast: Sequence[tuple[int, int]]) -> bool:
    return any(all(slot & roles for slot in one.slots) and one.fits(cast) for one in scene.settings)


def _read(listed: Iterable[str], bits: dict[str, int]) -> Iterator[Scene]:
    called: tuple[str, ...] = ()
    settings: list[Setting] = []
    disarms, soft = 0, False
    for number, line in enumerate([*listed, "["], 1):
        verb, *words = line.split() or ["#"]
        if verb.startswith("["):
            if called:
                yield Scene(called, tuple(settings), disarms, soft)
            called, settings, disarms, soft = tuple(line.strip("[]").split()), [], 0, False
        elif verb in ("near", "then"):
            settings.append(_setting(verb, words, number, bits))
        elif verb == "not":
            disarms |= _bits(words, number, bits)
        elif verb == "soft":
            soft = True
        elif not verb.startswith("#"):
            raise BadListError(f"line {number}: {line[:60]!r} is neither near, then, not nor soft")


def _setting(verb: str, words: Sequence[str], number: int, bits: dict[str, int]) -> Setting:
    ordered = verb == "then"
    reach = THEN if ordered else NEAR
    if words and words[0].isdigit():
        reach, words = int(words[0]), words[1:]
    return Setting(tuple(_bits(word.split("|"), number, bits) for word in words), ordered, reach)


def _bits(names: Sequence[str], number: int, bits: dict[str, int]) -> int:
    found = 0
    for name in names:
        if name not in bits:
            raise BadListError(f"line {number}: nothing has the role {name!r}")
        found |= bits[name]
    return found


@cache
def _stage() -> tuple[dict[str, Roles], Scenes]:
    bits: dict[str, int] = {}
    tables = {lang: Roles(lines(f"urgent.words.{lang}.txt"), bits) for lang in SPOKEN}
    return tables, Scenes(lines("urgent.txt"), bits)


def scenes(tokens: Sequence[str], lang: str | None) -> list[Scene]:
    """The scenes of a text in `lang`; where it is not known, every language is asked; where it is another, English."""
    tables, listed = _stage()
    asked = SPOKEN if lang is None else (lang,) if lang in tables else ("en",)
    found: list[Scene] = []
    for one in asked:
        found += [scene for scene in listed.heard(tables[one].cast(tokens)) if scene not in found]
    return found
