"""What the doors of the web room share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from adapters.rooms.web.events import Hub
from adapters.rooms.web.guard import Guard
from adapters.rooms.web.ink import Ink
from adapters.rooms.web.notes import Notes, Standing
from adapters.rooms.web.presence import Presence
from adapters.rooms.web.signing import Signer
from bot.ports import Clock, Roster, Sessions
from bot.screens.shapes import Answer, Gesture

Hear = Callable[[Gesture], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Hall:
    """One web room's parts. `trouble` are sentences about what does not work just now, `running` on how it runs."""

    guard: Guard
    roster: Roster
    sessions: Sessions
    clock: Clock
    signer: Signer
    ink: Ink
    hub: Hub
    presence: Presence
    notes: Notes
    standing: Standing
    trouble: Callable[[], tuple[str, ...]]
    running: Callable[[], tuple[str, ...]]
