"""A flood of mentions while nothing can be stored: what is kept is bounded, and nothing that was said is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from functools import partial

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from adapters.platforms.mastodon_kept import MOST, Kept
from adapters.platforms.mastodon_listen import AGAIN
from bot.nouns.mention import Cursor, Deleted, Heard, Mention, News, Said
from bot.nouns.team import Refusal
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.platforms.listening import listening
from tests.adapters.platforms.test_mastodon_limits import until
from tests.adapters.platforms.village import Village, village
from tests.adapters.platforms.words import key
from tests.fakes.clock import FakeClock

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FULL = Refusal(because="The disk is nearly full.")


class Counting(Ears):
    """Ears that know the most they were told at once, and the oldest mention they were offered last."""

    def __init__(self) -> None:
        super().__init__()
        self.most = 0
        self.oldest = ""

    async def __call__(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """As Ears."""
        self.most = max(self.most, len(news))
        self.oldest = next((each.mention.key.id for each in news if isinstance(each, Said)), "")
        return await super().__call__(news, cursor)


@pytest.fixture
async def there() -> AsyncIterator[Village]:
    """A server where much can be said at once."""
    async with village() as running:
        yield running


@pytest.fixture
def platform(there: Village, session: ClientSession, quick: QuickClock) -> Mastodon:
    """Our account there."""
    return Mastodon(there.url, SecretStr("shop-token"), session, quick)


async def test_a_flood_while_nothing_can_be_stored_is_left_to_the_walk(there: Village, platform: Mastodon) -> None:
    """The oldest are let go, for the walk finds them: everything that was said is heard, once. A deletion is kept."""
    ears = Counting()
    async with listening(platform, ears):
        await ears.until(lambda heard: heard.beats)
        await until(lambda: there.follows)
        gone = there.say("first")
        await ears.until(lambda heard: heard.of(Said))
        ears.deaf = FULL
        there.deletes(gone)
        ids = [there.say(f"number {number}") for number in range(6_000)]
        await ears.until(lambda heard: ears.oldest == "1003")  # a thousand and one were let go
        ears.deaf = None
        for many in (2_000, 4_000, 6_000):  # each with a patience of its own: it is much to read
            await ears.until(partial(_heard, many))
        await ears.until(lambda heard: len(heard.of(Said)) == 6_001 and heard.of(Deleted))
    assert sorted(each.mention.key.id for each in ears.of(Said)[1:]) == sorted(ids)
    assert [each.key.id for each in ears.of(Deleted)] == [gone]
    assert ears.most <= MOST


async def test_what_was_refused_is_not_told_again_at_each_event(there: Village, session: ClientSession) -> None:
    """While the disk is full a mention more is no reason to offer it all those before; a few seconds later it is."""
    clock, ears = FakeClock(), Ears()
    async with listening(Mastodon(there.url, SecretStr("shop-token"), session, clock), ears):
        await ears.until(lambda heard: heard.beats)
        await until(lambda: there.follows)
        ears.deaf = FULL
        there.say("number 0")
        await ears.until(lambda heard: heard.refused)
        for number in range(1, 50):
            there.say(f"number {number}")
            await asyncio.sleep(0.005)
        assert ears.refused == 1
        ears.deaf = None
        clock.advance(AGAIN)
        await ears.until(lambda heard: len(heard.of(Said)) == 50)


async def test_of_what_is_kept_the_walk_finds_the_oldest_again() -> None:
    """They are let go first; an edit or a deletion only where there is nothing else, for no walk finds those."""
    kept = Kept()
    kept.add(_gone("0"))
    for number in range(MOST + 10):
        kept.add(_said(str(number)))
    assert len(kept) == MOST
    assert [each.key.id for each in kept.first(1).values() if isinstance(each, Deleted)] == ["0"]
    assert [each.mention.key.id for each in kept.first(2).values() if isinstance(each, Said)] == ["11"]
    for number in range(1, MOST + 5):
        kept.add(_gone(str(number)))
    assert len(kept) == MOST
    assert [each.key.id for each in kept.first(1).values() if isinstance(each, Deleted)] == ["5"]


async def test_what_was_let_go_while_it_was_being_stored_is_no_loss() -> None:
    """Storing takes its time, and the stream goes on meanwhile."""
    kept = Kept()
    for number in range(MOST):
        kept.add(_said(str(number)))
    piece = kept.first(2)
    kept.add(_said("more"))
    kept.stored(piece)
    assert len(kept) == MOST - 1
    assert [each.mention.key.id for each in kept.first(1).values() if isinstance(each, Said)] == ["2"]


async def test_the_first_start_begins_when_it_began(there: Village, platform: Mastodon, ears: Ears) -> None:
    """What is said after we began to listen is heard, also where nothing could be stored since then."""
    there.streams = False
    there.say("from long ago")
    ears.deaf = FULL
    async with listening(platform, ears):
        await ears.until(lambda heard: heard.refused)
        said = there.say("from now")
        await ears.until(lambda heard: heard.refused >= 3)
        ears.deaf = None
        await ears.until(lambda heard: heard.of(Said))
    assert [each.mention.key.id for each in ears.of(Said)] == [said]


def _heard(many: int, ears: Ears) -> bool:
    return len(ears.news) > many


def _said(id: str) -> Said:
    return Said(mention=Mention(key=key(id), text="Why?", at=AT))


def _gone(id: str) -> Deleted:
    return Deleted(key=key(id), at=AT)
