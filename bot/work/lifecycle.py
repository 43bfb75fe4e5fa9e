"""Running and stopping: every part as a task; Ctrl-C and SIGTERM are one drain."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from bot.errors import StoreAway
from bot.ports import Clock
from bot.work.health import Health

log = logging.getLogger("coolhead")

#: Everything stops within this, but for a send that is on the wire (DESIGN §9).
DRAIN = 2.0
#: How long a part that fell over rests before it is begun again; doubled each time up to the longest.
REST, LONGEST_REST = 0.5, 30.0

Part = Callable[[], Awaitable[None]]


async def keep_alive(name: str, part: Part, clock: Clock, health: Health) -> None:
    """Run `part` for ever: whatever befalls it is said in health, and it begins again."""
    rest = REST
    while True:
        began = (await _elapsed(clock)) or 0.0
        try:
            await part()
            return
        except StoreAway:
            health.trouble(name, "It waits for the store.")
        except Exception as error:  # one part's fault must not stop the house; its words stay out of the log
            log.error("%s fell over: %s", name, type(error).__name__, exc_info=log.isEnabledFor(logging.DEBUG))
            health.trouble(name, f"It fell over ({type(error).__name__}) and begins again.")
        lived = ((await _elapsed(clock)) or 0.0) - began
        rest = REST if lived > LONGEST_REST else min(rest * 2, LONGEST_REST)
        await clock.sleep(rest)
        health.well(name)


async def _elapsed(clock: Clock) -> float | None:
    try:
        return (await clock.now()).elapsed
    except StoreAway:
        return None


async def live(parts: Mapping[str, Part], clock: Clock, health: Health, stop: asyncio.Event) -> None:
    """Run every part until `stop`, then end them together within the drain; a send on the wire ends itself first."""
    tasks = {asyncio.create_task(keep_alive(name, part, clock, health), name=name) for name, part in parts.items()}
    try:
        await stop.wait()
    finally:
        for task in tasks:
            task.cancel()
        _, late = await asyncio.wait(tasks, timeout=DRAIN)
        if late:
            await asyncio.wait(late)  # only the outbox waits this long, and only up to its socket deadline
