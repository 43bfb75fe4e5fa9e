"""The way to a public square inside a simulation: it takes time, and it loses answers in every way a network does."""

import asyncio
import random
from collections.abc import Callable
from enum import StrEnum

from bot.ports import fence
from tests.chaos.square_adapter import Lost
from tests.chaos.square_world import Asked, PublicSquare, Said
from tests.chaos.virtual import outside


class Fault(StrEnum):
    """What becomes of a question. The first six lose the answer; BEHIND does it only after the answer was lost."""

    LATE = "late"
    ERROR_BEFORE = "5xx before"
    ERROR_AFTER = "5xx after"
    DROP_BEFORE = "dropped before"
    DROP_AFTER = "dropped after"
    HALF = "half an answer"
    BEHIND = "done later"
    NONE = "none"


LOSSES = tuple(Fault)[:6]
_BEFORE = {Fault.ERROR_BEFORE, Fault.DROP_BEFORE}
_LATE = 60.0

#: Which fault a question meets.
Choose = Callable[[Asked], Fault]


def sometimes(dice: random.Random, share: float, *kinds: Fault) -> Choose:
    """A share of the posts meets one of `kinds`, and a third of that share of everything else."""

    def choose(asked: Asked) -> Fault:
        hit = dice.random() < (share if asked.method == "POST" else share / 3)
        return dice.choice(kinds or LOSSES) if hit else Fault.NONE

    return choose


def nothing(asked: Asked) -> Fault:
    """A good day."""
    del asked
    return Fault.NONE


class Inside:
    """The `Ask` of a simulation. `slow`: the longest that a way there, the work and a way back take each, in seconds.

    `behind`: how long after it was asked a question that is done later is done.
    """

    def __init__(
        self,
        square: PublicSquare,
        dice: random.Random,
        choose: Choose = nothing,
        *,
        slow: float = 0.05,
        behind: float = 15.0,
    ) -> None:
        self.choose = choose
        self.lost = 0
        self._square = square
        self._dice = dice
        self._slow = slow
        self._behind = behind
        self._serving: set[asyncio.Task[None]] = set()

    async def __call__(self, asked: Asked) -> Said | Lost:
        """Connect, ask, and wait for the answer. What was asked is done, whatever becomes of who asked.

        As on a real connection the fence around a send, if there is one, is asked once the connection stands.
        """
        await self._takes()
        around = fence()
        left = await around.left() if around is not None else None
        if around is not None and left is not None and left < 0:
            around.hold_back()
            return Lost("Held back at the wire.")
        if around is not None and asked.method == "POST":
            around.passed()
        answer: asyncio.Future[Said | Lost] = asyncio.get_running_loop().create_future()
        with outside():
            serving = asyncio.create_task(self._serve(asked, answer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)
        return await answer

    async def _serve(self, asked: Asked, answer: "asyncio.Future[Said | Lost]") -> None:
        fault = self.choose(asked)
        self.lost += fault is not Fault.NONE
        await self._takes()
        match fault:
            case Fault.NONE:
                got: Said | Lost = self._square.answer(asked)
            case Fault.ERROR_BEFORE:
                got = Said(503, {"error": "internal_error"})
            case Fault.DROP_BEFORE:
                got = Lost("The connection broke.")
            case Fault.ERROR_AFTER:
                self._square.answer(asked)
                got = Said(500, {"error": "internal_error"})
            case Fault.LATE:
                got = self._square.answer(asked)
                await asyncio.sleep(_LATE)
            case Fault.BEHIND:
                await asyncio.sleep(self._behind)
                got = self._square.answer(asked)
            case Fault.DROP_AFTER | Fault.HALF:
                self._square.answer(asked)
                got = Lost("The answer broke off.")
        await self._takes()
        if not answer.done():
            answer.set_result(got)

    async def _takes(self) -> None:
        await asyncio.sleep(self._dice.uniform(0.0, self._slow))
