"""A connection on which webhooks come whole: each is read and answered without aiohttp, at half the price.

The first bytes that are anything else are handed to aiohttp's connection, with all that follows on this one.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol, cast

from aiohttp import web

from adapters.http.limits import Limits
from adapters.http.posted import Posted, read_posted
from adapters.http.protocol import FULL, Connection, Listener
from adapters.http.whole import Whole
from bot.ports import Door

#: A door, and what the `{name}` parts of its path stand for.
Way = tuple[Door, Mapping[str, str]]


class Manners(Protocol):
    """How requests are answered: `answer` those that aiohttp read, `posted` those that came whole."""

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse | Whole: ...
    def post_door(self, path: str) -> Way | None: ...
    async def posted(self, posted: Posted, way: Way, remote: str) -> bytes: ...


class Reception(Listener):
    """Makes a `Quick` connection for everybody who connects."""

    def __init__(self, manners: Manners, limits: Limits) -> None:
        super().__init__(manners.answer, limits)
        self.manners = manners
        self.quick: set[Quick] = set()

    def __call__(self) -> "Quick":  # type: ignore[override]  # the loop asks for a protocol, whichever
        """One more connection."""
        return Quick(self, self.limits)

    def slow(self) -> Connection:
        """aiohttp's connection, for one that is not quick any more."""
        return super().__call__()

    def pre_shutdown(self) -> None:
        """Nothing new is taken: whoever is idle is shown out."""
        super().pre_shutdown()
        for each in tuple(self.quick):
            each.end()

    async def shutdown(self, timeout: float | None = None) -> None:
        """Answers under way have so many seconds."""
        await asyncio.gather(super().shutdown(timeout), *(each.ended(timeout) for each in tuple(self.quick)))


class Quick(asyncio.Protocol):
    """One connection, and at most one request on it at a time."""

    __slots__ = (
        "_ending",
        "_held",
        "_idle",
        "_limits",
        "_paused",
        "_reception",
        "_remote",
        "_task",
        "_transport",
        "_used",
    )

    def __init__(self, reception: Reception, limits: Limits) -> None:
        self._reception = reception
        self._limits = limits
        self._task: asyncio.Task[None] | None = None
        self._held = b""
        self._ending = self._paused = self._used = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take it, or say at once that there are too many."""
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self._remote = str(peer[0]) if isinstance(peer, tuple) else ""
        self._reception.open += 1
        self._reception.quick.add(self)
        self._look_in_a_while()
        if self._reception.open > self._limits.connections:
            self._transport.write(FULL)
            self._transport.close()

    def connection_lost(self, exc: BaseException | None) -> None:
        """What was asked on it is done all the same."""
        del exc
        self._ending = True
        self._leave()

    def data_received(self, data: bytes) -> None:
        """A whole request is answered; anything else is aiohttp's, in its turn."""
        if self._task is not None:
            self._held += data
            self._transport.pause_reading()
            return
        posted = None if self._paused else read_posted(data)
        way = None if posted is None else self._reception.manners.post_door(posted.path)
        if posted is None or way is None:
            self._hand_over(data)
        elif not self._transport.is_closing():
            self._used = True
            self._task = asyncio.get_running_loop().create_task(self._answer(posted, way))

    def pause_writing(self) -> None:
        """They do not read our answers as fast as they ask."""
        self._paused = True

    def resume_writing(self) -> None:
        """They have read them."""
        self._paused = False

    def end(self) -> None:
        """Close it, once what is under way is answered."""
        self._ending = True
        if self._task is None:
            self._transport.close()

    async def ended(self, timeout: float | None) -> None:
        """Close it; what is under way has so many seconds."""
        self.end()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=timeout)
        if self._task is not None:
            self._task.cancel()

    async def _answer(self, posted: Posted, way: Way) -> None:
        try:
            said = await self._reception.manners.posted(posted, way, self._remote)
            if not self._transport.is_closing():
                self._transport.write(said)
        except BaseException:
            self._ending = True
            raise
        finally:
            self._task = None
            self._go_on()

    def _go_on(self) -> None:
        if self._ending or self._transport.is_closing():
            self._transport.close()
        elif self._held:
            held, self._held = self._held, b""
            self._transport.resume_reading()
            self._hand_over(held)

    def _hand_over(self, data: bytes) -> None:
        self._leave()
        connection = self._reception.slow()
        self._transport.set_protocol(connection)
        connection.connection_made(self._transport)
        if self._paused:
            connection.pause_writing()
        connection.data_received(data)

    def _leave(self) -> None:
        self._reception.open -= 1
        self._reception.quick.discard(self)
        self._idle.cancel()

    def _look_in_a_while(self) -> None:
        self._idle = asyncio.get_running_loop().call_later(self._limits.idle, self._look)

    def _look(self) -> None:
        """Whoever asked nothing since the last look is idle."""
        if self._task is None and not self._used:
            self._transport.close()
        else:
            self._used = False
            self._look_in_a_while()
