"""A process that uses the embedded store: `python -m tests.adapters.stores.user FOLDER`.

Prints the server's run id and process id once it is in; leaves when its standard input ends.
"""

import asyncio
import sys
from pathlib import Path

from adapters.stores.connect import connect


async def use(folder: Path) -> None:
    """In, until told to leave."""
    async with connect(None, folder) as store:
        server = await store.client.info("server")
        print(server["run_id"], server["process_id"], flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(use(Path(sys.argv[1])))
