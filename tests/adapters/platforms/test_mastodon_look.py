"""Looking again just before sending, and checking an account, on a real server."""

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from adapters.platforms.mastodon_parse import mention, status
from adapters.platforms.mastodon_recheck import Recheck
from adapters.platforms.mastodon_wire import Wire
from bot.nouns.mention import AnsweredByUs, CannotTell, Deleted, Edited, Said, Seen
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
    square.fault(r"^/api/v2/instance$", count=None, status=200, body=limits, type="status")
    await mastodon.check()
    length = mastodon.measure("@alice see https://example.com/a/very/long/path")
    assert (length.used, length.limit) == (21, 5000)


async def test_room_is_kept_for_the_name(session_free: Mastodon) -> None:
    """Words that do not begin with a mention leave room for one; of a mention only the local part counts."""
    assert session_free.measure("hello").limit == 468
    assert session_free.measure("@alice@social.example hello").used == 12
    assert session_free.measure("@alice@social.example hello").limit == 500


@pytest.fixture
async def session_free(session: ClientSession, quick: QuickClock) -> Mastodon:
    """An account on a server that never answers."""
    return Mastodon("http://127.0.0.1:9", SecretStr("x"), session, quick)


async def test_an_edit_between_stream_and_walk_is_still_noticed(
    square: Square, session: ClientSession, quick: QuickClock
) -> None:
    """A mention heard a second time with other words does not hide that it was edited."""
    wire = Wire(square.url, SecretStr(square.token("shop")), session, quick)
    said = square.post("alice", "@shop bad")
    second_look = Recheck(wire)
    assert await second_look.look() == []
    second_look.remember([_said(square, said["id"])])
    square.edit("alice", said["id"], "@shop very bad")
    second_look.remember([_said(square, said["id"])])
    assert await second_look.look() == []  # too early
    quick.elapsed += 120
    (edited,) = await second_look.look()
    assert isinstance(edited, Edited)
    assert edited.mention.text == "@shop very bad"
    quick.elapsed += 120
    assert await second_look.look() == []


async def test_a_mention_that_is_only_hidden_is_not_called_deleted(
    square: Square, session: ClientSession, quick: QuickClock
) -> None:
    """A list without it proves nothing; its own page decides."""
    wire = Wire(square.url, SecretStr(square.token("shop")), session, quick)
    said = square.post("alice", "@shop bad")
    second_look = Recheck(wire)
    second_look.remember([_said(square, said["id"])])
    await second_look.look()
    answers: list[object] = [[], {"not": "a list"}]
    for body in answers:
        quick.elapsed += 120
        square.fault(r"^/api/v1/statuses$", status=200, body=body, type="status")
        assert await second_look.look() == []


def _said(square: Square, name: str) -> Said:
    post = status(square.status(name))
    assert post is not None
    return Said(mention=mention(post))
