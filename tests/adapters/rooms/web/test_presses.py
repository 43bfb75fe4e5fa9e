"""Pressing: signed, once, answered calmly, and nothing that was typed is lost."""

from collections.abc import Mapping
from datetime import datetime

import pytest

from bot.errors import StoreAway
from bot.nouns.team import Handle, Refusal
from bot.screens.shapes import Done, GestureKind, Page, Section
from bot.work.desk.who import STRANGER
from tests.adapters.rooms.web.house import House
from tests.fakes import desk_pages as script


async def _button(house: House, label: str, path: str = "/i/parcel", person: str = "ana") -> dict[str, str]:
    return (await house.get(path, person=person)).fields(label=label)


async def test_a_press_reaches_the_desk_whole() -> None:
    """What it acts on, its values, who pressed; then the thread with one line about it."""
    house = House()
    answer = await house.post("/press", await _button(house, "Hand it back"))
    (heard,) = house.desk.heard
    assert (heard.kind, heard.act, heard.incident, heard.conversation) == (
        GestureKind.PRESS,
        "hand_back",
        "parcel",
        "parcel-1",
    )
    assert heard.values == {"owner": "2"}
    assert heard.who == Handle(room="web", id="ana")
    assert (answer.status, answer.headers["location"]) == (303, "/i/parcel/parcel-1")


async def _follow(house: House, headers: Mapping[str, str]) -> str:
    cookie = headers["set-cookie"].split(";")[0]
    return (await house.get(headers["location"], cookie=cookie)).shown


async def test_done_is_said_once() -> None:
    """The line stands on the next page and not on the one after."""
    house = House()
    answer = await house.post("/press", await _button(house, "Hand it back"))
    cookie = answer.headers["set-cookie"].split(";")[0]
    page = await house.get("/i/parcel", cookie=cookie)
    assert "Ana has this." in page.shown
    assert "Max-Age=0" in page.headers["set-cookie"]
    assert "Ana has this." not in (await house.get("/i/parcel")).shown


async def test_a_refusal_is_a_calm_sentence_with_its_time() -> None:
    """The same page again, the sentence on top, the moment in the reader's zone; never an error."""
    house = House()
    fields = await _button(house, "Hand it back")
    house.desk.answers["hand_back"] = Refusal(because="Ben pressed first, at 14:07.", until=script.at(11))
    answer = await house.post("/press", fields)
    assert answer.status == 303
    assert "Ben pressed first, at 14:07. (14:32, in 11 min)" in await _follow(house, answer.headers)


async def test_a_press_of_whom_their_chat_knows_no_more_does_nothing() -> None:
    """Their account in the chat was closed after the page was painted: a sentence, and nothing of the team around it."""
    house = House()
    fields = await _button(house, "Hand it back")
    house.desk.answers["hand_back"] = STRANGER
    answer = await house.post("/press", fields)
    assert answer.status == 403
    assert "You are not on this team any more." in answer.shown
    assert "Ana" not in answer.text


async def test_a_line_cannot_be_planted() -> None:
    """A cookie somebody else wrote is not shown."""
    house = House()
    answer = await house.post("/press", await _button(house, "Hand it back"))
    cookie = answer.headers["set-cookie"].split(";")[0]
    assert "Ana has this." not in (await house.get("/", person="ben", cookie=cookie)).shown
    for forged in ("coolhead_said=abc", "coolhead_said=abc.def", "coolhead_said=.", "coolhead_said=é"):
        assert (await house.get("/", cookie=forged)).status == 200


async def test_a_press_twice_is_one_gesture() -> None:
    """The same button pressed twice carries the same id, so the second one changes nothing."""
    house = House()
    fields = await _button(house, "Hand it back")
    await house.post("/press", fields)
    await house.post("/press", fields)
    first, second = house.desk.heard
    assert first.id == second.id


async def test_an_id_is_its_persons_own() -> None:
    """Nobody can use up another's press by sending its id first."""
    house = House()
    mine, theirs = await _button(house, "Hand it back"), await _button(house, "Hand it back", person="ben")
    await house.post("/press", mine)
    await house.post("/press", {**theirs, "id": mine["id"]}, person="ben")
    first, second = house.desk.heard
    assert first.id != second.id


_TAMPERED = [
    {"act": "send"}, {"incident": "storm"}, {"conversation": ""}, {"values": '{"owner":"3"}'}, {"values": "{}"}, {"values": ""},
    {"values": "["}, {"values": '{"owner":2}'}, {"signature": ""}, {"signature": "0" * 64}, {"signature": "é"},
    {"act": "", "incident": "", "conversation": "", "values": "", "signature": ""},
]  # fmt: skip


@pytest.mark.parametrize("path", ["/press", "/fill", "/say"])
@pytest.mark.parametrize("changed", _TAMPERED)
async def test_a_tampered_press_does_nothing(path: str, changed: Mapping[str, str]) -> None:
    """Anything changed on the way is answered with a calm page, and the desk hears nothing."""
    house = House()
    answer = await house.post(path, {**await _button(house, "Hand it back"), **changed})
    assert answer.status == 400
    assert "nothing was done" in answer.shown
    assert house.desk.heard == []


async def test_another_persons_press_does_nothing() -> None:
    """A button copied from a colleague's page is not ours."""
    house = House()
    theirs = await _button(house, "Hand it back", person="ben")
    assert (await house.post("/press", {**theirs, "csrf": "csrf-ana"})).status == 400
    assert house.desk.heard == []


async def test_a_guest_presses_nothing() -> None:
    """Even with a rightly signed press in hand."""
    house = House()
    fields = await _button(house, "Hand it back")
    house.team = house.team.model_copy(
        update={"people": {"ana": house.team.people["gil"].model_copy(update={"id": "ana"})}}
    )
    assert (await house.post("/press", fields)).status == 400
    assert house.desk.heard == []


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_press_leads_nowhere_else(back: str) -> None:
    """A way back that is not ours leads to the first page."""
    house = House()
    house.desk.answers["hand_back"] = Done("Done.")
    answer = await house.post("/press", {**await _button(house, "Hand it back"), "back": back})
    assert answer.headers["location"] == "/"


async def test_a_press_may_open_a_page() -> None:
    """A page that answers a press is painted, and not asked for again behind the reader's back."""
    house = House()
    house.desk.answers["hand_back"] = Page("list", "All twelve", "Nine wait.", (Section("", empty="x"),))
    answer = await house.post("/press", await _button(house, "Hand it back"))
    assert "All twelve" in answer.shown
    assert 'data-live=""' in answer.text


async def test_the_rest_of_a_page_that_answered_a_press_is_pressed_for() -> None:
    """It has no address of its own, so *Show more* is a press on the same thing."""
    house = House()
    house.desk.answers["next"] = Page("list", "All twelve", "", (Section("", empty="x"),), after="c50")
    page = await house.post("/press", (await house.get("/i/storm")).fields(label="Take the next one"))
    await house.post("/press", page.fields(label="Show more"))
    heard = house.desk.heard[-1]
    assert (heard.act, heard.incident, heard.values) == ("list", "storm", {"after": "c50"})


async def _write(house: House) -> dict[str, str]:
    form = await house.post("/press", await _button(house, "Read and edit"))
    return {**form.fields(action="/fill"), "f.words": script.DRAFT, "f.what": "Parcel lost"}


async def test_a_form_carries_what_it_acts_on() -> None:
    """Its own values, the hidden ones and the fields reach the desk together; finished, not kept."""
    house = House()
    answer = await house.post("/fill", {**await _write(house), "do": "finish"})
    heard = house.desk.heard[-1]
    assert (heard.kind, heard.act, heard.finished, heard.kept) == (GestureKind.FILLED, "write", True, False)
    assert heard.values == {"words": script.DRAFT, "what": "Parcel lost", "draft": "d1", "stage": "response"}
    assert answer.headers["location"] == "/i/parcel/parcel-1"


async def test_what_was_signed_wins_over_what_was_typed() -> None:
    """A field cannot pose as a signed value."""
    house = House()
    await house.post("/fill", {**await _write(house), "f.draft": "d2", "f.stage": "statement", "do": "finish"})
    assert house.desk.heard[-1].values["draft"] == "d1"
    assert house.desk.heard[-1].values["stage"] == "response"


@pytest.mark.parametrize(
    ("do", "finished", "kept"), [("finish", True, False), ("keep", True, True), ("check", False, False)]
)
async def test_three_ways_to_hand_a_form_back(do: str, finished: bool, kept: bool) -> None:
    """Finish, keep, or only look."""
    house = House()
    await house.post("/fill", {**await _write(house), "do": do})
    assert (house.desk.heard[-1].finished, house.desk.heard[-1].kept) == (finished, kept)


async def test_check_my_words_works_without_a_script() -> None:
    """The form comes back with everything typed, the cautions under it and the wait."""
    house = House()
    words = script.DRAFT.replace("Here is 20 % off your next order.", "")
    answer = await house.post("/fill", {**await _write(house), "f.words": words, "do": "check"})
    assert answer.status == 200
    assert "Blames somebody else" in answer.shown
    assert "An offer in public" not in answer.shown
    assert words in answer.shown.replace("  ", " ") or words.replace("  ", " ") in answer.shown
    assert f"{len(words)} of 500" in answer.shown


async def test_taking_a_wording_only_looks() -> None:
    """Taking a suggestion or a better wording finishes nothing."""
    house = House()
    for name, value in (("take", "New words"), ("instead", '{"was":"We lost it","at":0,"now":"It was ours"}')):
        answer = await house.post("/fill", {**await _write(house), "f.words": "We lost it", name: value})
        assert not house.desk.heard[-1].finished
        assert answer.status == 200
    assert house.desk.heard[-1].values["words"] == "It was ours"


async def test_a_refused_form_keeps_the_words() -> None:
    """Whatever stands in the way, what was typed stands on the page."""
    house = House()
    fields = await _write(house)
    house.desk.answers["write"] = Refusal(because="Posting is on hold.", until=script.at(60))
    answer = await house.post("/fill", {**fields, "do": "finish"})
    assert answer.status == 409
    assert "Posting is on hold." in answer.shown
    assert script.DRAFT in answer.shown


_TYPED = {"f.reason": "recall", "m.until": "2026-03-02T18:30", "f.way": "all"}


async def test_a_refused_form_comes_back_with_everything_typed() -> None:
    """Ticks, choices, moments and lines: the form stands there again as it was sent, the sentence and its time above."""
    house = House()
    fields = (await house.get("/hold")).fields(action="/fill")
    ticked = [*fields.items(), *_TYPED.items(), ("a.beyond", "apps"), ("a.beyond", "ads"), ("do", "finish")]
    refusal = Refusal(because="Only a lead may do that.", until=script.at(60))
    house.desk.refuses["hold"] = refusal
    answer = await house.post("/fill", ticked)
    assert answer.status == 409
    assert "Only a lead may do that. (15:21, in 60 min)" in answer.shown
    assert 'value="recall"' in answer.text
    assert 'value="2026-03-02T18:30"' in answer.text
    for value in ("ads", "apps", "all"):
        assert f'value="{value}" checked' in answer.text
    assert answer.fields(action="/fill")["values"] == fields["values"]


async def test_a_refused_press_that_opens_another_form_keeps_the_words() -> None:
    """Where the form it came from does not open again, the words typed stand on the page all the same."""
    house = House()
    fields = await _write(house)
    house.desk.refuses["write"] = Refusal(because="Posting is on hold.")
    house.desk.answers["write"] = script.EVERY_FIELD
    answer = await house.post("/fill", {**fields, "do": "finish"})
    assert (answer.status, script.DRAFT in answer.shown) == (409, True)
    assert "Hold all posting" not in answer.text.partition("<main")[2]


async def test_a_refused_send_leads_back() -> None:
    """What was read once more is read anew: the thread again, with the sentence on top, and no button to send unread."""
    house = House()
    house.desk.answers["edit"] = script.READY
    form = await house.post("/press", await _button(house, "Read and edit"))
    house.desk.refuses["send"] = Refusal(because="Something new has come since you read it.")
    answer = await house.post("/fill", {**form.fields(action="/fill"), "do": "finish"})
    assert answer.status == 303
    assert "Something new has come" in await _follow(house, answer.headers)


async def test_a_store_that_is_away_takes_no_words_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where even who pressed cannot be read, what was typed stands on the page; for a press there is nothing to keep."""
    house = House()
    fields, line = await _write(house), (await house.get("/i/parcel")).fields(action="/say")
    press = await _button(house, "Hand it back")

    async def away(id: str, now: datetime) -> None:
        raise StoreAway("The store does not answer.")

    monkeypatch.setattr(house.roster, "session", away)
    for path, typed, words in (
        ("/fill", {**fields, "f.words": "My careful <b>words", "do": "finish"}, "My careful <b>words"),
        ("/say", {**line, "text": "Depot called."}, "Depot called."),
        ("/press", press, ""),
    ):
        answer = await house.post(path, typed)
        assert answer.status == 503
        assert "may not be saved" in answer.shown
        assert words in answer.shown
        assert ("Your words are still here" in answer.shown) == bool(words)
    assert (await house.post("/fill", fields, origin="https://evil.example")).status == 403
    assert [one.act for one in house.desk.heard] == ["edit"]


async def test_line_ends_are_plain() -> None:
    """A browser's CRLF reaches the desk as a line feed, so that spans fit."""
    house = House()
    await house.post("/fill", {**await _write(house), "f.words": "one\r\ntwo", "do": "check"})
    assert house.desk.heard[-1].values["words"] == "one\ntwo"


async def test_a_line_for_the_team() -> None:
    """It reaches the desk as a note; an empty one is not one."""
    house = House()
    fields = (await house.get("/i/parcel")).fields(action="/say")
    await house.post("/say", {**fields, "text": "  Depot called.\r\n"})
    (heard,) = house.desk.heard
    assert (heard.kind, heard.act, heard.incident, heard.values) == (
        GestureKind.NOTED,
        "note",
        "parcel",
        {"text": "Depot called."},
    )
    assert (await house.post("/say", {**fields, "text": "   "})).headers["location"] == "/i/parcel"
    assert len(house.desk.heard) == 1
