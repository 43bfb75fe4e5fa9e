"""Pages in Discord: what does not fit is a press away, and nothing is left out between two presses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from discord import ui

from adapters.rooms.discord.packing import How
from adapters.rooms.discord.page import ASKED, Asked, page
from bot.nouns.conversation import Mood
from bot.screens.shapes import Card, Choice, Fact, Line, Page, Quote, Row, Said, Section
from tests.adapters.rooms.discord.moderator import Moderator, team
from tests.adapters.rooms.discord.painting import (
    SIGNER,
    components,
    message,
    payload,
    pressed,
    presses,
    same_as_golden,
    walk,
    words,
)
from tests.bot.work.desk_house import HERE, House

AT = datetime(2026, 3, 2, 14, 5, tzinfo=UTC)


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    return await team()


def _row(n: int) -> Row:
    return Row(Card(f"i{n}", f"c{n}", f"Parcel {n} never came", "Mara on Square", Mood.WAITING, ()), ("Ana has this",))


def _read(one: Page, asked: Asked) -> tuple[list[str], int]:
    """Every text of a page, read to its end by pressing Next; and how many presses that took."""
    found, count = list[str](), 0
    while True:
        view = page(one, SIGNER, asked)
        payload(view)
        found += words(view).split("\n")
        following = presses(view).get("Next")
        if following is None:
            return found, count
        press = pressed(following)
        assert (press.how, press.act) == (How.ASK, one.name)
        asked = replace(asked, skip=int(press.values["skip"]))
        count += 1
        assert count < 200


def test_a_page_looks_as_its_golden_file() -> None:
    """Question, answer, cards in a list, passages, lines and presses."""
    lines = (
        Line("Ana has this", AT),
        Line("Mara wrote again", AT, quote="Still *nothing*?"),
        Line("Next call", AT, by="Ana", moment=AT),
    )
    one = Page(
        "now",
        "What needs someone now",
        "Two people are waiting for a first word.",
        (
            Section("Waiting for a first word", rows=(_row(1), _row(2))),
            Section("What happened so far", lines=lines),
            Section(
                "",
                passages=(
                    Fact("Roles", "lead"),
                    Said("Alone."),
                    Quote("Her words", by="Mara", url="https://square.test/1"),
                ),
            ),
            Section(
                "What we learned",
                empty="Nothing noted yet.",
                choices=(Choice("lesson", "Note a lesson", {"incident": "i1"}),),
            ),
        ),
        after="171:c9",
        choices=(Choice("sample", "Try it with a sample mention"),),
    )
    same_as_golden("page_now", message(page(one, SIGNER, Asked())))


def test_five_hundred_lines_are_read_to_the_end() -> None:
    """A long story comes in parts, every line of it once and in order."""
    lines = tuple(Line(f"Line number {n}x", AT + timedelta(minutes=n), quote="so " * (n % 40)) for n in range(500))
    found, presses_ = _read(
        Page("incident", "Parcel", "", (Section("What happened so far", lines=lines),)), Asked("i1")
    )
    numbers = [int(line.split("number ")[1].split("x")[0]) for line in found if "number " in line]
    assert numbers == list(range(500))
    assert presses_ > 5


def test_a_long_text_is_read_whole() -> None:
    """All their words: a hundred thousand signs, cut between words and nowhere else."""
    text = " ".join(f"word{n}" for n in range(8000))
    found, _ = _read(
        Page("words", "All words of Mara", "", (Section("", passages=(Quote(text, by="Mara"),)),)), Asked("i1", "c1")
    )
    assert [word for line in found if line.startswith("> ") for word in line[2:].split()] == text.split()


def test_fifty_cards_can_each_be_opened() -> None:
    """Each card of a list has its own press."""
    one = Page("list", "All of one cause", "", (Section("Open", rows=tuple(_row(n) for n in range(50))),))
    asked, opened = Asked("i1"), list[str]()
    for _ in range(20):
        view = page(one, SIGNER, asked)
        payload(view)
        found = [pressed(id) for id in _ids(view)]
        opened += [press.incident for press in found if press.act == "incident"]
        following = next((press for press in found if press.act == "list"), None)
        if following is None:
            break
        assert following.incident == "i1"
        asked = replace(asked, skip=int(following.values["skip"]))
    assert opened == [f"i{n}" for n in range(50)]


def _ids(view: ui.LayoutView) -> list[str]:
    return [part["custom_id"] for part in walk(components(view)) if part.get("custom_id")]


def test_behind_the_last_part_comes_the_page_after() -> None:
    """When all of a page was shown, Next leads to what the store has next."""
    one = Page("settled", "What is settled", "", (Section("", rows=(_row(1),)),), after="171:c9")
    press = pressed(presses(page(one, SIGNER, Asked()))["Next"])
    assert dict(press.values) == {"after": "171:c9", "skip": "0"}
    long = replace(one, parts=(Section("", rows=tuple(_row(n) for n in range(40))),))
    press = pressed(presses(page(long, SIGNER, Asked(values={"after": "170:c1"})))["Next"])
    assert press.values["after"] == "170:c1"
    assert int(press.values["skip"]) > 0
    beyond = page(one, SIGNER, Asked(skip=99))
    payload(beyond)
    assert "Next" in presses(beyond)


def test_what_only_a_press_shows_is_not_pressed_again() -> None:
    """A contact is shown by a press that is written down; Discord cuts it and says so rather than pressing again."""
    lines = tuple(Line(f"Spoke with them {n}", AT, quote="Long. " * 60) for n in range(60))
    view = page(
        Page("contact", "How to reach Mara", "", (Section("Contacts so far", lines=lines),)), SIGNER, Asked("i1", "c1")
    )
    payload(view)
    assert "The rest stands in the whole story" in words(view)
    assert "Next" not in presses(view)


async def test_a_search_can_be_read_on(house: House) -> None:
    """What was looked for stands in the message, sign by sign, and Next looks for the same."""
    for n in range(40):
        await house.mention(f"m{n + 10}", f"i{n + 10}", text="Eleven **parcels** | lost")
    ana = await Moderator(house).command("find", words="Eleven **parcels** |")
    assert "You looked for" in ana.sees
    assert "Next" in ana.labels
    await ana.press("Next")
    assert ana.heard[-1].values["q"] == "Eleven **parcels** |"


async def test_a_search_for_other_words_than_were_shown_is_refused(house: House) -> None:
    """Whoever changes the message can't make its press look for something else."""
    for n in range(40):
        await house.mention(f"m{n + 10}", f"i{n + 10}", text="Eleven parcels")
    ana = await Moderator(house).command("find", words="parcels")
    before = len(ana.heard)
    came = ana.came("press", {"custom_id": presses(ana.views[0])["Next"]})
    await ana.do(replace(came, texts=dict.fromkeys(came.texts, "> secrets")))
    assert len(ana.heard) == before
    assert "no longer fits" in ana.sees


@pytest.mark.parametrize("act", sorted(ASKED - {"incident", "list", "look_back", "words", "take_offline"}))
async def test_every_page_of_the_desk_is_painted(house: House, act: str) -> None:
    """Each page somebody can ask for fits into a message."""
    payload(page(await house.page("kim", act), SIGNER, Asked()))


async def test_the_whole_story_opens_privately(house: House) -> None:
    """One press on a card shows what happened so far; a guest is shown the headline alone."""
    shown = await house.page("kim", "incident", HERE)
    assert shown.card is not None
    ana = await Moderator(house).look_at(shown.card).press("The whole story")
    assert "What happened so far" in ana.sees
    gus = await Moderator(house, "9").look_at(shown.card).press("The whole story")
    assert "What happened so far" not in gus.sees
    assert "Eleven days" in gus.sees
