"""What happens to a card, its thread or its place, and what the room does about it: once, and with the record kept."""

import asyncio
from dataclasses import replace

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.nouns.conversation import Mood
from bot.ports import Broken, Gone, LineRef, ThreadRef
from bot.screens.shapes import Card, Choice, Line, Quote
from tests.adapters.rooms.discord.server import Server, place
from tests.fakes.desk_pages import NOON

LINE = Line("Ana has this", NOON)


def card(headline: str = "Parcel never came", mood: Mood = Mood.WAITING, words: str = "Where is it?") -> Card:
    """A card of one incident."""
    return Card(
        "i0123456789abcdef",
        "c0123456789abcdef",
        headline,
        "Mara",
        mood,
        (Quote(words),),
        (Choice("claim", "I have this", {"epoch": "0"}, likely=True),),
    )


async def opened(server: Server, channel: ChannelHandle | None = None) -> ThreadRef:
    """A card in the text channel, or where told."""
    ref = await server.room.open_thread(place(channel or server.text), card(), "open:1")
    assert isinstance(ref, ThreadRef)
    return ref


def shown(channel: ChannelHandle) -> list[str]:
    """What each message of a channel shows, without what Discord itself says there."""
    return [_text(each) for each in channel.history() if each.type is discord.MessageType.default]


def _text(message: discord.Message) -> str:
    found: list[str] = []

    def walk(parts: object) -> None:
        for part in parts if isinstance(parts, list | tuple) else ():
            content = getattr(part, "content", None)
            found.extend([content] if isinstance(content, str) else [])
            walk(getattr(part, "children", ()))

    walk(message.components)
    return "\n".join(found)


def thread_of(server: Server, ref: ThreadRef) -> ChannelHandle:
    """The thread a reference names."""
    id = int(ref.id.lstrip("tf").split(".")[0])
    return ChannelHandle(server.env, server.guild, server.env.backend.channels[id])


def archived(thread: ChannelHandle) -> bool:
    """Whether a thread lies in the archive."""
    standing = thread._channel.thread_metadata
    assert standing is not None
    return standing.archived


async def test_a_card_is_one_message_with_its_thread_under_it(server: Server) -> None:
    """One message in the channel, one thread of the same name, and the line in it."""
    ref = await opened(server)
    assert isinstance(await server.room.say(ref, LINE, "l1"), LineRef)
    assert len(shown(server.text)) == 1
    assert [each.name for each in server.text.threads] == ["Parcel never came · Mara"]
    assert (
        shown(server.text.threads[0]) == ["Ana has this (<t:1782738720:t>)"]
        or "Ana has this" in shown(server.text.threads[0])[0]
    )


async def test_nobody_is_pinged_and_every_create_has_a_nonce(server: Server) -> None:
    """No message of ours allows a mention, and each can be tried again without making two."""
    ref = await opened(server)
    await server.room.say(ref, Line("@everyone <@1>", NOON, quote=f"<@{server.ana.id}> @here"), "l1")
    await server.room.tell(server.handle(server.ana), card("@everyone"), "n1")
    made = [each.json for each in server.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]
    assert len(made) == 3
    for body in made:
        assert isinstance(body, dict)
        assert body["allowed_mentions"] == {"parse": []} or body["allowed_mentions"].get("parse") == []
        assert body["enforce_nonce"] is True
        assert len(body["nonce"]) == 22
        assert body["flags"] & 4  # embeds suppressed
    for channel in (server.text, server.text.threads[0], server.ana.user.dm_channel):
        assert not any(each.mentions or each.mention_everyone for each in channel.history())


async def test_a_card_that_shows_it_already_costs_no_request(server: Server) -> None:
    """Repainting the same thing asks Discord nothing."""
    ref = await opened(server)
    before = len(server.env.http_requests)
    assert await server.room.repaint(ref, card()) == ref
    assert len(server.env.http_requests) == before


async def test_an_edit_that_was_broken_off(server: Server) -> None:
    """It may have taken effect: what the card shows is not known then, and the former state is shown again."""
    ref = await opened(server)
    assert await server.room.repaint(ref, card(mood=Mood.READY)) == ref
    server.strict.stuck.append(("PATCH", f"/channels/{server.text.id}/messages/*"))
    editing = asyncio.create_task(server.room.repaint(ref, card(mood=Mood.COOLING)))
    while server.strict.stuck:
        await asyncio.sleep(0)
    editing.cancel()
    await asyncio.gather(editing, return_exceptions=True)
    assert "Cooling" in shown(server.text)[0]
    assert await server.room.repaint(ref, card(mood=Mood.READY)) == ref
    assert "Ready" in shown(server.text)[0]


async def test_a_deleted_card_comes_again_with_a_thread_and_both_threads_lead_to_each_other(server: Server) -> None:
    """What was said before stays readable, and the new thread says where."""
    ref = await opened(server)
    await server.room.say(ref, LINE, "l1")
    await server.kim_deletes(server.text.history()[0])
    again = await server.room.repaint(ref, card(mood=Mood.COOLING))
    assert isinstance(again, ThreadRef)
    assert again != ref
    old, new = thread_of(server, ref), thread_of(server, again)
    assert f"<#{new.id}>" in shown(old)[-1]
    assert f"<#{old.id}>" in shown(new)[0]
    assert await server.room.repaint(again, card(mood=Mood.COOLING)) == again
    assert sum("Parcel never came" in each for each in shown(server.text)) == 1


async def test_a_deleted_thread_comes_again_at_the_next_painting(server: Server) -> None:
    """The line that found no thread is said later, in the new one."""
    ref = await opened(server)
    server.env.backend.delete_channel(thread_of(server, ref).id)
    broken = await server.room.say(ref, LINE, "l1")
    assert isinstance(broken, Broken)
    assert broken.until is not None
    again = await server.room.repaint(ref, card())
    assert isinstance(again, ThreadRef)
    assert again != ref
    assert isinstance(await server.room.say(again, LINE, "l1"), LineRef)


async def test_a_line_wakes_an_archived_thread(server: Server) -> None:
    """Sending opens it again."""
    ref = await opened(server)
    await server.archives(thread_of(server, ref))
    assert isinstance(await server.room.say(ref, LINE, "l1"), LineRef)
    assert not archived(thread_of(server, ref))


async def test_an_archived_post_is_woken_to_be_repainted(server: Server) -> None:
    """50083: the thread is opened again, and the card edited, in three requests."""
    server.places.append(place(server.forum))
    ref = await opened(server, server.forum)
    await server.archives(thread_of(server, ref))
    before = len(server.env.http_requests)
    assert await server.room.repaint(ref, card(mood=Mood.SETTLED)) == ref
    assert "Settled" in shown(thread_of(server, ref))[0]
    assert len(server.env.http_requests) - before <= 4  # with its tags


async def test_a_locked_thread_is_said_and_nothing_is_forced(server: Server) -> None:
    """160005: whoever locked it meant it; the team is told how to go on."""
    ref = await opened(server)
    await server.archives(thread_of(server, ref), locked=True)
    broken = await server.room.say(ref, LINE, "l1")
    assert isinstance(broken, Broken)
    assert "locked" in broken.because
    assert "#mod-desk" in broken.because


async def test_a_locked_post_hides_no_other(server: Server) -> None:
    """A moderator locked it, and it lies in the archive: that is said, and the forum's other posts go on."""
    server.places.append(place(server.forum))
    ref = await opened(server, server.forum)
    other = Card("i2", "c2", "Rude", "", Mood.WAITING, (Quote("So rude."),))
    beside = await server.room.open_thread(place(server.forum), other, "open:2")
    assert isinstance(beside, ThreadRef)
    await server.archives(thread_of(server, ref), locked=True)
    for mood in (Mood.COOLING, Mood.READY):
        broken = await server.room.repaint(ref, card(mood=mood))
        assert isinstance(broken, Broken)
        assert "The thread in #cases is locked" in broken.because
        assert await server.room.repaint(beside, replace(other, mood=mood)) == beside


async def test_a_card_too_old_to_edit_goes_on_in_its_thread(server: Server) -> None:
    """30046: the newest state stands in the thread, and the first card says so as soon as Discord lets it."""
    ref = await opened(server)
    await server.env.advance_time(3700)
    server.strict.old_edits = 1
    assert await server.room.repaint(ref, card(mood=Mood.COOLING)) == ref
    moved = await server.room.repaint(ref, card(mood=Mood.READY))
    assert isinstance(moved, ThreadRef)
    assert moved != ref
    assert "Ready" in shown(thread_of(server, ref))[-1]
    assert isinstance(await server.room.say(moved, LINE, "l1"), LineRef)
    server.strict.old_edits = 10
    told = await server.room.repaint(moved, card(mood=Mood.SETTLED))
    assert "goes on in its thread" in shown(server.text)[0]
    assert "Settled" in "".join(shown(thread_of(server, ref)))
    assert isinstance(told, ThreadRef)
    assert await server.room.repaint(told, card(mood=Mood.SETTLED)) == told


async def test_a_card_that_goes_on_past_automod(server: Server) -> None:
    """30046 and 200000 at once: the card goes on in its thread without the words that AutoMod keeps out."""
    ref = await opened(server)
    await server.env.advance_time(3700)
    server.strict.old_edits = 0
    server.strict.blocked.add("idiots")
    moved = await server.room.repaint(ref, card(mood=Mood.READY, words="You idiots."))
    assert isinstance(moved, ThreadRef)
    assert "Ready" in shown(thread_of(server, ref))[-1]
    assert "idiots" not in "".join(shown(thread_of(server, ref)))


async def test_what_shares_a_limit_shares_a_lane(server: Server) -> None:
    """Cards of a channel do, a post of a forum and a card that went on in its thread have their own; a reference that an
    older version kept says so after its next repaint."""
    server.places.append(place(server.forum))
    one, post = await opened(server), await opened(server, server.forum)
    other = await server.room.open_thread(place(server.text), Card("i2", "c2", "Rude", "", Mood.WAITING, ()), "open:2")
    assert isinstance(other, ThreadRef)
    assert one.lane == other.lane == str(server.text.id)
    assert post.lane == str(thread_of(server, post).id)
    assert await server.room.repaint(one.model_copy(update={"lane": ""}), card()) == one
    await server.env.advance_time(3700)
    server.strict.old_edits = 0
    moved = await server.room.repaint(one, card(mood=Mood.READY))
    assert isinstance(moved, ThreadRef)
    assert moved.lane == str(thread_of(server, one).id)


async def test_a_full_server_gets_room_for_one_more(server: Server) -> None:
    """160006: the quietest of our own threads is put out of sight, once."""
    first = await opened(server)
    server.strict.most_threads = 1
    second = await server.room.open_thread(place(server.text), Card("i2", "c2", "Rude", "", Mood.WAITING, ()), "open:2")
    assert isinstance(second, ThreadRef)
    assert archived(thread_of(server, first))


async def test_a_server_full_of_other_threads_is_said(server: Server) -> None:
    """Nothing of anybody else's is touched; the card is no second time in the channel once there is room."""
    theirs = server.env.backend.create_thread(server.text.id, "theirs", server.ana.id)
    server.strict.most_threads = 1
    broken = await server.room.open_thread(place(server.text), card(), "open:1")
    assert isinstance(broken, Broken)
    assert "open threads" in broken.because
    server.env.backend.delete_channel(theirs.id)
    assert isinstance(await server.room.open_thread(place(server.text), card(), "open:1"), ThreadRef)
    assert len(shown(server.text)) == 1


async def test_automod_gets_the_card_without_their_words(server: Server) -> None:
    """200000: the team still learns of it; the words open privately."""
    server.strict.blocked = {"clowns"}
    ref = await server.room.open_thread(place(server.text), card(words="you clowns"), "open:1")
    assert isinstance(ref, ThreadRef)
    assert "AutoMod" in shown(server.text)[0]
    said = await server.room.say(ref, Line("Mara wrote again", NOON, quote="clowns, all of you"), "l1")
    assert isinstance(said, LineRef)
    assert "Mara wrote again" in shown(thread_of(server, ref))[-1]
    assert isinstance(await server.room.repaint(ref, card(mood=Mood.STORM, words="clowns")), ThreadRef)


async def test_slow_mode_is_waited_out(server: Server) -> None:
    """20016: time mends it."""
    ref = await opened(server)
    server.env.inject_error("POST", "/channels/*/messages", status=400, code=20016)
    broken = await server.room.say(ref, LINE, "l1")
    assert isinstance(broken, Broken)
    assert broken.until is not None
    assert "slow mode" in broken.because


@pytest.mark.parametrize("code", [50001, 50013])
async def test_what_we_may_not_is_said_and_not_asked_again_and_again(server: Server, code: int) -> None:
    """A refusal rests for two minutes: a hundred paintings cost one request, and one to find out why."""
    ref = await opened(server)
    server.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=code, times=None)
    before = len(server.env.http_requests)
    for _ in range(100):
        broken = await server.room.repaint(ref, card(mood=Mood.COOLING))
        assert isinstance(broken, Broken)
        assert broken.until is None
        assert "#mod-desk" in broken.because
    assert len(server.env.http_requests) - before <= 2


async def test_a_timed_out_bot_is_said_with_its_end(server: Server) -> None:
    """Until it is over nothing is tried again."""
    ref = await opened(server)
    server.times_out_bot(600)
    broken = await server.room.say(ref, LINE, "l1")
    assert isinstance(broken, Broken)
    assert broken.until == server.env.now() + server.minutes(10)
    assert "timed us out" in broken.because


async def test_a_lost_answer_makes_no_second_card(server: Server) -> None:
    """The nonce finds the message; after a restart the mark on the card does."""
    server.strict.lost.append(("POST", f"/channels/{server.text.id}/messages"))
    assert isinstance(await server.room.open_thread(place(server.text), card(), "open:1"), Broken)
    fresh = server.new_room(server.env.bot)
    async with server.attended(fresh):
        await server.env.advance_time(600)  # long after the nonce was forgotten
        ref = await fresh.open_thread(place(server.text), card(), "open:1")
        assert isinstance(ref, ThreadRef)
    assert len(shown(server.text)) == 1


async def test_a_post_made_twice_leaves_one(server: Server) -> None:
    """A forum takes no nonce: the oldest stays, the twin is taken away or says where to look."""
    server.places.append(place(server.forum))
    server.strict.twice.append(("POST", f"/channels/{server.forum.id}/threads"))
    server.strict.lost.append(("POST", f"/channels/{server.forum.id}/threads"))
    ref = await server.room.open_thread(place(server.forum), card(), "open:1")
    assert isinstance(ref, ThreadRef)
    standing = [each for each in server.forum.threads if not archived(each)]
    assert [each.id for each in standing] == [thread_of(server, ref).id]


async def test_a_posts_tags_stay_true(server: Server) -> None:
    """Our tags follow the mood; a tag that a moderator gave stays."""
    server.places.append(place(server.forum))
    ref = await opened(server, server.forum)
    thread = thread_of(server, ref)
    assert server.tags_of(thread) == ["Waiting"]
    server.adds_tag(thread, "urgent")
    assert await server.room.repaint(ref, card(mood=Mood.READY)) == ref
    assert server.tags_of(thread) == ["Ready", "urgent"]


async def test_withdrawing_takes_card_and_lines(server: Server) -> None:
    """Nothing of it can be read any more, whether or not we may delete threads."""
    for may in (True, False):
        server.may_delete_threads(may)
        ref = await server.room.open_thread(place(server.text), card(), f"open:{may}")
        assert isinstance(ref, ThreadRef)
        await server.room.say(ref, Line("Mara wrote", NOON, quote="my words"), f"l{may}")
        assert isinstance(await server.room.withdraw(ref), Gone)
        assert not shown(server.text)
        assert not [words for thread in server.text.threads for words in shown(thread)]
        assert isinstance(await server.room.withdraw(ref), Gone)


async def test_what_cannot_be_withdrawn_now_is_not_given_up(server: Server) -> None:
    """Whoever is to be forgotten is: it is tried again until it works."""
    ref = await opened(server)
    said = await server.room.say(ref, LINE, "l1")
    assert isinstance(said, LineRef)
    server.env.inject_error("DELETE", "/channels/*/messages/*", status=403, code=50001)
    refused = await server.room.withdraw(said)
    assert isinstance(refused, Broken)
    assert refused.until is not None
    assert isinstance(await server.room.withdraw(said), Gone)
