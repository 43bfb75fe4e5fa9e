"""Work that only one may do: it runs while a lease is held, and stops at once when the lease is lost."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from bot.errors import StoreAway
from bot.ports import Clock, Leases

#: A dead process gives its work up after so long; a living one renews three times as often.
LEASE_MS = 3000
RENEW = 1.0
#: How long to wait before a lease is asked for again, or a store that was away.
PATIENCE = 0.5


async def alone(name: str, holder: str, leases: Leases, clock: Clock, body: Callable[[int], Awaitable[None]]) -> None:
    """Run `body(epoch)` whenever the lease `name` is ours, until cancelled. The store may go away and come back."""
    while True:
        try:
            epoch = await leases.take(name, holder, LEASE_MS)
            if epoch is not None:
                await _while_held(name, holder, epoch, leases, clock, body)
        except StoreAway:
            pass  # health says so; nothing is lost by waiting
        await clock.sleep(PATIENCE)


async def _while_held(
    name: str,
    holder: str,
    epoch: int,
    leases: Leases,
    clock: Clock,
    body: Callable[[int], Awaitable[None]],
) -> None:
    work = asyncio.ensure_future(body(epoch))
    try:
        while not work.done():
            await asyncio.wait({work, nap := asyncio.ensure_future(clock.sleep(RENEW))}, return_when="FIRST_COMPLETED")
            nap.cancel()
            if not work.done() and not await leases.keep(name, holder, epoch, LEASE_MS):
                return
        await work
    finally:
        await _stop(work)
        await _give_back(name, holder, epoch, leases)


async def _stop(work: asyncio.Future[None]) -> None:
    work.cancel()
    await asyncio.wait({work})
    if not work.cancelled():
        work.exception()  # asked for, so that it is not reported a second time


async def _give_back(name: str, holder: str, epoch: int, leases: Leases) -> None:
    with contextlib.suppress(StoreAway):  # it runs out by itself
        await leases.drop(name, holder, epoch)
