"""For commands that work on the store: it is opened, and said where nothing is in it."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from bot import settings as configuration
from bot.errors import WrongUse


def in_house(body: Callable[[Any], Coroutine[Any, Any, int]], *, empty: bool = True) -> int:
    """Run `body(house)` with the store open. Where no Coolhead has run on it yet, that is said, for another one was meant most
    likely; raises WrongUse then if `empty` is False.
    """
    from bot.__main__ import open_house  # late: `flag` and `caution` need none of it

    async def opened() -> int:
        async with open_house(configuration.read()) as house:
            match await house.unused():
                case (what, fix) if empty:
                    print(what, fix, file=sys.stderr)
                case (what, fix):
                    raise WrongUse(f"{what} {fix}")
            return await body(house)

    return asyncio.run(opened())
