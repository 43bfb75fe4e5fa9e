"""Looking for words of ours after an answer was lost, on a real server."""

from datetime import timedelta

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from bot.nouns.delivery import Absent, Cleared, Posted
from bot.nouns.mention import CannotTell
from tests.adapters.platforms.ears import QuickClock
from tests.adapters.platforms.words import correction, private, reply, statement
from tests.proxy import Mood, proxy
from tests.square import Square


async def test_words_not_ours_or_older_are_not_found(square: Square, mastodon: Mastodon) -> None:
    """The same words by somebody else, elsewhere, or in public where ours were private are not ours."""
    said, other = square.post("alice", "@shop hello"), square.post("bob", "@shop hello")
    square.post("bob", "Hello there", reply_to=said["id"])
    square.post("shop", "@bob Hello there", reply_to=other["id"])
    assert isinstance(await mastodon.find(reply("Hello there", said["id"])), Absent)
    square.post("shop", "@alice Hello there", reply_to=said["id"])
    assert isinstance(await mastodon.find(private("Hello there", said["id"])), Absent)
    assert isinstance(await mastodon.find(reply("Hello  there", said["id"])), Posted)


async def test_a_statement_is_found_among_ours_and_old_ones_are_not_it(
    square: Square, session: ClientSession, quick: QuickClock
) -> None:
    """The same words said before the attempt began are not the attempt; without its beginning any are."""
    for number in range(45):
        square.post("shop", f"number {number}")
    first = await _find(square, session, quick, statement("number 2"))
    assert isinstance(first, Posted)
    quick.wall += timedelta(days=1)
    async with proxy(square.url) as between:
        platform = Mastodon(between.url, SecretStr(square.token("shop")), session, quick)
        between.mood = Mood.CUT
        words = statement("number 2")
        await platform.send(words)
        between.mood = Mood.PASS
        assert isinstance(await platform.find(words), Absent)
    assert isinstance(await _find(square, session, quick, statement("number 99")), Absent)


@pytest.mark.parametrize("path", [r"/context$", r"/statuses$", r"^/api/v1/statuses/\d+$", r"verify_credentials"])
@pytest.mark.parametrize("status", [401, 429, 500])
async def test_a_search_without_an_answer_cannot_tell(
    square: Square, session: ClientSession, quick: QuickClock, path: str, status: int
) -> None:
    """No answer is never taken for an absence."""
    said = square.post("alice", "@shop hello")
    words = {
        r"/context$": reply("Hello", said["id"]),
        r"/statuses$": statement("Hello"),
        r"^/api/v1/statuses/\d+$": correction("Hello", said["id"]),
    }
    square.fault(path, status=status, type="status")
    found = await _find(square, session, quick, words.get(path, statement("Hello")))
    assert isinstance(found, CannotTell)


async def _find(square: Square, session: ClientSession, quick: QuickClock, words: Cleared) -> object:
    """As a process that has just started would look: it remembers no attempt."""
    return await Mastodon(square.url, SecretStr(square.token("shop")), session, quick).find(words)
