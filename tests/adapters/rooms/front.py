"""What stands before a room under load: as the painter does, the newest state of what changed, some at once."""

import asyncio
from collections.abc import Awaitable, Callable


class Front:
    """`repaint` shows a card, by its number, in a version. `at_once`: so many are painted side by side (the painter of a
    chat: one), no two of one `lane`."""

    def __init__(
        self,
        repaint: Callable[[int, int], Awaitable[object]],
        at_once: int,
        lane: Callable[[int], int] = lambda number: number,
    ) -> None:
        self._repaint = repaint
        self._lane = lane
        self._newest: dict[int, int] = {}
        self._painting: set[int] = set()
        self._bell = asyncio.Condition()
        self._hands = [asyncio.ensure_future(self._work()) for _ in range(at_once)]

    async def change(self, number: int, version: int) -> None:
        """That card is to show this version, once it is its turn."""
        async with self._bell:
            self._newest[number] = version
            self._bell.notify()

    @property
    def left(self) -> int:
        """How many are not painted yet."""
        return len(self._newest) + len(self._painting)

    async def close(self) -> None:
        """Stop, wherever it stands. Raises what a painting fell over."""
        for hand in self._hands:
            hand.cancel()
        for end in await asyncio.gather(*self._hands, return_exceptions=True):
            if isinstance(end, Exception):
                raise end

    async def _work(self) -> None:
        while True:
            async with self._bell:
                await self._bell.wait_for(self._next)
                number, version = self._taken()
            await self._repaint(number, version)
            self._painting.discard(self._lane(number))
            async with self._bell:
                self._bell.notify()

    def _next(self) -> bool:
        return any(self._lane(number) not in self._painting for number in self._newest)

    def _taken(self) -> tuple[int, int]:
        number = next(each for each in self._newest if self._lane(each) not in self._painting)
        self._painting.add(self._lane(number))
        return number, self._newest.pop(number)
