"""Pages of an index. What moves while somebody reads on is neither the reader's end nor shown twice at its old place."""

from collections.abc import Sequence

from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.script import Call, Script
from bot.errors import StoreAway
from bot.ports import Found, Query, Vault

_find = Script("find")
_fronts = Script("fronts")
_RARE = 2_000  # finds of a search's rarest word that are sorted; more than that, and the index is walked
_WALK = 5_000  # places walked for one page
_MOST = 1_000  # ids a page may have


async def find(store: Store, keys: Keys, vault: Vault, query: Query) -> Found:
    """A page of at most 1,000. With `q` it may be short, even empty, and still have an `after`. Raises StoreAway."""
    return _found(await _find(store.client, *_call(keys, vault, query)))


async def find_all(store: Store, keys: Keys, vault: Vault, queries: Sequence[Query]) -> Sequence[Found]:
    """Such a page for each. All that only ask for the front of an index share one call. Raises StoreAway."""
    fronts = iter(await _all_fronts(store, keys, [query for query in queries if _front(query)]))
    calls = [_call(keys, vault, query) for query in queries if not _front(query)]
    others = iter(await _find.many(store.client, calls) if calls else [])
    return [_found(next(fronts if _front(query) else others)) for query in queries]


def _front(query: Query) -> bool:
    return not (query.q or query.after or query.rising) and query.since is None and query.until is None


async def _all_fronts(store: Store, keys: Keys, queries: Sequence[Query]) -> Sequence[object]:
    if not queries:
        return []
    match await _fronts(store.client, [keys.index(query.index) for query in queries], [*map(_limit, queries)]):
        case [*pages]:
            return pages
        case _:
            raise StoreAway("The store gave an answer we do not know.")


def _limit(query: Query) -> int:
    return max(1, min(query.limit, _MOST))


def _call(keys: Keys, vault: Vault, query: Query) -> Call:
    tokens = dict.fromkeys(vault.tokens(query.q)) if query.q else ()
    score, _, member = query.after.partition(":")
    args = (
        int(query.rising),
        _limit(query),
        score,
        member,
        "-inf" if query.since is None else repr(query.since),
        "+inf" if query.until is None else repr(query.until),
        _RARE,
        _WALK,
        query.index[:2],
        keys.conversation(""),
        keys.index("pile:"),
    )
    return [keys.index(query.index), *map(keys.token, tokens)], args


def _found(answer: object) -> Found:
    match answer:
        case [int(count), bytes(score_after), bytes(member_after), *members]:
            after = b"%b:%b" % (score_after, member_after) if score_after else b""
            ids = tuple(each.decode().removeprefix("i:") for each in members if isinstance(each, bytes))
            return Found(ids=ids, after=after.decode(), count=count)
        case _:
            raise StoreAway("The store gave an answer we do not know.")
