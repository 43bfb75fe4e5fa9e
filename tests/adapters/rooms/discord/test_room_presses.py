"""Presses, lists, windows and commands, as people make them; also after a restart, late, and twice."""

from dataclasses import replace

import discord
import pytest
from simcord.builders import ChannelHandle

from bot.errors import StoreAway
from bot.nouns.conversation import Mood
from bot.nouns.team import Refusal
from bot.ports import Broken, LineRef, ThreadRef
from bot.screens.shapes import Card, Choice, Field, FieldKind, Form, GestureKind, Quote
from tests.adapters.rooms.discord.looks import answer, box, boxes, buttons, list_id, options, words
from tests.adapters.rooms.discord.server import Server, place
from tests.fakes import desk_pages as script

INCIDENT, TALK = "i0123456789abcdef", "c0123456789abcdef"
CARD = Card(
    INCIDENT,
    TALK,
    "Parcel never came",
    "Mara",
    Mood.WAITING,
    (Quote("Where is it?"),),
    (
        Choice("claim", "I have this", {"epoch": "0"}, likely=True),
        Choice("write", "Say we heard", {"stage": "acknowledgement"}, form=True),
        Choice("not_for_us", "Not for us", form=True),
    ),
    (Choice("assign", "Give it to somebody", {"epoch": "0"}, form=True), Choice("hand_back", "Hand it back")),
)
NOT_FOR_US = Form(
    "not_for_us", "Not for us", (Field("words", "Why", FieldKind.TEXT),), incident=INCIDENT, conversation=TALK
)


async def on_card(server: Server) -> discord.Message:
    """The card in the channel, as everybody sees it."""
    assert isinstance(await server.room.open_thread(place(server.text), CARD, "open:1"), ThreadRef)
    return server.text.history()[0]


def thread(server: Server) -> ChannelHandle:
    """The thread under it."""
    return server.text.threads[0]


async def test_a_press_is_heard_as_it_was_painted(server: Server) -> None:
    """The gesture says who, what, on what and on which version; the answer is for them alone."""
    card = await on_card(server)
    pressed = await server.ana.click(card, label="I have this")
    (heard,) = server.desk.heard
    assert (heard.kind, heard.act, heard.incident, heard.conversation) == (GestureKind.PRESS, "claim", INCIDENT, TALK)
    assert heard.who == server.handle(server.ana)
    assert heard.values == {"epoch": "0"}
    assert "Ana has this." in answer(pressed)


async def test_an_option_of_more_is_a_press(server: Server) -> None:
    """*More* is a list; choosing does what a button would."""
    card = await on_card(server)
    chosen = options(card)["Hand it back"]
    await server.ana.select(card, [chosen], custom_id=list_id(card))
    assert [each.act for each in server.desk.heard] == ["hand_back"]


async def test_a_refusal_is_private(server: Server) -> None:
    """A calm no, seen by nobody else."""
    server.desk.answers["claim"] = Refusal(because="Ben pressed first.")
    assert "Ben pressed first." in answer(await server.ana.click(await on_card(server), label="I have this"))


async def test_a_forged_press_does_nothing(server: Server) -> None:
    """A `custom_id` that is not ours to the letter never reaches the desk."""
    card = await on_card(server)
    stored = server.env.backend.messages[server.text.id][card.id]
    row = stored.components[0]["components"][-2]["components"]
    row[0]["custom_id"] = row[0]["custom_id"][:-1] + ("a" if row[0]["custom_id"][-1] != "a" else "b")
    pressed = await server.ana.click(card, label=row[0]["label"])
    assert server.desk.heard == []
    assert "nothing was done" in answer(pressed)


async def test_a_form_opens_as_a_window_and_comes_back(server: Server) -> None:
    """What was typed arrives under the field's name, with what the form acts on."""
    server.desk.answers["not_for_us"] = NOT_FOR_US
    opened = await server.ana.click(await on_card(server), label="Not for us")
    assert opened.modal is not None
    del server.desk.answers["not_for_us"]
    sent = await server.ana.submit_modal(opened, {box(opened): "Another shop of that name."})
    filled = server.desk.heard[-1]
    assert (filled.kind, filled.act, filled.incident) == (GestureKind.FILLED, "not_for_us", INCIDENT)
    assert filled.values["words"] == "Another shop of that name."
    assert "It is kept." in answer(sent)


async def test_a_window_filled_in_across_a_restart_is_heard(server: Server) -> None:
    """What the window acts on stands in the window; the process that opened it need not be there any more."""
    server.desk.answers["not_for_us"] = NOT_FOR_US
    opened = await server.ana.click(await on_card(server), label="Not for us")
    del server.desk.answers["not_for_us"]
    await server.forgets()
    await server.ana.submit_modal(opened, {box(opened): "Not ours"})
    assert server.desk.heard[-1].values["words"] == "Not ours"


async def test_buttons_work_after_a_restart(server: Server) -> None:
    """A button carries its meaning: nothing has to be remembered for it."""
    card = await on_card(server)
    await server.forgets()
    pressed = await server.ana.click(card, label="I have this")
    assert "Ana has this." in answer(pressed)
    assert server.desk.heard[0].conversation == TALK


async def test_a_writing_form_shows_what_belongs_beside_it_first(server: Server) -> None:
    """Their words, suggestions and cautions stand in a private message; *Edit* opens the window with the words in it."""
    server.desk.answers["write"] = script.WRITE
    shown = await server.ana.click(await on_card(server), label="Say we heard")
    assert shown.modal is None
    assert "still no parcel" in answer(shown)
    assert shown.response is not None
    last = [shown.response, *shown.followups][-1]
    assert "Edit" in buttons(last)
    opened = await server.ana.click(last.message, label="Edit")
    assert opened.modal is not None
    assert script.DRAFT in str(opened.modal)


async def test_words_are_written_looked_at_and_finished(server: Server) -> None:
    """One private message all the way: it opens the window, shows what is to be said of the words, and becomes done."""
    server.desk.answers["write"] = replace(script.WRITE, cautions=(), suggestions=(), filled={})
    pressed = await server.ana.click(await on_card(server), label="Say we heard")
    assert pressed.response is not None
    opened = await server.ana.click(pressed.response.message, label="Write")
    del server.desk.answers["write"]
    looked = await server.ana.submit_modal(opened, boxes(opened, what="A parcel", words="I am looking now."))
    assert not server.desk.heard[-1].finished
    assert looked.followups == []
    shown = server.message(pressed)
    assert "I am looking now." in words(shown)
    finished = await server.ana.click(shown, label="Finish, cools 30 min")
    sent = server.desk.heard[-1]
    assert (sent.kind, sent.finished, sent.values["words"]) == (GestureKind.FILLED, True, "I am looking now.")
    assert "It is kept." in words(server.message(pressed))
    assert finished.response is None or finished.response.id == shown.id


async def test_a_refused_form_leaves_the_words_where_they_were(server: Server) -> None:
    """A no never takes the place of what was typed."""
    server.desk.answers["write"] = replace(script.WRITE, cautions=(), suggestions=())
    pressed = await server.ana.click(await on_card(server), label="Say we heard")
    server.desk.answers["write"] = Refusal(because="Posting is on hold.")
    shown = server.message(pressed)
    before = words(shown)
    refused = await server.ana.click(shown, label="Finish, cools 30 min")
    assert "Posting is on hold." in answer(refused)
    assert words(server.message(pressed)) == before


async def test_while_it_takes_longer_it_says_so_and_then_answers(server: Server) -> None:
    """After two seconds of the three that Discord gives; the same message becomes the answer."""
    card = await on_card(server)
    server.slow(5)
    pressed = await server.ana.click(card, label="I have this")
    await server.env.advance_time(1.5)
    assert not pressed.acknowledged
    await server.env.advance_time(1.0)
    assert "Saving" in answer(pressed)
    await server.env.advance_time(5)
    assert "Ana has this." in answer(pressed)
    assert pressed.followups == []


async def test_a_slow_form_still_opens_by_one_more_press(server: Server) -> None:
    """A window opens only at once; later its message has the button for it."""
    server.desk.answers["not_for_us"] = NOT_FOR_US
    server.slow(4)
    pressed = await server.ana.click(await on_card(server), label="Not for us")
    await server.env.advance_time(6)
    assert pressed.modal is None
    assert pressed.response is not None
    server.slow(0)
    opened = await server.ana.click(pressed.response.message, label="Fill it in")
    assert opened.modal is not None


async def test_an_answer_later_than_discord_keeps_goes_by_direct_message(server: Server) -> None:
    """A token lasts fifteen minutes; what comes after is told all the same, once."""
    server.slow(1_000)
    pressed = await server.ana.click(await on_card(server), label="I have this")
    await server.env.advance_time(1_100)
    assert "Saving" in answer(pressed)
    assert [words(each) for each in server.ana.user.dm_channel.history()] == ["Ana has this."]


async def test_an_error_of_ours_is_answered_calmly(server: Server) -> None:
    """Whoever pressed learns that it may not be saved; health names it, and no text of it leaves us."""
    server.fails(StoreAway("redis://secret@host"))
    said = answer(await server.ana.click(await on_card(server), label="I have this"))
    assert "may not be saved" in said
    assert "secret" not in said + str(server.health.reasons)
    assert "discord presses" in server.health.reasons


async def test_the_same_event_twice_is_one_press(server: Server) -> None:
    """After a resumed connection Discord may tell us again."""
    card = await on_card(server)
    async with server.hearing_twice():
        await server.ana.click(card, label="I have this")
    assert len(server.desk.heard) == 1


async def test_commands_reach_the_desk(server: Server) -> None:
    """Pages open privately; in an incident's thread a command knows which incident it is."""
    await on_card(server)
    assert "Two people are waiting" in answer(await server.ana.slash(server.text, "coolhead status"))
    await server.ana.slash(thread(server), "coolhead note", text="Depot says Friday")
    noted = server.desk.heard[-1]
    assert (noted.kind, noted.incident, noted.values["text"]) == (GestureKind.NOTED, INCIDENT, "Depot says Friday")


async def test_a_command_knows_its_thread_after_a_restart(server: Server) -> None:
    """The card itself says which incident it is, in a channel and in a forum."""
    await on_card(server)
    server.places.append(place(server.forum))
    await server.room.open_thread(place(server.forum), replace(CARD, incident="iffffffffffffffff"), "open:2")
    await server.forgets()
    await server.ana.slash(thread(server), "coolhead note", text="one")
    await server.ana.slash(server.forum.threads[0], "coolhead note", text="two")
    assert [each.incident for each in server.desk.heard] == [INCIDENT, "iffffffffffffffff"]


async def test_which_is_offered_while_it_is_typed(server: Server) -> None:
    """By headline, from what needs someone now; time zones for `me`."""
    found = await server.ana.autocomplete(server.text, "coolhead claim", "which", "twice")
    assert [each["name"] for each in found] == ["Charged twice for one order · Theo on Instagram"]
    zones = await server.ana.autocomplete(server.text, "coolhead me", "zone", "berlin")
    assert [each["value"] for each in zones] == ["Europe/Berlin"]


async def test_a_message_is_brought_in_and_in_a_thread_noted(server: Server) -> None:
    """The same menu: outside it becomes an incident, inside it becomes a note of that incident."""
    await on_card(server)
    there = await server.gil_writes("They laughed at my mother.")
    await server.kim.context_menu(server.lobby, "Bring this to Coolhead", there)
    brought = server.desk.heard[-1]
    assert (brought.kind, brought.values["words"]) == (GestureKind.BROUGHT, "They laughed at my mother.")
    said = await server.ana.send(thread(server), "I know the depot's number")
    await server.ana.context_menu(thread(server), "Bring this to Coolhead", said)
    assert server.desk.heard[-1].kind is GestureKind.NOTED


async def test_what_we_know_of_a_person_is_private(server: Server) -> None:
    """A search for their name, answered to a moderator alone."""
    assert "One incident holds" in answer(
        await server.ana.context_menu(server.text, "What do we know of them", server.gil)
    )


async def test_closed_direct_messages_lead_to_a_button_in_the_thread(server: Server) -> None:
    """One mention without a word of it, which pings nobody else; its button opens what it is about, privately."""
    await on_card(server)
    server.closes_messages()
    likely = Choice("read_once_more", "Read once more", {"draft": "d1"}, likely=True, form=True)
    note = replace(CARD, headline="It has cooled", passages=(Quote("our own words", ours=True),), choices=(likely,))
    for _ in range(2):
        assert isinstance(await server.room.tell(server.handle(server.ana), note, "n1"), LineRef)
    (call,) = [each for each in thread(server).history() if each.type is discord.MessageType.default]
    assert [each.id for each in call.mentions] == [server.ana.id]
    assert "cooled" not in words(call)
    assert "our own words" not in words(call)
    await server.forgets()
    answer(await server.ana.click(call, label="Read it privately"))
    assert (server.desk.heard[-1].act, server.desk.heard[-1].values) == ("read_once_more", {"draft": "d1"})


async def test_closed_direct_messages_are_not_knocked_at_again_and_again(server: Server) -> None:
    """Who is told in vain over and over, where there is no thread to call them in, costs no request each time; after a
    while it is looked whether they take messages now."""
    path = f"/channels/{server.ana.user.dm_channel.id}/messages"
    refused = server.strict.refusing["POST", path] = [(403, 50007)] * 3
    note = replace(CARD, incident="i9999999999999999")
    for number in range(20):
        assert isinstance(await server.room.tell(server.handle(server.ana), note, f"n{number % 4}"), Broken)
    assert len(refused) == 2
    await server.env.advance_time(660)
    assert isinstance(await server.room.tell(server.handle(server.ana), note, "n1"), Broken)
    assert len(refused) == 1
    refused.clear()
    await server.env.advance_time(660)
    assert isinstance(await server.room.tell(server.handle(server.ana), note, "n1"), LineRef)


async def test_who_invites_us_is_greeted_once(server: Server) -> None:
    """In a channel that the team alone reads, though another stands above it."""
    guild, open_channel, private = await server.invited_to_another()
    assert [words(each).count("Good to be here") for each in private.history()] == [1]
    assert open_channel.history() == []
    assert guild.name == "Another"


async def test_whoever_invited_us_before_we_ran_is_greeted_once(server: Server) -> None:
    """Discord told us of the invitation while nobody listened: the next start greets, and later ones find it there."""
    server.places.clear()
    for _ in range(3):
        await server.forgets()
        await server.env.advance_time(3_600)
    assert [words(each).count("Good to be here") for each in server.text.history()] == [1]
    assert server.lobby.history() == []


@pytest.mark.parametrize("everyone", [True, False])
async def test_a_place_that_everyone_reads_is_refused(server: Server, everyone: bool) -> None:
    """Pressing *Bring incidents here* there names the permission to change."""
    channel = server.lobby if everyone else server.text
    message = await server.greets(channel)
    said = answer(await server.ana.click(message, label="Bring incidents here"))
    assert ("Everyone on the server can read" in said) is everyone
    assert bool(server.desk.heard) is not everyone
