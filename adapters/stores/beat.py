"""The last moment each machine was known to live, and what time the store has."""

from datetime import UTC, datetime, timedelta

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.script import Script
from bot.errors import StoreAway
from bot.nouns.time import Moment

_time = Script("time")
_EPOCH = datetime.fromtimestamp(0, UTC)
_KEPT = 7 * 24 * 3600  # seconds; no wait lasts longer than an hour


class RedisPulse:
    """The port Pulse. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def beat(self, moment: Moment) -> None:
        """This machine lives at `moment`."""
        self._store.require_space()
        async with away():
            await self._store.client.execute_command(
                "SET", self._keys.pulse(moment.boot), moment.model_dump_json(), "EX", _KEPT
            )

    async def last(self, boot: str) -> Moment | None:
        """The last beat of that boot; None for one that was never heard, or not within a week."""
        async with away():
            row = await self._store.client.execute_command("GET", self._keys.pulse(boot))
        return None if row is None else Moment.model_validate_json(row)


class StoreTime:
    """The store's own clock: that of the server which holds the team's keys."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys

    async def __call__(self) -> datetime:
        """Asked anew. Raises StoreAway."""
        match await _time(self._store.client, [self._keys.marker()]):
            case [bytes(seconds), bytes(micros)]:
                return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros))
            case _:
                raise StoreAway("The store does not tell its time.")
