"""What somebody did, read: presses, lists and windows, each with the interaction's own id."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from adapters.rooms.discord.answering import follow
from adapters.rooms.discord.came import About, Came, about
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.discord.reading import FORGED, UNKNOWN, read
from bot.nouns.caution import Caution, Level, Suggestion
from bot.nouns.team import Handle, Refusal
from bot.screens.forms import FORMS
from bot.screens.shapes import Done, Form, Gesture, GestureKind, Page
from tests.adapters.rooms.discord.moderator import NOW, team
from tests.adapters.rooms.discord.painting import SIGNER
from tests.bot.work.desk_house import House

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


def test_a_press_is_the_choice_it_was_painted_from() -> None:
    """Who pressed and the id come from Discord, everything else from what we signed."""
    custom_id = SIGNER.pack(Pressed(How.PRESS, "claim", "i1", "c1", {"epoch": "0"}))
    gesture = _gesture(read(_came("press", {"custom_id": custom_id}), SIGNER, NOW))
    assert gesture == Gesture(
        id="discord:55",
        kind=GestureKind.PRESS,
        who=WHO,
        act="claim",
        incident="i1",
        conversation="c1",
        values={"epoch": "0"},
    )
    listed = _came("press", {"custom_id": "1m:1", "values": [custom_id]})
    assert _gesture(read(listed, SIGNER, NOW)) == gesture


@pytest.mark.parametrize(
    "data",
    [{}, {"custom_id": "1m:1"}, {"custom_id": "1m:1", "values": []}, {"custom_id": "claim"}, {"custom_id": "1" * 50}],
)
def test_what_we_never_painted_does_nothing(data: dict[str, Any]) -> None:
    """A press or a window of somebody else's making is refused calmly."""
    assert read(_came("press", data), SIGNER, NOW) == FORGED
    assert read(_came("window", data), SIGNER, NOW) == FORGED


def test_an_interaction_of_another_kind_is_refused() -> None:
    """Discord may invent more of them."""
    assert read(_came("", {}), SIGNER, NOW) == UNKNOWN


def test_a_place_is_told_with_its_name() -> None:
    """The channel that incidents are to be brought to, as its people call it."""
    custom_id = SIGNER.pack(Pressed(How.PRESS, "place_here", values={"place": "7"}))
    gesture = _gesture(read(_came("press", {"custom_id": custom_id}), SIGNER, NOW))
    assert dict(gesture.values) == {"place": "7", "name": "mods"}


def _form(words: str = "As we said, no.") -> Form:
    caution = Caution(code="blame", level=Level.WARN, span=(0, 11), because="It argues.", instead="")
    added = Caution(
        code="no_next_step", level=Level.NOTE, span=(0, 0), because="Say what comes.", instead="We write today."
    )
    kept = Caution(code="shouting", level=Level.NOTE, span=(0, 2), because="Loud.")
    return replace(
        FORMS["write"], values={"stage": "response"}, filled={"words": words}, cautions=(caution, added, kept),
        suggestions=(Suggestion("one", "Sorry.", "It fits."),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("nth", "words"), [(0, " no."), (1, "As we said, no. We write today."), (2, "As we said, no.")]
)
def test_a_better_wording_is_put_where_it_belongs(nth: int, words: str) -> None:
    """In the place of what it means, or at the end; then the words are looked at again, not finished."""
    asked = Gesture(
        id="g", kind=GestureKind.PRESS, who=WHO, act="write", conversation="c1", values={"stage": "response"}
    )
    did = Do(asked, Then.IMPROVE, {"words": "As we said, no."}, nth=nth)
    looked = follow(did, replace(_form(), filled={}))
    assert looked is not None
    assert (looked.gesture.kind, looked.gesture.finished) == (GestureKind.FILLED, False)
    assert looked.gesture.values["words"] == "As we said, no."
    improved = follow(looked, _form())
    assert improved is not None
    assert improved.gesture.values["words"] == words
    assert (improved.gesture.finished, improved.then) == (False, Then.SHOW)
    assert follow(replace(looked, nth=9), _form()) is None


def test_nothing_follows_a_plain_answer() -> None:
    """A form that opened, a refusal and a thing done are simply shown."""
    did = Do(Gesture(id="g", kind=GestureKind.PRESS, who=WHO, act="write"))
    for answer in (_form(), Refusal(because="No."), Done("Done."), Page("now", "", "", ())):
        assert follow(did, answer) is None


def test_kept_words_of_a_statement_are_only_said_to_be_kept() -> None:
    """Only a reply's draft can be opened again by what is known of it."""
    kept = Gesture(id="g+", kind=GestureKind.FILLED, who=WHO, act="statement", kept=True)
    assert follow(Do(kept), Done("Kept as a draft.")) is None
    assert follow(Do(kept.model_copy(update={"act": "write", "id": "g"})), Done("Kept as a draft.")) is None


def test_whose_thread_it_is_is_read_from_its_card() -> None:
    """From the press that opens the whole story, and from nothing that somebody else wrote."""
    packed = SIGNER.pack(Pressed(How.ASK, "incident", "i1", "c1"))
    other = SIGNER.pack(Pressed(How.PRESS, "claim", "i2", "c2", {"epoch": "0"}))
    section = SimpleNamespace(children=[SimpleNamespace(custom_id=other)], accessory=SimpleNamespace(custom_id=packed))
    message: Any = SimpleNamespace(components=[SimpleNamespace(children=[section])])
    assert about(message, SIGNER) == About("i1", "c1")
    assert about(None, SIGNER) is None
    forged: Any = SimpleNamespace(components=[SimpleNamespace(custom_id=packed[:-1] + "~")])
    assert about(forged, SIGNER) is None
