"""The limit over all routes: Discord takes fifty requests a second from one bot; answers to presses are not counted.

Source: Discord's documentation, topics/rate-limits. What is over it is refused for everything at once, and counts towards
the invalid requests rule; so we stay a little below it by ourselves. The limits of single routes are discord.py's.
"""

from collections import deque

from bot.ports import Clock

#: So many requests are begun in any second.
MOST, SECOND = 45, 1.0

_NOT_COUNTED = ("/interactions/", "/webhooks/")


class Limit:
    """Makes whoever comes too soon wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began: deque[float] = deque()

    async def turn(self, path: str) -> None:
        """Until a request to that path may be begun."""
        while not any(each in path for each in _NOT_COUNTED):
            now = (await self._clock.now()).elapsed
            while self._began and self._began[0] <= now - SECOND:
                self._began.popleft()
            if len(self._began) < MOST:
                self._began.append(now)
                return
            await self._clock.sleep(self._began[0] + SECOND - now)
