"""Commands, read: `/coolhead …`, the two menus, and what is offered while somebody types."""

from typing import Any

import pytest

from adapters.rooms.discord import asking
from adapters.rooms.discord.answering import follow, refilled
from adapters.rooms.discord.came import About, Came
from adapters.rooms.discord.commands import BRING, COMMANDS, KNOWN, LONGEST_SEARCH
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.reading import read
from bot.nouns.conversation import Mood
from bot.nouns.team import Handle, Refusal
from bot.screens.forms import FORMS
from bot.screens.shapes import Card, Choice, Done, Gesture, GestureKind, Page, Row, Section
from tests.adapters.rooms.discord.moderator import NOW, Moderator, team
from tests.adapters.rooms.discord.painting import SIGNER
from tests.bot.work.desk_house import HERE, House

WHO = Handle(room="discord", id="1")


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    return await team()


def _came(kind: str, data: dict[str, Any], where: About | None = None) -> Came:
    return Came("55", kind, "1", data, about=where, channel="7", channel_name="mods", guild="3")


def _gesture(did: Do | Refusal) -> Gesture:
    assert isinstance(did, Do), did
    return did.gesture


def _slash(part: str, where: About | None = None, **given: str) -> Do | Refusal:
    options = [{"name": name, "value": value} for name, value in given.items()]
    return read(
        _came("command", {"name": "coolhead", "options": [{"name": part, "options": options}]}, where), SIGNER, NOW
    )


@pytest.mark.parametrize(
    ("part", "given", "kind", "act", "values"),
    [
        ("status", {}, "ask", "now", {}),
        ("mine", {}, "ask", "mine", {}),
        ("review", {}, "ask", "review", {}),
        ("find", {"words": "parcel"}, "ask", "search", {"q": "parcel"}),
        ("hold", {}, "press", "hold", {}),
        ("me", {}, "press", "settings", {}),
        ("claim", {"which": "i1/c1"}, "ask", "incident", {}),
        ("note", {"which": "i1/c1", "text": " hm "}, "noted", "note", {"text": "hm"}),
        ("offline", {"which": "i1/c1"}, "press", "take_offline", {}),
        ("offline", {"which": "i1/"}, "ask", "list", {}),
        ("close", {"which": "i1/c1"}, "press", "close", {}),
        ("close", {"which": "i1/"}, "press", "close_list", {}),
    ],
)
def test_each_command_is_a_gesture(
    part: str, given: dict[str, str], kind: str, act: str, values: dict[str, str]
) -> None:
    """Pages are asked for, what acts is pressed; an incident is named by choosing it."""
    gesture = _gesture(_slash(part, None, **given))
    assert (gesture.kind.value, gesture.act, dict(gesture.values)) == (kind, act, values)
    if "which" in given:
        assert gesture.incident == "i1"


@pytest.mark.parametrize("part", ["claim", "note", "offline", "close"])
def test_in_a_thread_a_command_means_its_incident(part: str) -> None:
    """Nothing has to be chosen there; elsewhere it is asked for."""
    gesture = _gesture(_slash(part, About("i1", "c1"), text="hm"))
    assert (gesture.incident, gesture.conversation) == ("i1", "c1")
    assert _slash(part, text="hm") == asking.WHICH
    assert _slash(part, which="the red one", text="hm") == asking.WHICH
    assert _slash(part, which="i1/../c", text="hm") == asking.WHICH


def test_an_unknown_command_is_said_to_be() -> None:
    """An old client may still show what is gone."""
    assert _slash("dance") == asking.UNKNOWN
    assert read(_came("command", {"name": "dance"}), SIGNER, NOW) == asking.UNKNOWN
    assert read(_came("command", {"name": "coolhead"}), SIGNER, NOW) == asking.UNKNOWN
    assert read(_came("command", {"name": BRING}), SIGNER, NOW) == asking.UNKNOWN
    assert read(_came("command", {"name": KNOWN, "resolved": {"users": {"8": "?"}}}), SIGNER, NOW) == asking.UNKNOWN
    assert isinstance(_slash("note", About("i1"), text="  "), Refusal)


def _menu(content: str, where: About | None = None) -> Do | Refusal:
    message = {"id": "9", "channel_id": "8", "content": content, "author": {"username": "mara", "global_name": "Mara"}}
    return read(
        _came("command", {"name": BRING, "target_id": "9", "resolved": {"messages": {"9": message}}}, where),
        SIGNER,
        NOW,
    )


def test_a_message_is_brought_in_by_its_menu() -> None:
    """With its words, its link and who wrote it; in an incident's thread it is a note there."""
    gesture = _gesture(_menu("Where is it?"))
    assert (gesture.kind, gesture.act) == (GestureKind.BROUGHT, "bring")
    assert dict(gesture.values) == {
        "words": "Where is it?", "url": "https://discord.com/channels/3/8/9", "author": "Mara", "platform": "discord"
    }  # fmt: skip
    noted = _gesture(_menu("Look at this", About("i1", "c1")))
    assert (noted.kind, noted.incident, noted.values["text"]) == (GestureKind.NOTED, "i1", "Look at this")
    assert isinstance(_menu("", About("i1")), Refusal)


def test_a_message_without_words_opens_the_form() -> None:
    """A picture can't be read by us, so somebody says what was said; the rest is filled in."""
    did = _menu("")
    assert isinstance(did, Do)
    assert (did.gesture.act, did.then) == ("bring", Then.OPEN)
    form = refilled(FORMS["bring"], did)
    assert (form.filled["author"], form.filled["platform"]) == ("Mara", "discord")


def test_what_we_know_of_a_person_is_a_search_for_their_name() -> None:
    """The desk shows of it what this moderator may see."""
    data = {"name": KNOWN, "target_id": "4", "resolved": {"users": {"4": {"username": "mara", "global_name": None}}}}
    assert _gesture(read(_came("command", data), SIGNER, NOW)).values["q"] == "mara"


async def test_claiming_by_command_is_the_cards_own_press(house: House) -> None:
    """With the version the card has now; where somebody has it, the card shows who."""
    ana = Moderator(house)
    ana.about = About(*HERE)
    await ana.command("claim")
    assert isinstance(ana.answer, Done)
    assert [gesture.act for gesture in ana.heard] == ["incident", "claim"]
    ben = Moderator(house, "2")
    ben.about = About(*HERE)
    await ben.command("claim")
    assert isinstance(ben.answer, Page)
    assert "Ana" in ben.sees


async def test_claiming_in_a_pile_takes_the_next_one(house: House) -> None:
    """Its thread stands for several conversations; the most urgent free one is claimed and opened."""
    card = Card("i1", "", "Parcels", "", Mood.WAITING, (), (Choice("take_next", "Take the next one"),))
    did = Do(Gesture(id="g", kind=GestureKind.ASK, who=WHO, act="incident", incident="i1"), choose="claim")
    more = follow(did, Page("incident", "Parcels", "", (), card=card))
    assert more is not None
    assert (more.gesture.act, more.gesture.kind) == ("take_next", GestureKind.PRESS)
    assert follow(did, Page("incident", "Parcels", "", ())) is None


async def test_your_zone_is_set_in_one_command(house: House) -> None:
    """What is given replaces what stood there, and nothing else."""
    ana = await Moderator(house).command("me", zone="Europe/Berlin")
    assert isinstance(ana.answer, Done)
    person = (await house.act.team()).people["ana"]
    assert (person.zone, person.public_name) == ("Europe/Berlin", "Ana for the shop")
    await ana.command("me", zone="Atlantis")
    assert "no time zone we know" in ana.sees
    await ana.command("me")
    assert ana.window is not None


def test_which_is_offered_by_headline() -> None:
    """What needs someone now, at most 25, by what was typed so far."""
    rows = tuple(Row(Card(f"i{n}", f"c{n}", f"Parcel {n}", "Mara", Mood.WAITING, ())) for n in range(40))
    page = Page("now", "", "", (Section("", rows=(*rows, *rows, Row(Card("", "", "Nothing", "", Mood.WAITING, ())))),))
    assert len(asking.offered(page, "")) == 25
    (found,) = asking.offered(page, "parcel 33")
    assert (found.name, found.value) == ("Parcel 33 · Mara", "i33/c33")
    assert asking.named(found.value) == About("i33", "c33")
    assert asking.asked(_came("asking", {})).act == "now"
    typing = {"options": [{"name": "claim", "options": [{"name": "which", "value": "par", "focused": True}]}]}
    assert asking.focused(_came("asking", typing)) == ("which", "par")
    assert asking.focused(_came("asking", {})) == ("", "")


def test_zones_are_offered_by_name() -> None:
    """As the zones are called everywhere."""
    assert "America/New_York" in [choice.value for choice in asking.zones("new york")]
    assert len(asking.zones("")) == 25


def test_the_commands_are_within_what_discord_takes() -> None:
    """Names of 32 small letters, descriptions of 100, at most 25 parts; both menus have no description."""
    names = []
    for command in COMMANDS:
        assert command["contexts"] == [0]
        names.append(command["name"])
        for part in command.get("options", ()):
            assert len(part["name"]) <= 32
            assert part["name"] == part["name"].lower()
            assert 1 <= len(part["description"]) <= 100
            for option in part["options"]:
                assert 1 <= len(option["description"]) <= 100
        assert len(command.get("options", ())) <= 25
    assert names == ["coolhead", BRING, KNOWN]
    assert all(len(name) <= 32 for name in names)
    assert LONGEST_SEARCH <= 255
