"""Intake and sorter over a real store, without the rest of the house."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.stores.asides import RedisAsides
from adapters.stores.connect import Store
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whereabouts import RedisWhereabouts
from bot.nouns.mention import Mention, MentionKey, News
from bot.nouns.team import Refusal
from bot.work.act import Act
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.sorter import Sorter
from tests.contracts.stores.house import MASTER
from tests.fakes.clock import FakeClock


@dataclass(frozen=True, slots=True)
class Sorting:
    """What hears news and sorts it."""

    timelines: RedisTimelines
    inbox: RedisInbox
    asides: RedisAsides
    whereabouts: RedisWhereabouts
    intake: Intake
    sorter: Sorter

    async def hears(self, *news: News) -> None:
        """It comes in and is sorted; what fails is tried again as often as the sorter does by itself."""
        assert not isinstance(await self.intake.hear(news, None), Refusal)
        for _ in range(8):
            await self.sorter.sort_all()

    async def lies(self, key: MentionKey) -> str:
        """The conversation it lies in, or ''."""
        return (await self.whereabouts.mentions([key])).get(key, "")

    async def visible(self, mention: Mention) -> bool:
        """Whether somebody of the team can come upon it."""
        if await self.lies(mention.key):
            return True
        for which in ("unforwarded", "quarantine"):
            after = ""
            while True:
                page, after = await self.asides.page(which, after, 500)
                if any(each.mention is not None and each.mention.key == mention.key for each in page):
                    return True
                if not after:
                    break
        return False


def sorting(store: Store, team: str = "home") -> Sorting:
    """Over that store, as if it were just begun."""
    keys, clock, health = Keys(team), FakeClock(), Health()
    clock.wall = clock.store = datetime.now(UTC)
    vault = RedisVault(store, keys, MASTER)
    timelines = RedisTimelines(store, keys, vault)
    inbox = RedisInbox(store, keys, vault, clock)
    asides, whereabouts = RedisAsides(store, keys, vault), RedisWhereabouts(store, keys, vault)
    act = Act(timelines, clock, lambda team: team)
    sorter = Sorter(
        act=act,
        inbox=inbox,
        whereabouts=whereabouts,
        timelines=timelines,
        asides=asides,
        vault=vault,
        clock=clock,
        health=health,
        bell=asyncio.Event(),
        watches=(),
    )
    return Sorting(timelines, inbox, asides, whereabouts, Intake(inbox, health, clock), sorter)
