"""Google Alerts feeds: read, remembered, and never trusted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.alerts import Alerts
from bot.errors import StoreAway
from bot.nouns.delivery import ByHand, How, ToMention
from bot.nouns.mention import CannotTell, Cursor, Gap, MentionKind, Said, Unreadable
from bot.nouns.team import Refusal
from bot.nouns.time import Now
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.platforms.feeds import Feeds, entry, feed, serving
from tests.adapters.platforms.words import cleared, key


@pytest.fixture
async def feeds() -> AsyncIterator[Feeds]:
    """A server of feeds."""
    async with serving() as running:
        yield running


@asynccontextmanager
async def listening(
    feeds: Feeds, session: ClientSession, clock: QuickClock, ears: Ears, *paths: str, since: Cursor | None = None
) -> AsyncIterator[Alerts]:
    """While inside, the feeds are followed."""
    alerts = Alerts([SecretStr(feeds.url + path) for path in paths or ("/a",)], session, clock)
    task = asyncio.create_task(alerts.listen(since, ears))
    try:
        yield alerts
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_an_article_becomes_a_mention(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Its link is the article's own, its text is plain, and it is nobody's direct word to us."""
    feeds.pages["/a"] = feed(entry(1))
    async with listening(feeds, session, quick, ears):
        await ears.until(lambda e: e.of(Said))
    mention = ears.of(Said)[0].mention
    assert mention.url == "https://news.example/1"
    assert mention.text == "Shop in the news\n\nThey say …"
    assert (mention.kind, mention.direct, mention.source) == (MentionKind.ARTICLE, False, "alerts")
    assert mention.at.isoformat() == "2026-03-02T08:00:00+00:00"
    assert feeds.fetched[0] == "/a"
    assert set(feeds.fetched) == {"/a"}


async def test_the_next_question_names_the_last_version(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """An unchanged feed is not sent again, and the heart beats; ten minutes lie between two questions."""
    feeds.pages["/a"] = feed(entry(1))
    async with listening(feeds, session, quick, ears):
        await ears.until(lambda e: e.beats >= 2)
    assert "if-none-match" not in feeds.asked[0]
    assert feeds.asked[1]["if-none-match"]
    assert set(quick.slept) == {600.0}
    assert len(ears.news) == 1


async def test_one_article_in_two_feeds_is_one(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Articles go by where they lead, without trackers and fragments."""
    feeds.pages["/a"] = feed(entry(1, "https://News.example/x?utm_source=a&b=1#top"))
    feeds.pages["/b"] = feed(entry(2, "https://news.example/x?b=1"))
    async with listening(feeds, session, quick, ears, "/a", "/b"):
        await ears.until(lambda e: e.beats >= 2)
    assert [each.mention.key.id for each in ears.of(Said)] == ["https://news.example/x?b=1"]


async def test_after_a_restart_only_what_is_new_is_told(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """The cursor remembers every feed; it holds no feed's address."""
    feeds.pages["/secret"] = feed(entry(1))
    async with listening(feeds, session, quick, ears, "/secret"):
        await ears.until(lambda e: e.beats)
    assert ears.cursor is not None
    assert "secret" not in ears.cursor.at
    feeds.pages["/secret"] = feed(entry(2), entry(1))
    later = Ears()
    async with listening(feeds, session, quick, later, "/secret", since=ears.cursor):
        await later.until(lambda e: e.beats)
    assert [each.mention.url for each in later.of(Said)] == ["https://news.example/2"]


async def test_after_a_long_silence_without_overlap_a_gap_is_told(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Where the feed holds nothing we know, we may have missed something, and say so."""
    feeds.pages["/a"] = feed(entry(1))
    async with listening(feeds, session, quick, ears):
        await ears.until(lambda e: e.beats)
        feeds.status = 503
        await quick.until(lambda slept: sum(slept) > 7 * 3600)
        feeds.pages["/a"], feeds.status = feed(entry(2)), 200
        await ears.until(lambda e: e.of(Gap))
    (gap,) = ears.of(Gap)
    assert (gap.until - gap.since).total_seconds() > 6 * 3600


@pytest.mark.parametrize("status", [302, 403, 404, 429, 500])
async def test_a_feed_that_fails_is_said_and_asked_less_often(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears, status: int
) -> None:
    """A failing feed is told to health without its address, waited for longer and longer, and not followed elsewhere."""
    feeds.pages["/secret"], feeds.status = feed(entry(1)), status
    feeds.headers["Location"] = f"{feeds.url}/elsewhere"
    async with listening(feeds, session, quick, ears, "/secret") as alerts:
        await quick.until(lambda slept: len(slept) >= 8)
        trouble = alerts.trouble() or ""
        feeds.status = 200
        await ears.until(lambda e: e.of(Said))
        await quick.until(lambda slept: 600.0 in slept)
        assert alerts.trouble() is None
    assert str(status) in trouble
    assert "secret" not in trouble
    assert quick.slept[7] > quick.slept[0] * 2
    assert set(feeds.fetched) == {"/secret"}


async def test_who_no_longer_listens_does_not_say_what_was_wrong_then(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Another replica asks the feeds now, and knows better."""
    feeds.status = 503
    async with listening(feeds, session, quick, ears) as alerts:
        await quick.until(lambda slept: slept)
        assert alerts.trouble() is not None
    assert alerts.trouble() is None


class Away(QuickClock):
    """A clock whose store is away."""

    async def now(self) -> Now:
        """Nobody can tell."""
        raise StoreAway("The store cannot be reached.")


async def test_a_store_that_is_away_is_no_fall(feeds: Feeds, session: ClientSession, ears: Ears) -> None:
    """Whoever has us listen is told so by name, and waits for the store."""
    feeds.pages["/a"] = feed(entry(1))
    feeds_ = [SecretStr(f"{feeds.url}/a"), SecretStr(f"{feeds.url}/b")]
    with pytest.raises(StoreAway):
        await Alerts(feeds_, session, Away()).listen(None, ears)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">'.encode() for n in range(1, 10))
    + b']><feed xmlns="http://www.w3.org/2005/Atom"><title>&a9;</title></feed>'
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><p>Sign in to continue",
        b"<html><p>Sign in</p></html>",
        b"\x00\xff\xfe garbage",
        feed(entry(1))[:-20],
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + feed(entry(1)),
        b"<a>" * 60 + b"</a>" * 60,
        b"<x a='" * 100_000,
    ],
    ids=["empty", "html", "page", "garbage", "cut", "laughs", "laughs16", "external", "deep", "unclosed"],
)
async def test_what_is_no_feed_is_kept_aside_once(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears, body: bytes
) -> None:
    """It lies in quarantine once, however often it comes; a good feed afterwards is read."""
    feeds.pages["/a"] = body
    async with listening(feeds, session, quick, ears) as alerts:
        await ears.until(lambda e: e.of(Unreadable))
        await quick.until(lambda slept: len(slept) >= 3)
        assert len(ears.of(Unreadable)) == 1
        assert alerts.trouble() is not None
        feeds.pages["/a"] = feed(entry(1))
        await ears.until(lambda e: e.of(Said))


async def test_a_feed_too_large_is_not_read(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Reading ends at two megabytes."""
    feeds.pages["/a"] = feed(*(entry(n, summary="x" * 10_000) for n in range(250)))
    async with listening(feeds, session, quick, ears) as alerts:
        await quick.until(lambda slept: len(slept) >= 2)
        assert "2 MB" in (alerts.trouble() or "")
    assert ears.news == []


async def test_what_could_not_be_stored_comes_again(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """While nothing can be stored nothing is remembered as seen."""
    feeds.pages["/a"] = feed(entry(1))
    ears.deaf = Refusal(because="The store cannot be reached.")
    async with listening(feeds, session, quick, ears):
        await ears.until(lambda e: e.refused >= 2)
        ears.deaf = None
        await ears.until(lambda e: e.of(Said))


async def test_only_web_addresses_become_links(
    feeds: Feeds, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """An article that leads to a script or a file has no link, and is kept all the same."""
    feeds.pages["/a"] = feed(
        *(entry(n, link) for n, link in enumerate(["javascript:alert(1)", "file:///etc/passwd", "http://["]))
    )
    async with listening(feeds, session, quick, ears):
        await ears.until(lambda e: len(e.of(Said)) == 3)
    assert {each.mention.url for each in ears.of(Said)} == {""}


async def test_answers_go_by_hand(session: ClientSession, quick: QuickClock) -> None:
    """An article is answered by a person, and looked at by a person."""
    alerts = Alerts([], session, quick)
    words = cleared("Thank you.", ToMention(key=key("x")))
    assert isinstance(await alerts.send(words), ByHand)
    assert isinstance(await alerts.find(words), CannotTell)
    assert isinstance(await alerts.look_again(key("x")), CannotTell)
    assert alerts.reach(words.account).public.how is How.HAND
    assert list(alerts.doors(Ears())) == []


async def test_check_names_feeds_by_number(feeds: Feeds, session: ClientSession, quick: QuickClock) -> None:
    """A good feed, a broken one and a missing one are told apart, and no address is shown."""
    feeds.pages |= {"/secret1": feed(entry(1)), "/secret2": b"<html/>"}
    alerts = Alerts([SecretStr(f"{feeds.url}/secret{n}") for n in (1, 2, 3)], session, quick)
    found = await alerts.check()
    assert [each.ok for each in found] == [True, False, False]
    assert "secret" not in "".join(each.model_dump_json() for each in found)
