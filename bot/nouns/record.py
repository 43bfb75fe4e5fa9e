"""The record: canonical lines, the hash chain, and its check. What `export` writes and `verify` reads.

A line is `{"incident", "version", "at", "kind", "by", "mention", "text", "salt", "data", "prev", "hash"}`. `hash` is the
hex SHA-256 of the canonical JSON (sorted keys, no spaces, ASCII) of everything but `hash`, `text` and `salt`; `prev` is
the hash of the line before, '' for the first. `data.seal`, where there is a text, is SHA-256(salt + text).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.nouns.base import Noun
from bot.nouns.events import Event, key_of, load, words_of
from bot.nouns.words import seal

ENVELOPE = ("incident", "at", "kind", "by")
Line = dict[str, Any]
_UNCOVERED = frozenset({"hash", "text", "salt"})
_BEHIND_HASH = ',"incident":'

#: A line as its hash covers it: the same bytes on every machine.
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode


class Made(Line):
    """A line that was made here: a dictionary that knows the text it is kept as, so that nobody writes it anew."""

    __slots__ = ("kept",)

    def __init__(self, line: Line, kept: str) -> None:
        super().__init__(line)
        self.kept = kept


class Break(Noun):
    """Where a timeline does not verify, and why."""

    incident: str | None
    version: int
    because: str


def line(event: Event, version: int, prev: str) -> Line:
    """The event as a line of the record, hashed onto `prev`. Without text and salt: those are added from the vault."""
    data = event.model_dump(mode="json")
    envelope = {key: data.pop(key) for key in ENVELOPE}
    key, words = key_of(event), words_of(event)
    if words is not None:
        data |= {"ref": words.ref, "seal": words.seal}
    covered: Line = {
        **envelope,
        "data": data,
        "mention": {"platform": key.platform, "id": key.id} if key is not None else None,
        "prev": prev,
        "version": version,
    }
    written = canonical(covered)
    hashed = _hash(written)
    # It is written out once: `hash` has its place before the last `incident`, and in no text stands a bare quote.
    place = written.rindex(_BEHIND_HASH)
    return Made({**covered, "hash": hashed}, f'{written[:place]},"hash":"{hashed}"{written[place:]}')


def kept(made: Line) -> str:
    """A line as it is kept."""
    return made.kept if isinstance(made, Made) else canonical(made)


def event(made: Line) -> Event:
    """The event a line holds."""
    return load({**made["data"], **{key: made[key] for key in ENVELOPE}})


def digest(made: Line) -> str:
    """The hash of a line, whatever `hash`, `text` and `salt` it carries."""
    covered = {key: value for key, value in made.items() if key not in _UNCOVERED}
    return _hash(canonical(covered))


def _hash(written: str) -> str:
    return hashlib.sha256(written.encode("ascii")).hexdigest()


def check(lines: Iterable[Line], prev: str = "", version: int = 0) -> Iterator[Break]:
    """Every break in one timeline's lines, which follow `prev` at `version`. None: it verifies."""
    for made in lines:
        found = _fault(made, prev, version + 1)
        if found:
            name = made.get("incident")
            yield Break(incident=name if isinstance(name, str) else None, version=version + 1, because=found)
        version = made["version"] if isinstance(made.get("version"), int) else version + 1
        prev = made["hash"] if isinstance(made.get("hash"), str) else ""


def _fault(made: Line, prev: str, version: int) -> str:
    if made.get("version") != version:
        return f"version {version} was expected here, {made.get('version')} stands"
    if made.get("prev") != prev:
        return "it does not follow the line before it"
    try:
        if made.get("hash") != digest(made):
            return "its words do not fit its hash"
    except (TypeError, ValueError, RecursionError):
        return "it cannot be read"
    text, salt, data = made.get("text"), made.get("salt"), made.get("data")
    sealed = data.get("seal") if isinstance(data, dict) else None
    if text is not None and (not isinstance(text, str) or seal(salt if isinstance(salt, str) else "", text) != sealed):
        return "its text does not fit its seal"
    return ""
