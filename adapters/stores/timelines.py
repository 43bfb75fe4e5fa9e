"""Incidents, conversations and the team, and how they came to be: streams of lines, rows beside them."""

import json
from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from adapters.stores.append import append
from adapters.stores.away import ANSWER, away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.rows import fill, load, refs
from adapters.stores.script import Script
from adapters.stores.search import find, find_all
from adapters.stores.texts import refs_of, with_text
from adapters.stores.whole import WHOLE, whole_team
from bot.errors import StoreAway
from bot.nouns.base import Noun
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.record import Line
from bot.nouns.team import Team
from bot.nouns.view import View
from bot.ports import Appended, Change, Conflict, Fed, Fenced, Found, Query, Vault

N = TypeVar("N", bound=Noun)
_view = Script("view")
_AT_ONCE = 500  # entries of the feed that one call hands over


class RedisTimelines:
    """The port Timelines. Each method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys, vault: Vault) -> None:
        self._store = store
        self._keys = keys
        self._vault = vault

    async def view(self, incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = "") -> View:
        """The rows as they stood at one instant, with the incidents those conversations lie in, and their texts.

        What does not exist is left out. The contact of a handoff stays sealed: it takes a recorded press. That `command` was
        applied is told once every replica has it, like the append itself: until then it is StoreAway.
        """
        primary = self._store.primary.id
        rows, talks, applied = await self._rows(
            tuple(dict.fromkeys(incidents)), tuple(dict.fromkeys(conversations)), command
        )
        if applied and not self._store.embedded:
            await wait_replicas(self._store, self._keys, primary)
        team, *found = rows
        bare = View(
            team=_read(Team, [team])[0] if team is not None else Team(),
            incidents={row.id: row for row in _read(Incident, found)},
            conversations={row.id: row for row in _read(Conversation, talks)},
        )
        sought = refs((bare.team, *bare.incidents.values(), *bare.conversations.values()))
        opened = await self._vault.open_all(sought) if sought else {}
        return View(
            team=fill(bare.team, opened),
            incidents=fill(bare.incidents, opened),
            conversations=fill(bare.conversations, opened),
            applied=applied,
        )

    async def _rows(
        self, incidents: Sequence[str], conversations: Sequence[str], command: str
    ) -> tuple[Sequence[bytes | None], Sequence[bytes | None], bool]:
        """The rows of the team and the incidents, those of the conversations, and whether the command was applied."""
        rows = [self._keys.team_row(), *map(self._keys.incident, incidents)]
        talks = [*map(self._keys.conversation, conversations)]
        asked = [self._keys.commands(), *rows, *talks]
        match await _view(self._store.client, asked, [command, len(rows), self._keys.incident(""), WHOLE[-1]]):
            case [applied, [*found], [*told], [*more], mangled]:
                if mangled == 1:
                    found[0] = await whole_team(self._store, self._keys)
                return _rows([*found, *more]), _rows(told), applied == 1
            case _:
                raise StoreAway("The store gave an answer we do not know.")

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """All of `change`, or nothing. On disk when this returns, on every replica too."""
        return await append(self._store, self._keys, self._vault, change)

    async def events(
        self, incident: str, after: int = 0, limit: int = 500, without: Collection[str] = ()
    ) -> Sequence[Line]:
        """Lines of a timeline ('' the team's) in order, from version `after` + 1 on, with `text` and `salt`.

        Both are None where there is no text, where it was forgotten, and for a contact. Of these `limit` lines, those
        whose kind is in `without` are left out.
        """
        async with away():
            entries: Any = await self._store.client.xrange(
                self._keys.timeline(incident), min=f"{after + 1}-0", max="+", count=limit
            )
        left_out = tuple(f',"kind":"{kind}","mention":'.encode() for kind in without)  # no text holds a bare quote
        kept = (fields[b"line"] for _, fields in entries)
        lines: list[Line] = [json.loads(line) for line in kept if not any(each in line for each in left_out)]
        sought = refs_of(lines)
        opened = await self._vault.open_all(sought) if sought else {}
        return [with_text(line, opened) for line in lines]

    async def find(self, query: Query) -> Found:
        """A page of an index. With `q` it may be short, even empty, and still have an `after`."""
        return await find(self._store, self._keys, self._vault, query)

    async def find_all(self, queries: Sequence[Query]) -> Sequence[Found]:
        """A page for each, in their order, in one round trip; not all of one instant."""
        return await find_all(self._store, self._keys, self._vault, queries)

    async def feed(self, after: str, wait: float) -> Sequence[Fed]:
        """What was appended after the entry `after`, oldest first, at most 500; waits up to `wait` seconds for it.

        `after` '' asks where the feed stands: answered at once, by one entry without kinds whose id to go on from.
        Only about the newest 10,000 entries are kept; who comes later than that has to look at everything anew.
        """
        if not after:
            return [await self._newest()]
        block = max(1, round(wait * 1000)) if wait > 0 else None
        async with away(wait + ANSWER):
            answer: Any = await self._store.blocking.xread({self._keys.feed(): after}, count=_AT_ONCE, block=block)
        return [_fed(id, fields) for _, entries in answer or () for id, fields in entries]

    async def _newest(self) -> Fed:
        async with away():
            entries: Any = await self._store.client.xrevrange(self._keys.feed(), count=1)
        return Fed(id=entries[0][0].decode() if entries else "0-0", incident="", conversations=(), kinds=())


def _read(kind: type[N], rows: Sequence[bytes | None]) -> list[N]:
    return [load(kind, row) for row in rows if row is not None]


def _rows(answer: Sequence[object]) -> Sequence[bytes | None]:
    return [row if isinstance(row, bytes) else None for row in answer]


def _fed(id: bytes, fields: dict[bytes, bytes]) -> Fed:
    told = {name.decode(): value.decode() for name, value in fields.items()}
    return Fed(
        id=id.decode(),
        incident=told["incident"],
        conversations=tuple(told["conversations"].split("\n")) if told["conversations"] else (),
        kinds=tuple(told["kinds"].split("\n")),
    )
