"""Pages, App Home, *More*, the greeting and what a press is answered, as Slack shows them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.greeting import greeting
from adapters.rooms.slack.heard import Do, Show
from adapters.rooms.slack.home import home
from adapters.rooms.slack.more import more
from adapters.rooms.slack.page import page
from adapters.rooms.slack.pressing import Menu, Pressed
from adapters.rooms.slack.reading import interaction
from adapters.rooms.slack.saying import FAILED, SAVING, STALE, saying, saying_view
from bot.nouns.conversation import Mood
from bot.nouns.team import Refusal
from bot.screens.pages import listed, now_answer
from bot.screens.shapes import Card, Choice, Done, Fact, Line, Page, Quote, Row, Said, Section
from tests.adapters.rooms.slack.checks import labels, presses, sound, sound_view, words
from tests.adapters.rooms.slack.forms import pressed
from tests.adapters.rooms.slack.golden_files import SIGNER, same_as_golden
from tests.adapters.rooms.slack.vectors import LINKS, PINGS
from tests.bot.build import START
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted

anything = st.text(st.characters(exclude_categories=()), max_size=200)


def rows(count: int) -> tuple[Row, ...]:
    """So many rows."""
    one = painted(STATES["new"]())
    return tuple(
        Row(replace(one, incident=f"i{n}", conversation=f"c{n}", headline=f"Parcel {n}"), ("Ana reads it",))
        for n in range(count)
    )


def now(count: int, after: str = "") -> Page:
    """What needs someone now, with so many waiting."""
    kinds = {"first_word": rows(count), "ready": rows(1)} if count else {}
    return listed("now", kinds, now_answer(count, 1, 0, 1), after=after)


def story(count: int) -> Page:
    """An incident's page with so many lines."""
    lines = tuple(
        Line(f"Ana did thing {n}", START + timedelta(minutes=n), quote="So it was." if n % 3 else "")
        for n in range(count)
    )
    return Page(
        "incident",
        "Parcel never came",
        "You have this one.",
        (Section("What happened so far", lines=lines),),
        card=painted(STATES["owned"]()),
    )


def test_pages_look_as_their_golden_files() -> None:
    """The question as title, the answer first, then what there is, each with its way on."""
    for name, one in (("now", now(2)), ("incident", story(4)), ("nothing", now(0))):
        view = page(one, SIGNER)
        sound_view(view)
        same_as_golden(f"page_{name}", view)


def test_a_long_page_comes_in_sheets_and_none_is_left_out() -> None:
    """*Read on* leads from sheet to sheet; the last one leads to what comes after."""
    one, shown, sheet = now(120, after="next-please"), "", 0
    while True:
        view = page(one, SIGNER, asked=Pressed("now", values={"all": "yes"}), sheet=sheet)
        sound_view(view)
        shown += words(view)
        if "Read on" not in labels(view):
            break
        found = interaction(pressed(view, "Read on"), SIGNER)
        assert isinstance(found, Do)
        assert found.asked is not None
        assert (found.gesture.act, found.gesture.values, found.asked.sheet) == ("now", {"all": "yes"}, sheet + 1)
        sheet = found.asked.sheet
    assert sheet > 1
    assert all(f"*Parcel {n}*" in shown for n in range(120))
    on = interaction(pressed(view, "Show more"), SIGNER)
    assert isinstance(on, Do)
    assert on.gesture.values == {"all": "yes", "after": "next-please"}
    assert page(one, SIGNER, sheet=99)["blocks"] == page(one, SIGNER, sheet=sheet)["blocks"] or sheet


def test_a_page_that_answers_a_press_is_not_pressed_again() -> None:
    """*Read on* under the page of one that was taken reads that page; it takes no other."""
    view = page(story(2000), SIGNER, asked=Pressed("take_next", "i1"))
    found = interaction(pressed(view, "Read on"), SIGNER)
    assert isinstance(found, Do)
    assert (found.gesture.act, found.gesture.incident, found.gesture.conversation) == ("incident", "i1", "c1")


def test_a_very_long_mention_is_read_in_sheets() -> None:
    """All words of somebody who wrote very much, to the last one."""
    text = " ".join(f"word{n}" for n in range(12_000))
    one = Page(
        "words",
        "All words of Mara",
        "As they came.",
        (Section("", passages=(Quote(text, by="Mara"),)),),
        card=Card("i1", "c1", "x", "", Mood.WAITING, ()),
    )
    seen, sheet = "", 0
    while True:
        view = page(one, SIGNER, sheet=sheet)
        sound_view(view)
        seen += words(view)
        if "Read on" not in labels(view):
            break
        sheet += 1
    assert all(f"word{n}" in seen for n in range(0, 12_000, 50))
    assert "word11999" in seen


def test_a_row_leads_to_its_page() -> None:
    """One press on it opens the conversation."""
    found = interaction(pressed(page(now(2), SIGNER), "Open", 1), SIGNER)
    assert isinstance(found, Do)
    assert (found.gesture.act, found.gesture.incident, found.gesture.conversation) == ("incident", "i1", "c1")


def test_rows_keep_hostile_words_veiled() -> None:
    """For who asked for a shield, a list shows the reasons in place of the words; ours are no quote of theirs."""
    card = replace(
        painted(STATES["new"]()), passages=(Quote("You idiots", veiled="Insults a person"), Said("Third today."))
    )
    view = page(Page("now", "Now", "", (Section("", rows=(Row(card),)),)), SIGNER)
    assert "idiots" not in words(view)
    assert "Insults a person" in words(view)
    own = replace(card, passages=(Quote("Our draft", ours=True),))
    assert "Our draft" not in words(page(Page("now", "Now", "", (Section("", rows=(Row(own),)),)), SIGNER))


def test_a_page_with_nothing_says_so() -> None:
    """What is empty has a sentence; a page of nothing at all too."""
    assert "Nobody waited." in words(page(Page("x", "X", "", (Section("Late", empty="Nobody waited."),)), SIGNER))
    assert "Nothing is here." in words(page(Page("x", "X", "", (Section(""),)), SIGNER))


def test_home_looks_as_its_golden_file() -> None:
    """What is mine, what needs someone, and the ways that lie under no incident."""
    view = home([now(1), listed("mine", {}, "You have nothing in your hands.")], SIGNER)
    sound_view(view)
    same_as_golden("home", view)
    assert "Hold all posting" in labels(view)


def test_home_shares_its_room() -> None:
    """However much waits, each page shows its beginning and a way to all of it."""
    view = home(
        [now(150), now(150), story(900)],
        SIGNER,
        where=lambda incident: f"https://team.slack.com/archives/C1/p{incident}",
    )
    sound_view(view)
    assert labels(view).count("Show all of it") == 3
    assert "|Its thread>" in words(view)
    found = interaction({**pressed({**view, "id": "V1"}, "Show all of it")}, SIGNER)
    assert isinstance(found, Do)
    assert found.gesture.act == "now"


def test_a_guests_home_has_no_ways() -> None:
    """They read, and press nothing of the house."""
    view = home([], SIGNER, presses_too=False)
    sound_view(view)
    assert labels(view) == []


def test_more_opens_by_itself() -> None:
    """It needs nobody's answer, and every press in it is the card's own."""
    choices = tuple(Choice(f"act{n}", f"Way {n}", {"epoch": "1"}) for n in range(14))
    view = more(Menu("i1", "c1", choices), SIGNER)
    sound_view(view)
    assert labels(view) == [c.label for c in choices]
    found = interaction(pressed(view, "Way 3"), SIGNER)
    assert isinstance(found, Do)
    assert (found.gesture.act, found.gesture.values, found.spot.kind) == ("act3", {"epoch": "1"}, "menu")


def test_more_on_a_card_is_read() -> None:
    """The press of *More* comes back as what lies behind it."""
    view = page(story(1), SIGNER)
    found = interaction(pressed(view, "More"), SIGNER)
    assert isinstance(found, Show)
    assert [c.label for c in found.menu.choices] == [c.label for c in painted(STATES["owned"]()).more]


def test_the_greeting_looks_as_its_golden_file() -> None:
    """What it is, who may press, two ways to begin."""
    sound(greeting(SIGNER))
    same_as_golden("greeting", greeting(SIGNER))
    acts = [p.act for b in presses(greeting(SIGNER).blocks) if (p := SIGNER.unpack(b["value"])) is not None]
    assert acts == ["place_here", "sample"]


def test_a_shared_channel_is_brought_in_on_purpose() -> None:
    """The greeting says what others would see, and its press says that it is meant."""
    message = greeting(SIGNER, shared=True)
    sound(message)
    assert "Other companies read this channel too" in words(message.blocks)
    here = SIGNER.unpack(presses(message.blocks)[0]["value"])
    assert here is not None
    assert here.values == {"shared": "yes"}


def test_an_answer_is_a_calm_sentence() -> None:
    """Done and refused alike; a refusal says until when in the reader's zone."""
    assert saying(Done("Noted for the team.")).text == "Noted for the team."
    refused = saying(Refusal(because="Not yet.", until=START))
    assert refused.text == "Not yet. (<!date^1772445600^{date_short_pretty} {time}|2 Mar 10:00 UTC>)"
    for answer in (Done(""), SAVING, STALE, FAILED, Refusal(because="x" * 9000), Done("<!channel> & *you*")):
        sound(saying(answer))
        sound_view(saying_view(answer))
    assert [saying_view(a)["title"]["text"] for a in (SAVING, Done("x"), STALE)] == ["One moment", "Done", "Coolhead"]


def hostile(text: str) -> Page:
    """A page with that text in every part."""
    card = Card(
        "i1",
        "c1",
        text,
        text,
        Mood.STORM,
        (Quote(text, by=text, url=text), Said(text)),
        (Choice("claim", text),),
        link="https://desk.test/x",
    )
    lines = (Line(text, START, by=text, quote=text),) * 3
    part = Section(
        text,
        (Row(card, (text, text)),),
        (Quote(text), Fact(text, text), Said(text)),
        lines,
        (Choice("rest", text),),
        text,
    )
    return Page(
        "now", text, text, (part, Section("", empty=text)), after=text, card=card, choices=(Choice("sample", text),)
    )


@settings(max_examples=60, deadline=None)
@given(anything, st.integers(1, 30))
def test_whatever_is_written_slack_takes_it(text: str, times: int) -> None:
    """Any text in any part of a page or of App Home."""
    one = hostile(text * times)
    sound_view(page(one, SIGNER))
    sound_view(home([one, one], SIGNER, where=lambda _: "https://team.slack.com/archives/C1/p1"))


@pytest.mark.parametrize("vectors", [PINGS, LINKS], ids=["pings", "links"])
def test_no_vector_comes_through(vectors: list[str]) -> None:
    """In no part of a page does one of them ping somebody or lead astray."""
    for vector in vectors[::5]:
        sound_view(page(hostile(vector), SIGNER))


def test_home_says_first_that_posting_is_on_hold() -> None:
    """Why, by whom and until when, and the press that ends it in the place of the one that begins it."""
    held = Fact("Posting is on hold", "Product recall (Kim)", START)
    view = home([now(1)], SIGNER, held=held)
    sound_view(view)
    assert words(view).startswith("*Posting is on hold:* Product recall (Kim) · <!date^")
    assert "End the hold" in labels(view)
    assert "Hold all posting" not in labels(view)
    assert "End the hold" not in labels(home([now(1)], SIGNER))


def test_each_fact_of_a_review_leads_to_its_thread() -> None:
    """Silent, away, overdue: what it is about is one press away, and its thread one link."""
    facts = (
        Fact("Parcel 1", "It would only feed it (Ana, and Kim); look again", START, incident="i1", conversation="c1"),
        Fact("Parcel 2", "Back by four (Ana)", START, late=True, incident="i2", conversation="c2"),
        Fact("Last week", "Two incidents came"),
    )
    one = Page("review", "How are we doing", "", (Section("Promises overdue", passages=facts),))
    view = home([one], SIGNER, where=lambda incident: f"https://shop.slack.com/archives/C1/p{incident}")
    sound_view(view)
    assert "https://shop.slack.com/archives/C1/pi1|Its thread" in words(view)
    assert "https://shop.slack.com/archives/C1/pi2|Its thread" in words(view)
    opens = [SIGNER.unpack(one["value"]) for one in presses(view) if one["text"]["text"] == "Open"]
    assert [(each.act, each.incident, each.conversation) for each in opens if each] == [
        ("incident", "i1", "c1"),
        ("incident", "i2", "c2"),
    ]
    assert "Its thread" not in words(page(one, SIGNER))


def test_a_screen_reader_tells_presses_of_one_name_apart() -> None:
    """Three rows have three *Open*, and each says whose it is; so has every press of a list's own sections."""
    view = page(now(3), SIGNER)
    opens = [one for one in presses(view) if one["text"]["text"] == "Open"]
    assert [one["accessibility_label"] for one in opens][:3] == ["Open: Parcel 0", "Open: Parcel 1", "Open: Parcel 2"]
    parts = tuple(Section(f"{who} on X", choices=(Choice("bring_in", "Bring it in"),)) for who in ("Mara", "Theo"))
    view = page(Page("unforwarded", "What was not forwarded", "", parts), SIGNER)
    said = [one["accessibility_label"] for one in presses(view)]
    assert said == ["Bring it in: Mara on X", "Bring it in: Theo on X"]


def test_a_story_of_long_lines_cuts_through_no_moment() -> None:
    """A name or a sentence may be as long as it likes: Slack is never handed half of a date."""
    for length in range(1800, 2000, 9):
        lines = (Line("x" * length, START, by="y" * 150, moment=START, quote="So it was."),)
        sound_view(page(replace(story(1), parts=(Section("What happened so far", lines=lines),)), SIGNER))


def test_a_story_holds_long_words_whole() -> None:
    """What was sent, noted or arrived can be read to its last letter, over as many sheets as it takes."""
    long = " ".join(f"word{number}" for number in range(1500))
    lines = tuple(Line("Our words went out", START, quote=long, ours=True) for _ in range(12))
    one = replace(story(1), parts=(Section("What happened so far", lines=lines),))
    shown, sheet = "", 0
    while True:
        view = page(one, SIGNER, sheet=sheet)
        sound_view(view)
        shown += words(view)
        if "Read on" not in labels(view):
            break
        sheet += 1
    assert sheet > 1
    assert [shown.count(f"word{number} ") for number in (1, 700, 1498)] == [12, 12, 12]
