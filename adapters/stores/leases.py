"""Leases: who does the work that only one may do, by the store's own clock."""

from adapters.stores.connect import Client
from adapters.stores.keys import Keys
from adapters.stores.script import Script

_take = Script("take_lease")
_keep = Script("keep_lease")
_drop = Script("drop_lease")


class RedisLeases:
    """The port Leases. `name` is the work ("sorter"), `holder` whoever asks; times are milliseconds.

    The epoch is the fence: it grows by one with every taking and never falls, so a write that carries it can be
    refused when it comes late. Each method raises StoreAway.
    """

    def __init__(self, client: Client, keys: Keys) -> None:
        self._client = client
        self._keys = keys

    async def take(self, name: str, holder: str, ttl_ms: int) -> int | None:
        """The new epoch, or None while another holds it. Taking what one holds already begins a new epoch."""
        match await _take(self._client, [self._keys.lease(name)], [holder, ttl_ms]):
            case int(epoch):
                return epoch
            case _:
                return None

    async def keep(self, name: str, holder: str, epoch: int, ttl_ms: int) -> bool:
        """Whether it is still held; it then lasts `ttl_ms` from now. After False: stop, and take it anew."""
        return await _keep(self._client, [self._keys.lease(name)], [holder, epoch, ttl_ms]) == 1

    async def drop(self, name: str, holder: str, epoch: int) -> None:
        """Give it back at once. One that is no longer ours is left alone."""
        await _drop(self._client, [self._keys.lease(name)], [holder, epoch])
