"""Work that only one may do: it runs while a lease is held, and stops at once when the lease is lost."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from bot.errors import StoreAway
from bot.ports import Clock, Leases
from bot.work.waiting import first, heard, outlast

#: A dead process gives its work up after so long; a living one renews three times as often.
LEASE_MS = 3000
RENEW = 1.0
#: How long to wait before a lease is asked for again, or a store that was away.
PATIENCE = 0.5

Body = Callable[[int], Awaitable[None]]


async def alone(name: str, holder: str, leases: Leases, clock: Clock, body: Body, *, stays: bool = False) -> None:
    """Run `body(epoch)` whenever the lease `name` is ours, until cancelled. The store may go away and come back.

    `stays`: it goes on while the store is away. Nobody can take it over there and then, and whoever it answers is to be
    told that nothing is saved. With the store it goes on, in the middle of a press too, unless another has come; so it is
    for work that makes nothing of its epoch. For what writes to the world a lease that nobody can prove is none.
    """
    while True:
        with contextlib.suppress(StoreAway):  # health says so; nothing is lost by waiting
            epoch = await leases.take(name, holder, LEASE_MS)
            if epoch is not None:
                await _while_held(name, holder, epoch, leases, clock, body, stays=stays)
        await clock.sleep(PATIENCE)


async def _while_held(
    name: str, holder: str, epoch: int, leases: Leases, clock: Clock, body: Body, *, stays: bool
) -> None:
    work = asyncio.ensure_future(body(epoch))
    try:
        while await _goes_on(work, clock):
            try:
                if not await leases.keep(name, holder, epoch, LEASE_MS):
                    again = await leases.take(name, holder, LEASE_MS) if stays else None
                    if again is None:
                        return
                    epoch = again  # it ran out while the store was away, and nobody else came
            except StoreAway:
                if not stays:
                    raise
        await work
    finally:
        await _stop(work)
        with contextlib.suppress(StoreAway):  # it runs out by itself
            await leases.drop(name, holder, epoch)


async def _goes_on(work: asyncio.Future[None], clock: Clock) -> bool:
    await first(asyncio.wait({work}), clock.sleep(RENEW))
    return not work.done()


async def _stop(work: asyncio.Future[None]) -> None:
    """End it and wait for that: a send on the wire takes its time (DESIGN §9)."""
    work.cancel()
    work.add_done_callback(heard)
    await outlast(asyncio.ensure_future(asyncio.wait({work})))
