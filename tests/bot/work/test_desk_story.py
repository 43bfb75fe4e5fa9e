"""The main story at the desk: claimed, heard, stopped, repaired, cooled, read once more, sent, taken offline, closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import HandoffState
from bot.nouns.mention import MentionKey, MentionKind
from bot.nouns.record import Line
from bot.nouns.team import Contacts, Part
from bot.nouns.time import QuietHours
from bot.screens.shapes import Fact, Field, Form, Page, Quote, Said
from tests.bot.work.desk_house import HERE, House, no, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


def passages(answer: Form | Page) -> str:
    """Everything that stands beside a form, or on a page, as text."""
    found = answer.beside if isinstance(answer, Form) else [p for part in answer.parts for p in part.passages]
    return "\n".join(str(p.text) for p in found if isinstance(p, Quote | Said | Fact))


def field(form: Form, name: str) -> Field:
    """One of its fields."""
    return next(each for each in form.fields if each.name == name)


async def test_two_people_press_and_one_has_it(house: House) -> None:
    """The first has it; the other is told who."""
    assert said(await house.press("ana", "claim", epoch="0")) == "You have this."
    assert "Ana" in no(await house.press("ben", "claim", epoch="0"))


async def test_the_same_gesture_twice_is_one(house: House) -> None:
    """A press sent twice is applied once and answered the same."""
    first = await house.press("ana", "claim", id="twice", epoch="0")
    assert await house.press("ana", "claim", id="twice", epoch="0") == first
    assert len(house.timelines.lines["i1"]) == 2


async def test_a_no_may_be_pressed_again(house: House) -> None:
    """A refusal is not remembered: the same page's press is answered by how it stands then."""
    await house.press("ana", "claim", epoch="0")
    no(await house.press("ben", "claim", id="b", epoch="1"))
    await house.press("ana", "hand_back")
    said(await house.press("ben", "claim", id="b", epoch="1"))


async def test_the_writing_form_opens_with_what_is_known(house: House) -> None:
    """Their words, a first line on what happened, suggestions, the count and the wait."""
    form = await house.form("ana", "write", stage="response")
    assert form.filled["what"] == "Summary of 42."
    assert "Eleven days" in passages(form)
    assert form.suggestions[0].text == "Sorry. Ana for the shop"
    assert form.length is not None
    assert form.length.limit == 500
    assert (form.finish, form.keep) == ("Finish, cools 20 min", "Keep as a draft")
    assert form.choices == ()
    assert form.fields[1].label == "Your reply, as Mara will see it"


async def test_words_are_looked_at_and_nothing_is_stored(house: House) -> None:
    """At a pause in typing cautions and the wait come back, and the timeline has not grown."""
    form = await house.form("ana", "write", stage="response")
    seen = await house.send_back("ana", form, finished="no", words="As we explained, 20 % off by four.")
    assert isinstance(seen, Form)
    assert [c.code for c in seen.cautions] == ["public_offer", "argument"]
    assert seen.finish == "Finish, cools 40 min"
    assert "It promises a time (“by four”)" in passages(seen)
    assert len(house.timelines.lines["i1"]) == 1


async def test_a_stop_comes_back_with_everything_typed(house: House) -> None:
    """A stopped draft is not finished; the form says why and keeps the words, and the repaired ones go."""
    form = await house.form("ana", "write", stage="response")
    stopped = await house.send_back("ana", form, words="Sorry. 20 % off.")
    assert isinstance(stopped, Form)
    assert "public offer" in stopped.error
    assert stopped.filled["words"] == "Sorry. 20 % off."
    assert "It cools for 20 min" in said(await house.send_back("ana", stopped, words="Sorry. We look into it."))
    assert (await house.look()).owner is not None


async def test_a_draft_is_kept_gone_on_with_and_discarded(house: House) -> None:
    """A kept draft opens again with its words, for somebody else with its author's name, and can be thrown away."""
    form = await house.form("ana", "write", stage="response")
    assert (
        said(await house.send_back("ana", form, kept="yes", words="Not yet")) == "Kept as a draft. Nobody else is told."
    )
    again = await house.form("kim", "write", stage="response")
    assert again.filled["words"] == "Not yet"
    assert "These are Ana's words." in passages(again)
    discard = again.choices[0]
    assert said(await house.press("ana", discard.act, HERE, **discard.values)) == "Discarded."
    assert "Those words" in no(await house.press("ana", discard.act, HERE, **discard.values))


async def test_two_people_edit_one_draft(house: House) -> None:
    """Who comes second is told who changed it, and keeps what they typed."""
    form = await house.form("ana", "write", stage="response")
    await house.send_back("ana", form, kept="yes", words="One")
    first, second = (
        await house.form("ana", "write", stage="response"),
        await house.form("kim", "write", stage="response"),
    )
    said(await house.send_back("ana", first, kept="yes", words="Two"))
    late = await house.send_back("kim", second, kept="yes", words="Three")
    assert isinstance(late, Form)
    assert "Ana changed it meanwhile" in late.error
    assert late.filled["words"] == "Three"


async def test_too_early_is_refused_with_the_time(house: House) -> None:
    """Before the wait is over the press is answered by the moment it will be."""
    await house.fill("ana", "write", stage="response", words="Sorry.")
    (draft,) = (await house.look()).drafts
    answer = await house.press("ana", "read_once_more", draft=draft.id, version="1")
    assert "Not yet" in no(answer)
    assert getattr(answer, "until", None) == draft.cooling.until if draft.cooling else False


async def test_it_has_cooled_and_is_read_once_more(house: House) -> None:
    """The ready form shows their words, ours with the count, that nothing changed, and who signs."""
    form = await house.cooled()
    assert form.title == "It has cooled. Read it as Mara would."
    assert form.finish == "Send, as Ana for the shop"
    assert "Nothing changed since you wrote it." in passages(form)
    assert [c.label for c in form.choices] == ["Edit", "Not now"]
    assert form.fields == ()
    assert "It stays as it is." in said(await house.press("ana", "not_now"))
    assert "On its way" in said(await house.send_back("ana", form))
    assert "pressed first" in no(await house.send_back("ana", form, id="other"))


async def test_what_changed_stands_in_the_ready_form(house: House) -> None:
    """An edit with the words before, new words, and a deletion are shown before it goes."""
    await house.fill("ana", "write", stage="response", words="Sorry. Ana for the shop")
    house.clock.advance(3600)
    key = MentionKey(platform="square", id="m1")
    for text in ("Twelve days.", "Thirteen days."):
        sealed = await house.vault.seal((await house.look()).mentions[0].person, text)
        await house.act(
            c.NoteEdit(id=text, conversation="c:m1", mention=key, words=sealed.words), Part.SORTER, [sealed]
        )
    more = MentionKey(platform="square", id="m2")
    sealed = await house.vault.seal((await house.look()).mentions[0].person, "And now?")
    kept = (
        (await house.look())
        .mentions[0]
        .model_copy(update={"key": more, "words": sealed.words, "edits": (), "arrived": house.clock.wall})
    )
    await house.act(c.Add(id="add", conversation="c:m1", mention=kept), Part.SORTER, [sealed])
    await house.do(c.NoteDeletion(id="del", conversation="c:m1", mention=more), Part.SORTER)
    (draft,) = (await house.look()).drafts
    form = await house.form("ben", "read_once_more", draft=draft.id, version="1")
    text = passages(form)
    assert "Eleven days, three chats, still no parcel." in text
    assert "Twelve days." in text
    assert "They wrote one message since." in text
    assert any(isinstance(p, Fact) and p.name == "They deleted it" for p in form.beside)
    assert "It is signed by Ana for the shop." in text


async def test_a_private_word_goes_to_its_author(house: House) -> None:
    """It is told apart from a reply, and asks nobody to write."""
    form = await house.form("ana", "write", stage="private")
    assert form.fields[1].label == "Your words, as Mara will see them"
    said(await house.send_back("ana", form, words="Write to help@shop.example, please."))
    (draft,) = (await house.look()).drafts
    assert (draft.audience.value, draft.invites) == ("private", False)


async def test_a_form_out_of_date_is_refused_calmly(house: House) -> None:
    """A version that is no number fits nothing."""
    form = await house.form("ana", "write", stage="response")
    assert "no longer fits" in no(await house.send_back("ana", replace(form, values={**form.values, "based_on": "x"})))


async def test_an_edit_before_the_words_is_no_news(house: House) -> None:
    """What they changed before we wrote was before our eyes."""
    sealed = await house.vault.seal((await house.look()).mentions[0].person, "Twelve days.")
    key = MentionKey(platform="square", id="m1")
    await house.act(c.NoteEdit(id="e", conversation="c:m1", mention=key, words=sealed.words), Part.SORTER, [sealed])
    house.clock.advance(60)
    assert "Nothing changed since you wrote it." in passages(await house.cooled())


@pytest.mark.parametrize(
    ("contacts", "likely", "offered"),
    [
        (Contacts(), "direct", ["Direct message or ticket"]),
        (Contacts(email="mods@club.example"), "direct", ["Direct message or ticket", "E-mail"]),
        (
            Contacts(email="mods@club.example", phone="+49 30 5550"),
            "direct",
            ["Direct message or ticket", "E-mail", "Phone"],
        ),
    ],
)
async def test_out_of_public_in_a_community(
    house: House, contacts: Contacts, likely: str, offered: Sequence[str]
) -> None:
    """A direct message or a ticket: asked for so in public, and where the talk is; a phone only where the team lists one."""
    house.contacts = contacts
    await house.mention("m2", "i2", kind=MentionKind.CHAT)
    here = ("i2", "c:m2")
    page = await house.press("ana", "take_offline", here)
    assert isinstance(page, Page)
    assert "They would be asked for a direct message or a ticket." in passages(page)
    taken = await house.form("ana", "taken", here)
    assert taken.filled["way"] == likely
    assert [label for _, label in field(taken, "way").options] == offered
    said(
        await house.fill("ana", "write", here, stage="acknowledgement", invites="yes", words="Write to me, please. Ana")
    )
    assert (await house.look("c:m2")).drafts[0].invites


async def test_where_nothing_is_listed_the_talk_is_by_message(house: House) -> None:
    """A phone is not what a form begins with where the team has none."""
    for contacts, likely in ((Contacts(), "direct"), (Contacts(email="help@shop.example"), "email")):
        house.contacts = contacts
        taken = await house.form("ana", "taken")
        assert taken.filled["way"] == likely
        assert len(field(taken, "way").options) == 3


async def test_a_talk_stays_where_it_went(house: House) -> None:
    """Whoever opens the form anew begins with the way that the talk took, whatever the team lists."""
    house.contacts = Contacts(phone="+49 30 5550")
    assert (await house.form("ana", "taken")).filled["way"] == "phone"
    said(await house.fill("ana", "taken", way="email"))
    assert (await house.form("ana", "taken")).filled["way"] == "email"


async def test_taken_to_the_phone_and_closed(house: House) -> None:
    """Asked in public first, then taken, a contact logged, shown by a recorded press, ended and closed in one form."""
    page = await house.press("ana", "take_offline")
    assert isinstance(page, Page)
    assert [c.label for c in page.choices] == ["Ask them in public", "I have taken it", "Not now"]
    assert "help@shop.example or +49 30 5550" in passages(page)
    ask = await house.form("ana", "write", HERE, **page.choices[0].values)
    assert ask.filled["words"] == "Mara, write to help@shop.example or +49 30 5550, K7. Ana for the shop"
    await house.send_back("ana", ask)
    assert (await house.look()).drafts[0].invites
    taken = await house.form("ana", "taken")
    assert taken.filled["way"] == "phone"
    said(await house.send_back("ana", taken, contact="+49 170 998877", next="2026-03-03T10:00"))
    assert (await house.look()).offline is not None
    said(await house.fill("ana", "log_contact", reached="no", words="Nobody picked up."))
    shown = await house.press("ana", "show_contact")
    assert isinstance(shown, Page)
    assert "+49 170 998877" in passages(shown)
    assert "Nobody picked up." in str(shown.parts[1].lines)
    assert house.timelines.lines["i1"][-1].find("contact_shown") > 0
    assert "Ana has this talk" in no(await house.press("ben", "show_contact"))
    said(await house.press("ben", "take_over"))
    ended = await house.fill("ben", "end_handoff", made_good="replaced", words="A new one is on its way.")
    assert said(ended) == "The talk has ended; it stays open. Ana has this. Ask them, or Kim or Ravi."
    close = await house.form("ana", "close")
    assert close.filled["disposition"] == "offline"
    said(await house.send_back("ana", close))
    found = await house.look()
    assert found.closed is not None
    assert found.handoff is not None
    assert found.handoff.state is HandoffState.ENDED


async def test_a_page_is_of_one_moment(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens while a page is read stands neither on its card nor in its story; the next look shows both."""
    read = house.timelines.events

    async def claimed_meanwhile(incident: str, after: int = 0, limit: int = 500) -> Sequence[Line]:
        monkeypatch.undo()
        said(await house.press("ben", "claim", epoch="0"))
        return await read(incident, after, limit)

    monkeypatch.setattr(house.timelines, "events", claimed_meanwhile)
    for seen in (False, True):
        page = await house.page("ana", "incident", HERE)
        assert page.card is not None
        assert ("I have this" in [choice.label for choice in page.card.choices]) is not seen
        assert ("Ben has this." in [line.text for line in page.parts[0].lines]) is seen


async def test_the_phone_is_offered_only_while_somebody_picks_up(house: House) -> None:
    """In its hours, by the team's zone, both ways are named; outside of them the address alone, on the page and in the words."""
    hours = QuietHours(zone="Europe/Berlin", begin=time(9), end=time(12))
    house.contacts = Contacts(email="help@shop.example", phone="+49 30 5550", hours=hours)
    for wait, offered in ((0, True), (2 * 3600, False), (22 * 3600, True)):
        house.clock.advance(wait)
        page = await house.press("ana", "take_offline")
        assert isinstance(page, Page)
        ask = await house.form("ana", "write", HERE, **page.choices[0].values)
        for told in (passages(page), ask.filled["words"]):
            assert "help@shop.example" in told
            assert ("+49 30 5550" in told) is offered


async def test_a_talk_ends_with_the_conversation_or_alone(house: House) -> None:
    """Its owner closes both in one form, or ends the talk and leaves it open; without a word it is refused."""
    await house.mention("m2", "i2")
    for where, typed, told in (
        (("i1", "c:m1"), {}, "The talk has ended, and it is settled."),
        (("i2", "c:m2"), {"kept": "yes"}, "The talk has ended."),
    ):
        said(await house.fill("ana", "taken", where, way="direct"))
        said(await house.fill("ana", "log_contact", where, reached="yes", words="They are content."))
        page = await house.page("ana", "incident", where)
        assert page.card is not None
        assert "Next contact" not in [p.name for p in page.card.passages if isinstance(p, Fact)]
        form = await house.form("ana", "end_handoff", where)
        assert "few words" in no(await house.send_back("ana", form, made_good="explained"))
        assert said(await house.send_back("ana", form, made_good="explained", words="Ended well.", **typed)) == told


async def test_the_contact_is_on_no_page(house: House) -> None:
    """Their number is shown by the recorded press and nowhere else, not even to its owner."""
    await house.fill("ana", "taken", contact="+49 170 998877", way="phone")
    for act in ("now", "mine", "offline", "settled", "review"):
        assert "998877" not in str(await house.page("ana", act))
    assert "998877" not in str(await house.page("ana", "incident", ("i1", "")))
