"""What the contracts of the store's ports share: one server of each kind, and the houses over them."""

from tests.contracts.stores.house import house
from tests.contracts.stores.post_room import room
from tests.servers import cluster_url, redis_url, store_url, team, valkey_url

__all__ = ["cluster_url", "house", "redis_url", "room", "store_url", "team", "valkey_url"]
