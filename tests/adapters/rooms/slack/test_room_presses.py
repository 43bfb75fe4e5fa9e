"""Presses, forms, pages and commands through local-slack, by Socket Mode and by signed HTTP alike."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest

from adapters.http.server import serve
from bot.nouns.team import Refusal
from bot.ports import Door, Knock, LineRef, Response, ThreadRef
from bot.screens.shapes import Card, Choice, Done, Gesture, GestureKind
from tests.adapters.rooms.slack.house import PLACES, House, house
from tests.adapters.rooms.slack.peers import CARE, LocalSlack, local_slack, shown
from tests.contracts.rooms.contract import LINE
from tests.fakes import desk_pages as script
from tests.servers import free_ports

ANA, BEN, GIL = "U0ANA", "U0BEN", "U0GIL"


@dataclass
class _Desk:
    """A room that attends, and the Slack it attends to."""

    house: House
    slack: LocalSlack

    async def card(self, card: Card = script.COOLING) -> ThreadRef:
        """A card in the channel."""
        ref = await self.house.room.open_thread(PLACES[0], card, f"open:{card.incident}")
        assert isinstance(ref, ThreadRef)
        return ref

    async def heard(self, true: Callable[[Gesture], bool]) -> Gesture:
        """The first gesture the desk heard of which that is true, once there is one."""
        for _ in range(400):
            for gesture in (*self.house.desk.heard, *self.house.desk.asked):
                if true(gesture):
                    return gesture
            await asyncio.sleep(0.02)
        raise AssertionError(f"Not heard: {[(g.kind, g.act) for g in self.house.desk.heard]}")


@asynccontextmanager
async def _socket() -> AsyncIterator[_Desk]:
    async with local_slack() as slack, house(slack.api_url) as made:
        task = asyncio.ensure_future(made.room.attend(made.desk.hear))
        try:
            await slack.connected()
            yield _Desk(made, slack)
        finally:
            await _ended(task)


@asynccontextmanager
async def _signed() -> AsyncIterator[_Desk]:
    (port,) = free_ports(1)
    # local-slack knows one address for all deliveries, so a door stands there that tells them apart.
    async with (
        local_slack("events", f"http://127.0.0.1:{port}/hooks/slack/all") as slack,
        house(slack.api_url, socket=False) as made,
    ):
        doors = made.room.doors(made.desk.hear)
        async with serve([*doors, one_address(doors)], "127.0.0.1", port):
            task = asyncio.ensure_future(made.room.attend(made.desk.hear))
            try:
                yield _Desk(made, slack)
            finally:
                await _ended(task)


def one_address(doors: Sequence[Door]) -> Door:
    """A door that hands each delivery on to the one it is meant for."""
    events, interactions, commands = (door.open for door in doors)

    async def open_(knock: Knock) -> Response:
        if knock.body.startswith(b"{"):
            return await events(knock)
        return await (interactions if knock.body.startswith(b"payload=") else commands)(knock)

    return Door("POST", "/hooks/slack/all", open_)


async def _ended(task: "asyncio.Future[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture(params=["socket", "signed"])
async def desk(request: pytest.FixtureRequest) -> AsyncIterator[_Desk]:
    """Both ways in turn."""
    async with _socket() if request.param == "socket" else _signed() as made:
        yield made


async def test_a_press_is_heard_and_answered_for_its_person_alone(desk: _Desk) -> None:
    """The desk hears who pressed what, with its version; the answer is ephemeral."""
    await desk.card()
    card = await desk.slack.until("Parcel never came")
    await desk.slack.press(ANA, card, "More")
    await desk.slack.modal()
    desk.house.desk.answers["discard"] = Done("The draft is discarded.", "parcel", "parcel-1")
    await desk.slack.press_in_modal(ANA, "Discard")
    gesture = await desk.heard(lambda g: g.act == "discard")
    assert (gesture.kind, gesture.who.id, gesture.incident) == (GestureKind.PRESS, ANA, "parcel")
    assert gesture.values == {"draft": "d1"}


async def test_a_choice_of_the_card_is_answered_beside_it(desk: _Desk) -> None:
    """A press that does something is confirmed where it was made, to nobody else."""
    waiting = Card(
        "parcel",
        "parcel-1",
        "Parcel never came",
        "Mara",
        script.COOLING.mood,
        (),
        (Choice("claim", "I have this", {"epoch": "0"}),),
    )
    await desk.card(waiting)
    await desk.slack.press(ANA, await desk.slack.until("Parcel never came"), "I have this")
    said = await desk.slack.until("Ana has this.")
    assert (said["subtype"], said["ephemeral_to"]) == ("ephemeral", ANA)
    assert [g.act for g in desk.house.desk.heard] == ["claim"]


async def test_a_refusal_is_calm_and_private(desk: _Desk) -> None:
    """A no goes to whoever pressed, with its reason."""
    desk.house.desk.answers["claim"] = Refusal(because="Ben was first, at 14:02.")
    waiting = Card(
        "parcel", "parcel-1", "Parcel never came", "Mara", script.COOLING.mood, (), (Choice("claim", "I have this"),)
    )
    await desk.card(waiting)
    await desk.slack.press(ANA, await desk.slack.until("Parcel never came"), "I have this")
    assert (await desk.slack.until("Ben was first"))["ephemeral_to"] == ANA


async def test_a_form_opens_is_filled_and_kept(desk: _Desk) -> None:
    """A press opens the form with their words and ours beside it; what was typed reaches the desk, and the view closes."""
    await desk.card()
    await desk.slack.press(ANA, await desk.slack.until("Parcel never came"), "Read and edit")
    view = await desk.slack.modal()
    assert "Eleven days" in shown(view)
    await desk.slack.submit(
        ANA, {"Your reply, as Mara will see it": "Mara, I am sorry. I will call the depot today. Ana"}
    )
    gesture = await desk.heard(lambda g: g.kind is GestureKind.FILLED)
    assert gesture.finished
    assert gesture.values["words"] == "Mara, I am sorry. I will call the depot today. Ana"
    assert await desk.slack.modals() == []
    assert (await desk.slack.until("It is kept."))["ephemeral_to"] == ANA


async def test_a_refused_form_keeps_what_was_typed(desk: _Desk) -> None:
    """The reason stands in the form, and the form stays open."""
    desk.house.desk.refuses["write"] = Refusal(because="Kim holds all posting.")
    await desk.card()
    await desk.slack.press(ANA, await desk.slack.until("Parcel never came"), "Read and edit")
    before = await desk.slack.modal()
    await desk.slack.submit(ANA, {})
    assert [view["id"] for view in await desk.slack.modals()] == [before["id"]]


async def test_commands(desk: _Desk) -> None:
    """`/coolhead status` opens the page; what nobody knows is answered with what can be asked."""
    await desk.slack.command(ANA, "status")
    assert "Two people are waiting" in shown(await desk.slack.modal())
    await desk.slack.command(BEN, "dance")
    assert (await desk.slack.until("/coolhead mine"))["ephemeral_to"] == BEN


async def test_app_home(desk: _Desk) -> None:
    """Opening the Home tab paints it for that person."""
    await desk.slack.home(ANA)
    await desk.heard(lambda g: g.act == "mine")
    for _ in range(200):
        if (view := await desk.slack.published(ANA)) is not None:
            break
        await asyncio.sleep(0.02)
    assert view is not None
    assert view["type"] == "home"
    assert "Two people are waiting" in shown(view)


async def test_a_mark_reaches_the_timeline(desk: _Desk) -> None:
    """A pin on somebody's line under the card is noted with the line's words and whose they are; other reactions are nothing to us."""
    ref = await desk.card()
    ts = ref.id.partition("/")[2]
    said = await desk.slack.post(BEN, "The depot scanned it out twice.", thread=ts)
    await desk.slack.react(ANA, said, "tada")
    await desk.slack.react(ANA, said)
    noted = await desk.heard(lambda g: g.kind is GestureKind.NOTED)
    assert noted.values == {"text": "Ben: The depot scanned it out twice.", "marked": "yes"}
    assert (noted.who.id, noted.incident) == (ANA, "parcel")
    assert len([g for g in desk.house.desk.heard if g.kind is GestureKind.NOTED]) == 1


async def test_called_by_name_in_a_thread(desk: _Desk) -> None:
    """A note goes to the timeline; a wish the card offers as a form is offered as a press; the rest is help."""
    ref = await desk.card()
    ts = ref.id.partition("/")[2]
    await desk.slack.post(ANA, "<@UBOT> note She is a customer since 2019", thread=ts)
    noted = await desk.heard(lambda g: g.kind is GestureKind.NOTED)
    assert (noted.incident, noted.values["text"]) == ("parcel", "She is a customer since 2019")
    await desk.slack.post(ANA, "<@UBOT> hand it back", thread=ts)
    pressed = await desk.heard(lambda g: g.act == "hand_back")
    assert (pressed.kind, pressed.conversation) == (GestureKind.PRESS, "parcel-1")
    await desk.slack.post(BEN, "<@UBOT> sing", thread=ts)
    assert (await desk.slack.until("/coolhead mine"))["ephemeral_to"] == BEN


async def test_words_in_a_thread_are_nobody_s_business(desk: _Desk) -> None:
    """What teammates say to each other is neither heard nor answered."""
    ref = await desk.card()
    await desk.slack.post(ANA, "I think we owe her a call.", thread=ref.id.partition("/")[2])
    await desk.slack.post(ANA, "<@UBOT> note done", thread=ref.id.partition("/")[2])
    await desk.heard(lambda g: g.kind is GestureKind.NOTED)
    assert [g.values.get("text") for g in desk.house.desk.heard] == ["done"]


async def test_a_card_that_somebody_deleted_comes_back(desk: _Desk) -> None:
    """Once, and what is painted and said later goes to the new one."""
    ref = await desk.card()
    await desk.slack.delete("UBOT", ref.id.partition("/")[2])
    card = await desk.slack.until("Parcel never came")
    assert card["ts"] != ref.id.partition("/")[2]
    assert isinstance(await desk.house.room.say(ref, LINE, "l1"), LineRef)
    assert len(await desk.slack.thread(card["ts"])) == 1
    assert [one["ts"] for one in await desk.slack.messages(CARE) if not one.get("thread_ts")] == [card["ts"]]


async def test_nothing_unfurls_and_nobody_is_pinged(desk: _Desk) -> None:
    """Every message goes out without previews."""
    await desk.card()
    (call,) = await desk.slack.calls("chat.postMessage")
    assert call["detail"]["unfurl_links"] == call["detail"]["unfurl_media"] == "false"


async def test_buttons_of_another_life_are_pressed(desk: _Desk) -> None:
    """A card painted by an earlier process, with the same secret, works on; its thread is known by its presses."""
    async with house(desk.slack.api_url) as earlier:
        ref = await earlier.room.open_thread(PLACES[0], script.COOLING, "k1")
    assert isinstance(ref, ThreadRef)
    await desk.slack.post(ANA, "<@UBOT> note Called the depot", thread=ref.id.partition("/")[2])
    assert (await desk.heard(lambda g: g.kind is GestureKind.NOTED)).incident == "parcel"
    await desk.slack.press(ANA, await desk.slack.until("Parcel never came"), "Read and edit")
    assert "Eleven days" in shown(await desk.slack.modal())
