"""Sending through a real server: what goes out, to whom it shows, and what each answer means."""

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from adapters.platforms.mastodon_send import Room, request
from bot.nouns.delivery import Absent, NotSent, Posted, Unknown
from bot.nouns.mention import CannotTell
from tests.adapters.platforms.ears import QuickClock
from tests.adapters.platforms.words import correction, key, private, reply, statement
from tests.proxy import Mood, proxy
from tests.square import Square


async def test_a_reply_stands_under_its_mention_and_names_its_author(square: Square, mastodon: Mastodon) -> None:
    """A reply is posted once, under the mention, and begins with the author's name so that they hear of it."""
    said = square.post("alice", "@shop where is my parcel?")
    sent = await mastodon.send(reply("We are looking for it now.", said["id"]))
    assert isinstance(sent, Posted)
    assert sent.key is not None
    (posted,) = square.ledger()
    assert posted["id"] == sent.key.id
    assert posted["url"] == sent.url
    assert posted["in_reply_to_id"] == said["id"]
    assert "@alice We are looking for it now." in posted["content"]


async def test_a_name_already_there_is_not_put_twice(square: Square, mastodon: Mastodon) -> None:
    """Words that mention the author keep their own way of doing so."""
    said = square.post("alice", "@shop hello")
    await mastodon.send(reply("Thank you, @Alice, we look.", said["id"]))
    assert square.ledger()[0]["content"].count("@") == 1


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
async def test_a_reply_reaches_no_more_people_than_its_mention(
    square: Square, mastodon: Mastodon, visibility: str
) -> None:
    """The audience of a reply is the parent's."""
    said = square.post("alice", "@shop hello", visibility=visibility)
    await mastodon.send(reply("Hello.", said["id"], visibility=visibility))
    assert square.ledger()[0]["visibility"] == visibility


async def test_an_audience_we_do_not_know_is_the_narrowest(square: Square, mastodon: Mastodon) -> None:
    """A server's own kind of visibility is answered to its author only."""
    said = square.post("alice", "@shop hello")
    await mastodon.send(reply("Hello.", said["id"], visibility="mutuals_only"))
    assert square.ledger()[0]["visibility"] == "direct"


async def test_a_private_word_is_direct(square: Square, mastodon: Mastodon) -> None:
    """A private word shows to its author only, whatever the mention's audience."""
    said = square.post("alice", "@shop hello")
    assert isinstance(await mastodon.send(private("May we call you?", said["id"])), Posted)
    (posted,) = square.ledger()
    assert posted["visibility"] == "direct"
    assert posted["mentions"][0]["acct"] == "alice"


async def test_without_somebody_to_address_nothing_goes_out(square: Square, mastodon: Mastodon) -> None:
    """A forgotten author, or an unknown audience, is a definite no before anything is asked."""
    said = square.post("alice", "@shop hello")
    assert isinstance(await mastodon.send(private("Hello.", said["id"], handle="")), NotSent)
    assert isinstance(await mastodon.send(reply("Hello.", said["id"], visibility="")), NotSent)
    assert square.ledger() == []


async def test_a_statement_answers_nobody(square: Square, mastodon: Mastodon) -> None:
    """A statement is a public post of its own."""
    assert isinstance(await mastodon.send(statement("The shop is open again.")), Posted)
    (posted,) = square.ledger()
    assert posted["in_reply_to_id"] is None
    assert posted["visibility"] == "public"


async def test_a_correction_changes_the_post_and_keeps_who_it_speaks_to(square: Square, mastodon: Mastodon) -> None:
    """An amended reply still begins with the name of the person it answers."""
    said = square.post("alice", "@shop hello")
    sent = await mastodon.send(reply("It arrives on Monday.", said["id"]))
    assert isinstance(sent, Posted)
    assert sent.key is not None
    amended = correction("It arrives on Tuesday.", sent.key.id)
    assert isinstance(await mastodon.find(amended), Absent)
    assert isinstance(await mastodon.send(amended), Posted)
    assert "@alice It arrives on Tuesday." in square.ledger()[0]["content"]
    assert isinstance(await mastodon.find(amended), Posted)


async def test_a_withdrawal_takes_the_post_away(square: Square, mastodon: Mastodon) -> None:
    """Empty words withdraw; asked again, the platform says that it is gone."""
    sent = await mastodon.send(statement("Wrong."))
    assert isinstance(sent, Posted)
    assert sent.key is not None
    withdrawn = correction("", sent.key.id)
    assert isinstance(await mastodon.find(withdrawn), Absent)
    assert isinstance(await mastodon.send(withdrawn), Posted)
    assert square.ledger() == []
    assert isinstance(await mastodon.send(withdrawn), Unknown)
    assert isinstance(await mastodon.find(withdrawn), Posted)


async def test_the_same_attempt_twice_is_one_post(square: Square, mastodon: Mastodon) -> None:
    """Trying again with the attempt's key gives the first post back."""
    said = square.post("alice", "@shop hello")
    words = reply("Hello.", said["id"], attempt="attempt-1")
    first, second = await mastodon.send(words), await mastodon.send(words)
    assert isinstance(first, Posted)
    assert first == second
    assert len(square.ledger()) == 1


async def test_too_long_is_refused_before_it_is_sent(square: Square, mastodon: Mastodon) -> None:
    """What the server would not take is not offered to it."""
    said = square.post("alice", "@shop hello")
    assert isinstance(await mastodon.send(reply("a" * 494, said["id"])), NotSent)
    assert isinstance(await mastodon.send(reply("a" * 493, said["id"])), Posted)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, {"error": "The access token is invalid"}),
        (403, {"error": "This action is not allowed"}),
        (404, {"error": "The post you are trying to reply to does not appear to exist."}),
        (422, {"error": "Validation failed: Text can't be blank"}),
    ],
)
async def test_a_definite_no_is_one(square: Square, mastodon: Mastodon, status: int, body: object) -> None:
    """The listed refusals mean that nothing went out."""
    said = square.post("alice", "@shop hello")
    square.fault(r"^/api/v1/statuses$", status=status, body=body, type="status")
    assert isinstance(await mastodon.send(reply("Hello.", said["id"])), NotSent)
    assert square.ledger() == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"error": "Bad request"}),
        (404, "<html>not a Mastodon answer</html>"),
        (409, {"error": "Duplicate"}),
        (422, {"error": "Duplicate record"}),
        (403, ["blocked by something in between"]),
        (500, {"error": "oh"}),
        (502, {"error": "Bad gateway"}),
        (503, {"error": "There was a temporary problem"}),
        (302, {}),
        (200, {"not": "a status"}),
    ],
)
async def test_every_other_answer_is_unknown(square: Square, mastodon: Mastodon, status: int, body: object) -> None:
    """What is not listed as a definite no is never taken for one, nor for a yes."""
    said = square.post("alice", "@shop hello")
    square.fault(r"^/api/v1/statuses$", status=status, body=body, type="status")
    assert isinstance(await mastodon.send(reply("Hello.", said["id"])), Unknown)


async def test_slow_down_says_until_when(square: Square, mastodon: Mastodon, quick: QuickClock) -> None:
    """A rate limit is a no that time will change, and the moment is the server's."""
    said = square.post("alice", "@shop hello")
    square.fault(r"^/api/v1/statuses$", type="ratelimit", headers={"Retry-After": "90"})
    sent = await mastodon.send(reply("Hello.", said["id"]))
    assert isinstance(sent, NotSent)
    assert sent.until is not None
    assert (sent.until - quick.wall).total_seconds() == 90


@pytest.mark.parametrize("mood", [Mood.LOSE, Mood.HALF])
async def test_a_lost_answer_is_unknown_and_then_found(
    square: Square, session: ClientSession, quick: QuickClock, mood: Mood
) -> None:
    """Words whose answer was lost are found where they stand; a second attempt with the same key posts nothing more."""
    said = square.post("alice", "@shop hello")
    words = reply("We are looking, *right now*: https://shop.example/a?b=c&d", said["id"])
    async with proxy(square.url) as between:
        platform = Mastodon(between.url, SecretStr(square.token("shop")), session, quick)
        between.mood = mood
        assert isinstance(await platform.send(words), Unknown)
        between.mood = Mood.PASS
        found = await platform.find(words)
        again = await platform.send(words)
    (posted,) = square.ledger()
    assert isinstance(found, Posted)
    assert found.key == key(posted["id"])
    assert again == found


async def test_a_dropped_connection_is_unknown_and_asked_only_once(
    square: Square, session: ClientSession, quick: QuickClock
) -> None:
    """Nothing went out, but nobody can know; and no library asks a second time behind our back."""
    sent = await Mastodon(square.url, SecretStr(square.token("shop")), session, quick).send(statement("Hello."))
    assert isinstance(sent, Posted)
    assert sent.key is not None
    async with proxy(square.url) as between:
        platform = Mastodon(between.url, SecretStr(square.token("shop")), session, quick)
        between.mood = Mood.CUT
        assert isinstance(await platform.send(statement("Hello again.")), Unknown)
        assert isinstance(await platform.send(correction("", sent.key.id)), Unknown)
        assert between.asked == 2
        between.mood = Mood.PASS
        assert isinstance(await platform.find(statement("Hello again.")), Absent)


async def test_a_stalled_server_is_unknown_by_the_deadline(
    square: Square, session: ClientSession, quick: QuickClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that never answers does not hold an attempt beyond its deadline."""
    monkeypatch.setattr("adapters.platforms.mastodon.DEADLINE", 0.3)
    async with proxy(square.url) as between:
        platform = Mastodon(between.url, SecretStr(square.token("shop")), session, quick)
        between.mood = Mood.STALL
        assert isinstance(await platform.send(statement("Hello.")), Unknown)


async def test_an_id_that_is_none_never_becomes_an_address(square: Square, mastodon: Mastodon) -> None:
    """An id made up by a stranger cannot lead our token elsewhere."""
    for bad in ("../accounts/1", "..", "1/../../x", "1?x=y", "", "a" * 65, "1#a"):
        assert isinstance(await mastodon.send(reply("Hello.", bad)), NotSent)
        assert isinstance(await mastodon.find(reply("Hello.", bad)), CannotTell)
        assert isinstance(await mastodon.look_again(key(bad)), CannotTell)
    assert square.ledger() == []


def test_words_that_are_gone_are_not_sent() -> None:
    """Without its text nothing becomes a request."""
    words = statement("x")
    bare = words.model_copy(update={"words": words.words.bare()})
    assert isinstance(request(bare, Room()), NotSent)


async def test_our_post_that_cannot_be_read_is_not_changed(square: Square, mastodon: Mastodon) -> None:
    """Without knowing whom it speaks to, a correction would cut them off."""
    said = square.post("shop", "@alice It arrives on Monday.")
    square.fault(r"/source$", status=503, type="status")
    assert isinstance(await mastodon.send(correction("It arrives on Tuesday.", said["id"])), NotSent)
    assert "Monday" in square.ledger()[0]["content"]


async def test_a_post_of_ours_that_is_gone_cannot_be_amended(square: Square, mastodon: Mastodon) -> None:
    """An edit of what is no longer there is a definite no, and is not found."""
    said = square.post("shop", "It arrives on Monday.")
    square.fault(
        r"^/api/v1/statuses/\d+$", methods=("PUT",), status=404, body={"error": "Record not found"}, type="status"
    )
    words = correction("It arrives on Tuesday.", said["id"])
    assert isinstance(await mastodon.send(words), NotSent)
    square.delete("shop", said["id"])
    assert isinstance(await mastodon.find(words), Absent)
