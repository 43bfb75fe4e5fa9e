"""Timelines, whereabouts, dues and threads in memory. They keep the contract of the real ones (tests/contracts/stores)."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from adapters.stores import touched
from adapters.stores.rows import dump, fill, load, own, refs
from adapters.stores.texts import refs_of, with_text
from bot.errors import StoreAway
from bot.nouns.base import Noun
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.mention import MentionKey
from bot.nouns.record import Line
from bot.nouns.team import Place, Team
from bot.nouns.view import View
from bot.ports import Appended, Change, Conflict, Fed, Fenced, Found, LineRef, Query, Taken, ThreadRef
from tests.fakes.vault import FakeVault

N = TypeVar("N", bound=Noun)
_PAGE = 500


@dataclass
class _Due:
    at: datetime
    take: datetime


class FakeTimelines:
    """The port Timelines. `away`: every call fails as if the store were gone. What was appended lies in `changes`."""

    def __init__(self, vault: FakeVault | None = None) -> None:
        self.vault = vault or FakeVault()
        self.away = False
        self.changes: list[Change] = []
        self.rows: dict[str, bytes] = {}
        self.lines: dict[str, list[str]] = defaultdict(list)
        self.where: dict[MentionKey, str] = {}
        self.occasions: dict[MentionKey, str] = {}
        self.places: dict[str, dict[str, float]] = {}
        self.dues: dict[tuple[str, str], _Due] = {}
        self._standing_in: dict[str, dict[str, float]] = defaultdict(dict)
        self._due_of: dict[str, set[str]] = defaultdict(set)
        self.fed: list[Fed] = []
        self._found: list[touched.Finding] = []
        self._sender = 0
        self._commands: set[str] = set()
        self._news = asyncio.Event()

    def require(self) -> None:
        """Raise StoreAway while it is away."""
        if self.away:
            raise StoreAway("The store does not answer.")

    # -- reading

    async def view(self, incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = "") -> View:
        """Rows with their texts, and the incidents of the conversations asked for."""
        self.require()
        talks = {name: row for name in conversations if (row := self._row(Conversation, name))}
        names = dict.fromkeys([*incidents, *(row.incident for row in talks.values())])
        found = {name: whole for name in names if (whole := self._row(Incident, f"i:{name}"))}
        team = self._row(Team, "team") or Team()
        opened = await self.vault.open_all(refs((team, *found.values(), *talks.values())))
        return View(
            team=fill(team, opened),
            incidents=fill(found, opened),
            conversations=fill(talks, opened),
            applied=command in self._commands,
        )

    def _row(self, kind: type[N], name: str) -> N | None:
        return load(kind, self.rows[name]) if name in self.rows else None

    async def events(
        self, incident: str, after: int = 0, limit: int = 500, without: Collection[str] = ()
    ) -> Sequence[Line]:
        """Lines with text and salt."""
        self.require()
        read: list[Line] = [json.loads(line) for line in self.lines[incident][after : after + limit]]
        lines = [line for line in read if line["kind"] not in without]
        opened = await self.vault.open_all(refs_of(lines))
        return [with_text(line, opened) for line in lines]

    async def find(self, query: Query) -> Found:
        """A page of an index."""
        self.require()
        stand = [(score, name) for name, score in self._standing_in[query.index].items()]
        stand.sort(reverse=not query.rising)
        wanted = [
            (score, name)
            for score, name in stand
            if (query.since is None or score >= query.since)
            and (query.until is None or score <= query.until)
            and self._holds(name, self.vault.tokens(query.q))
        ]
        if query.after:
            text, _, last = query.after.partition(":")
            past = (float(text), last)
            wanted = [one for one in wanted if (one > past if query.rising else one < past)]
        page = wanted[: query.limit]
        after = f"{page[-1][0]!r}:{page[-1][1]}" if len(wanted) > len(page) else ""
        return Found(ids=tuple(name.removeprefix("i:") for _, name in page), after=after, count=len(stand))

    async def find_all(self, queries: Sequence[Query]) -> Sequence[Found]:
        """Many pages at once."""
        return [await self.find(query) for query in queries]

    def _holds(self, name: str, tokens: Sequence[str]) -> bool:
        pile = f"pile:{name.removeprefix('i:')}"
        inside = list(self._standing_in[pile]) if name.startswith("i:") else []
        return any(all(self._finds(token, member) for token in tokens) for member in (name, *inside))

    def _finds(self, token: str, member: str) -> bool:
        return any(token in f.tokens and member in f.members and f.person in self.vault.rows for f in self._found)

    async def feed(self, after: str, wait: float) -> Sequence[Fed]:
        """What was appended after `after`; `wait` seconds at most until there is something."""
        self.require()
        if not after:
            return [Fed(id=self.fed[-1].id if self.fed else "0-0", incident="", conversations=(), kinds=())]
        if not (news := self._since(after)) and wait > 0:
            self._news.clear()
            try:
                async with asyncio.timeout(wait):  # wait_for may swallow a cancellation before Python 3.12
                    await self._news.wait()
            except TimeoutError:
                return []
            news = self._since(after)
        return news[:_PAGE]

    def _since(self, after: str) -> list[Fed]:
        return self.fed[int(after.partition("-")[0]) :]

    # -- writing

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """All of it or nothing."""
        self.require()
        touched.require_whole(change)
        if change.command in self._commands:
            return Appended(again=True)
        if any(touched.standing(change, name) != self._standing(name) for name in change.lines):
            return Conflict()
        if which := self._fenced(change):
            return Fenced(which=which)
        self._apply(change)
        return Appended()

    def _standing(self, name: str) -> tuple[int, str]:
        row: Incident | Team | None = self._row(Incident, f"i:{name}") if name else self._row(Team, "team")
        return (row.version, row.head) if row is not None else (0, "")

    def _fenced(self, change: Change) -> str:
        asked, team = touched.fences(change), self._row(Team, "team") or Team()
        if "team" in asked and team.version != change.before.team.version:
            return "team"
        if "hold" in asked and team.holds != change.before.team.holds:
            return "hold"
        if "sender" in asked and (change.sender is None or change.sender < self._sender):
            return "sender"
        arriving = touched.arriving(change)
        if "mention" in asked and (len(set(arriving)) < len(arriving) or any(key in self.where for key in arriving)):
            return "mention"
        return ""

    def _apply(self, change: Change) -> None:
        self._commands.add(change.command)
        self.changes.append(change)
        self.vault.keep(*change.sealed)
        if "sender" in touched.fences(change) and change.sender is not None:
            self._sender = change.sender
        for name, lines in change.lines.items():
            self.lines[name] += [json.dumps(line) for line in lines]
        if "" in change.lines:
            self.rows["team"] = dump(own(change.team)).encode()
        self.rows |= {f"i:{name}": dump(row).encode() for name, row in change.incidents.items()}
        self.rows |= {name: dump(row).encode() for name, row in change.conversations.items()}
        self.where |= dict(touched.lies(change))
        self.occasions |= dict(touched.occasions(change))
        for name, at in change.positions.items():
            self._stand(name, dict(at))
        self._found += touched.searchable(change)
        for name, dues in change.dues.items():
            self._fall_due(name, {due.what: due.at for due in dues})
        for incident, conversations, kinds in touched.told(change):
            id = f"{len(self.fed) + 1}-0"
            self.fed.append(Fed(id=id, incident=incident, conversations=conversations, kinds=kinds))
        self._news.set()

    def _stand(self, name: str, at: dict[str, float]) -> None:
        for index in self.places.get(name, {}):
            del self._standing_in[index][name]
        for index, score in at.items():
            self._standing_in[index][name] = score
        self.places[name] = at

    def _fall_due(self, name: str, dues: Mapping[str, datetime]) -> None:
        for what in self._due_of[name] - dues.keys():
            self.dues.pop((name, what), None)
        self._due_of[name] = set(dues)
        for what, at in dues.items():
            if (name, what) not in self.dues or self.dues[name, what].at != at:
                self.dues[name, what] = _Due(at, at)


class FakeWhereabouts:
    """The port Whereabouts, over the same memory."""

    def __init__(self, timelines: FakeTimelines) -> None:
        self._timelines = timelines

    async def mentions(self, keys: Sequence[MentionKey]) -> Mapping[MentionKey, str]:
        """Those that lie somewhere."""
        self._timelines.require()
        return {key: self._timelines.where[key] for key in keys if key in self._timelines.where}

    async def occasion(self, key: MentionKey) -> str:
        """The incident about a post of ours, wherever it was merged to."""
        self._timelines.require()
        incident = self._timelines.occasions.get(key, "")
        while incident:
            row = load(Incident, self._timelines.rows[f"i:{incident}"])
            if not row.merged_into:
                break
            incident = row.merged_into
        return incident


class FakeDues:
    """The port Dues, over the same memory."""

    def __init__(self, timelines: FakeTimelines) -> None:
        self._timelines = timelines

    async def take(self, now: datetime, limit: int = 64, lease: float = 15.0) -> Sequence[Taken]:
        """What is due, earliest first."""
        self._timelines.require()
        waiting = sorted((due.take, key) for key, due in self._timelines.dues.items() if due.take <= now)
        for _, key in waiting[:limit]:
            self._timelines.dues[key].take = now + timedelta(seconds=lease)
        return [Taken(conversation=c, what=w, at=self._timelines.dues[c, w].at) for _, (c, w) in waiting[:limit]]

    async def done(self, taken: Sequence[Taken]) -> None:
        """Gone, unless it changed."""
        self._timelines.require()
        for one in taken:
            due = self._timelines.dues.get((one.conversation, one.what))
            if due is not None and due.at == one.at:
                del self._timelines.dues[one.conversation, one.what]

    async def anew(self) -> None:
        """Nobody has any of it in hand."""
        self._timelines.require()
        for due in self._timelines.dues.values():
            due.take = due.at

    async def next(self) -> datetime | None:
        """When something can be taken next."""
        self._timelines.require()
        return min((due.take for due in self._timelines.dues.values()), default=None)


class FakeThreads:
    """The port Threads. `lines` holds where each line was said."""

    def __init__(self) -> None:
        self._threads: dict[str, dict[tuple[str, str], tuple[Place, ThreadRef, int]]] = defaultdict(dict)
        self.lines: dict[str, LineRef] = {}

    async def get(self, incident: str) -> Mapping[Place, tuple[ThreadRef, int]]:
        """Each place with its thread and the version it shows."""
        return {place: (ref, painted) for place, ref, painted in self._threads[incident].values()}

    async def put(self, incident: str, place: Place, ref: ThreadRef, painted: int) -> None:
        """A thread stands there; an older version of the same thread changes nothing."""
        known = self._threads[incident].get((place.room, place.id))
        if known is None or known[1] != ref or known[2] < painted:
            self._threads[incident][place.room, place.id] = (place, ref, painted)

    async def said(self, key: str) -> bool:
        """Whether that line was said."""
        return key in self.lines

    async def where_said(self, key: str) -> LineRef | None:
        """Where it was."""
        return self.lines.get(key)

    async def mark_said(self, key: str, ref: LineRef) -> None:
        """It was."""
        self.lines[key] = ref
