"""A Lua script that lies beside this file in lua/, run in one step on the server."""

from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path

from redis.exceptions import NoScriptError

from adapters.stores.away import away
from adapters.stores.connect import Client

_HOME = Path(__file__).parent / "lua"

Argument = str | bytes | int | float
#: KEYS and ARGV of one call.
Call = tuple[Sequence[str], Sequence[Argument]]


class Script:
    """`Script("take_lease")` reads lua/take_lease.lua. It is named by its content, so two versions of the product
    can work on one store side by side, and a server that does not know it yet is handed it once.
    """

    def __init__(self, name: str) -> None:
        self.source = (_HOME / f"{name}.lua").read_text(encoding="utf-8")
        self.digest = sha1(self.source.encode(), usedforsecurity=False).hexdigest()

    async def __call__(self, client: Client, keys: Sequence[str], args: Sequence[Argument] = ()) -> object:
        """What the script returns: int, bytes, None, or a list of these.

        Every key must carry the same hash tag. Raises StoreAway; then it may or may not have run.
        """
        async with away():
            try:
                return await client.execute_command("EVALSHA", self.digest, len(keys), *keys, *args)
            except NoScriptError:  # told before anything ran, so sending it again repeats nothing
                return await client.execute_command("EVAL", self.source, len(keys), *keys, *args)

    async def many(self, client: Client, calls: Sequence[Call]) -> Sequence[object]:
        """What it returns to each of these calls, in their order, in one round trip: for a script that only reads.

        Raises StoreAway.
        """
        async with away():
            try:
                return await self._piped(client, calls, "EVALSHA", self.digest)
            except NoScriptError:  # some of them may have been answered, and reading again changes nothing
                return await self._piped(client, calls, "EVAL", self.source)

    async def _piped(self, client: Client, calls: Sequence[Call], command: str, script: str) -> Sequence[object]:
        async with client.pipeline(transaction=False) as pipe:
            for keys, args in calls:
                pipe.execute_command(command, script, len(keys), *keys, *args)
            answers: Sequence[object] = await pipe.execute()
            return answers
