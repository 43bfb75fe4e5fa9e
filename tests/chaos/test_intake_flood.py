"""A hundred thousand mentions, out of order and again and again, over the fakes: exactly one row each (failures B4, B11).

Simulated: the fakes, and time that is moved by hand. Retries come at once, later, and in another shape (told by a
webhook and asked for once more); now and then the store is away, or the sorter ends in the middle of its work and
another one goes on.
"""

import json
import random
from collections import Counter
from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns.mention import Cursor, Edited, News, Said
from bot.nouns.team import Refusal
from tests.bot.work.house import House
from tests.bot.work.through import Crash, Fuse, ThroughTimelines
from tests.chaos.summary import say

TOPICS = ("parcel", "lamp", "invoice", "voucher", "zip", "catalogue", "chair", "kettle", "poster", "helmet")


def deliveries(count: int, dice: random.Random) -> list[int]:
    """Numbers of mentions as they are delivered: each once, one in twenty again, one in a hundred four times more; each up
    to two hundred places from where it belongs.
    """
    order = [(number, number) for number in range(count)]
    for number in range(count):
        times = 4 if number % 100 == 7 else 1 if number % 20 == 3 else 0
        order += [(number + dice.randrange(400), number) for _ in range(times)]
    return [number for _, number in sorted(order, key=lambda each: each[0] + dice.random() * 200)]


@pytest.mark.parametrize(
    "count", [pytest.param(1_000, id="cut"), pytest.param(100_000, marks=pytest.mark.chaos, id="whole")]
)
@pytest.mark.timeout(3600)
async def test_each_of_many_stands_exactly_once(count: int) -> None:
    """Whatever comes twice, late or early, and whatever stops in between."""
    seed = 11
    dice, house = random.Random(seed), await House().staffed()
    told, arriving, crashes = 0, deliveries(count, dice), 0
    for at in range(0, len(arriving), 50):
        news = [_news(house, number, dice) for number in arriving[at : at + 50]]
        told += len(news)
        await _insists(house, news, dice)
        crashes += await _sorts(house, dice)
        house.clock.advance(0.05)
    while await house.sorter.sort_all():
        pass
    rows = _rows(house)
    wrong = sorted(id for id, times in rows.items() if times != 1)
    lost = [number for number in range(count) if f"m{number}" not in rows]
    stuck = len(await house.inbox.work(500))
    say(
        "nothing lost on the way in",
        "out of order, with duplicates, crashes of the sorter and a store that is away",
        "simulated",
        count,
        f"{told} deliveries, {crashes} crashes, {len(lost)} lost, {len(wrong)} double, {stuck} stuck",
        seed,
    )
    assert (lost, wrong, stuck) == ([], [], 0)
    assert len(rows) == count
    assert crashes > 0
    assert told > 1.05 * count


def _news(house: House, number: int, dice: random.Random) -> News:
    """It as a platform hands it over. One in fifty was edited before we first heard of it, and says so."""
    author = f"p{number % (7 + number // 10)}"
    mention = house.mention(f"Where is my {TOPICS[number % 10]}? {number}", f"m{number}", author)
    mention = mention.model_copy(update={"at": mention.at - timedelta(seconds=dice.choice((0, 0, 5, 10**9)))})
    return Edited(mention=mention) if number % 50 == 1 else Said(mention=mention)


async def _insists(house: House, news: list[News], dice: random.Random) -> None:
    """Brought until it is told stored, as platforms do; with a cursor half of the time."""
    cursor = Cursor(source="mastodon", at=f"{dice.random()}") if dice.random() < 0.5 else None
    house.inbox.away = dice.random() < 0.02
    if isinstance(await house.intake.hear(news, cursor), Refusal):
        house.inbox.away = False
        assert not isinstance(await house.intake.hear(news, cursor), Refusal)


async def _sorts(house: House, dice: random.Random) -> int:
    """One round of the sorter, or one that ends in the middle of it. How many ended so."""
    house.timelines.changes.clear()  # nobody asks for them here, and each holds what it was decided on
    if dice.random() < 0.2:
        fuse = Fuse(dice.randrange(1, 12))
        timelines = ThroughTimelines(house.timelines, fuse)
        try:
            await house.a_sorter(act=house.acting(timelines), timelines=timelines).sort_all()
        except Crash:
            house.sorter = house.a_sorter()
            return 1
    house.timelines.away = dice.random() < 0.02
    try:
        await house.sorter.sort_all()
    except StoreAway:
        house.timelines.away = False
    return 0


def _rows(house: House) -> Counter[str]:
    """How many rows each mention has on all timelines."""
    lines = (json.loads(line) for lines in house.timelines.lines.values() for line in lines)
    return Counter(line["mention"]["id"] for line in lines if line["kind"] in ("opened", "wrote_again"))
