"""The caretaker: what has to be looked after now and then, once a team. Sources that go quiet, people who left, people
who asked to be forgotten."""

from bot.ports import Clock
from bot.work.act import Act
from bot.work.departures import Departures
from bot.work.forgetting import Forgetting
from bot.work.health import Health
from bot.work.quiet import LOOK, Quiet

#: Seconds between two looks at the team.
NAP = 2.0
#: Seconds until those who left are looked after anew, though the team did not change.
AGAIN = 60.0


class Caretaker:
    """`run` is singleton work; whatever it does may be done twice without effect."""

    def __init__(
        self,
        *,
        act: Act,
        quiet: Quiet,
        departures: Departures,
        forgetting: Forgetting,
        clock: Clock,
        health: Health,
    ) -> None:
        self._act = act
        self._quiet = quiet
        self._departures = departures
        self._forgetting = forgetting
        self._clock = clock
        self._health = health
        self._version = -1
        self._departed_at = self._looked_at = float("-inf")

    async def run(self, epoch: int) -> None:
        """Look after everything until cancelled."""
        del epoch  # every command is decided anew, so a late one changes nothing
        self._version, self._departed_at, self._looked_at = -1, float("-inf"), float("-inf")
        while True:
            await self.look()
            await self._clock.sleep(NAP)

    async def look(self) -> None:
        """One round."""
        elapsed = (await self._clock.now()).elapsed
        team = await self._act.team()
        if team.erasing:
            self._health.counts["forgotten"] += len(await self._forgetting.settle())
        if team.version != self._version or elapsed - self._departed_at >= AGAIN:
            self._health.counts["handed_back"] += await self._departures.settle(team)
            self._version, self._departed_at = team.version, elapsed
        if elapsed - self._looked_at >= LOOK:
            await self._quiet.look()
            self._looked_at = elapsed
