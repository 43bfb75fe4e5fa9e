"""Promises, silence, closing one or a list, moving, naming, statements, corrections."""

import pytest

from bot.nouns import record
from bot.nouns.conversation import AttemptState, PromiseState
from bot.nouns.delivery import Posted
from bot.nouns.events import Noted
from bot.nouns.mention import Disposition, MentionKey
from bot.rules.standing import NEWS
from bot.screens.offers import SECOND
from bot.screens.shapes import Done, Form, Page, Quote
from tests.bot.work.desk_house import HERE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


async def test_a_promise_is_read_from_what_went_out(house: House) -> None:
    """The form opens with the time our answer named; without a date it asks for one; then it is kept."""
    await house.posted()
    form = await house.form("ana", "promise")
    assert form.filled["words"] == "by four"
    asked = await house.send_back("ana", form, due="tomorrow")
    assert isinstance(asked, Form)
    assert "By when" in asked.error
    assert asked.filled["due"] == "tomorrow"
    said(await house.send_back("ana", form))
    assert "promised" in no(await house.fill("ana", "close", disposition="answered"))
    settle = await house.form("ben", "settle_promise")
    assert settle.filled["state"] == "kept"
    moved = await house.send_back(
        "ben", settle, state="renegotiated", due="2026-03-09T10:00", words="Agreed on Monday."
    )
    said(moved)
    said(await house.send_back("ben", await house.form("ben", "settle_promise"), state="kept"))
    (promise,) = (await house.look()).promises
    assert promise.state is PromiseState.KEPT
    assert "No promise is open" in no(await house.press("ben", "settle_promise"))


async def test_a_promise_form_without_a_time_opens_empty(house: House) -> None:
    """Where nothing went out, or it named no moment, the date is theirs to fill in."""
    assert (await house.form("ana", "promise")).filled == {}
    ready = await house.cooled(text="Back here soon.")
    said(await house.send_back("ana", ready))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours")))
    assert (await house.form("ana", "promise")).filled == {"words": "soon", "due": ""}


async def test_silence_wants_two_names(house: House) -> None:
    """Signed, seconded by a lead, closed with the disposition chosen beforehand."""
    said(await house.fill("ana", "leave_unanswered", words="It would only feed it.", review="2026-03-04T09:00"))
    assert "Kim or Ravi" in no(await house.press("ana", "second_silence"))
    assert NEWS.because in no(await house.press("kim", "second_silence", seen="7"))
    shown = SECOND.choice(await house.look()).values["seen"]
    said(await house.press("kim", "second_silence", seen=shown))
    close = await house.form("kim", "close")
    assert close.filled["disposition"] == "silence"
    said(await house.send_back("kim", close))
    assert (await house.look()).closed is not None
    said(await house.press("ana", "reopen"))


async def test_not_for_us_is_one_form(house: House) -> None:
    """Spam is signed and closed, with a word on what it is."""
    said(await house.fill("ana", "not_for_us", words="Spam."))
    assert (await house.look()).mentions[0].signed is not None


async def test_a_list_is_closed_as_it_stands(house: House) -> None:
    """What was ticked is closed in one press; what was not stays open."""
    for name in ("m2", "m3"):
        await house.mention(name)
    form = await house.form("kim", "close_list", ("i1", ""))
    assert len(form.fields[0].options) == 3
    assert "Choose at least one" in no(await house.send_back("kim", form))
    answer = await house.send_back("kim", form, conversations="c:m2@1\nc:m3@1", disposition="not_for_us")
    assert said(answer) == "Settled: two conversations."
    assert (await house.look()).closed is None
    said(await house.fill("kim", "not_for_us"))
    assert "settled already" in no(await house.press("kim", "close_list", ("i1", "")))
    assert "no longer here" in no(await house.press("kim", "close_list", ("i9", "")))


@pytest.mark.parametrize(
    ("situation", "heard", "disposition"),
    [
        ("praise", False, Disposition.THANKED),
        (None, True, Disposition.ACKNOWLEDGED),
        (None, False, Disposition.NOT_FOR_US),
    ],
)
async def test_the_likely_end_is_chosen(
    house: House, situation: str | None, heard: bool, disposition: Disposition
) -> None:
    """The form opens with what is most probably true, theirs to change."""
    from bot.work.desk.ending import likely

    found = await house.look()
    first = found.mentions[0]
    flag = first.flag.model_copy(update={"situation": situation})
    changed = found.model_copy(
        update={
            "mentions": (first.model_copy(update={"flag": flag}),),
            "heard_at": house.clock.wall if heard else None,
        }
    )
    assert likely(changed) is disposition


async def test_the_likely_end_of_answered_and_deleted(house: House) -> None:
    """Answered ends as answered; what its author took away as withdrawn."""
    from bot.work.desk.ending import likely

    await house.posted()
    found = await house.look()
    assert likely(found) is Disposition.ANSWERED
    gone = found.mentions[0].model_copy(update={"deleted": house.clock.wall})
    assert likely(found.model_copy(update={"mentions": (gone,)})) is Disposition.WITHDRAWN


async def test_it_is_given_named_and_led(house: House) -> None:
    """A lead assigns, anyone renames and notes, and somebody leads."""
    await house.press("ana", "claim", epoch="0")
    form = await house.form("kim", "assign")
    assert "ana" not in dict(form.fields[0].options)
    assert said(await house.send_back("kim", form, to="ben")) == "Ben has it now."
    said(await house.fill("ana", "rename", ("i1", "c:m1"), words="Lost in the depot"))
    assert (await house.form("ana", "rename")).filled["words"] == "Lost in the depot"
    said(await house.fill("ana", "rename", ("i1", ""), words="Lost again"))
    said(await house.fill("ana", "note", words="The depot says it left twice.", marked="yes"))
    assert (await house.form("ana", "name_lead", ("i1", ""))).filled["lead"] == "ana"
    assert said(await house.fill("kim", "name_lead", ("i1", ""), lead="kim")) == "Kim leads."
    page = await house.page("ben", "incident", ("i1", ""))
    told = [line.text for line in page.parts[0].lines]
    assert told == ["Arrived. It is a complaint", "Ana has this.", "Kim gave it to Ben.", "Ana renamed it", "Ana renamed it",
                    "Ana, to the team", "Kim leads."]  # fmt: skip


async def test_the_next_one_is_taken_from_a_pile(house: House) -> None:
    """One press claims the most urgent that nobody has and opens its card; when all are taken it says so."""
    await house.mention("m2")
    await house.press("ana", "claim", epoch="0")
    taken = await house.press("ben", "take_next", ("i1", ""))
    assert isinstance(taken, Page)
    assert taken.answer == "You have this one."
    assert taken.card is not None
    assert taken.card.conversation == "c:m2"
    assert "Somebody has each" in no(await house.press("kim", "take_next", ("i1", "")))
    assert "last word" in said(await house.press("ben", "last_word", ("i1", "c:m2")))
    assert "You can read" in no(await house.press("max", "take_next", ("i1", "")))


async def test_moved_and_merged(house: House) -> None:
    """A conversation moves to an incident of its own or to another; a whole one is put into another."""
    assert "no other open incident" in no(await house.press("kim", "merge", ("i1", "")))
    await house.mention("m2")
    await house.mention("m3", "i3", text="")
    form = await house.form("kim", "move", ("i1", "c:m2"))
    assert dict(form.fields[0].options) == {"own": "An incident of its own", "i3": "No words"}
    moved = await house.send_back("kim", form, to="own")
    assert isinstance(moved, Done)
    assert moved.incident.startswith("id")
    said(await house.send_back("kim", await house.form("kim", "move", (moved.incident, "c:m2")), to="i3"))
    merge = await house.form("kim", "merge", ("i1", ""))
    done = await house.send_back("kim", merge, into="i3")
    assert isinstance(done, Done)
    assert done.incident == "i3"
    assert (await house.look()).incident == "i3"


async def test_a_statement_to_all(house: House) -> None:
    """Its account and words are asked for, looked at, finished; it goes out and is corrected."""
    form = await house.form("kim", "statement", ("i1", ""))
    assert form.fields[0].options == (("square", "@shop on Square"),)
    looked = await house.send_back("kim", form, finished="no", words="As we explained.")
    assert isinstance(looked, Form)
    assert looked.cautions[0].code == "argument"
    empty = await house.send_back("kim", form)
    assert isinstance(empty, Form)
    assert "nothing written" in empty.error
    strange = await house.send_back("kim", form, account="nowhere", words="Hello")
    assert isinstance(strange, Form)
    assert "account" in strange.error
    begun = await house.send_back("kim", form, words="We are looking into it.")
    assert isinstance(begun, Done)
    assert begun.said.startswith("Finished")
    (draft,) = (await house.look(begun.conversation)).drafts
    house.clock.advance(3600)
    where = (begun.incident, begun.conversation)
    ready = await house.form("kim", "read_once_more", where, draft=draft.id, version="1")
    assert ready.title == "It has cooled. Read it as a stranger would."
    assert ready.fields == ()
    said(await house.send_back("kim", ready))
    said(await house.press("kim", "hand_back", where))


async def test_a_statement_may_be_kept_or_stopped(house: House) -> None:
    """Kept it waits as a draft; a stopped one is kept too, and what was typed is not lost."""
    form = await house.form("kim", "statement", ("", ""))
    kept = await house.send_back("kim", form, kept="yes", words="Later.")
    assert said(kept) == "Kept as a draft."
    stopped = await house.send_back("kim", form, id="again", words="20 % off for everybody.")
    assert isinstance(stopped, Done)
    assert stopped.said.startswith("Kept as a draft. ")
    written = await house.form("kim", "write", (stopped.incident, stopped.conversation), stage="statement")
    assert written.filled["words"] == "20 % off for everybody."
    assert [f.name for f in written.fields] == ["words"]
    where = (stopped.incident, stopped.conversation)
    close = await house.form("kim", "close", where)
    assert close.filled["disposition"] == "withdrawn"
    stray = await house.form("kim", "write", where, stage="response")
    nobody = await house.send_back("kim", stray, words="Hello")
    assert isinstance(nobody, Form)
    assert nobody.error == "There is nobody left here to write to."
    (draft,) = (await house.look(stopped.conversation)).drafts
    said(await house.press("kim", "discard", where, draft=draft.id, version=str(draft.version)))
    said(await house.fill("kim", "write", where, stage="statement", words="We are sorry."))
    refused = await house.send_back("max", form, words="Hello")
    assert isinstance(refused, Form)
    assert refused.error


async def test_a_correction_of_what_we_said(house: House) -> None:
    """The old words stand beside; the new ones are looked at, may be refused, and cool like a response."""
    await house.posted()
    (attempt,) = (await house.look()).attempts
    form = await house.form("ana", "correct", attempt=attempt.key)
    (stood,) = form.beside
    assert isinstance(stood, Quote)
    assert stood.text == "I am on it by four. Ana"
    looked = await house.send_back("ana", form, finished="no", words="By five. 20 %")
    assert isinstance(looked, Form)
    assert looked.cautions
    same = await house.send_back("ana", form)
    assert isinstance(same, Form)
    assert "already" in same.error
    said(await house.send_back("ana", form, words="By five."))
    (draft,) = (await house.look()).drafts
    house.clock.advance(3600)
    ready = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    assert ready.fields == ()
    assert (await house.look()).attempts[0].state is AttemptState.POSTED
    for name in ("correct", "is_there", "by_hand", "try_again"):
        assert "no longer fits" in no(await house.press("ana", name, attempt="nothing"))
    assert "no longer fits" in no(
        await house.send_back("ana", Form("correct", "", (), {"attempt": "x"}, incident="i1", conversation="c:m1"))
    )


async def asked(house: House) -> list[tuple[str, ...]]:
    """Whom each note asked, who is told alone."""
    lines = await house.timelines.events(HERE[0], 0, 1_000)
    return [event.asks for event in map(record.event, lines) if isinstance(event, Noted)]


async def test_who_wrote_it_is_not_asked_to_release_it(house: House) -> None:
    """A lead who wrote the draft cannot; the other one is asked."""
    form = await house.form("kim", "write", stage="response")
    said(await house.send_back("kim", form, words="Sorry. We look into it and write to you by Friday. Kim"))
    (draft,) = (await house.look()).drafts
    values = {"draft": draft.id, "version": str(draft.version)}
    assert said(await house.press("ben", "release_early", HERE, **values)) == "Asked Ravi in the thread."
    assert await asked(house) == [("ravi",)]


async def test_a_second_person_lifts_and_releases(house: House) -> None:
    """A stop on a kept draft is lifted by a lead with a reason; a wait is shortened; the author asks for both by name."""
    assert "No stop stands" in no(await house.press("kim", "lift_stop"))
    form = await house.form("ana", "write", stage="response")
    said(await house.send_back("ana", form, kept="yes", words="Sorry. 20 % off."))
    lift = await house.form("kim", "lift_stop")
    assert lift.fields[0].options == (("public_offer", "Public offer"),)
    said(await house.send_back("kim", lift, words="Agreed with the shop."))
    again = await house.form("ana", "write", stage="response")
    said(await house.send_back("ana", again))
    (draft,) = (await house.look()).drafts
    values = {"draft": draft.id, "version": str(draft.version)}
    assert said(await house.press("ana", "release_early", HERE, **values)) == "Asked Kim and Ravi in the thread."
    assert said(await house.press("ben", "release_early", HERE, **values)) == "Asked Kim and Ravi in the thread."
    assert await asked(house) == [("kim", "ravi"), ("kim", "ravi")]
    release = await house.form("kim", "release_early", HERE, **values)
    said(await house.send_back("kim", release, words="They are at the counter."))
    assert (await house.look()).drafts[0].ready is not None
    assert "no longer fits" in no(await house.press("kim", "release_early", draft="none"))
