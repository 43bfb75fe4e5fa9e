"""The public squares of the simulation: threads in which people write on, and a feed of what happened, to be asked for or pushed."""

import random
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from tests.chaos.square_inside import Choose, Inside
from tests.chaos.square_world import NOT_FOUND, Asked, Ledger, Line, Mention, PublicSquare, Said, Shape
from tests.simulation.trace import Trace


class Square(PublicSquare):
    """`happened` is its feed: one entry for everything that was said, edited, deleted or posted by our account there.

    `gone`: when each deleted mention was. `echo`: what our own program posts is told, too.
    """

    def __init__(self, shape: Shape, now: Callable[[], float], trace: Trace, *, lenient: bool, echo: bool) -> None:
        super().__init__(shape, Ledger(), now, lenient=lenient)
        self.happened: list[dict[str, Any]] = []
        self.under: dict[str, str] = {}
        self.gone: dict[str, float] = {}
        self.posted: list[Callable[[Line], None]] = []
        self._trace = trace
        self._echo = echo
        self._count = 0

    # -- what the public and a colleague do

    def writes(self, author: str, words: str, under: str = "") -> str:
        """Somebody writes, under an earlier word of theirs where given; the mention's id."""
        self._count += 1
        id = f"{self.shape.value[0]}{self._count}"
        self.under[id] = under
        self.says(id, author, words)
        self._happens("said", id, author, words)
        return id

    def edits(self, id: str, words: str) -> None:
        """Its author changes the words."""
        author = self._mentions[id].author
        self.says(id, author, words)
        self._happens("edited", id, author, words)

    def takes_away(self, id: str) -> None:
        """Its author deletes it."""
        author = self._mentions[id].author
        self.gone[id] = self._now()
        self.deletes(id)
        self._happens("deleted", id, author, "")

    def standing(self) -> tuple[str, ...]:
        """What stands there of the public's words."""
        return tuple(self._mentions)

    def author(self, id: str) -> str:
        """Who said it."""
        return self._mentions[id].author

    def last_of(self, author: str) -> str:
        """The newest word of an author that stands; '' where none does."""
        return next((each.id for each in reversed(self._mentions.values()) if each.author == author), "")

    def _happens(self, kind: str, id: str, author: str, words: str, to: str = "") -> None:
        self._trace.act(self.shape.value, kind, f"{id} {to}".rstrip())
        at = self._now()
        entry = {
            "kind": kind,
            "id": id,
            "author": author,
            "words": words,
            "at": at,
            "to": to,
            "under": self.under.get(id),
        }
        self.happened.append(entry)

    def _post(self, hand: str, key: str, to: str, words: str) -> Line:
        line = super()._post(hand, key, to, words)
        if self.shape is not Shape.BLIND and (hand == "hand" or self._echo):
            self._happens("posted", line.id, "us", words, to)
        else:
            self._trace.act(self.shape.value, "posted unseen", f"{line.id} {to}")
        for told in self.posted:
            told(line)
        return line

    # -- what our product asks

    def answer(self, asked: Asked) -> Said:
        """As any square; and what happened since an entry of its feed."""
        if (asked.method, asked.path) == ("GET", "/news") and not self.revoked:
            since = int(asked.body["since"])
            return Said(200, list(self.happened[since : since + 20]))
        return super().answer(asked)

    def _shown(self, id: str) -> Said:
        got = super()._shown(id)
        if got is NOT_FOUND:
            return got
        thread = [asdict(each) for each in self._mentions.values() if self._in_thread(each, id)]
        return Said(200, {**got.body, "said": thread})

    def _in_thread(self, each: Mention, id: str) -> bool:
        above = self.under.get(each.id, "")
        while above and above != id:
            above = self.under.get(above, "")
        return above == id


class Wire(Inside):
    """Notes when each post was put on the wire, by its key: what is on it nobody can call back."""

    def __init__(self, square: Square, dice: random.Random, trace: Trace, choose: Choose, *, slow: float) -> None:
        super().__init__(square, dice, choose, slow=slow)
        self.put: dict[str, list[float]] = {}
        self._trace = trace
        self._on = square

    async def __call__(self, asked: Asked) -> Any:
        """Ask."""
        self._trace.events += 1
        return await super().__call__(asked)

    async def _serve(self, asked: Asked, answer: Any) -> None:
        if asked.method == "POST":
            now = self._on._now()
            self.put.setdefault(asked.key, []).append(now)
            self._trace(self._on.shape.value, f"on the wire {asked.key} to {asked.body.get('to')}")
        await super()._serve(asked, answer)


def by_key(lines: list[Line]) -> Mapping[str, list[Line]]:
    """Posts made by the API, by their attempt's key."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.hand == "api":
            found.setdefault(line.key, []).append(line)
    return found
