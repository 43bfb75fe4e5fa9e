"""How long a post may be: every replica learns it, whoever listens (one does; people write and send on any)."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from bot.nouns.delivery import How, NotSent, Posted
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.platforms.listening import listening
from tests.adapters.platforms.village import Village, village
from tests.adapters.platforms.words import SHOP, reply, statement
from tests.fakes.clock import FakeClock
from tests.proxy import Mood, proxy
from tests.square import Square

LONG = "x" * 700


@pytest.fixture
async def there() -> AsyncIterator[Village]:
    """A server that takes 5,000 characters and says so."""
    async with village() as running:
        running.allows(5000)
        yield running


@pytest.fixture
def deaf(there: Village, session: ClientSession, quick: QuickClock) -> Mastodon:
    """On a replica that never listens."""
    return Mastodon(there.url, SecretStr("shop-token"), session, quick)


async def until(true: Callable[[], object]) -> None:
    """Wait until something is so; fails the test after a while."""
    async with asyncio.timeout(8):
        while not true():
            await asyncio.sleep(0.005)


async def test_words_the_server_has_room_for_go_out_where_nobody_listens(there: Village, deaf: Mastodon) -> None:
    """700 characters, on a server that takes 5,000, sent by a replica that never listened."""
    assert isinstance(await deaf.send(reply(LONG, "1")), Posted)
    assert isinstance(await deaf.send(statement("Hello.")), Posted)
    assert [len(each["content"]) for each in there.posts] == [707, 6]
    assert there.asked == 1


async def test_words_that_fit_anywhere_go_out_without_a_question(there: Village, deaf: Mastodon) -> None:
    """The deadline of a send is spent on sending."""
    assert isinstance(await deaf.send(statement("Hello.")), Posted)
    assert there.asked == 0


async def test_what_is_too_long_for_it_is_refused_there_too(there: Village, deaf: Mastodon) -> None:
    """By as much as the server has no room for, before it is offered."""
    sent = await deaf.send(statement("x" * 5100))
    assert isinstance(sent, NotSent)
    assert "100 characters" in sent.because
    assert there.posts == []


async def test_a_server_that_did_not_say_is_asked_again_at_the_next_press(there: Village, deaf: Mastodon) -> None:
    """One bad moment does not make the words too long for ever."""
    there.instance = None
    assert isinstance(await deaf.send(statement(LONG)), NotSent)
    there.allows(5000)
    assert isinstance(await deaf.send(statement(LONG)), Posted)


async def test_asking_how_long_it_may_be_sends_nothing(
    there: Village, session: ClientSession, quick: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no answer to that comes in time nobody has to look whether it went out: it is a definite no."""
    monkeypatch.setattr("adapters.platforms.mastodon.DEADLINE", 0.3)
    async with proxy(there.url) as between:
        between.mood = Mood.STALL
        sent = await Mastodon(between.url, SecretStr("shop-token"), session, quick).send(statement(LONG))
    assert isinstance(sent, NotSent)


async def test_a_replica_that_does_not_listen_measures_right_after_a_moment(there: Village, deaf: Mastodon) -> None:
    """Who writes at the desk there has the room the server gives."""
    deaf.measure("")
    await until(lambda: deaf.measure(LONG).limit == 4968)
    assert deaf.measure(LONG).fits
    assert there.asked == 1


async def test_a_look_that_failed_is_not_repeated_at_every_key(there: Village, session: ClientSession) -> None:
    """The server is asked once a minute at most, however much is typed; and then everything is right."""
    clock = FakeClock()
    platform = Mastodon(there.url, SecretStr("shop-token"), session, clock)
    there.instance = None
    for _ in range(3):
        for _ in range(100):
            platform.measure(LONG)
            await asyncio.sleep(0.001)
        await clock.run(10)
    assert there.asked == 1
    there.allows(5000)
    await clock.run(60)
    await until(lambda: platform.measure(LONG).fits)
    assert there.asked == 2


async def test_what_is_answered_to_anybody_says_nothing_of_our_token(square: Square, mastodon: Mastodon) -> None:
    """A server that will not speak of itself has not refused us: sending goes on by itself."""
    square.fault(r"^/api/v2/instance$", status=401, body={"error": "not to strangers"}, type="status")
    assert isinstance(await mastodon.send(statement(LONG)), NotSent)
    assert mastodon.trouble() is None
    assert mastodon.reach(SHOP).public.how is How.API


async def test_a_listener_that_was_not_told_learns_it_later(there: Village, deaf: Mastodon, ears: Ears) -> None:
    """The one question at the start of listening may fail, too."""
    there.instance = None
    async with listening(deaf, ears):
        await ears.until(lambda heard: heard.beats)
        there.allows(5000)
        await until(lambda: deaf.measure(LONG).fits)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"configuration": "nonsense"},
        {"configuration": {"statuses": [], "urls": []}},
        {"configuration": {"statuses": {"max_characters": "many"}}},
        {"configuration": {"statuses": {"max_characters": 0}}},
        {"configuration": ["urls"]},
    ],
)
async def test_what_a_server_says_of_itself_can_be_nonsense(
    there: Village, deaf: Mastodon, ears: Ears, said: dict[str, object]
) -> None:
    """It is listened to all the same, and 500 characters are assumed."""
    there.instance = said
    async with listening(deaf, ears):
        await ears.until(lambda heard: heard.beats >= 2)
    assert deaf.measure("@alice hello").limit == 500
