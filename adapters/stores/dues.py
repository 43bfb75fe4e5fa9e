"""What becomes due. Written by the append; taken with a lease, so that what a dead process took is taken again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.instants import instant, micros
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.script import Argument, Script
from bot.errors import StoreAway
from bot.ports import Taken

_take = Script("take_due")
_drop = Script("drop_due")
_anew = Script("anew_due")
#: So many are made free in one step, so that nobody waits for the others.
_PAGE = 1_000


class RedisDues:
    """The port Dues. Each method raises StoreAway. The time is handed in; the store's own is never asked."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store = store
        self._keys = keys
        self._due = [keys.due(), keys.due_at()]
        self._primary = ""  # who was in charge when something was taken

    async def take(self, now: datetime, limit: int = 64, lease: float = 15.0) -> Sequence[Taken]:
        """At most `limit` of what is due at `now`, earliest first; nobody else is given them for `lease` seconds."""
        self._store.require_space()
        self._primary = self._store.primary.id
        until = micros(now + timedelta(seconds=lease))
        match await _take(self._store.client, self._due, [micros(now), limit, until]):
            case list(answer):
                members, times = answer[::2], answer[1::2]
                return [_taken(member, at) for member, at in zip(members, times, strict=True)]
            case _:
                raise StoreAway("The store gave an answer we do not know.")

    async def done(self, taken: Sequence[Taken]) -> None:
        """They are gone, unless they are due at another time meanwhile. StoreAway, too, where another server has taken over
        since: what came of them may be lost, and they are due there still.
        """
        if not taken:
            return
        self._store.require_space()
        if not self._store.embedded:
            await wait_replicas(self._store, self._keys, self._primary)
        args: list[Argument] = []
        for one in taken:
            args += [f"{one.conversation} {one.what}", micros(one.at)]
        await _drop(self._store.client, self._due, args)

    async def anew(self) -> None:
        """What was taken and is not done may be taken again at once: whoever had it in hand has forgotten it."""
        self._store.require_space()
        async with away():
            members = [name async for name in self._store.client.hscan_iter(self._due[1], count=_PAGE)]
        for first in range(0, len(members), _PAGE):
            await _anew(self._store.client, self._due, [name for name, _ in members[first : first + _PAGE]])

    async def next(self) -> datetime | None:
        """When something can be taken next; None where nothing waits."""
        async with away():
            first = await self._store.client.zrange(self._due[0], 0, 0, withscores=True)
        return instant(int(first[0][1])) if first else None


def _taken(member: bytes, at: bytes) -> Taken:
    conversation, _, what = member.decode().partition(" ")
    return Taken(conversation=conversation, what=what, at=instant(int(at)))
