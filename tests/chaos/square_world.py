"""A public square and its rules, in four shapes. Whoever speaks with it, by wire or by a call, gets these answers.

| shape | what it offers |
|---|---|
| idempotent | a key that makes a second post of it the first one, for a window; a search among our posts |
| findable | a search among our posts; no key |
| blind | nothing of ours can be read again |
| upsert | one reply a mention; a second one takes the first one's place |
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO


class Shape(StrEnum):
    """What a platform offers to whoever lost an answer."""

    IDEMPOTENT = "idempotent"
    FINDABLE = "findable"
    BLIND = "blind"
    UPSERT = "upsert"


@dataclass(frozen=True, slots=True)
class Line:
    """One post of ours as the ledger has it. `stood`: the mention's words at that moment, None where it was gone.

    `account` it came from and `readers` who may read it, on a square that tells accounts and readers apart.
    """

    at: float
    id: str
    hand: str
    key: str
    to: str
    words: str
    stood: str | None = ""
    account: str = ""
    readers: str = ""


class Ledger:
    """Every effect on the square, in order; where it has a file, one line each, on disk before it is answered."""

    def __init__(self, file: Path | None = None) -> None:
        self.lines: list[Line] = []
        self._file: TextIO | None = file.open("a", encoding="utf-8") if file is not None else None

    def write(self, line: Line) -> None:
        """It happened."""
        self.lines.append(line)
        if self._file is not None:
            self._file.write(json.dumps(asdict(line)) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())


def read_ledger(file: Path) -> list[Line]:
    """What stands in a ledger's file."""
    return [Line(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the square. `key`: the idempotency key that came with it."""

    method: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    token: str = "good"


@dataclass(frozen=True, slots=True)
class Said:
    """Its answer."""

    status: int
    body: Any = None


@dataclass(slots=True)
class Mention:
    """What somebody wrote to us."""

    id: str
    author: str
    words: str
    at: float


NOT_FOUND = Said(404, {"error": "not_found"})
US = "shop"


class PublicSquare:
    """`window`: seconds a key is honoured. `lag`: seconds until a new post shows to a search. `now`: its own clock.

    `limited`: nothing is taken until then. `revoked`: no token of ours is accepted; else `token` is. `lenient`: it takes an
    answer to what is gone, which most do not.
    """

    def __init__(
        self,
        shape: Shape,
        ledger: Ledger,
        now: Callable[[], float],
        *,
        window: float = 180.0,
        lag: float = 0.0,
        lenient: bool = False,
    ) -> None:
        self.shape = shape
        self.ledger = ledger
        self.window = window
        self.lag = lag
        self.lenient = lenient
        self.limited = 0.0
        self.revoked = False
        self.token = "good"
        self._now = now
        self._mentions: dict[str, Mention] = {}
        self._keys: dict[str, tuple[float, Line]] = {}
        self._ours: list[Line] = []

    # -- what the public and a colleague do

    def says(self, id: str, author: str, words: str) -> None:
        """Somebody writes, or edits what they wrote."""
        known = self._mentions.get(id)
        self._mentions[id] = Mention(id, author, words, known.at if known is not None else self._now())

    def deletes(self, id: str) -> None:
        """Its author takes it away."""
        self._mentions.pop(id, None)

    def by_hand(self, to: str, words: str) -> Line:
        """A colleague posts on the platform itself."""
        return self._post("hand", "", to, words)

    def stands(self, to: str, words: str) -> bool:
        """What somebody sees who opens the page under a mention."""
        return any(each.to == to and each.words == words for each in self._ours)

    # -- what our product asks

    def answer(self, asked: Asked) -> Said:
        """Do it, and answer."""
        if self.revoked or asked.token != self.token:
            return Said(401, {"error": "invalid_token"})
        match asked.method, asked.path.strip("/").split("/"):
            case "GET", ["mentions", id]:
                return self._shown(id)
            case "GET", ["posts"] if self.shape is not Shape.BLIND:
                return Said(200, [asdict(each) for each in self._searched(asked.body)])
            case "POST", ["posts"]:
                return self._taken(asked)
            case _:
                return NOT_FOUND

    def _shown(self, id: str) -> Said:
        found = self._mentions.get(id)
        if found is None:
            return NOT_FOUND
        seen = self.shape is not Shape.BLIND
        after = [asdict(each) for each in self._ours if each.to == id and seen]
        return Said(200, {"id": id, "author": found.author, "words": found.words, "at": found.at, "after": after})

    def _searched(self, body: Mapping[str, Any]) -> list[Line]:
        shows = self._now() - self.lag
        return [
            each
            for each in self._ours
            if each.at <= shows and each.words == body.get("words") and each.to == body.get("to")
        ]

    def _taken(self, asked: Asked) -> Said:
        to, words, now = str(asked.body.get("to", "")), str(asked.body.get("words", "")), self._now()
        if now < self.limited:
            return Said(429, {"error": "slow_down", "seconds": self.limited - now})
        kept = self._keys.get(asked.key)
        if self.shape is Shape.IDEMPOTENT and kept is not None and now - kept[0] < self.window:
            return Said(200, asdict(kept[1]))
        if to and to not in self._mentions and not self.lenient:
            return NOT_FOUND
        if len(words) > 500:
            return Said(422, {"error": "too_long"})
        line = self._post("api", asked.key, to, words)
        self._keys[asked.key] = (now, line)
        return Said(200, asdict(line))

    def _post(self, hand: str, key: str, to: str, words: str) -> Line:
        found = self._mentions.get(to)
        stood = found.words if found is not None else None
        line = Line(self._now(), f"p{len(self.ledger.lines) + 1}", hand, key, to, words, stood)
        self.ledger.write(line)
        if self.shape is Shape.UPSERT:
            self._ours = [each for each in self._ours if each.to != to]
        self._ours.append(line)
        return line
