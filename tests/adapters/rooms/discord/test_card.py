"""What a card shows in Discord in each state, as golden files; and that Discord takes every one of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from adapters.rooms.discord.buttons import Buttons
from adapters.rooms.discord.card import card
from adapters.rooms.discord.packing import How
from adapters.rooms.discord.tags import ALL, tags, thread_name
from adapters.rooms.discord.text import units
from bot.nouns.conversation import Mood
from bot.screens.shapes import Card, Choice, Fact, Quote
from tests.adapters.rooms.discord.painting import SIGNER, message, payload, pressed, presses, same_as_golden, words
from tests.bot.build import ANA
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted

LONG = Quote("Not one word of it was true. " * 90, by="Mara", url="https://square.test/m1")


def _card(passages: tuple[Quote | Fact, ...] = (), **changes: object) -> Card:
    made = Card("i1", "c1", "Parcel never came", "Mara on Square", Mood.WAITING, passages)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names the fields it changes


@pytest.mark.parametrize("name", STATES)
def test_each_state_looks_as_its_golden_file(name: str) -> None:
    """A reviewer reads in golden/ what Discord will show."""
    same_as_golden(name, message(card(painted(STATES[name]()), SIGNER)))


@pytest.mark.parametrize("name", STATES)
def test_every_choice_of_every_state_can_be_pressed(name: str) -> None:
    """No choice is left out, and each press says exactly what the choice says, on the same incident."""
    one = painted(STATES[name]())
    found = presses(card(one, SIGNER))
    for choice in (*one.choices, *one.more):
        press = pressed(found[choice.label])
        assert (press.act, dict(press.values)) == (choice.act, dict(choice.values))
        assert (press.incident, press.conversation) == (one.incident, one.conversation)


def test_the_docs_name_every_tag() -> None:
    """Whoever sets a forum up reads there what it needs."""
    told = (Path(__file__).parents[4] / "docs" / "discord.md").read_text(encoding="utf-8")
    assert [tag for tag in ALL if f"`{tag}`" not in told] == []


@pytest.mark.parametrize("name", STATES)
def test_every_card_says_which_incident_it_is(name: str) -> None:
    """The whole story is one press away in each state, which also tells whose thread it is."""
    press = pressed(presses(card(painted(STATES[name]()), SIGNER))["The whole story"])
    assert (press.how, press.act, press.incident) == (How.ASK, "incident", "i1")


def test_five_long_quotations_share_what_room_there_is() -> None:
    """Five people's long words fit into one card, each of them shown in part."""
    view = card(_card((LONG,) * 5, choices=tuple(Choice(f"act{n}", f"Choice {n}") for n in range(5))), SIGNER)
    payload(view)
    assert words(view).count("Not one word") >= 5
    assert words(view).count("there is more") == 0
    assert units(words(view)) > 2500


def test_what_no_message_holds_is_said() -> None:
    """Fifty passages are cut to what fits, and the card says so."""
    view = card(_card(tuple(Fact(f"Fact {n}", "so " * 150) for n in range(12)) + (LONG,) * 30), SIGNER)
    payload(view)
    assert "There is more than Discord shows at once" in words(view)


def test_a_press_too_long_for_discord_is_said_and_not_dropped() -> None:
    """A choice whose values do not fit is named, so that somebody can press it at the web desk."""
    long = Choice("novel", "Something new", {"with": "x" * 200})
    view = card(_card(choices=(long,), more=(replace(long, label="And another"),)), SIGNER)
    payload(view)
    assert "Too long to be pressed here: “Something new”, “And another”" in words(view)


def test_thirty_choices_behind_more_take_two_lists() -> None:
    """A list of Discord holds 25; the others stand in a second one."""
    view = card(_card(more=tuple(Choice("note", f"Choice {n}", {"n": str(n)}) for n in range(30))), SIGNER)
    payload(view)
    assert len([name for name in presses(view) if name.startswith("Choice")]) == 30


def test_the_same_press_twice_is_two_presses() -> None:
    """Discord takes no `custom_id` twice in a message; two choices that mean the same can still both stand there."""
    view = card(
        _card(choices=(Choice("write", "One", {"stage": "response"}), Choice("write", "Two", {"stage": "response"}))),
        SIGNER,
    )
    payload(view)
    first, second = (presses(view)[name] for name in ("One", "Two"))
    assert first != second
    assert pressed(first).values == pressed(second).values


def test_a_link_to_the_story_is_a_button_with_its_host() -> None:
    """Where there is a public address, the card leads to it; what may not be opened is no button."""
    assert "Read it on desk.test" in message(card(_card(link="https://desk.test/i/i1"), SIGNER))
    assert "(>)" not in message(card(_card((Quote("x", url="javascript:alert(1)"),)), SIGNER))


def test_waiting_too_long_is_amber_and_said() -> None:
    """The colour repeats what the word says, and never says it alone."""
    late = message(card(_card(late=True), SIGNER))
    assert late.startswith("(b7791f)")
    assert "Waiting · waiting too long" in late
    assert "○ Waiting" in message(card(_card(), SIGNER))


def test_a_shield_hides_words_under_a_spoiler() -> None:
    """Veiled words are one press away, every line of them, and cannot break out."""
    view = card(_card((Quote("You || are\n\nliars", veiled="Insults a person"),)), SIGNER)
    assert "> Insults a person\n> ||You \\|\\| are||\n> \n> ||liars||" in words(view)


def test_tags_and_name_of_a_thread_hold_what_discord_takes() -> None:
    """A post's tags are of the list that a forum is set up with; its name is at most 100 characters."""
    for name in STATES:
        one = painted(STATES[name](), reader=ANA)
        assert set(tags(one)) <= set(ALL)
        assert 1 <= units(thread_name(one)) <= 100
    assert thread_name(_card(headline="\u202e" + "😀" * 200, about="")).endswith("…")
    assert units(thread_name(_card(headline="😀" * 200))) <= 100
    assert all(len(tag) <= 20 for tag in ALL)
    assert len(ALL) <= 20


def test_a_storm_has_a_mark_of_its_own() -> None:
    """Each mood has its word and its mark; a talk away from the public has its own."""
    marks = {mood: message(card(_card(mood=mood), SIGNER)).split("-# ")[1][0] for mood in Mood}
    assert marks == {Mood.WAITING: "○", Mood.READY: "○", Mood.COOLING: "◐", Mood.SETTLED: "◌", Mood.STORM: "◎"}
    assert "◌ Offline" in message(card(_card(offline=True), SIGNER))


def test_a_message_holds_so_many_same_presses_and_no_more() -> None:
    """The 256th press that means the same is said, and not painted wrongly."""
    many = tuple(Choice("claim", f"Again {n}", {"epoch": "0"}) for n in range(257))
    found = Buttons(SIGNER, "i1", "c1").rows(many)
    assert "Too long to be pressed here" in found[-1].text
