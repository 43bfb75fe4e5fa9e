"""A fence between a send and the wire: no word of it leaves after its moment.

A process may be stopped between any two of its steps, for minutes, and go on as if nothing were. Meanwhile another took
over, found nothing, and a person had it tried again. So whatever puts bytes on a wire asks the fence in the step before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from bot.errors import StoreAway
from bot.nouns.time import Now
from bot.ports.beside import Clock

_HERE: ContextVar["Fence | None"] = ContextVar("fence", default=None)


class Fence:
    """Shut `seconds` after the moment it was put up at; whoever finds it shut must not write."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._up: float | None = None
        self._shut = False
        self._passed = False

    @property
    def held(self) -> bool:
        """Whether it held something back, and nothing that may be the send had passed before: then nothing went out."""
        return self._shut and not self._passed

    async def left(self) -> float | None:
        """Seconds until nothing may be written any more, fewer than none after it; None where it was taken down.

        Where the clocks cannot be read, nothing may.
        """
        if self._up is None:
            return None
        try:
            return self._seconds - ((await self._clock.now()).elapsed - self._up)
        except StoreAway:
            return -1.0

    def hold_back(self) -> None:
        """Something is not written, because its moment has passed."""
        self._shut = True

    def passed(self) -> None:
        """Something that may be the send is about to be written."""
        self._passed = True

    @contextmanager
    def around(self, now: Now) -> Iterator[None]:
        """What runs in here, and whatever it begins, finds it. It is taken down once that has ended by itself."""
        self._up = now.elapsed
        token = _HERE.set(self)
        try:
            yield
            self._up = None
        finally:
            _HERE.reset(token)


def fence() -> Fence | None:
    """The one around what runs here; None where nothing is being sent."""
    return _HERE.get()
