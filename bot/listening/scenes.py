"""Who did what to whom: words with a role, and scenes in which several roles meet within a few words.

A phrase has to be written down before it is heard; a scene is heard in words nobody foresaw, as long as each of them
has its role. The roles are in `lists/urgent.words.<lang>.txt`, one file a language; the scenes in
`lists/urgent.txt` hold for all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.listening.phrases import BadListError, lines
from bot.listening.roles import Roles

SPOKEN = ("en", "es", "fr", "de", "pt", "it")
"""Languages whose words have roles."""

KEPT_ROLES = 10_000
"""Sets of roles for which it is remembered which scenes they allow; when full, all are let go."""

NEAR, THEN = 10, 7
"""Tokens: how far apart the words of a scene may stand in all, and how far each may be from the one before it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way a scene looks: the roles of its slots as bits; `ordered`: in this order, `reach` tokens from each to
    the next; otherwise in any order, all of them within `reach` tokens."""

    slots: tuple[int, ...]
    ordered: bool
    reach: int

    def fits(self, cast: Sequence[tuple[int, int]]) -> bool:
        """Whether a text has this scene."""
        wanted = 0
        for slot in self.slots:
            wanted |= slot
        part = [one for one in cast if one[1] & wanted]
        find = self._onward if self.ordered else self._around
        return any(find(part, start) for start in range(len(part) - len(self.slots) + 1))

    def _around(self, part: Sequence[tuple[int, int]], start: int) -> bool:
        """Whether the scene begins with this word and the others follow in any order."""
        last, roles = part[start][0] + self.reach, part[start][1]
        near = [bits for place, bits in part[start + 1 : start + 1 + self.reach] if place <= last]
        if len(near) + 1 < len(self.slots):
            return False
        return any(
            roles & slot and _filled(self.slots[:index] + self.slots[index + 1 :], near)
            for index, slot in enumerate(self.slots)
        )

    def _onward(self, part: Sequence[tuple[int, int]], at: int, slot: int = 0) -> bool:
        """Whether this word has the role of this slot, and words soon after it have the later ones."""
        place, roles = part[at]
        if not roles & self.slots[slot]:
            return False
        if slot + 1 == len(self.slots):
            return True
        for later in range(at + 1, len(part)):
            if part[later][0] - place > self.reach:
                return False
            if self._onward(part, later, slot + 1):
                return True
        return False


def _filled(slots: Sequence[int], near: Sequence[int]) -> bool:
    """Whether every slot finds a word of its own."""
    if not slots:
        return True
    for index, bits in enumerate(near):
        if bits & slots[0] and (len(slots) == 1 or _filled(slots[1:], [*near[:index], *near[index + 1 :]])):
            return True
    return False


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
        self._known: dict[int, tuple[tuple[Scene, tuple[Setting, ...]], ...]] = {}

    def heard(self, cast: Sequence[tuple[int, int]]) -> list[Scene]:
        """The scenes of a text, in the list's order."""
        roles = 0
        for _, bits in cast:
            roles |= bits
        return [scene for scene, settings in self._possible(roles) if any(one.fits(cast) for one in settings)]

    def _possible(self, roles: int) -> Sequence[tuple[Scene, Sequence[Setting]]]:
        """The scenes that these roles do not rule out, each with the settings whose every slot somebody could take."""
        found = self._known.get(roles)
        if found is None:
            if len(self._known) >= KEPT_ROLES:
                self._known.clear()
            armed = [(scene, _open(scene, roles)) for scene in self._listed if not scene.disarms & roles]
            found = self._known[roles] = tuple((scene, settings) for scene, settings in armed if settings)
        return found


def _open(scene: Scene, roles: int) -> tuple[Setting, ...]:
    return tuple(one for one in scene.settings if all(slot & roles for slot in one.slots))


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
