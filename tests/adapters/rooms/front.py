"""What stands before a room under load: as the painter does, the newest state of what changed, some at once."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.work.lanes import Lanes, Turn, Urgency


class Front:
    """`repaint` shows a card, by its number, in a version. `lane` as the room says it: '' where all cards share one.

    `hands`: so many are painted side by side, at most.
    """

    def __init__(
        self, repaint: Callable[[int, int], Awaitable[object]], lane: Callable[[int], str], hands: int = 16
    ) -> None:
        self._repaint = repaint
        self._lane = lane
        self._newest: dict[int, int] = {}
        self._lanes = Lanes[int]()
        self._hands = [asyncio.ensure_future(self._work()) for _ in range(hands)]

    def change(self, number: int, version: int) -> None:
        """That card is to show this version, once it is its turn."""
        self._newest[number] = version
        self._lanes.put(number, self._lane(number), Urgency.COUNTER)

    @property
    def left(self) -> int:
        """How many are not painted yet."""
        return len(self._lanes)

    async def close(self) -> None:
        """Stop, wherever it stands. Raises what a painting fell over."""
        for hand in self._hands:
            hand.cancel()
        for end in await asyncio.gather(*self._hands, return_exceptions=True):
            if isinstance(end, Exception):
                raise end

    async def _work(self) -> None:
        while True:
            await self._lanes.bell.acquire()
            while (turn := self._lanes.take()) is not None:
                await self._one(turn)

    async def _one(self, turn: Turn[int]) -> None:
        try:
            await self._repaint(turn.key, self._newest[turn.key])
        finally:
            self._lanes.done(turn)
