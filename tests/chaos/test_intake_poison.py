"""Mentions that were made to harm us hold up nobody (failures B10): what comes behind them is sorted, and each can be seen."""

from pathlib import Path

import pytest

from adapters.stores.connect import connect
from bot.nouns.mention import MentionKey, Said
from tests.chaos.poison import corpus
from tests.chaos.sorting import sorting
from tests.chaos.summary import say
from tests.servers import running, valkey


@pytest.mark.parametrize("count", [pytest.param(60, id="cut"), pytest.param(500, marks=pytest.mark.chaos, id="whole")])
async def test_poison_holds_up_nobody(count: int, tmp_path: Path) -> None:
    """Each is in an incident, aside or in quarantine; nothing waits in the inbox; a good one after each is sorted."""
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            house = sorting(store)
            poison = list(corpus(count))
            for number, bad in enumerate(poison):
                good = bad.model_copy(
                    update={
                        "key": MentionKey(platform="square", id=f"good{number}"),
                        "text": f"Where is my lamp number {number}?",
                        "author": bad.author.model_copy(update={"id": f"g{number}", "name": "Tom", "handle": "@tom"}),
                    }
                )
                await house.hears(Said(mention=bad), Said(mention=good))
            stuck = len(await house.inbox.work(500))
            lost = [bad.key.id for bad in poison if not await house.visible(bad)]
            goods = [n for n in range(count) if not await house.lies(MentionKey(platform="square", id=f"good{n}"))]
            say(
                "what we said 200 to is on disk",
                "poison mentions, each before a good one",
                "real",
                count,
                f"{stuck} stuck, {len(lost)} not to be seen, {len(goods)} good ones held up",
                7,
            )
            assert (stuck, lost, goods) == (0, [], [])
