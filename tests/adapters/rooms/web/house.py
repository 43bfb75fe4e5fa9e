"""A web room with fakes around it: by doors alone, or served on a free port for a browser."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from adapters.http.routes import Routes
from adapters.http.server import Server, serve
from adapters.rooms.web.room import WebRoom
from bot.nouns.team import Handle, Role, Team, Teammate
from bot.nouns.time import Now
from bot.ports import Knock, Session
from bot.screens.shapes import Card
from tests.fakes.clock import FakeClock
from tests.fakes.desk import FakeDesk
from tests.fakes.desk_pages import NOON
from tests.fakes.notes import FakeNotes
from tests.fakes.roster import FakeRoster

ANA = Teammate(id="ana", name="Ana", roles=frozenset({Role.TEAMMATE}), zone="Europe/Berlin")
BEN = Teammate(id="ben", name="Ben", roles=frozenset({Role.LEAD}), zone="Europe/Berlin")
GIL = Teammate(id="gil", name="Gil", roles=frozenset({Role.GUEST}))
SECRET = b"a secret of the tests, 32 bytes."


_INLINE = frozenset({"bdi", "time", "span", "q", "a", "code", "mark"})


@dataclass
class FakeHealth:
    """What is wrong just now, and how it runs."""

    reasons: dict[str, str] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def all(self) -> Mapping[str, str]:
        """Every reason."""
        return self.reasons


@dataclass(frozen=True, slots=True)
class Answered:
    """A door's answer, read."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def shown(self) -> str:
        """The text a reader sees, in one line."""
        return _shown(self.text)

    def fields(self, number: int = 0, action: str = "/press", label: str = "") -> dict[str, str]:
        """The hidden fields of a form with that action: the one whose button has `label`, or the `number`th."""
        forms = re.findall(rf'<form[^>]*action="{action}"[^>]*>(.*?)</form>', self.text, re.DOTALL)
        chosen = [form for form in forms if label in _shown(form)] if label else forms
        return _inputs(chosen[number])


class House:
    """`get` and `post` knock as a signed-in browser of `person` would ('' for a stranger)."""

    def __init__(self, public_url: str = "", people: Sequence[Teammate] = (ANA, BEN, GIL)) -> None:
        self.clock = FakeClock(NOON)
        self.roster = FakeRoster()
        self.notes = FakeNotes()
        self.health = FakeHealth()
        self.desk = FakeDesk()
        #: Conversations whose notes are over.
        self.over: set[str] = set()
        self.team = Team(people={one.id: one for one in people})
        self.room = WebRoom(
            roster=self.roster,
            sessions=self.roster,
            notes=self.notes,
            standing=self._standing,
            clock=self.clock,
            team=self._team,
            secret=SECRET,
            public_url=public_url,
            health=self.health,
        )
        self.routes = Routes(self.room.doors(self.desk.hear))

    async def _standing(self, notes: Sequence[Card]) -> Sequence[bool]:
        return [note.conversation not in self.over for note in notes]

    async def _team(self) -> Team:
        return self.team

    @property
    def now(self) -> Now:
        """The house's time."""
        return self.clock.at

    async def sign_in(self, person: str) -> Session:
        """A session, as a redeemed link would open it."""
        session = Session(id=f"session-{person}", person=person, csrf=f"csrf-{person}", until=NOON.replace(year=2027))
        await self.roster.bind(Handle(room="web", id=person), person)
        await self.roster.open_session(session)
        return session

    async def get(self, path: str, person: str = "ana", **headers: str) -> Answered:
        """One page."""
        return await self._knock("GET", path, b"", person, headers)

    async def post(
        self, path: str, fields: Mapping[str, str] | Sequence[tuple[str, str]], person: str = "ana", **headers: str
    ) -> Answered:
        """One form."""
        given = {"content-type": "application/x-www-form-urlencoded", "origin": "http://localhost:8420", **headers}
        return await self._knock("POST", path, urlencode(fields).encode(), person, given)

    async def _knock(self, method: str, target: str, body: bytes, person: str, headers: Mapping[str, str]) -> Answered:
        path, _, query = target.partition("?")
        found = self.routes.find(path)
        assert found is not None, f"no door at {path}"
        door = found.door(method)
        assert door is not None, f"no {method} at {path}"
        cookie = ""
        if person:
            cookie = f"coolhead={(await self.sign_in(person)).id}"
        given = {"host": "localhost:8420", **{name.replace("_", "-"): value for name, value in headers.items()}}
        given["cookie"] = "; ".join(part for part in (cookie, given.get("cookie", "")) if part)
        asked = dict(pair.split("=", 1) for pair in query.split("&") if "=" in pair)
        status, answered, content = await door.open(Knock(method, path, found.values, asked, given, body, "127.0.0.1"))
        assert isinstance(content, bytes)
        return Answered(status, answered, content.decode())

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Server]:
        """The same behind the real server."""
        async with serve(self.room.doors(self.desk.hear), "127.0.0.1", 0, calm=self.room.calm) as server:
            yield server


def _shown(markup: str) -> str:
    class Text(HTMLParser):
        parts: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.parts.append("" if tag in _INLINE else " ")

        def handle_endtag(self, tag: str) -> None:
            self.parts.append("" if tag in _INLINE else " ")

        def handle_data(self, data: str) -> None:
            self.parts.append(data)

    reader = Text()
    reader.parts = []
    reader.feed(markup)
    return " ".join("".join(reader.parts).split())


def _inputs(form: str) -> dict[str, str]:
    class Inputs(HTMLParser):
        found: dict[str, str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {name: value or "" for name, value in attrs}
            if tag == "input" and given.get("type") == "hidden":
                self.found[given["name"]] = given.get("value", "")

    reader = Inputs()
    reader.found = {}
    reader.feed(form)
    return reader.found
