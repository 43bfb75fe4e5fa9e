"""The ports of the store that a running house works with."""

from adapters.stores.anchors import RedisAnchors
from adapters.stores.beat import RedisPulse
from adapters.stores.dues import RedisDues
from adapters.stores.house import House
from adapters.stores.inbox import RedisInbox
from adapters.stores.rhythms import RedisRhythms
from adapters.stores.threads import RedisThreads
from adapters.stores.whereabouts import RedisWhereabouts
from bot.work.means import Stores


def at_work(house: House) -> Stores:
    """All of them, over one open store."""
    store, keys, vault = house.store, house.keys, house.vault
    return Stores(
        act=house.act,
        forgetting=house.forgetting(),
        timelines=house.timelines,
        whereabouts=RedisWhereabouts(store, keys, vault),
        inbox=RedisInbox(store, keys, vault, house.clock),
        asides=house.asides,
        dues=RedisDues(store, keys),
        rhythms=RedisRhythms(store, keys),
        threads=RedisThreads(store, keys),
        anchors=RedisAnchors(store, keys),
        pulse=RedisPulse(store, keys),
        roster=house.roster,
        sessions=house.roster,
        leases=house.leases,
        vault=vault,
    )
