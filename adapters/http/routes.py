"""Which door a path leads to."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from bot.errors import WrongUse
from bot.ports import Door

_PART = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Found:
    """The doors at a path by method, and what its `{name}` parts stand for."""

    doors: Mapping[str, Door]
    values: Mapping[str, str]

    def door(self, method: str) -> Door | None:
        """The one for `method`; HEAD is answered by GET's."""
        return self.doors.get("GET" if method == "HEAD" else method)

    @property
    def allow(self) -> str:
        """What the header `Allow` says."""
        methods = set(self.doors) | ({"HEAD"} if "GET" in self.doors else set())
        return ", ".join(sorted(methods))


@dataclass(slots=True)
class _Pattern:
    regex: re.Pattern[str]
    doors: dict[str, Door] = field(default_factory=dict)


class Routes:
    """A path without `{name}` parts wins over one with them; among those, the first that was given."""

    def __init__(self, doors: Sequence[Door]) -> None:
        self._plain: dict[str, dict[str, Door]] = {}
        self._patterns: dict[str, _Pattern] = {}
        #: `path` as it came, still percent-encoded; values are decoded. An encoded slash stays inside its part.
        self.find: Callable[[str], Found | None] = lru_cache(maxsize=256)(self._find)
        for door in doors:
            self._add(door)

    def _add(self, door: Door) -> None:
        if _PART.search(door.path):
            at = self._patterns.setdefault(door.path, _Pattern(_compile(door.path))).doors
        else:
            at = self._plain.setdefault(door.path, {})
        if door.method in at:
            raise WrongUse(f"Two doors stand at {door.method} {door.path}.")
        at[door.method] = door

    def _find(self, path: str) -> Found | None:
        if (plain := self._plain.get(path)) is not None:
            return Found(plain, {})
        for pattern in self._patterns.values():
            if (match := pattern.regex.fullmatch(path)) is not None:
                return Found(pattern.doors, {name: unquote(part) for name, part in match.groupdict().items()})
        return None


def _compile(path: str) -> re.Pattern[str]:
    pieces = _PART.split(path)
    return re.compile("".join(f"(?P<{p}>[^/]+)" if i % 2 else re.escape(p) for i, p in enumerate(pieces)))
