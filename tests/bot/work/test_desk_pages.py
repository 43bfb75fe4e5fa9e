"""The pages: what needs someone now, what is mine, what is away, what is settled, review, look back, search, health."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.delivery import Posted, Unknown
from bot.nouns.mention import MentionKey
from bot.nouns.team import Part
from bot.screens.shapes import Fact, Form, Page, Quote
from bot.work.desk import review_page
from tests.bot.screens.painting import page as painted
from tests.bot.work.desk_house import House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


def titles(page: Page) -> list[str]:
    """The headings of its parts."""
    return [part.title for part in page.parts]


async def test_now_answers_its_question(house: House) -> None:
    """The sentence says who waits; the parts hold the cards, most urgent first."""
    await house.mention("m2", "i2")
    page = await house.page("ana", "now")
    assert page.answer == "Two people are waiting for a first word. Nothing else is urgent."
    assert titles(page) == ["Waiting for a first word"]
    assert page.parts[0].rows[0].aside == ("nobody has this yet",)
    assert [row.since for row in page.parts[0].rows] == [(await house.look()).mentions[0].arrived] * 2
    house.clock.advance(7200)
    assert "Two have waited too long." in (await house.page("ana", "now")).answer


async def test_now_follows_a_conversation(house: House) -> None:
    """Cooling, ready, unclear and away each have their own part, and what is answered needs nobody."""
    said(await house.fill("ana", "write", stage="response", words="Sorry."))
    assert titles(await house.page("ana", "now")) == ["Cooling before it is sent"]
    house.clock.advance(3600)
    (draft,) = (await house.look()).drafts
    form = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    assert "One draft is ready to be sent." in (await house.page("ana", "now")).answer
    said(await house.send_back("ana", form))
    await house.outbox(Unknown(because="Lost."))
    page = await house.page("ana", "now")
    assert titles(page) == ["Please look and say whether it went out"]
    assert "One send has to be looked at." in page.answer
    (attempt,) = (await house.look()).attempts
    house.clock.advance(60)
    said(await house.fill("ana", "is_there", attempt=attempt.key, url="https://square.test/1"))
    page = await house.page("ana", "now")
    assert page.answer == "Nobody is waiting for a first word. Nothing is urgent."
    assert page.parts[0].empty == "Nobody is waiting."
    said(await house.fill("ana", "taken", way="phone"))
    assert titles(await house.page("ana", "now")) == ["Away from the public"]


async def test_an_acknowledged_one_waits_for_its_answer(house: House) -> None:
    """After the first word it stands under answers."""
    ready = await house.cooled(text="We heard you.", stage="acknowledgement")
    said(await house.send_back("ana", ready))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours")))
    assert titles(await house.page("ana", "now")) == ["Waiting for an answer"]


async def test_several_of_one_incident_are_one_row(house: House) -> None:
    """A pile stands in the list once, and its own list shows each of it."""
    await house.mention("m2")
    page = await house.page("ana", "now")
    (row,) = page.parts[0].rows
    assert row.aside == ("2 together",)
    said(await house.fill("ana", "not_for_us", ("i1", "c:m2")))
    pile = await house.page("ana", "list", ("i1", ""))
    assert titles(pile) == ["Open", "Settled"]
    assert pile.answer == "Two conversations, 1 open."
    assert "no longer here" in no(await house.press("ana", "list", ("i9", "")))


async def test_mine_is_what_is_in_my_hands(house: House) -> None:
    """Owned, written, talked with, promised and answered ones each have their part; other people's are not there."""
    assert (await house.page("ana", "mine")).answer == "You have nothing in your hands."
    await house.press("ana", "claim", epoch="0")
    page = await house.page("ana", "mine")
    assert (titles(page), page.answer) == (["In your hands"], "You have one conversation.")
    assert titles(await house.page("ben", "mine")) == [""]
    said(await house.fill("ana", "write", stage="response", words="Back by four."))
    assert titles(await house.page("ana", "mine")) == ["Cooling before it is sent"]
    house.clock.advance(3600)
    (draft,) = (await house.look()).drafts
    form = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    page = await house.page("ana", "mine")
    assert (titles(page), "One has cooled." in page.answer) == (["Cooled. Read once more and send"], True)
    said(await house.send_back("ana", form))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours")))
    said(await house.send_back("ana", await house.form("ana", "promise")))
    page = await house.page("ana", "mine")
    assert titles(page) == ["You promised", "Nothing to do until they write again"]
    assert "You promised one thing." in page.answer
    await house.mention("m2", "i2")
    said(await house.fill("ana", "taken", ("i2", "c:m2"), way="email"))
    assert "You talk with them" in titles(await house.page("ana", "mine"))
    assert titles(await house.page("ben", "mine")) == [""]


async def test_offline_says_whose_turn_it_is(house: House) -> None:
    """Talks that go on, contacts that are due, and those we only asked."""
    said(await house.fill("ana", "taken", way="phone", next="2026-03-02T10:00:00+00:00"))
    page = await house.page("ana", "offline")
    assert (titles(page), page.answer) == (["Talks that go on"], "No contact is due now.")
    house.clock.advance(7200)
    page = await house.page("ana", "offline")
    assert (titles(page), page.answer) == (["The next contact is due"], "One contact is due.")
    await house.mention("m2", "i2")
    form = await house.form("ana", "write", ("i2", "c:m2"), stage="acknowledgement", invites="yes")
    said(await house.send_back("ana", form))
    house.clock.advance(600)
    (draft,) = (await house.look("c:m2")).drafts
    ready = await house.form("ana", "read_once_more", ("i2", "c:m2"), draft=draft.id, version="1")
    said(await house.send_back("ana", ready))
    await invited(house)
    assert titles(await house.page("ana", "offline")) == ["The next contact is due", "Asked to write or call"]


async def invited(house: House) -> None:
    """The outbox posts the invitation in c:m2."""
    from bot.nouns.delivery import Account
    from bot.nouns.mention import Mention, Seen

    found = await house.look("c:m2")
    (attempt,) = found.attempts
    mention = Mention(key=found.mentions[0].key, text=found.mentions[0].latest.read(), at=house.clock.wall)
    clear = c.Clear(
        id="x", conversation="c:m2", attempt=attempt.key, seen=Seen(mention=mention), reach=house.square.reach_,
        account=Account(platform="square", name="@shop"), allowed=True,
    )  # fmt: skip
    await house.act(clear, Part.OUTBOX, sender=1)
    posted = Posted(key=MentionKey(platform="square", id="invited"))
    await house.act(c.Deliver(id="y", conversation="c:m2", attempt=attempt.key, delivery=posted), Part.OUTBOX, sender=1)


async def test_settled_and_the_look_back(house: House) -> None:
    """What is settled can be looked back on: facts, picked lines, how it ended, what we learned, what changes."""
    assert (await house.page("ana", "settled")).answer == "Nothing is settled yet."
    said(await house.fill("ana", "note", words="Keep this one.", marked="yes"))
    said(await house.fill("ana", "not_for_us"))
    assert titles(await house.page("ana", "settled")) == ["Newest first"]
    page = await house.page("max", "look_back", ("i1", ""))
    assert titles(page) == [
        "How it went", "Picked for the look back", "How it ended", "What we learned", "What changes", "Step by step",
    ]  # fmt: skip
    assert page.parts[1].lines[0].quote == "Keep this one."
    for act, typed in {
        "outcome": {"outcome": "calmed"},
        "lesson": {"words": "Check labels."},
        "action": {"words": "Buy a printer.", "owner": "ben", "due": "2026-03-09T10:00"},
    }.items():
        back = await house.send_back("ana", await house.form("ana", act, ("i1", "")), **typed)
        assert isinstance(back, Page), back
        page = back
    assert "It calmed down" in painted(page)
    assert "Check labels." in painted(page)
    finish = page.parts[4].choices[1]
    after = await house.press("ben", finish.act, NOWHERE, **finish.values)
    assert isinstance(after, Page)
    assert "done" in painted(after)
    assert "already" in no(await house.press("ben", finish.act, NOWHERE, id="b", **finish.values))
    assert "no longer here" in no(await house.press("ana", "look_back", ("i9", "")))


NOWHERE = ("", "")


async def test_review_is_the_managers_first_page(house: House) -> None:
    """Open, waited too long, silent and why, away without an outcome, promises overdue, gaps."""
    page = await house.page("max", "review")
    assert page.answer == "One conversation open, none waited too long."
    await house.mention("m2", "i2")
    await house.mention("m3", "i3")
    said(await house.fill("ana", "leave_unanswered", ("i2", "c:m2"), words="It would only feed it."))
    said(await house.fill("ana", "taken", ("i3", "c:m3"), way="phone"))
    await house.posted()
    said(await house.fill("ana", "promise", words="Back by four", due="2026-03-02T12:00:00+00:00"))
    said(await house.press("kim", "second_silence", ("i2", "c:m2")))
    gap = c.NoteGap(id="gap", source="square", since=house.clock.wall - timedelta(hours=1), until=house.clock.wall)
    await house.do(gap, Part.SORTER)
    house.clock.advance(86_400)
    text = painted(await house.page("max", "review"))
    for told in (
        "It would only feed it. (Ana, and Kim); look again",
        "no contacts, taken by Ana",
        "Back by four (Ana)",
        "We may have missed something from Square since",
        "Three conversations open, one waited too long.",
        "Three incidents came, no conversations ended.",
    ):
        assert told in text


async def test_review_leads_to_what_each_line_is_about(house: House) -> None:
    """Silent, away, overdue: a room may open the very conversation."""
    await house.mention("m2", "i2")
    await house.mention("m3", "i3")
    said(await house.fill("ana", "leave_unanswered", ("i2", "c:m2"), words="It would only feed it."))
    said(await house.fill("ana", "taken", ("i3", "c:m3"), way="phone"))
    await house.posted()
    said(await house.fill("ana", "promise", words="Back by four", due="2026-03-02T12:00:00+00:00"))
    house.clock.advance(86_400)
    page = await house.page("max", "review")
    facts = [one for part in page.parts for one in part.passages if isinstance(one, Fact) and one.incident]
    assert [(one.incident, one.conversation) for one in facts] == [("i2", "c:m2"), ("i3", "c:m3"), ("i1", "c:m1")]


async def test_review_tells_of_the_last_week_and_month(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came and ended in each, how, and how soon somebody heard from us; of very many no more than can be counted."""
    await house.mention("m2", "i2")
    await house.posted()
    said(await house.fill("ana", "close", disposition="answered"))
    said(await house.fill("ana", "not_for_us", ("i2", "c:m2")))
    lately = (await house.page("max", "review")).parts[-1]
    assert lately.title == "Last week and month"
    week, month = lately.passages
    assert isinstance(week, Fact)
    assert isinstance(month, Fact)
    assert (week.name, month.name) == ("Last week", "Last month")
    for told in ("Two incidents came, two conversations ended: ", "answered 1", "not for us 1", "did within"):
        assert told in week.text
    house.clock.advance(8 * 86_400)
    week, month = (await house.page("max", "review")).parts[-1].passages
    assert isinstance(week, Fact)
    assert isinstance(month, Fact)
    assert week.text == "No incidents came, no conversations ended."
    assert "Two incidents came" in month.text
    monkeypatch.setattr(review_page, "READ", 1)
    _, month = (await house.page("max", "review")).parts[-1].passages
    assert isinstance(month, Fact)
    assert "two conversations ended (of the newest 1): not for us 1" in month.text
    monkeypatch.setattr(review_page, "COUNTED", 1)
    _, month = (await house.page("max", "review")).parts[-1].passages
    assert isinstance(month, Fact)
    assert "1 incidents and more came, 1 conversations and more ended: " in month.text


async def test_search_finds_by_words(house: House) -> None:
    """An incident is found by what somebody wrote; nothing asked, nothing found."""
    assert "Ask for words" in (await house.page("ana", "search")).answer
    found = await house.page("ana", "search", q="parcel")
    assert found.answer == "One incident holds these words."
    assert len(found.parts[0].rows) == 1
    assert (await house.page("ana", "search", q="zebra")).answer == "Nothing was found."


async def test_health_says_what_does_not_work(house: House) -> None:
    """Every trouble in a sentence, and when each source was last heard."""
    assert (await house.page("ana", "health")).answer == "Everything works."
    house.health.trouble("square", "Square does not answer.")
    house.health.listened("square", house.clock.wall)
    page = await house.page("ana", "health")
    assert page.answer == "One thing to mend."
    assert "Square does not answer." in painted(page)


async def test_all_their_words_with_every_version(house: House) -> None:
    """The whole of what they wrote, and what stood there before."""
    sealed = await house.vault.seal((await house.look()).mentions[0].person, "Twelve days.")
    key = MentionKey(platform="square", id="m1")
    await house.act(c.NoteEdit(id="e", conversation="c:m1", mention=key, words=sealed.words), Part.SORTER, [sealed])
    page = await house.page("ana", "words", ("i1", "c:m1"))
    assert await house.page("ana", "incident", ("i1", ""), all="yes") == page
    assert [p.text for p in page.parts[0].passages] == ["Twelve days.", "Eleven days, three chats, still no parcel."]


async def test_all_words_of_a_pile(house: House) -> None:
    """Where several lie together, everybody's words are shown, each under its author; a guest gets none of them."""
    await house.mention("m2", text="Mine never came either.")
    page = await house.page("ana", "incident", ("i1", ""), all="yes")
    assert page.name == "words"
    assert {p.text for part in page.parts for p in part.passages if isinstance(p, Quote)} == {
        "Eleven days, three chats, still no parcel.",
        "Mine never came either.",
    }
    assert page.card is not None
    assert (page.card.passages, page.card.choices) == ((), ())
    assert (await house.page("gus", "incident", ("i1", ""), all="yes")).parts == ()
    assert (await house.page("ana", "incident", ("i1", ""), all="no")).name == "incident"


async def test_an_incident_shows_its_card_and_story(house: House) -> None:
    """Of the whole, or of one conversation in it; what its author had with us before is told."""
    page = await house.page("ana", "incident", ("i1", ""))
    assert page.card is not None
    assert page.card.link == "https://desk.test/i/i1"
    await house.mention("m2")
    one = await house.page("ana", "incident", ("i1", "c:m2"))
    assert one.card is not None
    assert one.card.conversation == "c:m2"
    assert len(one.parts[0].lines) == 1
    assert len((await house.page("ana", "incident", ("i1", ""))).parts[0].lines) == 2
    assert "no longer here" in no(await house.press("ana", "incident", ("i1", "c9")))
    assert "no longer here" in no(await house.press("ana", "incident", ("i9", "")))


async def test_what_the_author_had_with_us_before(house: House) -> None:
    """An earlier conversation of the same author stands among the facts."""
    said(await house.fill("ana", "not_for_us"))
    first = (await house.look()).mentions[0]
    house.clock.advance(60)
    await house.mention("m2", "i2", person=first.person)
    page = await house.page("ana", "incident", ("i2", ""))
    assert "With us before: once" in painted(page)


async def test_a_statement_has_no_author_to_look_up(house: House) -> None:
    """Its page stands all the same."""
    form = await house.form("kim", "statement", NOWHERE)
    begun = await house.send_back("kim", form, kept="yes", words="Soon.")
    assert not isinstance(begun, Form)
    incident = getattr(begun, "incident", "")
    page = await house.page("ana", "incident", (incident, ""))
    assert page.title == "A statement of ours"
