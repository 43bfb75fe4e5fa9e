"""Holds, people, invites, bringing in; who may what; and what happens while the store is away."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.nouns import commands as c
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import Author, Mention, MentionKey, Unreadable
from bot.nouns.mention import Said as News
from bot.nouns.team import Handle, Part, Role, Teammate
from bot.nouns.view import View
from bot.ports import Work
from bot.screens.shapes import Done, Form, Gesture, GestureKind, Page, Quote
from bot.work.desk import table
from tests.bot.work.desk_house import PEOPLE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


NOWHERE = ("", "")


async def test_all_posting_is_held_and_goes_on(house: House) -> None:
    """The form says what a hold cannot stop; a time that can't be read is asked again; a lead ends it."""
    form = await house.form("ana", "hold", NOWHERE)
    assert form.filled["until"] == "2026-03-02T11:00:00+00:00"
    again = await house.send_back("ana", form, until="soon", words="Recall")
    assert isinstance(again, Form)
    assert "Until when" in again.error
    assert said(await house.send_back("ana", form, words="Recall", beyond="ads\napps")) == "All posting is on hold."
    held = await house.ask("ben", "hold")
    assert isinstance(held, Form)
    assert held.act == "end_hold"
    assert "lead" in no(await house.send_back("ben", held))
    assert said(await house.send_back("kim", held, words="We return with a statement.")) == "The hold has ended."
    assert "seven days" in no(await house.send_back("ana", form, words="Recall", until="2026-05-02T11:00:00Z"))
    assert no(await house.send_back("kim", held))


async def test_settings_are_ones_own(house: House) -> None:
    """Name, signature, zone, duty and shield are set by oneself; an unknown zone is asked again."""
    form = await house.form("ana", "settings", NOWHERE)
    assert form.filled["public_name"] == "Ana for the shop"
    wrong = await house.send_back("ana", form, zone="Mars/Base")
    assert isinstance(wrong, Form)
    assert "time zone" in wrong.error
    said(await house.send_back("ana", form, zone="Europe/Berlin", shield="yes", on_duty=""))
    ana = (await house.act.team()).people["ana"]
    assert (ana.zone, ana.shield, ana.on_duty, ana.roles) == ("Europe/Berlin", True, False, PEOPLE[0].roles)
    assert no(await house.send_back("ana", await house.form("ana", "settings", NOWHERE))) == "Nothing has changed."


async def test_a_team_without_anybody_on_duty_says_so(house: House) -> None:
    """The page of people begins with how many are there."""
    for person in (await house.act.team()).on_duty():
        said(await house.send_back(person.id, await house.form(person.id, "settings", NOWHERE), on_duty=""))
    assert (await house.page("kim", "people")).answer == "Six people, nobody on duty."


async def test_people_and_links(house: House) -> None:
    """Leads see who is who, change roles, invite by a one-use link, and take somebody off the team."""
    page = await house.page("kim", "people")
    assert page.answer == "Six people, four on duty."
    assert [x.act for x in page.choices] == ["invite", "settings"]
    assert [x.act for x in (await house.page("ana", "people")).choices] == ["settings"]
    form = await house.form("kim", "person", NOWHERE, person="ben")
    assert form.filled["roles"] == "teammate"
    said(await house.send_back("kim", form, roles="lead\nteammate"))
    assert (await house.act.team()).people["ben"].may(Role.LEAD)
    assert "no longer fits" in no(await house.send_back("kim", form, roles="king"))
    assert "no longer of the team" in no(await house.press("kim", "person", NOWHERE, person="nobody"))
    assert [x.act for x in form.choices] == ["remove_person"]
    said(await house.press("kim", "remove_person", NOWHERE, person="ben"))
    invite = await house.form("max", "invite", NOWHERE)
    shown = await house.send_back("max", invite, name="Nora")
    assert isinstance(shown, Page)
    (link, _) = shown.parts[0].passages
    assert isinstance(link, Quote)
    assert link.text.startswith("https://desk.test/sign-in/")
    person = await house.roster.redeem(link.text.rpartition("/")[2], house.clock.wall)
    assert (await house.act.team()).people[person].name == "Nora"
    assert "no longer fits" in no(await house.send_back("max", invite, role="king"))
    assert no(await house.send_back("ana", invite, name="Nora"))


async def test_whoever_installed_begins_alone() -> None:
    """While the team knows nobody the installer may do everything, and the page of people says they are alone."""
    house = House(people=(), installer="me")
    await house.roster.bind(Handle(room="web", id="x"), "me")
    page = await house.page("x", "people")
    assert "You are alone" in str(page.parts[0].passages)
    now = await house.page("x", "now")
    assert [x.act for x in now.choices] == ["sample"]
    assert "A sample mention" in said(await house.press("x", "sample", NOWHERE))
    assert len(await house.inbox.work()) == 1


async def test_strangers_and_guests(house: House) -> None:
    """A stranger is told how to get in; a guest reads headlines and moods and nothing else."""
    assert "not of this team" in no(await house.press("nobody", "claim", epoch="0"))
    for act in ("now", "incident", "list"):
        page = await house.page("gus", act, ("i1", ""))
        assert "Eleven days, three chats, still no parcel. T" not in str(page.parts)
        assert "passages=()" in str(page) or not page.parts
        assert page.choices == ()
    for act in set(table.PAGES) | set(table.OPENS) | set(table.PRESSES):
        if act not in table.FOR_GUESTS:
            assert "You can read here" in no(await house.press("gus", act))
    assert "You can read here" in no(await house.hear(GestureKind.FILLED, "gus", "now", ("i1", ""), ""))


@pytest.mark.parametrize("act", [*table.PRESSES, *table.OPENS, *table.PAGES, "nothing"])
async def test_no_press_ever_breaks(house: House, act: str) -> None:
    """Pressed on nothing, with nothing, by anybody, every act is answered calmly."""
    for who in ("ana", "max"):
        for where in (NOWHERE, ("i9", "c9"), ("i1", "c:m1")):
            answer = await house.press(who, act, where)
            assert isinstance(answer, Done | Form | Page) or answer.because.endswith(".")


@pytest.mark.parametrize("act", [*table.FILLS, "nothing"])
async def test_no_form_ever_breaks(house: House, act: str) -> None:
    """A form that comes back empty, forged or out of date is answered calmly."""
    for where in (NOWHERE, ("i9", "c9"), ("i1", "c:m1")):
        for finished in ("yes", "no"):
            answer = await house.hear(
                GestureKind.FILLED, "ana", act, where, "", finished=finished, version="\ud800", next="x"
            )
            assert isinstance(answer, Done | Form | Page) or answer.because.endswith(".")


@pytest.mark.parametrize("kind", list(GestureKind))
async def test_the_store_is_away(house: House, kind: GestureKind) -> None:
    """Nothing is said to be saved; a form keeps everything typed; a page says that it comes back."""
    house.timelines.away = True
    answer = await house.hear(kind, "ana", "assign", ("i1", "c:m1"), "same", to="ben", epoch="3")
    if kind is GestureKind.FILLED:
        assert isinstance(answer, Form)
        assert answer.error == "Not saved: the store cannot be reached. What you typed is still here."
        assert (answer.filled, answer.values) == ({"to": "ben"}, {"epoch": "3"})
        assert answer.fields[0].options == (("ben", "ben"),)
        nameless = await house.hear(kind, "ana", "no_such_form", ("i1", ""), "")
        assert "Not saved" in no(nameless)
    else:
        assert "store cannot be reached" in no(answer)
    house.timelines.away = False
    again = await house.hear(kind, "ana", "claim", ("i1", "c:m1"), "same", epoch="0")
    assert isinstance(again, Done) or kind is not GestureKind.PRESS


async def test_a_slow_store_opens_the_form_unfilled(house: House) -> None:
    """A form never waits long for what is known: it opens without, says so, and can be finished all the same."""
    whole = house.desk._tools.timelines.view

    async def slow(incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = "") -> View:
        if conversations:
            await house.clock.sleep(5)
        return await whole(incidents, conversations, command)

    house.timelines.view = slow  # type: ignore[method-assign]  # the store grows slow in the middle
    opening = asyncio.ensure_future(house.form("ana", "write", stage="response"))
    await house.clock.run(1)
    form = await opening
    assert "store is slow" in form.error
    assert form.values == {"stage": "response"}
    house.timelines.view = whole  # type: ignore[method-assign]  # and quick again
    assert "Finished" in said(await house.send_back("ana", form, words="Sorry."))


async def _aside(house: House, which: str, name: str = "m7", text: str = "Nice shop.") -> str:
    mention = Mention(
        key=MentionKey(platform="square", id=name), text=text, author=Author(name="Theo"), at=house.clock.wall
    )
    sealed = await house.vault.seal_mention(mention)
    house.vault.keep(sealed)
    work = Work(id=name, news=News(mention=mention), person=sealed.person, words=sealed.words, arrived=house.clock.wall)
    flag = Flag(forward=False, severity=Severity.LOW, reasons=("calm",) if name == "m7" else ())
    return await house.asides.put(
        which, work, flag if which == "unforwarded" else None, "It broke." * (which != "unforwarded")
    )


async def test_what_was_not_forwarded_is_brought_in(house: House) -> None:
    """Anyone opens the list and brings one in; it becomes an incident and leaves the list."""
    assert (await house.page("ana", "unforwarded")).answer == "Everything was forwarded."
    await _aside(house, "unforwarded")
    page = await house.page("ana", "unforwarded")
    (choice,) = page.parts[0].choices
    done = await house.press("ana", choice.act, NOWHERE, **choice.values)
    assert isinstance(done, Done)
    found = await house.look(done.conversation)
    assert found.mentions[0].flag.forward
    assert (await house.asides.page("unforwarded"))[0] == []
    assert "no longer lies there" in no(await house.press("ana", choice.act, NOWHERE, **choice.values))
    ref = await _aside(house, "unforwarded")
    assert "here already" in no(await house.press("ana", "bring_in", NOWHERE, ref=ref))
    other = await _aside(house, "unforwarded", "m8")
    assert "calm" not in str(await house.page("ana", "unforwarded"))
    assert "You can read" in no(await house.press("max", "bring_in", NOWHERE, ref=other))


@pytest.mark.parametrize("which", ["unforwarded", "quarantine"])
async def test_what_lies_aside_can_be_read_whole(house: House, which: str) -> None:
    """Long words are cut in the list, and stand whole where all of them are asked for."""
    await _aside(house, which, text="It is all fine here, every day. " * 40)
    cut, whole = await house.page("ana", which), await house.page("ana", which, all="yes")
    for page, more in ((cut, True), (whole, False)):
        (quote,) = [p for part in page.parts for p in part.passages if isinstance(p, Quote)]
        assert quote.more is more
        assert (len(quote.text) > 1000) is not more


async def test_quarantine_is_open(house: House) -> None:
    """What could not be read is shown with the reason."""
    assert (await house.page("ana", "quarantine")).answer == "Nothing lies in quarantine."
    await _aside(house, "quarantine")
    raw = Unreadable(source="", raw="<<<", because="no feed")
    await house.asides.put("quarantine", Work(id="q", news=raw, arrived=house.clock.wall), None, "no feed")
    page = await house.page("ana", "quarantine")
    assert "<<<" in str(page.parts)
    assert "Nice shop." in str(page.parts)
    await house.asides.put("unforwarded", Work(id="u", news=raw, arrived=house.clock.wall), None, "")
    assert "Came" in str((await house.page("ana", "unforwarded")).parts)


async def test_what_could_not_be_sorted_is_brought_in(house: House) -> None:
    """Somebody said it to us, whatever went wrong here: it becomes an incident, and waits in quarantine no longer."""
    raw = Unreadable(source="", raw="<<<", because="no feed")
    await house.asides.put("quarantine", Work(id="q", news=raw, arrived=house.clock.wall), None, "no feed")
    await _aside(house, "quarantine")
    page = await house.page("ana", "quarantine")
    (choice,) = [choice for part in page.parts for choice in part.choices]  # nothing can be made of what has no words
    done = await house.press("ana", choice.act, NOWHERE, **choice.values)
    assert isinstance(done, Done)
    assert (await house.look(done.conversation)).mentions[0].words.read() == "Nice shop."
    assert [each.raw for each in (await house.asides.page("quarantine"))[0]] == ["<<<"]
    assert "no longer lies there" in no(await house.press("ana", choice.act, NOWHERE, **choice.values))


async def test_a_later_wording_in_quarantine_is_not_thrown_away(house: House) -> None:
    """Its first words stand in an incident already: what could not be sorted goes on lying there to be read."""
    first = await _aside(house, "unforwarded")
    said(await house.press("ana", "bring_in", NOWHERE, ref=first))
    ref = await _aside(house, "quarantine", text="I take that back.")
    assert "here already" in no(await house.press("ana", "bring_in", NOWHERE, ref=ref))
    assert len((await house.asides.page("quarantine"))[0]) == 1


async def test_something_found_elsewhere_comes_in(house: House) -> None:
    """It goes where all news comes in; the same again is known; where nothing can be kept, that is said."""
    form = await house.ask("ana", "bring")
    assert isinstance(form, Form)
    values = {"words": "They ruined my day", "url": "https://paper.test/1", "author": "Jo", "platform": "The Paper"}
    assert "Brought in" in said(await house.send_back("ana", form, **values))
    (work,) = await house.inbox.work()
    assert isinstance(work.news, News)
    assert work.news.mention.key == MentionKey(platform="the_paper", id="https://paper.test/1")
    assert "here already" in no(await house.send_back("ana", form, **values))
    empty = await house.send_back("ana", form)
    assert isinstance(empty, Form)
    assert empty.error == "What was said?"
    brought = await house.hear(GestureKind.BROUGHT, "ana", "", NOWHERE, "", words="Overheard", url="javascript:x")
    assert "Brought in" in said(brought)
    house.deaf = True
    assert "full" in no(await house.send_back("ana", form, id="again", **values))


async def test_something_found_elsewhere_is_added_to_an_incident(house: House) -> None:
    """Whoever knows where it belongs says so: it stands there at once, flagged like anything else, under their name."""
    form = await house.ask("ana", "bring")
    assert isinstance(form, Form)
    (into,) = [field for field in form.fields if field.name == "into"]
    assert [value for value, _ in into.options] == ["new", "i1"]
    assert form.filled == {"into": "new"}
    values = {"words": "They ruined my day, I call my lawyer", "url": "https://paper.test/1", "author": "Jo"}
    done = await house.send_back("ana", form, **values, into="i1")
    assert isinstance(done, Done)
    assert (done.said, done.incident) == ("Brought in. It stands there now.", "i1")
    page = await house.page("ana", "list", ("i1", ""))
    assert "They ruined my day" in str(page.parts)
    assert "Ana brought it in" in str((await house.page("ana", "incident", ("i1", ""))).parts)
    added = (await house.act.look((), (done.conversation,))).conversations[done.conversation]
    assert added.severity is Severity.HIGH
    assert not await house.inbox.work()
    assert "here already" in no(await house.send_back("ana", form, id="again", **values, into="i1"))
    assert "no longer here" in no(await house.send_back("ana", form, id="gone", **values, into="i9"))


async def test_only_the_team_adds_to_an_incident(house: House) -> None:
    """A guest reads; what they bring is refused."""
    told = no(await house.hear(GestureKind.BROUGHT, "gus", "", NOWHERE, "", words="Overheard", into="i1"))
    assert "read" in told
    assert (await house.page("ana", "incident", ("i1", ""))).parts[0].lines[-1].quote != "Overheard"


async def test_a_line_said_in_the_thread(house: House) -> None:
    """What is said in a thread is a note for the team."""
    where = ("i1", "")
    assert (
        said(await house.hear(GestureKind.NOTED, "ana", "", where, "", text="Calling the depot."))
        == "Noted for the team."
    )
    page = await house.page("ana", "incident", where)
    assert page.parts[0].lines[-1].quote == "Calling the depot."


async def test_after_a_hard_hour(house: House) -> None:
    """Only the person themselves is told; one press takes them off duty, and then nothing is asked."""
    flag = Flag(forward=True, severity=Severity.HIGH, scores={"hostility": 0.9})
    await house.mention("m2", "i2", flag=flag)
    await house.press("ana", "claim", ("i2", "c:m2"), epoch="0")
    house.care = "That was eleven harsh ones."
    page = await house.page("ana", "now")
    assert page.parts[0].title == "For you alone"
    assert "harsh" not in str(await house.page("ben", "now"))
    said(await house.press("ana", "rest", NOWHERE))
    assert "harsh" not in str(await house.page("ana", "now"))
    assert not (await house.act.team()).people["ana"].on_duty


async def test_alone_nobody_can_be_asked() -> None:
    """Without another lead the ask is refused calmly."""
    house = await House(people=(Teammate(id="ana", name="Ana", roles=frozenset({Role.LEAD})),)).begin()
    await house.mention()
    said(await house.fill("ana", "write", stage="response", words="Sorry."))
    (draft,) = (await house.look()).drafts
    assert "no other lead" in no(await house.press("ana", "release_early", draft=draft.id, version="1"))


async def test_somebody_who_left_can_press_no_longer(house: House) -> None:
    """Whoever was taken off the team is a stranger at the next press."""
    await house.do(c.RemovePerson(id="gone", person="ben"), Part.CLOCKWORK)
    assert "not of this team" in no(await house.press("ben", "claim", epoch="0"))


async def test_two_presses_at_once_are_one(house: House) -> None:
    """The same press arriving twice in the same moment is decided once."""
    gesture = Gesture(
        id="x", kind=GestureKind.PRESS, who=Handle(room="web", id="ana"), act="claim", incident="i1",
        conversation="c:m1", values={"epoch": "0"},
    )  # fmt: skip
    one, two = await asyncio.gather(house.desk.hear(gesture), house.desk.hear(gesture))
    assert one == two
    assert isinstance(one, Done)


async def test_the_first_of_a_chat_brings_it_there(house: House) -> None:
    """Whoever shows incidents in a chat's first place is lead and manager; after that a lead decides."""
    uma, tom = Handle(room="chat", id="u1"), Handle(room="chat", id="u2")
    here = Gesture(id="g1", kind=GestureKind.PRESS, who=uma, act="place_here", values={"place": "C1", "name": "help"})
    first = await house.desk.hear(here)
    assert isinstance(first, Done)
    assert "lead and manager" in first.said
    team = await house.act.team()
    assert team.people["chat:u1"].roles == {Role.TEAMMATE, Role.LEAD, Role.MANAGER}
    assert [(p.room, p.id, p.name) for p in team.brought] == [("chat", "C1", "help")]
    assert "already" in no(await house.desk.hear(here.model_copy(update={"id": "g2", "who": tom})))
    there = here.model_copy(update={"id": "g3", "who": tom, "values": {"place": "C2"}})
    assert "lead or a manager" in no(await house.desk.hear(there))
    second = await house.desk.hear(there.model_copy(update={"id": "g4", "who": uma}))
    assert isinstance(second, Done)
    assert "lead and manager" not in second.said
    assert "no longer fits" in no(await house.desk.hear(there.model_copy(update={"id": "g5", "values": {}})))


async def test_a_place_is_left_again(house: House) -> None:
    """A lead takes incidents out of a place on the page of people; what the settings name stays."""
    uma = Handle(room="chat", id="u1")
    here = Gesture(id="g1", kind=GestureKind.PRESS, who=uma, act="place_here", values={"place": "C1", "name": "help"})
    await house.desk.hear(here)
    page = await house.page("kim", "people")
    (leave,) = (x for part in page.parts for x in part.choices if x.act == "place_no_more")
    assert "help" in leave.label
    assert "lead or a manager" in no(await house.press("ana", "place_no_more", NOWHERE, **leave.values))
    assert isinstance(await house.press("kim", "place_no_more", NOWHERE, **leave.values), Done)
    assert (await house.act.team()).brought == ()
    assert "coolhead.toml" in no(await house.press("kim", "place_no_more", NOWHERE, room="web", place="desk"))
