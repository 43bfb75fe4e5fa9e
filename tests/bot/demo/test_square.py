"""The fake public square of the demonstration: a platform of its own, and a page to look at."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.demo.afternoon import AFTERNOON
from bot.demo.square import LIMIT, NAME, Square
from bot.nouns.delivery import (
    Absent,
    Account,
    Audience,
    Cleared,
    How,
    NotSent,
    Posted,
    Target,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
)
from bot.nouns.mention import (
    CannotTell,
    Cursor,
    Deleted,
    Edited,
    Heard,
    MentionKey,
    MentionKind,
    News,
    Said,
    Seen,
    Stored,
)
from bot.ports import Knock, Platform
from tests.bot.build import words
from tests.fakes.clock import FakeClock


class Ears:
    """An intake that remembers."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self.cursor: Cursor | None = None

    async def __call__(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]:
        """Stored."""
        self.news += news
        self.cursor = cursor
        return [Stored() for _ in news]


@pytest.fixture
def clock() -> FakeClock:
    """A clock the test moves."""
    return FakeClock()


@pytest.fixture
def square(clock: FakeClock) -> Square:
    """An empty square."""
    return Square(clock, "http://127.0.0.1:8420")


def cleared(text: str, target: Target, attempt: str = "a1", audience: Audience = Audience.PUBLIC) -> Cleared:
    """Words that passed every rule."""
    account = Account(platform=NAME, name="The shop")
    return Cleared(words=words(text), target=target, account=account, audience=audience, attempt_key=attempt)


def key(name: str) -> MentionKey:
    """A post's key."""
    return MentionKey(platform=NAME, id=name)


async def play(square: Square, clock: FakeClock, seconds: float, since: Cursor | None = None) -> Ears:
    """Let the afternoon go on for so long."""
    ears = Ears()
    task = asyncio.create_task(square.listen(since, ears))
    await clock.run(seconds)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return ears


async def page(square: Square) -> str:
    """The page as a browser gets it."""
    door, _ = square.doors(Ears())
    status, headers, body = await door.open(Knock("GET", "/square", {}, {}, {}, b""))
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert isinstance(body, bytes)
    return body.decode()


def test_it_is_a_platform(square: Square) -> None:
    """For the type checker, and by its name."""
    platform: Platform = square
    assert platform.name == "square"


async def test_the_afternoon_is_told_in_five_minutes(square: Square, clock: FakeClock) -> None:
    """A dozen mentions, an edit and a deletion, none before its second; then it is quiet."""
    ears = await play(square, clock, 300)
    assert len(ears.news) == len(AFTERNOON)
    assert sum(isinstance(each, Said) for each in ears.news) >= 12
    assert [type(each) for each in ears.news if not isinstance(each, Said)] == [Edited, Deleted]
    assert AFTERNOON[-1].second < 300
    star = next(each.mention for each in ears.news if isinstance(each, Said) and each.mention.rating == 1)
    assert (star.text, star.kind) == ("", MentionKind.REVIEW)


async def test_it_goes_on_where_it_was_left(square: Square, clock: FakeClock) -> None:
    """Nothing is told twice; one that was opened anew still knows what was said before."""
    first = await play(square, clock, 100)
    second = await play(square, clock, 300, first.cursor)
    assert len(first.news) + len(second.news) == len(AFTERNOON)
    anew = Square(clock, "")
    await play(anew, clock, 1, Cursor(source=NAME, at="8"))
    assert anew.posts.keys() == {turn.post for turn in AFTERNOON[:8]}
    assert (await anew.look_again(key("parcel"))) != CannotTell(because="")


async def test_looking_again_shows_what_stands(square: Square, clock: FakeClock) -> None:
    """An edit, a deletion, and a post nobody knows."""
    await play(square, clock, 300)
    seen = await square.look_again(key("parcel"))
    assert isinstance(seen, Seen)
    assert "EDIT" in seen.mention.text
    assert isinstance(await square.look_again(key("oops")), Deleted)
    assert isinstance(await square.look_again(key("nobody")), CannotTell)


async def test_what_is_sent_appears_once(square: Square, clock: FakeClock) -> None:
    """The same attempt key posts once, and is found by it."""
    await play(square, clock, 30)
    words_ = cleared("We are sorry.", ToMention(key=key("parcel")))
    assert await square.find(words_) == Absent()
    sent = await square.send(words_)
    assert isinstance(sent, Posted)
    assert await square.send(words_) == sent == await square.find(words_)
    assert (await page(square)).count("We are sorry.") == 1
    assert sent.url.startswith("http://127.0.0.1:8420/square#")


async def test_private_words_and_statements_are_sent_too(square: Square, clock: FakeClock) -> None:
    """A private word says so on the page; a statement answers nothing."""
    await play(square, clock, 30)
    await square.send(cleared("Just to you.", ToAuthor(key=key("parcel")), "a1", Audience.PRIVATE))
    await square.send(cleared("To everybody.", ToAccount(account=Account(platform=NAME)), "a2"))
    shown = await page(square)
    assert "The shop (in private)" in shown
    assert shown.index("To everybody.") < shown.index("Just to you.")


async def test_a_correction_changes_the_post(square: Square, clock: FakeClock) -> None:
    """No words withdraw it; a post that is not there is a definite no."""
    sent = await square.send(cleared("Sorrry.", ToAccount(account=Account(platform=NAME))))
    assert isinstance(sent, Posted)
    await square.send(cleared("Sorry.", ToPost(key=sent.key), "a2"))
    assert "Sorry." in await page(square)
    assert "Sorrry." not in await page(square)
    await square.send(cleared("", ToPost(key=sent.key), "a3"))
    assert "deleted by its author" in await page(square)
    assert isinstance(await square.send(cleared("x", ToPost(key=key("none")), "a4")), NotSent)


async def test_the_page_shows_words_as_words(square: Square, clock: FakeClock) -> None:
    """Nothing anybody wrote is markup, and a lone surrogate breaks nothing."""
    assert "Nobody has said anything yet." in await page(square)
    await play(square, clock, 75)
    await square.send(cleared("<script>alert('x')</script>", ToMention(key=key("parcel"))))
    square.posts["praise"] = replace(square.posts["praise"], text="odd \ud800")
    shown = await page(square)
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "1 of 5 stars" in shown
    assert "(no words)" in shown


async def test_the_page_brings_its_own_look(square: Square, clock: FakeClock) -> None:
    """One stylesheet of its own, for the page's policy allows nothing written into it; the shop's words stand out."""
    _, look = square.doors(Ears())
    status, headers, body = await look.open(Knock("GET", look.path, {}, {}, {}, b""))
    assert (status, headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert isinstance(body, bytes)
    await play(square, clock, 30)
    await square.send(cleared("We are sorry.", ToMention(key=key("parcel"))))
    shown = await page(square)
    assert f"href='{look.path}'" in shown
    assert "style=" not in shown
    assert shown.count(" class=ours>") == 1
    assert b"article.ours" in body


async def test_everybody_can_be_reached(square: Square) -> None:
    """In public and in private, with 500 signs, and nothing is ever missing."""
    reach = square.reach(Account(platform=NAME))
    assert (reach.public.how, reach.private.how) == (How.API, How.API)
    assert (square.measure("日本").used, square.measure("").limit) == (2, LIMIT)
    assert all(each.ok for each in await square.check())
