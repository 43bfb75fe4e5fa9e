"""Running and stopping: every part as a task; Ctrl-C and SIGTERM are one drain."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from math import nan

from bot.errors import StoreAway
from bot.faults import where
from bot.ports import Clock
from bot.rules.send import SOCKET_DEADLINE
from bot.work.health import STOPPING, Health
from bot.work.waiting import first

log = logging.getLogger("coolhead")

#: Everything stops within this, but for a send that is on the wire (DESIGN §9).
DRAIN = 2.0
#: How much longer a send on the wire is waited for: the rest of its socket deadline, and its result written down.
ON_THE_WIRE = SOCKET_DEADLINE.total_seconds()
#: How long a part that fell over rests before it is begun again; doubled each time up to the longest.
REST, LONGEST_REST = 0.5, 30.0

Part = Callable[[], Awaitable[None]]


def log_fall(what: str, error: Exception) -> None:
    """Log what sort of fault it was and where. Its words may be a customer's, so no level writes them."""
    log.error("%s fell over: %s", what, where(error))


async def keep_alive(name: str, part: Part, clock: Clock, health: Health) -> None:
    """Run `part` until it is done: whatever befalls it meanwhile is said in health, and it begins again."""
    rest = REST
    while True:
        began = await _elapsed(clock)
        try:
            await part()
            return
        except StoreAway:
            health.trouble(name, "It waits for the store.")
        except Exception as error:  # one part's fault must not stop the house
            log_fall(name, error)
            health.trouble(name, f"It fell over ({type(error).__name__}) and begins again.")
        if await _elapsed(clock) - began > LONGEST_REST:
            rest = REST
        await clock.sleep(rest)
        rest = min(rest * 2, LONGEST_REST)
        health.well(name)


async def _elapsed(clock: Clock) -> float:
    try:
        return (await clock.now()).elapsed
    except StoreAway:
        return nan  # how long it lived is not known then, and it rests longer


async def live(parts: Mapping[str, Part], clock: Clock, health: Health, stop: asyncio.Event) -> None:
    """Run every part until `stop`, then end them together within the drain; a send on the wire ends itself first."""
    tasks = [asyncio.create_task(keep_alive(name, part, clock, health), name=name) for name, part in parts.items()]
    try:
        await stop.wait()
    finally:
        health.trouble(STOPPING, "It is stopping. Please ask another replica.")
        for task in tasks:
            task.cancel()
        for patience in (DRAIN, ON_THE_WIRE):
            if late := {task for task in tasks if not task.done()}:
                await first(asyncio.wait(late), clock.sleep(patience))
        for task in tasks:
            if not task.done():
                log.warning("%s did not stop in time.", task.get_name())
