"""Every replica writes down now and then that its machine lives: that proves to any other how much time has passed there."""

from bot.ports import Clock, Pulse

#: Seconds between two signs of life. A wait that another machine has to count again costs no more than that.
BEAT = 5.0


class Alive:
    """`run` runs on every replica; those of one machine write the same."""

    def __init__(self, *, pulse: Pulse, clock: Clock) -> None:
        self._pulse = pulse
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled. Raises StoreAway."""
        while True:
            await self._pulse.beat((await self._clock.now()).moment)
            await self._clock.sleep(BEAT)
