"""News told as stored is on disk, once, whatever dies; and it is handed out in order until it is done."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.keys import Keys
from bot.errors import StoreFull
from bot.nouns.mention import (
    AnsweredByUs,
    Cursor,
    Deleted,
    Duplicate,
    Edited,
    Gap,
    Mention,
    MentionKey,
    News,
    Quarantined,
    Said,
    Stored,
    Unreadable,
)
from bot.nouns.words import seal
from bot.ports import Inbox
from tests.contracts.stores.post_room import STRANGE, PostRoom, all_work, fake, id_of, mention, real, said
from tests.fakes.clock import START

KEY = MentionKey(platform="square", id="1")
OURS = MentionKey(platform="square", id="ours")
NEW, OLD = Stored(), Duplicate()
ALL: list[News] = [
    said(),
    Edited(mention=mention(text="It came.")),
    Deleted(key=KEY, at=START),
    AnsweredByUs(key=KEY, ours=OURS, words="We are sorry.", at=START),
    Unreadable(source="square", raw="{]" + STRANGE, because="no JSON"),
    Gap(source="square", since=START, until=START + timedelta(minutes=5)),
]
TOLD = [NEW, NEW, NEW, NEW, Quarantined(because="no JSON"), NEW]


def test_it_is_the_port() -> None:
    """What stands in is the port itself, for the type checker."""
    inbox: Inbox = fake().inbox
    assert inbox


async def test_every_kind_is_stored_once(room: PostRoom) -> None:
    """Each kind of news is told stored, comes back equal and in order, and is a duplicate the second time."""
    assert list(await room.inbox.put(ALL, None)) == TOLD
    assert list(await room.inbox.put(ALL, None)) == [OLD] * len(ALL)
    work = await room.inbox.work()
    assert [one.news for one in work] == ALL
    assert {one.arrived for one in work} == {room.clock.wall}
    assert await room.inbox.put([], None) == []


async def test_a_text_lies_in_the_vault(room: PostRoom) -> None:
    """Work names its author's vault key and its sealed words, which the vault opens with everything personal."""
    await room.inbox.put(ALL[:4], None)
    spoken, _, deleted, answered = await room.inbox.work()
    assert spoken.words is not None
    assert answered.words is not None
    assert (deleted.words, deleted.person, answered.person) == (None, "", room.vault.team)
    assert spoken.person == room.vault.person("square", mention().author, KEY)
    assert (spoken.words.text, answered.words.text) == ("My parcel never came.", "We are sorry.")
    found = (await room.vault.open_all([spoken.words.ref]))[spoken.words.ref]
    assert seal(found.salt or "", "My parcel never came.") == spoken.words.seal
    assert found.about is not None
    assert found.about.author == mention().author
    assert found.raw == mention().raw


async def test_what_makes_news_new(room: PostRoom) -> None:
    """A mention is known by platform and id, an edit by its words too, an answer of ours by its own id."""
    again = mention().model_copy(update={"text": "Other words", "at": START + timedelta(days=1)})
    edit, reworded = Edited(mention=mention(text="a")), Edited(mention=mention(text="b"))
    rated = Edited(mention=mention(text="a").model_copy(update={"rating": 1}))
    other = Said(mention=mention().model_copy(update={"key": MentionKey(platform="squar", id="e1")}))
    news: list[News] = [said(), Said(mention=again), edit, reworded, rated, edit, other]
    assert list(await room.inbox.put(news, None)) == [NEW, OLD, NEW, NEW, NEW, OLD, NEW]


async def test_the_cursor_comes_with_the_news(room: PostRoom) -> None:
    """How far a source was read is stored with what was read, and alone as a heartbeat."""
    assert await room.inbox.cursor("square") is None
    await room.inbox.put([said()], Cursor(source="square", at="7"))
    assert await room.inbox.cursor("square") == Cursor(source="square", at="7")
    assert await room.inbox.put([], Cursor(source="square", at="9\ud800")) == []
    assert await room.inbox.cursor("square") == Cursor(source="square", at="9\ud800")
    assert await room.inbox.cursor("plaza") is None


async def test_work_stays_until_done(room: PostRoom) -> None:
    """The oldest is handed out again and again, `limit` at a time, until somebody says done."""
    await room.inbox.put([said(str(n)) for n in range(5)], None)
    first = await room.inbox.work(2)
    assert [one.news for one in first] == [said("0"), said("1")]
    assert await room.inbox.work(2) == first
    await room.inbox.done([one.id for one in first])
    await room.inbox.done([one.id for one in first])
    assert [one.news for one in await room.inbox.work()] == [said("2"), said("3"), said("4")]


async def test_failures_are_counted(room: PostRoom) -> None:
    """Each entry counts its own failures, shows them as tries, and forgets them when it is done."""
    await room.inbox.put([said("1"), said("2")], None)
    one, two = await room.inbox.work()
    assert [await room.inbox.failed(one.id, "no"), await room.inbox.failed(one.id, "no")] == [1, 2]
    assert await room.inbox.failed(two.id, "no") == 1
    assert [work.tries for work in await room.inbox.work()] == [2, 1]
    await room.inbox.done([one.id])
    assert await room.inbox.failed(one.id, "no") == 0
    assert [work.tries for work in await room.inbox.work()] == [1]


async def test_a_forgotten_person_has_no_work(room: PostRoom) -> None:
    """What they said is done without being handed out; what they say later is news, what they said stays known."""
    await room.inbox.put([said("1"), said("2", author="bob"), said("3")], None)
    first = (await room.inbox.work())[0]
    await room.vault.forget([first.person])
    assert [one.news for one in await room.inbox.work()] == [said("2", author="bob")]
    assert list(await room.inbox.put([said("1"), said("4")], None)) == [OLD, NEW]
    assert [one.news for one in await room.inbox.work()] == [said("2", author="bob"), said("4")]


@pytest.mark.parametrize("text", [STRANGE, "", "x" * 1_000_000], ids=["strange", "empty", "long"])
async def test_any_text_survives(room: PostRoom, text: str) -> None:
    """Lone surrogates, NUL and a megabyte come back as they were."""
    news: list[News] = [said("1", text), AnsweredByUs(key=KEY, ours=OURS, words=text, at=START), said("2" + STRANGE)]
    assert list(await room.inbox.put(news, None)) == [NEW] * 3
    assert [one.news for one in await room.inbox.work()] == news


async def test_a_payload_without_an_end_is_left_out(room: PostRoom) -> None:
    """A payload nested too deep for JSON is not kept; the mention is."""
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"a": deep}
    spoken = Mention.model_construct(**dict(mention()) | {"raw": deep})
    assert list(await room.inbox.put([Said.model_construct(news="said", mention=spoken)], None)) == [NEW]
    text = (await room.vault.open([work.words for work in await room.inbox.work() if work.words]))[0].text
    assert text == "My parcel never came."
    while deep:  # taken apart by hand: left to itself it would need the stack it is deep
        deep = deep["a"]


async def test_many_at_once(room: PostRoom) -> None:
    """What 300 tasks bring together, by ten authors, is told to each and handed out once."""
    told = await asyncio.gather(*(room.inbox.put([said(str(n), author=f"p{n % 10}")], None) for n in range(300)))
    assert [list(one) for one in told] == [[NEW]] * 300
    assert sorted(id_of(work.news) for work in await all_work(room.inbox)) == sorted(map(str, range(300)))


async def test_more_than_one_step_holds(room: PostRoom) -> None:
    """A long list is stored whole and in order, its cursor with the last of it."""
    news: list[News] = [said(str(n), author=f"p{n % 7}") for n in range(1_200)]
    assert list(await room.inbox.put(news, Cursor(source="square", at="end"))) == [NEW] * 1_200
    assert [one.news for one in await all_work(room.inbox)] == news
    assert await room.inbox.cursor("square") == Cursor(source="square", at="end")


async def test_more_bytes_than_one_call_takes(room: PostRoom) -> None:
    """Twelve megabytes that arrive together are all stored, in order, and the cursor with them."""
    news: list[News] = [said(str(n), "x" * 600_000) for n in range(10)]
    assert list(await room.inbox.put(news, Cursor(source="square", at="end"))) == [NEW] * 10
    assert [one.news for one in await all_work(room.inbox)] == news
    assert await room.inbox.cursor("square") == Cursor(source="square", at="end")


async def test_the_same_mention_from_everywhere(store_url: str, team: str, tmp_path: Path) -> None:
    """Of twenty tasks in two processes who bring one mention at once, one is told stored; newcomers' keys agree."""
    async with connect(store_url, tmp_path) as one, connect(store_url, tmp_path) as two:
        rooms = [real(one, team), real(two, team)]
        for round_ in range(10):
            news = said(f"m{round_}", author=f"new{round_}")
            own = [said(f"m{round_}.{n}", author=f"new{round_}") for n in range(20)]
            told = await asyncio.gather(*(rooms[n % 2].inbox.put([own[n], news], None) for n in range(20)))
            assert sorted(str(list(each)) for each in told) == sorted([str([NEW, NEW])] + [str([NEW, OLD])] * 19)
        found = [id_of(work.news) for work in await all_work(rooms[0].inbox)]
        assert len(found) == len(set(found)) == 210


async def test_a_key_the_other_process_destroyed(store_url: str, team: str, tmp_path: Path) -> None:
    """A process that remembers the key of somebody forgotten does not bring it back; their new words can be read."""
    async with connect(store_url, tmp_path) as one, connect(store_url, tmp_path) as two:
        ours, theirs, home = real(one, team), real(two, team), Keys(team)
        await ours.inbox.put([said("1"), said("1", author="bob")], None)
        person = (await ours.inbox.work())[0].person
        before = await one.client.execute_command("HGET", home.person(person), "key")
        await theirs.vault.forget([person])
        assert list(await ours.inbox.put([said("2"), said("3", author="bob")], None)) == [NEW, NEW]
        assert [id_of(work.news) for work in await theirs.inbox.work()] == ["2", "3"]
        after = await one.client.execute_command("HGET", home.person(person), "key")
        assert after is not None
        assert after != before


async def test_an_entry_that_does_not_open_stands_in_nobodys_way(store_url: str, team: str, tmp_path: Path) -> None:
    """Damaged ones come out as unreadable, in their place, and the others as they are."""
    async with connect(store_url, tmp_path) as store:
        ours, keys = real(store, team), Keys(team)
        await ours.inbox.put([said("1"), said("2", author="bob"), Deleted(key=KEY, at=START)], None)
        first = (await ours.inbox.work())[0]
        assert first.words is not None
        home, spot = keys.text(first.words.ref)
        await store.client.execute_command("HSET", home, spot, b"\x01damaged, and longer than a nonce")
        await store.client.execute_command("XADD", keys.inbox(), "*", "a", "0", "p", b"damaged")
        kinds = [type(work.news) for work in await ours.inbox.work()]
        assert kinds == [Unreadable, Said, Deleted, Unreadable]


async def test_a_full_disk_stores_nothing(valkey_url: str, team: str, tmp_path: Path) -> None:
    """Below the floor a put is refused before the store is asked, and said so."""
    async with connect(valkey_url, tmp_path) as store:

        def full() -> None:
            raise StoreFull("No room.")

        refused = real(Store(store.client, store.blocking, full), team)
        with pytest.raises(StoreFull):
            await refused.inbox.put([said()], Cursor(source="square", at="1"))
        ours = real(store, team)
        assert await ours.inbox.work() == []
        assert await ours.inbox.cursor("square") is None


async def test_what_cannot_be_written_down_fails_nobody_else(store_url: str, team: str, tmp_path: Path) -> None:
    """News of a shape that no platform should hand over lies in quarantine, and what came with it is stored."""
    async with connect(store_url, tmp_path) as store:
        ours = real(store, team)
        number: Any = 7
        key = MentionKey.model_construct(platform="square", id=number)
        odd = Said(mention=Mention.model_construct(**dict(mention()) | {"key": key}))
        told = await asyncio.gather(*(ours.inbox.put([one], None) for one in (said("1"), odd, said("2"))))
        assert [type(one) for (one,) in told] == [Stored, Quarantined, Stored]
        assert [type(work.news) for work in await ours.inbox.work()] == [Said, Unreadable, Said]
