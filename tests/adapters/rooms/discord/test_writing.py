"""Writing in Discord, against the real desk: a message that leads, a window, a second look, and never a word lost."""

import pytest

from adapters.rooms.discord import typed
from adapters.rooms.discord.answering import STALE
from bot.screens.shapes import Done, Form, GestureKind
from tests.adapters.rooms.discord.moderator import Moderator, controls, team
from tests.adapters.rooms.discord.painting import pressed, presses
from tests.bot.work.desk_house import HERE, House

CALM = "I am on it by four. Ana"
STOPPED = "Sorry. As we explained, you get 20 % off."


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    return await team()


async def begin(house: House, user: str = "1", act: str = "Write a reply") -> Moderator:
    """A moderator who looks at Mara's card and presses something on it."""
    page = await house.page("ana", "incident", HERE)
    assert page.card is not None
    return await Moderator(house, user).look_at(page.card).press(act)


async def test_a_message_leads_to_the_window(house: House) -> None:
    """Their words, a suggestion to take and the press that opens the window; nothing is written down yet."""
    ana = await begin(house)
    assert "Eleven days, three chats" in ana.sees
    assert "Sorry. Ana for the shop" in ana.sees
    assert "It cools for 20 min" in ana.sees
    assert ana.labels == {"Take it", "Write"}
    assert ana.window is None
    assert len(house.timelines.lines["i1"]) == 1


async def test_words_are_looked_at_before_they_are_finished(house: House) -> None:
    """The window leads to a second look with the words as they will be seen; Finish finishes exactly these."""
    ana = await (await begin(house)).press("Write")
    assert ana.window is not None
    assert [c["custom_id"] for c in controls(ana.window)] == ["f.what.0", "f.words.0"]
    await ana.submit(words=CALM)
    assert "> I am on it by four\\. Ana".replace("\\.", ".") in ana.sees
    assert "23 of 500 characters" in ana.sees
    assert "It promises a time" in ana.sees
    assert {"Edit", "Finish", "Keep as a draft"} <= {label.split(",")[0] for label in ana.labels}
    assert (await house.look()).drafts == ()
    await ana.press("Finish")
    assert "Finished. It cools for" in ana.sees
    (draft,) = (await house.look()).drafts
    assert draft.words.read() == CALM


async def test_what_is_finished_is_what_was_seen(house: House) -> None:
    """Words of every kind of sign are finished as they stood in the message."""
    hard = "Dear **Mara**, `#1`:\n\n> yes\n- a_b\n1. c\\d ||e|| <@1> @everyone https://a.test/x?y=z\n\n  twice  “quoted” 日本 😀"
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=hard)
    await ana.press("Keep as a draft")
    (draft,) = (await house.look()).drafts
    assert draft.words.read() == hard
    assert "@everyone" not in ana.sees


async def test_cautions_stand_under_the_words_they_mean(house: House) -> None:
    """Each with its name, its reason and the words it means; a stop says that it has to be repaired."""
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=STOPPED)
    assert "**An offer in public** (to be repaired first)" in ana.sees
    assert "**Argues with them**: " in ana.sees
    assert "In: “As we explained”" in ana.sees
    assert "10 more because" in ana.sees


async def test_a_stop_comes_back_with_everything_typed(house: House) -> None:
    """What is stopped is said, and the words stand there to be repaired."""
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=STOPPED)
    await ana.press("Finish")
    assert isinstance(ana.answer, Form)
    assert "public offer" in ana.sees
    assert "20 % off" in ana.sees
    await ana.press("Edit")
    assert ana.window is not None
    assert controls(ana.window)[1]["value"] == STOPPED


async def test_a_suggestion_is_taken_into_the_window(house: House) -> None:
    """Its words stand in the box, to be gone on with."""
    ana = await (await begin(house)).press("Take it")
    assert ana.window is not None
    assert controls(ana.window)[1]["value"] == "Sorry. Ana for the shop"


async def test_where_no_window_can_open_the_same_message_leads_on(house: House) -> None:
    """An answer that took too long for a window shows what leads to it, with everything typed, and goes on from there."""
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=CALM)
    await ana.press("Edit", slow=True)
    assert ana.window is None
    assert CALM in ana.sees
    await ana.press("Edit")
    assert ana.window is not None
    assert controls(ana.window)[1]["value"] == CALM


async def test_words_changed_in_the_message_are_not_finished(house: House) -> None:
    """A message that does not show what its buttons were made for finishes nothing."""
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=CALM)
    shown = dict(presses(ana.views[-1]))
    finish = next(id for label, id in shown.items() if label.startswith("Finish"))
    came = ana.came("press", {"custom_id": finish})
    words = {id: text.replace("four", "five") for id, text in came.texts.items()}
    await ana.do(type(came)(came.id, came.kind, came.user, came.data, words))
    assert ana.answer == STALE
    assert (await house.look()).drafts == ()


async def test_longer_words_than_a_message_carries_are_kept_and_finished_from_there(house: House) -> None:
    """They become a draft at once, come back whole, in two boxes, and are finished as they were kept."""
    long = "\n".join(f"Line {n}: I am sorry, *truly* sorry. Ana" for n in range(110))
    ana = await (await begin(house)).press("Write")
    await ana.submit(words=long)
    (draft,) = (await house.look()).drafts
    assert draft.words.read() == long
    assert "Line 0:" in ana.sees
    assert "Line 109:" in ana.sees
    assert "cools for" in ana.sees
    await ana.press("Edit")
    assert ana.window is not None
    boxes = [control for control in controls(ana.window) if control["custom_id"].startswith("f.words")]
    assert len(boxes) == 2
    came = ana.came(
        "window", {"custom_id": ana.window.custom_id, "components": [{"type": 18, "component": dict(b)} for b in boxes]}
    )
    await ana.do(came)
    assert [g.values["words"] for g in ana.heard if "words" in g.values][-1] == long


async def test_a_kept_draft_is_finished_only_as_it_was_seen(house: House) -> None:
    """Somebody changed it meanwhile: its new words come back to be read, and nothing is finished."""
    await house.fill("ana", "write", stage="response", words="Long. " * 600, kept="yes")
    ana = await begin(house, act="Go on writing")
    elsewhere = await house.form("ana", "write", stage="response")
    await house.send_back("ana", elsewhere, words="Other words. " * 300, kept="yes")
    await ana.press("Finish")
    assert isinstance(ana.answer, Form)
    assert "Other words" in ana.sees
    assert all(draft.cooling is None for draft in (await house.look()).drafts)


async def test_reading_once_more_needs_no_window(house: House) -> None:
    """The words whole, and one press that sends; it says that its presser looked, where nobody else can."""
    await house.cooled()
    ana = await begin(house, act="Read once more and send")
    assert CALM in ana.sees
    assert "As @shop on Square." in ana.sees
    assert ana.window is None
    label = next(label for label in ana.labels if label.endswith("Send, as Ana for the shop"))
    send = pressed({name: id for view in ana.views for name, id in presses(view).items()}[label])
    assert send.act == "send"
    await ana.press(label)
    assert "On its way" in ana.sees
    assert ana.heard[-1].kind is GestureKind.FILLED
    assert [attempt.words.read() for attempt in (await house.look()).attempts] == [CALM]


async def test_plain_forms_open_their_window_at_once(house: House) -> None:
    """A form with nothing beside it costs one press and one window."""
    ana = await begin(house, act="Not for us")
    assert ana.window is not None
    await ana.submit(words="Spam.")
    assert isinstance(ana.answer, Done)


async def test_a_no_keeps_what_was_written(house: House) -> None:
    """Where the rules refuse a form, its words stand under the refusal, to be copied."""
    ana = await begin(house, act="Not for us")
    await house.fill("ben", "not_for_us", words="Spam.")
    await ana.submit(words="A wrong name, and a long story.")
    assert "What you wrote" in ana.sees
    assert "A wrong name, and a long story." in ana.sees


async def test_while_the_store_is_away_nothing_typed_is_lost(house: House) -> None:
    """The form comes back with the sentence and the words, and can be opened again with them."""
    ana = await (await begin(house)).press("Write")
    house.timelines.away = True
    await ana.submit(words=CALM)
    assert "Not saved" in ana.sees
    assert CALM in ana.sees
    house.timelines.away = False
    await ana.press("Edit")
    assert ana.window is not None
    assert controls(ana.window)[1]["value"] == CALM
    await ana.submit(words=CALM)
    await ana.press("Finish")
    assert isinstance(ana.answer, Done)


def test_only_known_names_are_carried() -> None:
    """A field that has no number can't be carried, and that is noticed when it is painted."""
    with pytest.raises(ValueError, match="not in tuple"):
        typed.block("novel", "", "x")
