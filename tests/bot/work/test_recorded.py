"""What an export reads: whole timelines, page by page, of those that something happened to since."""

from datetime import timedelta

import pytest

from bot.nouns.mention import Author, Mention, MentionKey, Said
from bot.nouns.team import Watch
from bot.work import recorded
from tests.bot.work.house import House


@pytest.fixture(autouse=True)
def _pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """One row a page, so that a few are many."""
    monkeypatch.setattr("bot.work.recorded.PAGE", 1)


async def test_every_timeline_is_read_whole() -> None:
    """The team's own first, then each incident's from its first line, over all pages."""
    house = await House().staffed()
    talks = [await house.arrives(), await house.arrives("Nobody reads what I write.", "m2", person="joe")]
    incidents = [(await house.talk(talk)).incident for talk in talks]
    lines = [line async for line in recorded.record(house.timelines, None, None)]
    names = list(dict.fromkeys(line["incident"] for line in lines))
    assert names == [None, *incidents]
    assert [line["version"] for line in lines if line["incident"] == incidents[0]] == [1]
    assert len([line for line in lines if line["incident"] is None]) > 1


async def test_since_leaves_out_what_has_rested() -> None:
    """Whatever nothing happened to since then is left out; what moved is told from its first line on."""
    house = await House().staffed()
    first = (await house.talk(await house.arrives())).incident
    house.clock.advance(3600)
    second = (await house.talk(await house.arrives("Nobody reads what I write.", "m2", person="joe"))).incident
    since = house.clock.wall - timedelta(minutes=1)
    lines = [line async for line in recorded.record(house.timelines, None, since)]
    assert {line["incident"] for line in lines} == {second}
    assert first != second


async def test_one_that_nobody_knows() -> None:
    """An incident that is not there has no lines, whatever the time."""
    house = House()
    lines = [line async for line in recorded.record(house.timelines, "nowhere", house.clock.wall)]
    assert lines == []
    assert [line async for line in recorded.record(house.timelines, None, house.clock.wall)] == []


async def test_what_was_not_forwarded_is_read_to_the_last_page() -> None:
    """One line each, newest first, with what it was and why it stayed."""
    watch = Watch(name="us", words=("shop",))
    house = await House(watches=(watch,)).staffed()
    for number in range(3):
        key = MentionKey(platform="mastodon", id=f"m{number}")
        said = Mention(
            key=key, text=f"A quiet day {number}.", author=Author(id="joe"), at=house.clock.wall, direct=False
        )
        await house.hears(Said(mention=said))
        house.clock.advance(60)
    found = [line async for line in recorded.unforwarded(house.asides)]
    assert [line["text"] for line in found] == ["A quiet day 2.", "A quiet day 1.", "A quiet day 0."]
    assert found[0]["mention"] == {"platform": "mastodon", "id": "m2"}
