"""Looking again just before sending, and checking an account, on a real server."""

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, Said, Seen
from tests.adapters.platforms.ears import QuickClock
from tests.adapters.platforms.words import key
from tests.square import Square


async def test_it_sees_the_mention_as_it_stands(square: Square, mastodon: Mastodon) -> None:
    """An edited mention is seen with its present words."""
    said = square.post("alice", "@shop bad")
    square.edit("alice", said["id"], "@shop very bad")
    seen = await mastodon.look_again(key(said["id"]))
    assert isinstance(seen, Seen)
    assert seen.mention.text == "@shop very bad"
    assert seen.after == ()


async def test_it_sees_what_came_after(square: Square, mastodon: Mastodon) -> None:
    """The author's new words and our account's answers are told; what others say is not."""
    said = square.post("alice", "@shop bad")
    more = square.post("alice", "@shop and another thing", reply_to=said["id"])
    square.post("bob", "@alice same here", reply_to=said["id"])
    ours = square.post("shop", "@alice Sorry.", reply_to=said["id"])
    seen = await mastodon.look_again(key(said["id"]))
    assert isinstance(seen, Seen)
    theirs = [each.mention.key.id for each in seen.after if isinstance(each, Said)]
    answers = [(each.key.id, each.ours.id) for each in seen.after if isinstance(each, AnsweredByUs)]
    assert theirs == [more["id"]]
    assert answers == [(said["id"], ours["id"])]


async def test_it_sees_that_it_is_gone(square: Square, mastodon: Mastodon) -> None:
    """A deleted mention is told as deleted."""
    said = square.post("alice", "@shop bad")
    square.delete("alice", said["id"])
    gone = await mastodon.look_again(key(said["id"]))
    assert isinstance(gone, Deleted)
    assert gone.key.id == said["id"]


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
async def test_without_a_clear_answer_it_cannot_tell(square: Square, mastodon: Mastodon, status: int) -> None:
    """An answer that is none is never taken for a look."""
    said = square.post("alice", "@shop bad")
    square.fault(r"^/api/v1/statuses/[^/]+$", status=status, type="status")
    assert isinstance(await mastodon.look_again(key(said["id"])), CannotTell)
    square.fault(r"/context$", status=status, type="status")
    assert isinstance(await mastodon.look_again(key(said["id"])), CannotTell)
    square.fault(r"/context$", type="malformed")
    assert isinstance(await mastodon.look_again(key(said["id"])), CannotTell)


async def test_check_says_who_we_are_and_what_we_may(mastodon: Mastodon) -> None:
    """A good account has nothing to mend."""
    found = await mastodon.check()
    assert all(each.ok for each in found)
    assert "@shop" in found[0].what


async def test_check_says_what_to_press(square: Square, session: ClientSession, quick: QuickClock) -> None:
    """A wrong token, a missing scope and a server that is not there each come with what to do."""
    wrong = Mastodon(square.url, SecretStr("canary-token"), session, quick)
    (finding,) = await wrong.check()
    assert not finding.ok
    assert "Development" in finding.fix
    assert "canary-token" not in finding.model_dump_json()
    square.fault(r"^/api/v1/notifications", status=403, type="status")
    found = await Mastodon(square.url, SecretStr(square.token("shop")), session, quick).check()
    assert [each.ok for each in found].count(False) == 1
    (finding,) = await Mastodon("http://127.0.0.1:1", SecretStr("x"), session, quick).check()
    assert not finding.ok


async def test_the_servers_limits_are_used(square: Square, mastodon: Mastodon) -> None:
    """Before the server has told, 500 and 23 hold; then what it told."""
    assert mastodon.measure("@alice hello").limit == 500
    limits = {"configuration": {"statuses": {"max_characters": 5000, "characters_reserved_per_url": 10}}}
    square.fault(r"^/api/v2/instance$", status=200, body=limits, type="status")
    await mastodon.check()
    length = mastodon.measure("@alice see https://example.com/a/very/long/path")
    assert (length.used, length.limit) == (21, 5000)


def test_room_is_kept_for_the_name(session_free: Mastodon) -> None:
    """Words that do not begin with a mention leave room for one; of a mention only the local part counts."""
    assert session_free.measure("hello").limit == 468
    assert session_free.measure("@alice@social.example hello").used == 12
    assert session_free.measure("@alice@social.example hello").limit == 500


@pytest.fixture
async def session_free(session: ClientSession, quick: QuickClock) -> Mastodon:
    """An account that never asks anybody."""
    return Mastodon("https://social.example", SecretStr("x"), session, quick)
