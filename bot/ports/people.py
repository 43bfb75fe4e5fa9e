"""Who is behind a handle, who is signed in, and where each place shows an incident."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.nouns.base import Noun
from bot.nouns.team import Handle, Place
from bot.ports.room import LineRef, ThreadRef


class Threads(Protocol):
    """Which thread stands in which place, and which version of the incident it shows; where a line was said."""

    async def get(self, incident: str) -> Mapping[Place, tuple[ThreadRef, int]]: ...
    async def put(self, incident: str, place: Place, ref: ThreadRef, painted: int) -> None: ...
    async def said(self, key: str) -> bool: ...
    async def where_said(self, key: str) -> LineRef | None: ...
    async def mark_said(self, key: str, ref: LineRef) -> None: ...


class Session(Noun):
    """A signed-in browser. `csrf` must come back with every press."""

    id: str
    person: str
    csrf: str
    until: datetime


class Roster(Protocol):
    """Which person is behind a handle, and how each room knows a person. Roles lie on the team's timeline."""

    async def person(self, handle: Handle) -> str: ...
    async def bind(self, handle: Handle, person: str) -> None: ...
    async def handles(self, person: str) -> Sequence[Handle]: ...


class Sessions(Protocol):
    """Signed-in browsers, and links that let somebody in once."""

    async def invite(self, token: str, person: str, until: datetime) -> None: ...
    async def redeem(self, token: str, now: datetime) -> str: ...
    async def open_session(self, session: Session) -> None: ...
    async def session(self, id: str, now: datetime) -> Session | None: ...
    async def end_session(self, id: str) -> None: ...
