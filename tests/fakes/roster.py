"""Handles, sessions and invites in memory."""

from collections.abc import Sequence
from datetime import datetime

from bot.nouns.team import Handle
from bot.nouns.time import Moment
from bot.ports import Session


class FakeRoster:
    """The ports Roster and Sessions."""

    def __init__(self) -> None:
        self._handles: dict[Handle, str] = {}
        self._invites: dict[str, tuple[str, datetime]] = {}
        self._sessions: dict[str, Session] = {}

    async def person(self, handle: Handle) -> str:
        """'' for a stranger."""
        return self._handles.get(handle, "")

    async def bind(self, handle: Handle, person: str) -> None:
        """That handle is this person."""
        self._handles[handle] = person

    async def handles(self, person: str) -> Sequence[Handle]:
        """Every one of theirs."""
        return sorted((h for h, p in self._handles.items() if p == person), key=lambda h: (h.room, h.id))

    async def invite(self, token: str, person: str, until: datetime) -> None:
        """One use, until then."""
        self._invites[token] = (person, until)

    async def redeem(self, token: str, now: datetime) -> str:
        """The person, once; '' for a link that is unknown, used or over."""
        person, until = self._invites.pop(token, ("", now))
        return person if now < until else ""

    async def open_session(self, session: Session) -> None:
        """Signed in."""
        self._sessions[session.id] = session

    async def session(self, id: str, now: datetime) -> Session | None:
        """Unless it is over."""
        found = self._sessions.get(id)
        return found if found is not None and now < found.until else None

    async def end_session(self, id: str) -> None:
        """Signed out."""
        self._sessions.pop(id, None)


class FakePulse:
    """The port Pulse."""

    def __init__(self) -> None:
        self._beats: dict[str, Moment] = {}

    async def beat(self, moment: Moment) -> None:
        """This machine lives."""
        self._beats[moment.boot] = moment

    async def last(self, boot: str) -> Moment | None:
        """When it was last heard."""
        return self._beats.get(boot)
