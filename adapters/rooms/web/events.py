"""What browsers are told while they look: that something changed, never what. They then ask for the page again."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

#: A browser that cannot keep up is told "everything" instead of a longer and longer list.
MOST_WAITING = 50
MOST_STREAMS = 1000
MOST_OF_ONE = 12
#: Seconds between two signs of life; a proxy closes what is silent for longer.
PING = 15.0


@dataclass(eq=False, slots=True)
class _Listener:
    person: str
    waiting: dict[tuple[str, str], None] = field(default_factory=dict)
    bell: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Everybody who listens on this replica."""

    def __init__(self, ping: float = PING) -> None:
        self._ping = ping
        self._listeners: set[_Listener] = set()

    def publish(self, kind: str, incident: str = "", person: str = "") -> None:
        """Tell everybody, or one person, that `kind` (repaint, here, note) changed. '': everything."""
        for listener in self._listeners:
            if person in {"", listener.person}:
                if len(listener.waiting) >= MOST_WAITING:
                    listener.waiting = {("repaint", ""): None}
                listener.waiting[kind, incident] = None
                listener.bell.set()

    def listen(self, person: str, alive: Callable[[], Awaitable[bool]]) -> AsyncIterator[bytes] | None:
        """A stream of server-sent events; None where there are too many already. It ends when `alive` says no."""
        own = sum(listener.person == person for listener in self._listeners)
        if own >= MOST_OF_ONE or len(self._listeners) >= MOST_STREAMS:
            return None
        return self._stream(_Listener(person), alive)

    async def _stream(self, listener: _Listener, alive: Callable[[], Awaitable[bool]]) -> AsyncIterator[bytes]:
        self._listeners.add(listener)
        try:
            yield b"retry: 2000\nevent: hello\ndata: {}\n\n"
            while True:
                try:
                    async with asyncio.timeout(self._ping):
                        await listener.bell.wait()
                except TimeoutError:
                    if not await alive():
                        return
                    yield b": still here\n\n"
                listener.bell.clear()
                waiting, listener.waiting = listener.waiting, {}
                for kind, incident in waiting:
                    yield f"event: {kind}\ndata: {json.dumps({'incident': incident})}\n\n".encode()
        finally:
            self._listeners.discard(listener)
