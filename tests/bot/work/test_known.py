"""Who is meant by a handle: everybody who goes by it, and nobody else."""

import pytest

from bot.nouns import commands as c
from bot.nouns.mention import Author, Disposition, Said, Unreadable
from bot.work.known import Known, Search
from tests.bot.work.house import ANA, House
from tests.fakes.platform import FakePlatform


async def search(house: House, name: str, told: list[int] | None = None) -> Known:
    """Look for somebody."""
    progress = (told if told is not None else []).append
    return await Search(act=house.act, timelines=house.timelines, asides=house.asides, progress=progress)(name)


async def mara(house: House) -> str:
    """Mara's vault key, after she said something."""
    found = (await house.talk(await house.arrives())).first
    assert found is not None
    return found.person


@pytest.mark.parametrize("name", ["@mara", "mara", "MARA", "mastodon:mara", "mastodon:@mara", "Mastodon:Mara"])
async def test_handles_and_ids_are_found_however_they_are_written(house: House, name: str) -> None:
    """With or without the sign, in any case, with the platform before it or not."""
    key = await mara(house)
    await house.arrives("My lamp is broken.", "m2", "tom")
    found = await search(house, name)
    assert found.persons == {"mastodon": {key}}
    assert found.keys() == (key,)


@pytest.mark.parametrize("name", ["", "@", "mar", "square:mara", "mastodon:", "maras", "parcel"])
async def test_nobody_else_is(house: House, name: str) -> None:
    """Neither a part of a name nor a word somebody said means a person."""
    await mara(house)
    await house.hears(Said(mention=house.mention("So?", "m3").model_copy(update={"author": Author()})))
    assert (await search(house, name)).persons == {}


async def test_a_key_needs_no_search(house: House) -> None:
    """A vault key is taken at its word: it may be known to an older copy only."""
    assert (await search(house, "ab" * 16)).keys() == ("ab" * 16,)


async def test_what_is_settled_or_lies_aside_is_found_too(house: House) -> None:
    """Closed conversations, what was not forwarded, and what could not be read but holds the name as a word."""
    key = await mara(house)
    await house.press(ANA, c.Close, conversation=house.lies("m1"), disposition=Disposition.NOT_FOR_US)
    assert await house.arrives("The sea is lovely today.", "m4", "tom", direct=False) == ""
    await house.hears(Unreadable(source="mastodon", raw='{"acct": "@mara"', because="no JSON"))
    await house.hears(Unreadable(source="mastodon", raw='{"acct": "@marasmus"', because="no JSON"))
    await house.hears(Unreadable(source="mastodon", raw='{"acct": "@tamara"', because="no JSON"))
    found = await search(house, "mara")
    assert found.persons == {"mastodon": {key}}
    assert len(found.raw) == 1
    assert len((await search(house, "@tom")).keys()) == 1


async def test_one_name_on_two_platforms_is_told_apart(house: House) -> None:
    """Each platform's own is named by itself."""
    await mara(house)
    house.platforms["square"] = FakePlatform(house.clock, "square")
    await house.arrives("Where is it?", "s1", platform="square")
    assert set((await search(house, "mara")).persons) == {"mastodon", "square"}
    assert set((await search(house, "square:mara")).persons) == {"square"}


async def test_progress_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """After so many, for whoever waits."""
    monkeypatch.setattr("bot.work.known.TELL", 2)
    monkeypatch.setattr("bot.work.known.PAGE", 1)
    for number in range(5):
        await house.arrives(f"Parcel {number}?", f"m{number}", f"p{number}")
    for number in range(2):
        await house.hears(Unreadable(source="mastodon", raw=f"{{{number} p4", because="no JSON"))
    assert len((await search(house, "p4")).raw) == 2
    told: list[int] = []
    assert len((await search(house, "p4", told)).keys()) == 1
    assert told == [2, 4]
