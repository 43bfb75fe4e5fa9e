"""A round with several replicas over one store, and somebody who presses now at one of them, now at another."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from tests.chaos.driver import Hand, Shown
from tests.chaos.oracle import Line, unended
from tests.chaos.round import POLICY, Kill, Round, found, listens, write_policy
from tests.chaos.story import Story
from tests.servers import free_ports
from tests.square import Square
from tests.stories.process import MODULE, House, cleaned

INBOX_TOKEN = "inbox-token-1"
#: What the replicas of one team have in common.
SHARED = {"COOLHEAD_SECRET": "a long random text for the replicas", "COOLHEAD_INBOX_TOKENS": f"local={INBOX_TOKEN}"}


class Replica(House):
    """A house that shares its store and its tokens with others."""

    @property
    def token(self) -> str:
        """The local source's token, named in the settings."""
        return INBOX_TOKEN


class Between(Hand):
    """Somebody behind a load balancer: each request goes to one of the replicas, and to any where nobody answered."""

    def __init__(
        self, houses: Sequence[House], session: aiohttp.ClientSession, before: Callable[[str], Awaitable[None]]
    ):
        super().__init__(houses[0].base_url, session, before)
        self._houses = houses
        self._dice = random.Random(1)

    async def _once(self, method: str, path: str, data: Mapping[str, str]) -> Shown | None:
        self._base = self._dice.choice(self._houses).base_url
        return await super()._once(method, path, data)


async def _spared() -> None:
    return None


@dataclass
class Several(Round):
    """`house`, which the record is read through, is one of `houses`. `strike`: what befalls the store where a kill says so."""

    houses: list[House] = field(default_factory=list)
    strike: Callable[[], Awaitable[None]] = _spared
    dice: random.Random = field(default_factory=lambda: random.Random(2))

    async def _kill(self, kill: Kill) -> None:
        await asyncio.sleep(kill.wait)
        self.made.append(f"{kill.step} + {kill.wait:.3f} s: {'bot ' * kill.bot}{'store' * kill.store}")
        if kill.store:
            await self.strike()
        if kill.bot:
            await self.restart(self.dice.choice(self.houses))

    async def restart(self, house: House) -> None:
        """kill -9, and whoever keeps services up begins it anew until it stays."""
        await asyncio.to_thread(house.kill)
        house.start()

    async def settled(self) -> list[Line]:
        """Once every send has its end, too: what a page showed as answered before a failover may be found out anew after it."""
        for _ in range(30):
            lines = await super().settled()
            if not unended(lines):
                break
            await asyncio.sleep(1.0)
        return lines

    async def _accepted(self, body: dict[str, str]) -> bool:
        """Every third one is told to two replicas at the same time."""
        chosen = self.dice.sample(self.houses, 2 if self.dice.random() < 0.33 else 1)
        return any(await asyncio.gather(*(self.told(house, body) for house in chosen)))


def replicas(folder: Path, square: Square, url: str, homes: Sequence[Path], policy: str = POLICY) -> list[House]:
    """One replica from each of these sources, over the store at `url`, before the square. None is started yet."""
    settings = SHARED | {
        "COOLHEAD_REDIS_URL": url,
        "COOLHEAD_MASTODON_URL": square.url,
        "COOLHEAD_MASTODON_TOKEN": square.token("shop"),
    }
    made: list[House] = []
    for number, (home, port) in enumerate(zip(homes, free_ports(len(homes)), strict=True)):
        data = folder / f"data{number}"
        write_policy(data, policy)
        made.append(Replica(data, port, settings, MODULE, home))
    return made


@asynccontextmanager
async def several(
    houses: list[House], square: Square, kills: list[Kill], strike: Callable[[], Awaitable[None]] = _spared
) -> AsyncIterator[Several]:
    """All of them up, with Ana signed in. The last one is who the record is read through."""
    with ExitStack() as cleaning:
        for house in houses:
            cleaning.enter_context(cleaned(house))
            house.start()
            await asyncio.to_thread(house.up)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            made: Several

            async def step(name: str) -> None:
                await made.before(name)

            async def find(post: str) -> tuple[str, str]:
                return await found(made.hand, post, made.house)

            hand = Between(houses, session, step)
            made = Several(houses[-1], Story(hand, square, step, find), hand, kills, houses=houses, strike=strike)
            link = urlsplit(houses[-1].sign_in)
            await hand.comes_in(f"{houses[-1].base_url}{link.path}")
            await listens(houses[-1], square)
            try:
                yield made
            finally:
                await asyncio.gather(*made.killing)
