"""Reading: what is asked of the desk, what stands on the page, and what a GET must not do."""

import asyncio
import re
from dataclasses import replace
from datetime import datetime

import pytest

from adapters.rooms.web.pages import PAGES
from bot.nouns.conversation import Mood
from bot.nouns.team import Handle, Hold, Refusal
from bot.nouns.words import Words
from bot.screens.shapes import Done, GestureKind, Line, Page, Row, Section
from bot.work.desk.who import STRANGER
from tests.adapters.rooms.web.house import House
from tests.fakes import desk_pages as script

_ALL = [*PAGES, "/i/parcel", "/i/storm", "/i/parcel/parcel-1", "/here/parcel", "/sign-in/x"]


@pytest.mark.parametrize("path", _ALL)
async def test_looking_changes_nothing(path: str) -> None:
    """A GET presses nothing, keeps nothing and signs nobody in or out."""
    house = House()
    answer = await house.get(path)
    assert answer.status == 200
    assert "set-cookie" not in answer.headers
    assert house.desk.heard == []


@pytest.mark.parametrize(("path", "act"), list(PAGES.items()))
async def test_each_path_asks_its_page(path: str, act: str) -> None:
    """The desk is asked by the page's name, as the person who looks."""
    house = House()
    await house.get(path)
    (asked,) = house.desk.asked
    assert (asked.kind, asked.act, asked.who) == (GestureKind.ASK, act, Handle(room="web", id="ana"))


async def test_an_incident_is_asked_by_its_ids() -> None:
    """`/i/{incident}/{conversation}` names both."""
    house = House()
    await house.get("/i/parcel/parcel-1?all=yes&strange=1")
    (asked,) = house.desk.asked
    assert (asked.incident, asked.conversation, asked.values) == ("parcel", "parcel-1", {"all": "yes"})


async def test_a_search_is_handed_on_and_cut() -> None:
    """What is searched for reaches the desk, at most 400 characters of it, and stands in the box."""
    house = House()
    answer = await house.get("/search?q=parcel" + "x" * 900 + "&after=a1")
    (asked,) = house.desk.asked
    assert len(asked.values["q"]) == 400
    assert asked.values["after"] == "a1"
    assert 'value="parcel' in answer.text


@pytest.mark.parametrize("path", ["/i/nothing", "/i/a%20b", "/i/%3Cscript%3E", "/i/" + "a" * 200])
async def test_what_is_not_there_is_said_calmly(path: str) -> None:
    """An incident nobody knows is 404 with a sentence; strange ids never reach the desk."""
    answer = await House().get(path)
    assert answer.status == 404
    assert "There is nothing" in answer.shown


async def test_a_refused_page_says_why() -> None:
    """A page somebody may not see is a sentence, not an error."""
    house = House()
    house.desk.answers["review"] = Refusal(because="Only managers see the review.", until=script.at(11))
    answer = await house.get("/review")
    assert answer.status == 403
    assert "Only managers see the review. 14:32, in 11 min" in answer.shown


async def test_whom_their_chat_knows_no_more_sees_nothing_of_the_team() -> None:
    """Their account in the chat was closed: the desk calls them a stranger, and not even the hold is told them."""
    house = House()
    hold = Hold(
        by="ben", reason=Words(ref="r", seal="s", text="A parcel burnt."), since=script.at(-20), until=script.at(60)
    )
    house.team = house.team.model_copy(update={"hold": hold})
    assert "parcel burnt" in (await house.get("/")).text
    house.desk.answers["now"] = STRANGER
    answer = await house.get("/")
    assert answer.status == 403
    assert "You are not on this team any more. A manager can invite you again." in answer.shown
    assert "parcel burnt" not in answer.text
    assert "Ana" not in answer.text


async def test_a_page_may_be_only_a_sentence() -> None:
    """A desk that answers an ASK with Done is shown too."""
    house = House()
    house.desk.answers["health"] = Done("All is well.")
    assert "All is well." in (await house.get("/health")).shown


async def test_the_thread_shows_everything() -> None:
    """Headline, mood, wait, facts, words, timeline and choices all stand on the page, times in the reader's zone."""
    shown = (await House().get("/i/parcel")).shown
    for text in (
        "Parcel never came", "Mara on Mastodon · 1.2k followers", "(social.example)", "Eleven days, three chats", "Cooling",
        "Ben’s answer, until 14:41, in 20 min", "10 more because it argues with her", "With us before", "6 min after it came, 14:12",
        "Read and edit", "Take it offline", "More", "Hand it back", "What happened so far", "We said we heard (Ben): Eleven days",
        "Next call Tuesday 15:21 (Kim)",
    ):  # fmt: skip
        assert text in shown


async def test_nothing_is_said_twice() -> None:
    """A page whose answer is the card's own second line shows it once."""
    house = House()
    house.desk.thread = Page("incident", "x", script.COOLING.about, (), card=script.COOLING)
    assert (await house.get("/i/parcel")).shown.count(script.COOLING.about) == 1


async def test_an_empty_page_says_so_once() -> None:
    """A list with nothing in it repeats the sentence at its head nowhere."""
    house = House()
    nothing = "You have nothing in your hands."
    house.desk.answers["mine"] = Page("mine", "What is yours", nothing, (Section("", empty=nothing),))
    assert (await house.get("/mine")).shown.count(nothing) == 1


async def test_a_page_that_is_only_a_sentence_is_called_by_it() -> None:
    """Tabs and screen readers name it by what it says."""
    house = House()
    assert "<title>There is nothing at this address · Coolhead</title>" in (await house.get("/i/a%20b")).text
    house.desk.answers["health"] = Done("All is well.")
    assert "<title>All is well · Coolhead</title>" in (await house.get("/health")).text


async def test_a_row_says_how_long_they_wait() -> None:
    """Who waits is listed with since when, with words or without; a draft that cools says only until when."""
    house = House()
    waiting = replace(script.COOLING, mood=Mood.WAITING, passages=())
    for card, told in ((waiting, True), (script.COOLING, False)):
        row = Row(card, since=script.THEIRS.at)
        house.desk.answers["mine"] = Page("mine", "What is yours", "", (Section("In your hands", rows=(row,)),))
        assert ("16 min ago" in (await house.get("/mine")).shown) is told


async def test_the_post_is_opened_without_a_trace() -> None:
    """The link out tells the other side nothing and gives it no hold on our page."""
    text = (await House().get("/i/parcel")).text
    assert 'href="https://social.example/@mara/1" rel="noreferrer noopener nofollow"' in text


async def test_one_filled_button_a_page() -> None:
    """The likely next step alone is filled."""
    for path in ("/i/parcel", "/i/storm", "/hold"):
        assert (await House().get(path)).text.count('class="press likely"') == 1


@pytest.mark.parametrize("path", ["/", "/i/parcel", "/i/storm", "/unforwarded"])
async def test_a_guest_has_nothing_to_press(path: str) -> None:
    """A guest's page holds no form but the way out, and no hold."""
    text = (await House().get(path, person="gil")).text
    assert text.count('method="post"') == 1
    assert 'action="/sign-out"' in text
    assert "Hold all posting" not in text


async def test_veiled_words_are_one_press_away() -> None:
    """The reasons stand in their place; the words are there, folded."""
    text = (await House().get("/i/storm")).text
    before, _, after = text.partition("Complaint, insults a person")
    assert '<details class="veil">' in before
    assert "you absolute clowns" in after


async def test_veiled_lines_lead_to_the_words() -> None:
    """A line whose words are veiled says why, and where they stand."""
    house = House()
    line = Line("They wrote again", script.NOON, veiled="Insults a person")
    house.desk.thread = Page("incident", "x", "", (Section("So far", lines=(line,)),), card=script.COOLING)
    page = await house.get("/i/parcel")
    assert "They wrote again: Insults a person Read them" in page.shown
    assert 'href="/i/parcel/parcel-1?all=yes">Read them' in page.text


async def test_all_their_words_are_found_from_everywhere() -> None:
    """What is cut leads to the whole: from the page, from a form that answered a press, from a note, from a list."""
    house = House()
    cut = replace(script.THEIRS, more=True)
    house.desk.thread = replace(script.THREAD, card=replace(script.COOLING, passages=(cut,)))
    assert 'href="/i/parcel/parcel-1?all=yes">Read all' in (await house.get("/i/parcel")).text
    house.desk.answers["edit"] = replace(script.WRITE, beside=(cut,))
    form = await house.post("/press", (await house.get("/i/parcel")).fields(label="Read and edit"))
    assert 'href="/i/parcel/parcel-1?all=yes">Read all' in form.text
    await house.room.tell(Handle(room="web", id="ana"), replace(script.NOTE, passages=(cut,)), "n1")
    assert 'href="/i/parcel/parcel-1?all=yes">Read all' in (await house.get("/")).text
    aside = Page("unforwarded", "What was not forwarded", "", (Section("x", passages=(cut,)),), after="b")
    house.desk.answers["unforwarded"] = aside
    assert 'href="?all=yes&amp;after=a">Read all' in (await house.get("/unforwarded?after=a")).text
    assert 'href="?all=yes&amp;after=b">Show more' in (await house.get("/unforwarded?all=yes")).text
    words = replace(script.THREAD, name="words", after="b")
    house.desk.thread = words
    assert 'href="?all=yes&amp;after=b">Show more' in (await house.get("/i/parcel?all=yes")).text


async def test_a_store_that_hangs_is_said_within_three_seconds() -> None:
    """Whatever a page waits for, a reader is told in time, and the page comes back by itself."""
    house = House()
    house.desk.hangs = True
    for path in ("/", "/i/parcel"):
        asked = asyncio.ensure_future(house.get(path))
        await house.clock.run(2.9)
        assert not asked.done()
        await house.clock.run(0.2)
        answer = await asked
        assert answer.status == 503
        assert "can't be shown just now" in answer.shown
    assert 'http-equiv="refresh"' in answer.text


@pytest.mark.parametrize("path", ["/", "/i/parcel", "/here/parcel", "/events"])
async def test_a_store_that_hangs_keeps_nobody_at_the_door(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even who knocks cannot be read, the same is said."""
    house = House()

    async def hang(id: str, now: datetime) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(house.roster, "session", hang)
    asked = asyncio.ensure_future(house.get(path))
    await house.clock.run(3.1)
    assert (await asked).status == 503


async def test_a_hold_is_seen_on_every_page() -> None:
    """Until when, why and by whom; gone when its time is over."""
    house = House()
    reason = Words(ref="r", seal="s", text="product recall")
    hold = Hold(by="ben", reason=reason, since=script.at(-20), until=script.at(180))
    assert "Hold all posting" in (await house.get("/mine")).shown
    house.team = house.team.model_copy(update={"hold": hold})
    assert "Hold all posting" not in (await house.get("/mine")).shown  # what stands is seen and ended by its own link
    assert "Posting is on hold until 17:21, in 3 h: product recall (Ben)" in (await house.get("/mine")).shown
    restored = hold.model_copy(
        update={"by": "coolhead:clockwork", "reason": Words(ref="r", seal="s", text="Restored from a backup.")}
    )
    house.team = house.team.model_copy(update={"hold": restored})
    assert "in 3 h: Restored from a backup (Coolhead). See the hold" in (await house.get("/mine")).shown
    house.clock.advance(3 * 3600 + 1)
    assert "on hold" not in (await house.get("/mine")).shown


async def test_what_does_not_work_is_said() -> None:
    """Trouble stands on the page for whoever works here; guests are spared it."""
    house = House()
    house.health.reasons["store"] = "The disk is nearly full."
    assert "The disk is nearly full." in (await house.get("/")).shown
    assert "disk" not in (await house.get("/", person="gil")).shown


async def test_more_is_asked_for() -> None:
    """A page that goes on links to where."""
    assert 'href="?after=a1"' in (await House().get("/unforwarded")).text


async def test_news_cost_little() -> None:
    """The same page asked for again is 304; a changed one is <main> alone."""
    house = House()
    whole = await house.get("/")
    tag = whole.headers["etag"]
    assert (await house.get("/", x_fragment="main", if_none_match=tag)).status == 304
    house.desk.answers["now"] = Page("now", "What needs someone now", "Nobody.", (Section("", empty="Nothing."),))
    fresh = await house.get("/", x_fragment="main", if_none_match=tag)
    assert fresh.status == 200
    assert fresh.text.startswith("<main")


async def test_every_press_has_an_id_of_its_own() -> None:
    """Two buttons, or one button painted twice, are never the same gesture."""
    house = House()
    pages = [await house.get("/i/parcel") for _ in range(2)]
    ids = [page.fields(number)["id"] for page in pages for number in range(3)]
    assert len(set(ids)) == 6


async def test_styles_and_script_are_named_by_content() -> None:
    """A file's name holds its hash, so it is kept for ever; another name is not found."""
    house = House()
    text = (await house.get("/")).text
    for kind, name in (("text/css", "coolhead.css"), ("text/javascript", "coolhead.js"), ("image/svg+xml", "mark.svg")):
        stem, suffix = name.split(".")
        (address,) = re.findall(rf"/static/{stem}\.[0-9a-f]{{16}}\.{suffix}", text)
        file = await house.get(address, person="")
        assert file.headers["content-type"].startswith(kind)
        assert "immutable" in file.headers["cache-control"]
    assert (await house.get("/static/coolhead.css", person="")).status == 404


async def test_nothing_is_written_into_the_page_that_the_policy_forbids() -> None:
    """No inline style, no inline script, no address of another host but the ones of mentions."""
    house = House()
    for path in ("/", "/i/parcel", "/i/storm", "/hold", "/search?q=x", "/people"):
        text = (await house.get(path)).text
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text
        assert text.count("https://") == text.count('href="https://social.example/@mara/1"')
