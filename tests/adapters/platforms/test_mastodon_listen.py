"""Listening to a real server: nothing missed, nothing twice, nothing from before our time."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from adapters.platforms.mastodon import Mastodon
from bot.errors import StoreAway
from bot.nouns.delivery import How
from bot.nouns.mention import AnsweredByUs, Cursor, Deleted, Edited, Said, Unreadable
from bot.nouns.team import Refusal
from bot.nouns.time import Now
from tests.adapters.platforms.ears import Ears, QuickClock
from tests.adapters.platforms.listening import listening
from tests.adapters.platforms.words import SHOP
from tests.square import Square


class Slow(QuickClock):
    """A clock on which no long wait ever ends."""

    async def sleep(self, seconds: float) -> None:
        """Short ones do."""
        await (asyncio.Event().wait() if seconds > 5 else super().sleep(seconds))


class Away(QuickClock):
    """A clock whose store is away."""

    async def now(self) -> Now:
        """Nobody can tell."""
        raise StoreAway("The store cannot be reached.")


async def test_the_first_start_begins_now(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """What was said before anybody listened is not brought in; what is said from then on is."""
    square.post("alice", "@shop from long ago")
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        said = square.post("alice", "@shop from now")
        await ears.until(lambda e: e.of(Said))
    (heard,) = ears.of(Said)
    assert heard.mention.key.id == said["id"]
    assert heard.mention.text == "@shop from now"
    assert heard.mention.author.handle == "alice"
    assert heard.mention.visibility == "public"
    assert heard.mention.direct


async def test_nothing_of_it_goes_on_once_it_is_broken_off(square: Square, session: ClientSession, ears: Ears) -> None:
    """Whoever loses the lease of listening, between two looks, leaves no task behind that nobody ends."""
    before = asyncio.all_tasks()
    platform = Mastodon(square.url, SecretStr(square.token("shop")), session, Slow(), every=3600)
    async with listening(platform, ears):
        await ears.until(lambda e: e.beats >= 2)
        await asyncio.sleep(0.1)
    for _ in range(3):
        await asyncio.sleep(0)
    assert asyncio.all_tasks() <= before


async def test_what_was_said_while_we_were_away_is_fetched(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """From a cursor on every mention is walked, oldest first, page after page."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
    count = 90
    said = [square.post("alice", f"@shop number {number}")["id"] for number in range(count)]
    async with listening(mastodon, ears, ears.cursor):
        await ears.until(lambda e: len(e.of(Said)) == count)
    assert [each.mention.key.id for each in ears.of(Said)] == said


async def test_what_could_not_be_stored_comes_again(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """While nothing can be stored the cursor stays, and afterwards nothing is missing."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        before, ears.deaf = ears.cursor, Refusal(because="The store cannot be reached.")
        square.post("alice", "@shop are you there?")
        await ears.until(lambda e: e.refused >= 2)
        assert ears.cursor == before
        ears.deaf = None
        await ears.until(lambda e: e.of(Said))
    assert len(ears.of(Said)) == 1


async def test_our_own_answer_by_another_hand_is_heard(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """A reply that somebody wrote in Mastodon itself is news; a post that answers nobody is none."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        said = square.post("alice", "@shop hello")
        square.post("shop", "Good morning everybody")
        answer = square.post("shop", "@alice Hello.", reply_to=said["id"])
        await ears.until(lambda e: e.of(AnsweredByUs))
    (ours,) = ears.of(AnsweredByUs)
    assert (ours.key.id, ours.ours.id, ours.words) == (said["id"], answer["id"], "@alice Hello.")
    assert ours.url == answer["url"]


async def test_a_strangers_edit_and_deletion_are_noticed(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """A second look finds what no notification tells."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        edited, deleted = square.post("alice", "@shop bad"), square.post("bob", "@shop worse")
        await ears.until(lambda e: len(e.of(Said)) == 2)
        square.edit("alice", edited["id"], "@shop very bad")
        square.delete("bob", deleted["id"])
        await ears.until(lambda e: e.of(Edited) and e.of(Deleted))
    assert ears.of(Edited)[0].mention.text == "@shop very bad"
    assert ears.of(Deleted)[0].key.id == deleted["id"]


async def test_the_stream_brings_news_long_before_the_next_poll(
    square: Square, session: ClientSession, ears: Ears
) -> None:
    """With a clock on which the next poll never comes, a mention arrives all the same."""
    patient = Mastodon(square.url, SecretStr(square.token("shop")), session, Slow(), every=3600)
    async with listening(patient, ears):
        await ears.until(lambda e: e.beats >= 2)  # the second one: the stream has woken the poll, so it is open
        square.post("alice", "@shop quickly")
        await ears.until(lambda e: e.of(Said))


async def test_the_stream_tells_of_edits_that_speak_to_us(
    square: Square, mastodon: Mastodon, ears: Ears, quick: QuickClock
) -> None:
    """Of those we follow, the stream brings edits of what they said to us, and no others."""
    alice = square.ask("GET", "/api/v1/accounts/verify_credentials", None, "alice")["id"]
    square.ask("POST", f"/api/v1/accounts/{alice}/follow")
    to_us, to_all = square.post("alice", "@shop hello"), square.post("alice", "hello all")
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats >= 3)
        square.edit("alice", to_all["id"], "hello everybody")
        square.edit("alice", to_us["id"], "@shop hello again")
        await ears.until(lambda e: e.of(Edited))
    assert [each.mention.key.id for each in ears.of(Edited)] == [to_us["id"]]


async def test_a_refused_token_is_said_and_asked_slowly(
    square: Square, session: ClientSession, quick: QuickClock, ears: Ears
) -> None:
    """Health says so, a send goes by hand meanwhile, and when the token works again so do we."""
    platform = Mastodon(square.url, SecretStr(square.token("shop")), session, quick)
    square.fault(
        r"verify_credentials", count=3, status=401, body={"error": "The access token is invalid"}, type="status"
    )
    async with listening(platform, ears):
        await quick.until(lambda slept: slept.count(300.0) >= 2)
        trouble, account = platform.trouble(), platform.reach(SHOP)
        await ears.until(lambda e: e.beats)
    assert trouble is not None
    assert "token" in trouble
    assert square.token("shop") not in trouble
    assert account.public.how is How.HAND
    assert platform.trouble() is None
    assert platform.reach(SHOP).public.how is How.API


async def test_reading_rests_before_the_limit_is_used_up(
    square: Square, mastodon: Mastodon, ears: Ears, quick: QuickClock
) -> None:
    """Near the server's limit polling stops until it ends, so that people can still send."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        square.fault(r"^/api/v1/notifications", type="ratelimit", headers={"Retry-After": "77"})
        await quick.until(lambda slept: any(70 < each <= 77 for each in slept))
        beats = ears.beats
        await ears.until(lambda e: e.beats > beats)


async def test_a_second_machines_clock_bears_witness(mastodon: Mastodon, quick: QuickClock) -> None:
    """The Date of every answer is handed to the clock."""
    await mastodon.check()
    assert quick.witnesses
    assert all(each.tzinfo is not None for each in quick.witnesses)


async def test_a_deletion_by_somebody_we_follow_comes_by_the_stream(
    square: Square, session: ClientSession, ears: Ears
) -> None:
    """With a clock on which no second look ever comes, the stream tells."""
    alice = square.ask("GET", "/api/v1/accounts/verify_credentials", None, "alice")["id"]
    square.ask("POST", f"/api/v1/accounts/{alice}/follow")
    platform = Mastodon(square.url, SecretStr(square.token("shop")), session, Slow(), every=3600)
    async with listening(platform, ears):
        await ears.until(lambda e: e.beats >= 2)
        said = square.post("alice", "@shop bad")
        await ears.until(lambda e: e.of(Said))
        square.delete("alice", said["id"])
        await ears.until(lambda e: e.of(Deleted))
    assert ears.of(Deleted)[0].key.id == said["id"]


async def test_without_a_stream_polling_does_it(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """A server without this kind of stream is listened to all the same."""
    square.fault(r"^/api/v1/streaming", count=None, status=404, type="status")
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        square.post("alice", "@shop hello")
        await ears.until(lambda e: e.of(Said))


@pytest.mark.parametrize(
    "effect",
    [
        {"type": "malformed"},
        {"type": "status", "status": 500},
        {"type": "status", "status": 200, "body": {"not": "a list"}},
        {"type": "status", "status": 200, "body": [{"no": "id"}]},
        {"type": "status", "status": 200, "body": ["nonsense"]},
    ],
)
async def test_a_bad_answer_is_asked_again(
    square: Square, mastodon: Mastodon, ears: Ears, effect: dict[str, Any]
) -> None:
    """The walk goes on from where it was; nothing is skipped."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        square.fault(r"^/api/v1/streaming", count=None, status=500, type="status")
        square.fault(r"^/api/v1/notifications", count=2, **effect)
        said = square.post("alice", "@shop hello")
        await ears.until(lambda e: e.of(Said))
    assert [each.mention.key.id for each in ears.of(Said)] == [said["id"]]


async def test_a_notification_that_cannot_be_read_is_kept_aside_and_passed(
    square: Square, mastodon: Mastodon, ears: Ears
) -> None:
    """One bad one does not hold up the others."""
    async with listening(mastodon, ears):
        await ears.until(lambda e: e.beats)
        body = [{"id": "1", "type": "mention", "status": {"id": "x"}}]
        square.fault(r"^/api/v1/notifications", status=200, body=body, type="status")
        await ears.until(lambda e: e.of(Unreadable))
        square.post("alice", "@shop hello")
        await ears.until(lambda e: e.of(Said))


async def test_a_cursor_that_cannot_be_read_begins_now(square: Square, mastodon: Mastodon, ears: Ears) -> None:
    """It is no reason to bring in everything there ever was."""
    square.post("alice", "@shop from long ago")
    async with listening(mastodon, ears, Cursor(source="mastodon", at="nonsense")):
        await ears.until(lambda e: e.beats >= 2)
    assert ears.of(Said) == []


async def test_a_store_that_is_away_is_no_fall(square: Square, session: ClientSession, ears: Ears) -> None:
    """Whoever has us listen is told so by name, and waits for the store."""
    with pytest.raises(StoreAway):
        await Mastodon(square.url, SecretStr(square.token("shop")), session, Away()).listen(None, ears)


async def test_who_no_longer_listens_does_not_say_what_was_wrong_then(
    square: Square, mastodon: Mastodon, ears: Ears
) -> None:
    """Another replica listens now, and knows better; what is sent here is not handed to a person for that."""
    square.fault(r"verify_credentials", count=None, status=401, body={"error": "no"}, type="status")
    async with listening(mastodon, ears):
        async with asyncio.timeout(8):
            while mastodon.trouble() is None:
                await asyncio.sleep(0.01)
    square.mend()
    assert mastodon.trouble() is None
    assert mastodon.reach(SHOP).public.how is How.API
