"""Who a handle is, sessions, and links that let somebody in once.

Of a link's token and a session's id only a hash is kept: who reads the store cannot sign in with it. Times are
compared with the time that is handed in; the store's own expiry only tidies up, a day later.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.script import Script
from bot.nouns.team import Handle
from bot.ports import Session

_redeem = Script("redeem")
_TIDY = timedelta(days=1)


class RedisRoster:
    """The ports Roster and Sessions. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def person(self, handle: Handle) -> str:
        """The id of the person behind a handle; '' for a stranger."""
        async with away():
            found = await self._store.client.execute_command("HGET", self._keys.handles(), _field(handle))
        return "" if found is None else str(found.decode())

    async def bind(self, handle: Handle, person: str) -> None:
        """From now on that handle is this person."""
        self._store.require_space()
        async with away():
            await self._store.client.execute_command("SADD", self._keys.handles_of(person), _field(handle))
            await self._store.client.execute_command("HSET", self._keys.handles(), _field(handle), person)

    async def handles(self, person: str) -> Sequence[Handle]:
        """Every handle that is this person's, by room and id."""
        async with away():
            ever = await self._store.client.execute_command("SMEMBERS", self._keys.handles_of(person))
            names = sorted(each.decode() for each in ever)
            if not names:
                return ()
            whose = await self._store.client.execute_command("HMGET", self._keys.handles(), *names)
        pairs = zip(names, whose, strict=True)
        return [_handle(name) for name, one in pairs if one is not None and one.decode() == person]

    async def invite(self, token: str, person: str, until: datetime) -> None:
        """Whoever brings `token` before `until` is this person, once."""
        self._store.require_space()
        row = json.dumps({"person": person, "until": until.isoformat()})
        async with away():
            await self._store.client.execute_command(
                "SET", self._keys.invite(_hash(token)), row, "EXAT", _tidied(until)
            )

    async def redeem(self, token: str, now: datetime) -> str:
        """The invited person; '' for a link that is unknown, used or over. It is used up in any case."""
        self._store.require_space()
        match await _redeem(self._store.client, [self._keys.invite(_hash(token))]):
            case bytes(row):
                held = json.loads(row)
                return str(held["person"]) if now < datetime.fromisoformat(held["until"]) else ""
            case _:
                return ""

    async def open_session(self, session: Session) -> None:
        """Somebody is signed in from here."""
        self._store.require_space()
        row = session.model_dump_json(exclude={"id"})
        async with away():
            await self._store.client.execute_command(
                "SET", self._keys.session(_hash(session.id)), row, "EXAT", _tidied(session.until)
            )

    async def session(self, id: str, now: datetime) -> Session | None:
        """The session of that id, unless it is over."""
        async with away():
            row = await self._store.client.execute_command("GET", self._keys.session(_hash(id)))
        if row is None:
            return None
        found = Session.model_validate(json.loads(row) | {"id": id})
        return found if now < found.until else None

    async def end_session(self, id: str) -> None:
        """Signed out."""
        async with away():
            await self._store.client.execute_command("DEL", self._keys.session(_hash(id)))


def _field(handle: Handle) -> str:
    return json.dumps([handle.room, handle.id])


def _handle(field: str) -> Handle:
    room, id = json.loads(field)
    return Handle(room=room, id=id)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _tidied(until: datetime) -> int:
    return int((until + _TIDY).timestamp())
