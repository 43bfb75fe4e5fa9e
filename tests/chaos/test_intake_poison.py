"""Mentions that were made to harm us hold up nobody (failures B10): what comes behind them is sorted, and each can be seen.

The corpus meets a real store; a hundred thousand mixed at random meet the fakes of the ports.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from bot.nouns.mention import MentionKey, Said
from tests.bot.work.house import House
from tests.chaos.poison import corpus, fuzzed
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
                "nothing lost on the way in",
                "poison mentions, each before a good one",
                "real",
                count,
                f"{stuck} stuck, {len(lost)} not to be seen, {len(goods)} good ones held up",
                7,
            )
            assert (stuck, lost, goods) == (0, [], [])


@pytest.mark.parametrize(
    "count", [pytest.param(500, id="cut"), pytest.param(100_000, id="whole", marks=pytest.mark.chaos)]
)
@pytest.mark.timeout(3600)
async def test_whatever_comes_stands_once_or_lies_aside(count: int) -> None:
    """Simulated: each is in an incident once, aside or in quarantine, and nothing stays in the inbox."""
    house, seed = await House().staffed(), 8
    keys = set[str]()
    for number, bad in enumerate(fuzzed(count, seed)):
        keys.add(bad.key.id)
        await house.hears(Said(mention=bad))
        if number % 1000 == 999:
            house.timelines.changes.clear()  # nobody asks for them here, and each holds what it was decided on
    rows = Counter(
        line["mention"]["id"]
        for lines in house.timelines.lines.values()
        for line in map(json.loads, lines)
        if line["kind"] in ("opened", "wrote_again")
    )
    aside = set[str]()
    for which in ("unforwarded", "quarantine"):
        after = ""
        while True:
            page, after = await house.asides.page(which, after, 500)
            aside |= {each.mention.key.id for each in page if each.mention is not None}
            if not after:
                break
    stuck = len(await house.inbox.work(500))
    double = sum(times > 1 for times in rows.values())
    lost = keys - rows.keys() - aside
    result = f"{len(lost)} lost, {double} double, {stuck} stuck, {len(aside)} aside"
    say("nothing lost on the way in", "fuzzed mentions", "simulated", count, result, seed)
    assert (sorted(lost), double, stuck) == ([], 0, 0)
    assert len(keys) == count
