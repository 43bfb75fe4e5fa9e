"""What we send, held against Discord's own description of its API: sizes that simcord does not know, kinds, unknown keys."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import discord
import pytest

from bot.ports import LineRef, ThreadRef
from bot.screens.forms import FORMS
from bot.screens.shapes import Card, Choice, Line, Quote
from tests.adapters.rooms.discord.looks import buttons
from tests.adapters.rooms.discord.schema import NAMES, Checks, kinds, schemas, wrong
from tests.adapters.rooms.discord.server import Server, place
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted
from tests.fakes import desk_pages as script

LONG = "Ünmöglich lange 👩‍👩‍👧‍👦 Überschrift " * 40


@pytest.fixture(scope="module")
def checks() -> Checks:
    """Made once."""
    return schemas()


def _states() -> list[Card]:
    cards = [painted(make(), link="https://desk.test/i/i1") for make in STATES.values()]
    return [*cards, replace(cards[0], headline=LONG, about=LONG)]


async def _lives(server: Server) -> None:
    """Everything the room does: every state in a channel and in a forum, lines, notes, forms, pages, commands."""
    server.env.settle_timeout = 60.0  # much is painted at once, and a busy machine is slow and not wrong
    server.places.append(place(server.forum))
    for number, card in enumerate(_states()):
        ref = await server.room.open_thread(server.places[number % 2], card, f"{number}")
    assert isinstance(ref, ThreadRef), ref
    assert isinstance(await server.room.repaint(ref, replace(card, about="Somebody else")), ThreadRef)
    assert isinstance(await server.room.say(ref, Line(LONG, script.NOON), "line"), LineRef)
    assert isinstance(await server.room.tell(server.handle(server.ana), card, "note"), LineRef)
    await _presses(server)
    await server.ana.slash(server.text, "coolhead status")
    await server.ana.autocomplete(server.text, "coolhead claim", "which", "x")


async def _presses(server: Server) -> None:
    """Every form, opened from a card and sent back; a page; an answer that takes long."""
    long = replace(script.WRITE, beside=(Quote(LONG * 2), Quote(LONG * 2)), filled={"words": LONG * 2})
    for number, one in enumerate((*FORMS.values(), script.WRITE, long)):
        form = replace(one, incident=f"i{number:016x}", conversation=f"c{number:016x}")
        choice = Choice(form.act, f"{number} {form.act}", form=True)
        card = replace(_states()[0], incident=form.incident, conversation=form.conversation, choices=(choice,), more=())
        assert isinstance(await server.room.open_thread(server.places[0], card, choice.label), ThreadRef)
        server.desk.answers[form.act] = form
        opened = await server.ana.click(_with(server, choice.label), label=choice.label)
        if opened.modal is None:  # something is to be read before
            assert opened.response is not None
            last = [opened.response, *opened.followups][-1]
            opened = await server.ana.click(last, label=buttons(last)[-1])
        if opened.modal is not None:
            server.desk.answers.pop(form.act)
            await server.ana.submit_modal(opened, _typed(opened.modal))
    for seconds in (2.9, 0.0):
        server.slow(seconds)
        await server.ana.click(_with(server, "The whole story"), label="The whole story")
        await server.env.advance_time(5)


def _typed(modal: Mapping[str, Any]) -> dict[str, Any]:
    """Something in everything that has to be filled in."""
    controls = [part["component"] for part in modal["components"] if "component" in part]
    wanted = [each for each in controls if each.get("required", True)]
    return {each["custom_id"]: [each["options"][0]["value"]] if "options" in each else "2h" for each in wanted}


def _with(server: Server, label: str) -> discord.Message:
    """The card that has this button."""
    return [each for each in server.text.history() if label in buttons(each)][-1]


async def test_every_request_is_what_discord_takes(server: Server, checks: Checks) -> None:
    """Names of threads, titles of windows, labels, options, ids: each in its size, and no key that Discord ignores."""
    await _lives(server)
    sent = kinds(server.env.http_requests)
    assert {problem for name, body in sent for problem in wrong(checks, name, body)} == set()
    assert {name for name, _ in sent} >= NAMES - {"UpdateThreadRequestPartial"}


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("CreateTextThreadWithMessageRequest", {"name": "x" * 101}),
        ("CreateTextThreadWithMessageRequest", {"name": "x", "colour": "red"}),
        (
            "ModalInteractionCallbackRequest",
            {"type": 9, "data": {"custom_id": "x", "title": "x" * 46, "components": []}},
        ),
    ],
)
def test_the_schema_finds_what_is_wrong(checks: Checks, name: str, body: object) -> None:
    """It is a real check: a name of 101 letters, a title of 46 and an unknown key are refused."""
    assert wrong(checks, name, body)
