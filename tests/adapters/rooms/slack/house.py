"""A Slack room with fakes around it, over whichever Slack a test meets."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from pydantic import SecretStr

from adapters.clock import RealClock
from adapters.rooms.slack.room import SlackRoom
from bot.errors import StoreAway
from bot.nouns.team import Place, Team
from bot.ports import Clock
from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, QUIET, SIGNING_SECRET, TOKEN
from tests.fakes.desk import FakeDesk

SECRET = b"a secret of the tests, 32 bytes."
PLACES = (Place(room="slack", id=CARE, name="care"), Place(room="slack", id=QUIET, name="quiet"))


class FakeHealth:
    """What does not work just now, by part; `said` is everything that ever did not."""

    def __init__(self) -> None:
        self.reasons: dict[str, str] = {}
        self.said: list[tuple[str, str]] = []

    def trouble(self, part: str, because: str) -> None:
        """It does not work."""
        self.reasons[part] = because
        self.said.append((part, because))

    def well(self, part: str) -> None:
        """It works again."""
        self.reasons.pop(part, None)


class FakeScratch:
    """Words nobody finished. `away`: the store cannot be reached."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], bytes] = {}
        self.puts = 0
        self.away = False

    async def put(self, person: str, key: str, body: bytes) -> None:
        """Keep it; the same key again is the newer one."""
        self._require()
        self.puts += 1
        await asyncio.sleep(0)
        self.kept[person, key] = body

    async def list(self, person: str) -> Sequence[bytes]:
        """All about it."""
        self._require()
        return [body for (about, _), body in self.kept.items() if about == person]

    async def drop(self, person: str, key: str) -> None:
        """It is done with."""
        self._require()
        self.kept.pop((person, key), None)

    def _require(self) -> None:
        if self.away:
            raise StoreAway


async def _now() -> datetime:
    return datetime.now(UTC)


def real_clock() -> RealClock:
    """The real one, with this machine's time for the store's."""
    return RealClock(_now)


class House:
    """`room` talks to the Slack at `api_url`; its desk is a fake. `places` and `team` may be changed while it runs."""

    def __init__(
        self,
        api_url: str,
        *,
        clock: Clock | None = None,
        socket: bool = True,
        places: Sequence[Place] = PLACES,
        token: SecretStr | Callable[[], SecretStr] = SecretStr(TOKEN),  # noqa: B008  # frozen
    ) -> None:
        self.clock = clock or real_clock()
        self.health = FakeHealth()
        self.desk = FakeDesk()
        self.places = tuple(places)
        self.team = Team()
        self.room = SlackRoom(
            bot_token=token,
            app_token=SecretStr(APP_TOKEN) if socket else None,
            signing_secret=None if socket else SecretStr(SIGNING_SECRET),
            api_url=api_url,
            clock=self.clock,
            secret=SECRET,
            scratch=FakeScratch(),
            places=self._places,
            team=self._team,
            health=self.health,
        )

    async def _places(self) -> Sequence[Place]:
        return self.places

    async def _team(self) -> Team:
        return self.team


@asynccontextmanager
async def house(api_url: str, **more: object) -> AsyncIterator[House]:
    """A house whose connection is let go of at the end."""
    made = House(api_url, **more)  # type: ignore[arg-type]  # handed on as it is
    try:
        yield made
    finally:
        await made.room.close()
