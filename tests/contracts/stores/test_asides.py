"""Whatever is kept aside can be opened by anyone, page by page, until it is taken or its author forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, MentionKey, News, Unreadable
from bot.ports import Asides, Work
from tests.contracts.stores.post_room import PostRoom, fake, mention, real, said
from tests.fakes.clock import START

FLAG = Flag(forward=False, severity=Severity.LOW, lang="en", reasons=("Calm words about a parcel.",))
KEY = MentionKey(platform="square", id="1")


def test_it_is_the_port() -> None:
    """What stands in is the port itself, for the type checker."""
    asides: Asides = fake().asides
    assert asides


async def arrive(room: PostRoom, *news: News) -> list[Work]:
    """As it comes out of the inbox, each a second after the one before."""
    for one in news:
        await room.inbox.put([one], None)
        room.clock.advance(1)
    return list(await room.inbox.work(500))


async def test_what_is_kept_can_be_opened(room: PostRoom) -> None:
    """A mention lies there whole, with its flag, in the one list it was put into."""
    (work,) = await arrive(room, said())
    ref = await room.asides.put("unforwarded", work, FLAG, "")
    page, after = await room.asides.page("unforwarded")
    (found,) = page
    assert (found.ref, found.at, found.mention, found.flag) == (ref, work.arrived, mention(), FLAG)
    assert (found.source, found.raw, found.because, after) == ("square", "", "", "")
    assert await room.asides.get("unforwarded", ref) == found
    assert await room.asides.get("quarantine", ref) is None
    assert await room.asides.page("quarantine") == ([], "")


async def test_news_that_is_no_mention_shows_what_came(room: PostRoom) -> None:
    """Quarantine shows the raw payload, or the news itself, and why."""
    news: list[News] = [
        Unreadable(source="feed", raw="{]\ud800", because="no JSON"),
        Deleted(key=KEY, at=START),
        AnsweredByUs(key=KEY, ours=MentionKey(platform="square", id="2"), words="Sorry.", at=START),
        Gap(source="feed", since=START, until=START),
    ]
    for work in await arrive(room, *news):
        await room.asides.put("quarantine", work, None, "Three tries failed.")
    page, _ = await room.asides.page("quarantine")
    assert [one.source for one in page] == ["feed", "square", "square", "feed"]
    assert page[-1].raw == "{]\ud800"
    assert all(part in one.raw for part, one in zip(("gap", "Sorry.", "deleted"), page, strict=False))
    assert {(one.mention, one.because) for one in page} == {(None, "Three tries failed.")}


async def test_an_edit_lies_there_too(room: PostRoom) -> None:
    """An edited wording that could not be sorted shows the mention as it now reads."""
    (work,) = await arrive(room, Edited(mention=mention(text="It came.")))
    await room.asides.put("quarantine", work, None, "No.")
    page, _ = await room.asides.page("quarantine")
    assert [one.mention for one in page] == [mention(text="It came.")]


async def test_putting_twice_is_putting_once(room: PostRoom) -> None:
    """A repeated put has the same ref and makes no second entry."""
    (work,) = await arrive(room, said())
    refs = [await room.asides.put("unforwarded", work, FLAG, "") for _ in range(2)]
    assert refs[0] == refs[1]
    assert len((await room.asides.page("unforwarded"))[0]) == 1


async def test_taken_is_gone_and_its_text_stays(room: PostRoom) -> None:
    """What was brought in no longer lies there, but its words can be read by who brought it in."""
    (work,) = await arrive(room, said())
    ref = await room.asides.put("unforwarded", work, FLAG, "")
    for _ in range(2):
        await room.asides.take("unforwarded", ref)
        assert await room.asides.get("unforwarded", ref) is None
    assert await room.asides.page("unforwarded") == ([], "")
    assert work.words is not None
    assert [one.text for one in await room.vault.open([work.words])] == [mention().text]


async def test_pages_hold_everything_once(room: PostRoom) -> None:
    """Newest first, each once, page after page, while others are taken and put in between."""
    works = await arrive(room, *(said(str(n)) for n in range(7)))
    refs = [await room.asides.put("unforwarded", work, FLAG, "") for work in works]
    page, after = await room.asides.page("unforwarded", limit=3)
    assert [one.ref for one in page] == refs[:3:-1]
    await room.asides.take("unforwarded", refs[4])
    await room.asides.take("unforwarded", refs[2])
    (late,) = (await arrive(room, said("late")))[7:]
    await room.asides.put("unforwarded", late, FLAG, "")
    rest, after = await room.asides.page("unforwarded", after, limit=3)
    assert ([one.ref for one in rest], after) == ([refs[3], refs[1], refs[0]], "")


async def test_many_in_one_millisecond(room: PostRoom) -> None:
    """Equal times hide nobody."""
    await room.inbox.put([said(str(n)) for n in range(250)], None)
    refs = {await room.asides.put("unforwarded", work, FLAG, "") for work in await room.inbox.work(500)}
    seen: list[str] = []
    page, after = await room.asides.page("unforwarded", limit=40)
    seen += [one.ref for one in page]
    while after:
        page, after = await room.asides.page("unforwarded", after, limit=40)
        seen += [one.ref for one in page]
    assert len(seen) == len(set(seen)) == 250
    assert set(seen) == refs


async def test_a_forgotten_persons_entries_vanish(room: PostRoom) -> None:
    """They are in no list any more; pages are still full; and nothing is put aside of somebody already forgotten."""
    works = await arrive(room, said("1"), said("2", author="bob"), said("3"), said("4", author="bob"))
    refs = [await room.asides.put("unforwarded", work, FLAG, "") for work in works]
    await room.vault.forget([works[0].person])
    assert await room.asides.get("unforwarded", refs[0]) is None
    page, after = await room.asides.page("unforwarded", limit=2)
    assert ([one.ref for one in page], after) == ([refs[3], refs[1]], "")
    await room.asides.put("quarantine", works[0], None, "Late.")
    assert await room.asides.page("quarantine") == ([], "")


async def test_places_are_given_up_by_person(room: PostRoom) -> None:
    """All of theirs at once, in both lists; nobody else's, and nobody's where none are named."""
    works = await arrive(room, said("1"), said("2", author="bob"), said("3"))
    refs = [await room.asides.put("unforwarded", work, FLAG, "") for work in works]
    await room.asides.put("quarantine", works[0], None, "Three tries failed.")
    assert await room.asides.forget([]) == 0
    assert await room.asides.forget([works[0].person]) == 3
    page, _ = await room.asides.page("unforwarded")
    assert [one.ref for one in page] == [refs[1]]
    assert await room.asides.page("quarantine") == ([], "")
    assert await room.asides.forget([works[0].person, "nobody"]) == 0


@pytest.mark.parametrize("which", ["unforwarded", "quarantine"])
async def test_nothing_readable_lies_in_the_store(store_url: str, team: str, which: str, tmp_path: Any) -> None:
    """Neither text nor reasons nor source stand in the store in clear."""
    async with connect(store_url, tmp_path) as store:
        room, keys = real(store, team), Keys(team)
        (work,) = await arrive(room, said())
        await room.asides.put(which, work, FLAG, "Because of this.")
        held = await store.client.execute_command("HGETALL", keys.person(work.person))
        listed = await store.client.execute_command("ZRANGE", keys.aside(which), 0, -1)
        told = b"".join([*held.values(), *listed])
        assert not [part for part in (b"parcel", b"Because", b"Calm", b"mara") if part in told]
        assert room.clock.wall == START + timedelta(seconds=1)


async def test_a_cursor_nobody_gave_begins_anew(room: PostRoom) -> None:
    """Garbage instead of a cursor or a ref is no error."""
    (work,) = await arrive(room, said())
    ref = await room.asides.put("unforwarded", work, FLAG, "")
    for garbage in ("x", "1e5:a", ":", "\ud800", "9" * 400):
        assert [one.ref for one in (await room.asides.page("unforwarded", garbage))[0]] == [ref]
        assert await room.asides.get("unforwarded", garbage) is None
        await room.asides.take("unforwarded", garbage)
