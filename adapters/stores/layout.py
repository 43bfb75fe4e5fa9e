"""Which layout a store has. The first who opens an empty store settles it; everybody else, of whichever version, keeps it.

So two versions of the product can work on one store side by side, and nothing ever has to be migrated.
"""

from adapters.stores.connect import Store
from adapters.stores.crypt import Secrets
from adapters.stores.hashes import NEWEST, Layout
from adapters.stores.keys import Keys
from adapters.stores.script import Script
from adapters.stores.vault import RedisVault
from bot.errors import StoreAway, StoreUnsafe

_layout = Script("layout")


async def settled(store: Store, keys: Keys, secrets: Secrets) -> Layout:
    """The layout of this store, after beginning it where it is empty.

    A new store's first key is written so that 0.1.0, which knows one layout only and would hash otherwise, refuses the
    store at its start. Raises StoreUnsafe for a layout of a version to come, and StoreAway.
    """
    store.require_space()
    first = secrets.fenced(secrets.new_key(RedisVault.team).wrapped)
    asked = [keys.layout(), keys.person(RedisVault.team), keys.team_row()]
    match await _layout(store.client, asked, [int(NEWEST), first]):
        case bytes(told) if told.isdigit():
            return _known(int(told))
        case _:
            raise StoreAway("The store gave an answer we do not know.")


def _known(number: int) -> Layout:
    try:
        return Layout(number)
    except ValueError:
        raise StoreUnsafe(
            f"This store was begun by a newer version of Coolhead: its layout is {number}, and this version knows them "
            f"up to {int(NEWEST)}. Nothing was changed. Run the newer version on it, or name another store."
        ) from None
