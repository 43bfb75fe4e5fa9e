"""A token that is revoked, and replaced while we run, on a real server (failure D8)."""

from dataclasses import dataclass

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from bot.nouns.delivery import Absent, How, NotSent, Posted
from bot.nouns.mention import CannotTell, Said, Seen
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.platforms.listening import listening
from tests.adapters.platforms.words import SHOP, key, reply
from tests.square import Square


@dataclass
class Kept:
    """A token in a file, as the platform reads it."""

    text: str

    def __call__(self) -> SecretStr:
        """As it is now."""
        return SecretStr(self.text)


@pytest.fixture
def kept(square: Square) -> Kept:
    """Ours."""
    return Kept(square.token("shop"))


@pytest.fixture
def mastodon(square: Square, session: ClientSession, quick: QuickClock, kept: Kept) -> Mastodon:
    """Our account, with a token that may be changed."""
    return Mastodon(square.url, kept, session, quick)


async def test_the_next_token_counts_within_seconds(square: Square, mastodon: Mastodon, ears: Ears, kept: Kept) -> None:
    """A refused one is said, and sends nothing. With another it is listened on from where it was, and what is sent again is
    sent once."""
    async with listening(mastodon, ears):
        await ears.until(lambda heard: heard.beats)
        kept.text = "revoked"
        said = square.post("alice", "@shop bad")
        assert isinstance(await mastodon.send(reply("Sorry.", said["id"])), NotSent)
        assert isinstance(await mastodon.find(reply("Sorry.", said["id"])), CannotTell)
        assert "token" in (mastodon.trouble() or "")
        assert mastodon.reach(SHOP).public.how is How.HAND
        assert square.ledger() == []
        kept.text = square.token("shop")
        assert mastodon.trouble() is None
        await ears.until(lambda heard: heard.of(Said))
        assert isinstance(await mastodon.send(reply("Sorry.", said["id"])), Posted)
    assert len(square.ledger()) == 1


async def test_whoever_waits_for_it_is_woken(
    square: Square, session: ClientSession, quick: QuickClock, ears: Ears, kept: Kept
) -> None:
    """One that is refused from the start on is not waited out for five minutes once there is another."""
    right, kept.text = kept.text, "revoked"
    async with listening(Mastodon(square.url, kept, session, quick), ears):
        await quick.until(lambda slept: 300.0 in slept)
        kept.text = right
        await ears.until(lambda heard: heard.beats)
    assert quick.slept.count(300.0) == 1


async def test_a_token_of_another_account_is_none_of_ours(square: Square, mastodon: Mastodon, kept: Kept) -> None:
    """Nothing is read or sent as somebody else, and health says so; with one of ours everything goes on."""
    said = square.post("alice", "@shop bad")
    assert isinstance(await mastodon.look_again(key(said["id"])), Seen)
    kept.text = square.token("bob")
    refused = await mastodon.send(reply("Sorry.", said["id"]))
    assert isinstance(refused, NotSent)
    assert "another account" in refused.because
    assert isinstance(await mastodon.look_again(key(said["id"])), CannotTell)
    assert "another account" in (mastodon.trouble() or "")
    assert mastodon.reach(SHOP).public.how is How.HAND
    assert square.ledger("bob") == square.ledger() == []
    kept.text = square.token("shop")
    assert isinstance(await mastodon.find(reply("Sorry.", said["id"])), Absent)
    assert isinstance(await mastodon.send(reply("Sorry.", said["id"])), Posted)
    assert mastodon.trouble() is None


async def test_while_nobody_tells_whose_it_is_nothing_is_sent(square: Square, mastodon: Mastodon, kept: Kept) -> None:
    """A definite no: nothing went out, and nobody has to look."""
    said = square.post("alice", "@shop bad")
    await mastodon.look_again(key(said["id"]))
    kept.text = square.token("bob")
    square.fault(r"verify_credentials", count=1, status=503, type="status")
    assert isinstance(await mastodon.send(reply("Sorry.", said["id"])), NotSent)
    assert mastodon.trouble() is None
    assert square.ledger() == []


async def test_what_others_are_told_is_not_heard(square: Square, mastodon: Mastodon, ears: Ears, kept: Kept) -> None:
    """With a token of another account neither the polls nor the stream bring in what is meant for that one."""
    async with listening(mastodon, ears):
        await ears.until(lambda heard: heard.beats)
        kept.text = square.token("bob")
        square.post("alice", "@bob this is for you alone")
        await mastodon.look_again(key("1"))
        assert "another account" in (mastodon.trouble() or "")
        said = square.post("alice", "@shop bad")
        kept.text = square.token("shop")
        await ears.until(lambda heard: heard.of(Said))
    assert [each.mention.key.id for each in ears.of(Said)] == [said["id"]]
