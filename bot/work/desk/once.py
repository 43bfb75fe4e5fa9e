"""A press that comes twice is answered once: the second is handed the first one's answer."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.screens.shapes import Answer, Done, Page

#: So many answers are remembered; a repeat comes within seconds.
REMEMBERED = 500


class Once:
    """Answers by gesture. Remembered is what was done; a no, or a form that came back, may be pressed again."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], asyncio.Future[Answer]] = OrderedDict()

    async def __call__(self, key: tuple[str, str], answer: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer under `key`, made by `answer` the first time."""
        standing = self._answers.get(key)
        if standing is None:
            standing = self._answers[key] = asyncio.ensure_future(answer())
            standing.add_done_callback(lambda done: self._settle(key, done))
        return await asyncio.shield(standing)

    def _settle(self, key: tuple[str, str], done: asyncio.Future[Answer]) -> None:
        if done.cancelled() or done.exception() is not None or not isinstance(done.result(), Done | Page):
            self._answers.pop(key, None)
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)
