"""The Protocols between thought and the world, and what only they speak of. No optional methods, no capability flags.

Every method that touches the store may raise `bot.errors.StoreAway`; nothing else is raised on purpose.
"""

from bot.ports.beside import Alarm, Clock
from bot.ports.door import Door, Knock, Response
from bot.ports.dues import Dues, Leases, Pulse, Taken
from bot.ports.fence import Fence, fence
from bot.ports.finding import Finding
from bot.ports.inbox import Aside, Asides, Inbox, Rhythms, Work
from bot.ports.people import Roster, Session, Sessions, Threads
from bot.ports.platform import Platform
from bot.ports.room import Broken, Gone, LineRef, Member, Room, Stranger, ThreadRef
from bot.ports.timelines import (
    Anchors,
    Appended,
    Change,
    Conflict,
    Fed,
    Fenced,
    Found,
    Indexes,
    Query,
    Sealed,
    Timelines,
    Whereabouts,
)
from bot.ports.vault import Opened, Vault

__all__ = [
    "Knock", "Response", "Door",
    "Fence", "fence",
    "Finding",
    "Platform",
    "ThreadRef", "LineRef", "Broken", "Gone", "Member", "Stranger", "Room",
    "Alarm", "Clock",
    "Sealed", "Change", "Appended", "Conflict", "Fenced", "Query", "Found", "Fed", "Indexes", "Timelines",
    "Whereabouts", "Anchors",
    "Work", "Inbox", "Aside", "Asides", "Rhythms",
    "Taken", "Dues", "Leases", "Pulse",
    "Threads", "Session", "Roster", "Sessions",
    "Opened", "Vault",
]  # fmt: skip
