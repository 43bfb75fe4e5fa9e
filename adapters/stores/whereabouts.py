"""Where a mention, or a post of ours, lies. Written by the append; ids are keyed hashes."""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from bot.nouns.mention import MentionKey
from bot.ports import Vault

_AT_ONCE = 1_000
_MERGES = 64  # more merges in a row than anybody makes


class RedisWhereabouts:
    """The port Whereabouts. Each method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys, vault: Vault) -> None:
        self._store = store
        self._keys = keys
        self._vault = vault

    async def mentions(self, keys: Sequence[MentionKey]) -> Mapping[MentionKey, str]:
        """The conversation of each mention, and of each post of ours, that lies in one."""
        found: dict[MentionKey, str] = {}
        for begin in range(0, len(keys), _AT_ONCE):
            asked = keys[begin : begin + _AT_ONCE]
            async with away():
                refs = [self._vault.mention_ref(key) for key in asked]
                lies: Any = await self._store.client.hmget(self._keys.where(), refs)
            found |= {key: name.decode() for key, name in zip(asked, lies, strict=True) if name is not None}
        return found

    async def occasion(self, key: MentionKey) -> str:
        """The incident about this post of ours, wherever it was merged to; '' where there is none."""
        async with away():
            answer: Any = await self._store.client.hget(self._keys.occasions(), self._vault.mention_ref(key))
            incident = answer.decode() if answer else ""
            for _ in range(_MERGES):
                into: Any = incident and await self._store.client.hget(self._keys.incident(incident), "into")
                if not into:
                    break
                incident = into.decode()
        return incident
