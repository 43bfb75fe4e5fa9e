"""The public: somebody complains, writes on, changes or deletes their words; a colleague answers on the platform itself."""

import asyncio
import random
from collections.abc import Mapping

from tests.chaos.square_world import Shape
from tests.simulation.square import Square

_WORDS = (
    "My parcel number {} never came, and nobody answers.",
    "Third time I write about order {}. This is a joke.",
    "The zip of my jacket broke on day {}. Can I get a new one?",
    "Thank you for the quick help with order {}.",
    "Your charger {} got so hot that it burnt my table.",
)


class Public:
    """Everybody out there. `pace`: seconds between two of their words, on average."""

    def __init__(self, squares: Mapping[Shape, Square], dice: random.Random, pace: float) -> None:
        self._squares = squares
        self._dice = dice
        self._pace = pace
        self._count = 0

    async def goes_on(self) -> None:
        """Until cancelled; a few complain at once."""
        for square in self._squares.values():
            self._begins(square)
            self._begins(square)
        while True:
            await asyncio.sleep(self._dice.expovariate(1 / self._pace))
            self._something()

    def _something(self) -> None:
        square = self._dice.choice(tuple(self._squares.values()))
        standing = square.standing()
        what = self._dice.choices(("new", "on", "edit", "delete", "hand"), (8, 4, 2, 1, 1))[0]
        if what == "new" or not standing:
            self._begins(square)
            return
        id = self._dice.choice(standing[-10:])
        match what:
            case "on":
                author = square.author(id)
                square.writes(author, f"And now? Still nothing after {self._number()} days.", under=id)
            case "edit":
                square.edits(id, f"It came today after all. {self._number()}")
            case "delete":
                square.takes_away(id)
            case _:
                square.by_hand(id, f"Hello, we look into it. Joe {self._number()}")

    def _begins(self, square: Square) -> None:
        number = self._number()
        author = f"author{number}" if self._dice.random() < 0.9 else "author1"
        square.writes(author, self._dice.choice(_WORDS).format(number))

    def _number(self) -> int:
        self._count += 1
        return self._count
