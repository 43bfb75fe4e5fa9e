"""What came after a card or a form was shown is not settled by it: it comes back with what is new, and nothing typed is lost."""

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Posted
from bot.nouns.flag import Flag, Severity
from bot.nouns.mention import Author, Kept, Mention, MentionKey
from bot.nouns.team import Part, Refusal
from bot.screens import offers
from bot.screens.forms import FORMS
from bot.screens.shapes import Answer, Fact, Form, Passage, Quote, Said
from tests.bot.work.desk_house import HERE, House, no, said

HARM = "And now my child is ill from it."


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


async def again(house: House, name: str = "m1", text: str = HARM) -> None:
    """Whoever wrote `name` writes once more, gravely."""
    first = (await house.look(f"c:{name}")).mentions[0]
    mention = Mention(
        key=MentionKey(platform="square", id=f"{name}:{text}"), text=text, author=Author(id=name), at=house.clock.wall
    )
    sealed = await house.vault.seal_mention(mention)
    kept = Kept(
        key=mention.key, person=first.person, words=sealed.words, at=mention.at, arrived=house.clock.wall,
        flag=Flag(forward=True, severity=Severity.CRITICAL),
    )  # fmt: skip
    add = c.Add(id=f"add:{name}:{text}", conversation=f"c:{name}", mention=kept)
    assert not isinstance(await house.act(add, Part.SORTER, [sealed]), Refusal)


def back(answer: Answer) -> Form:
    """The form, which must come back with a sentence."""
    assert isinstance(answer, Form), answer
    assert answer.error
    return answer


def quoted(passages: tuple[Passage, ...]) -> list[str]:
    """The words that stand beside a form."""
    return [passage.text for passage in passages if isinstance(passage, Quote)]


async def stands_open(house: House, name: str = "c:m1") -> Conversation:
    """The conversation, which must be open, with nothing signed in it."""
    found = await house.look(name)
    assert found.closed is None
    assert [kept for kept in found.mentions if kept.signed is not None] == []
    return found


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("close", {"disposition": "thanked", "words": "She was kind."}),
        ("not_for_us", {"words": "Another shop."}),
        ("leave_unanswered", {"words": "It would only feed it."}),
    ],
)
async def test_an_end_signs_nothing_that_was_not_shown(house: House, act: str, typed: dict[str, str]) -> None:
    """Somebody opens the form, they write again, and the press is refused with the new words and everything typed; once
    they are read, the same form ends it."""
    form = await house.form("ana", act, seen="1")
    assert (form.beside, form.error) == ((), "")
    await again(house)
    news = back(await house.send_back("ana", form, **typed))
    assert (await stands_open(house)).silence is None
    assert "Something new has come" in news.error
    assert quoted(news.beside) == [HARM]
    assert {name: news.filled[name] for name in typed} == typed
    said(await house.send_back("ana", news))
    found = await house.look()
    assert found.closed is not None or found.silence is not None


async def test_a_form_opened_from_an_old_card_begins_with_what_is_new(house: House) -> None:
    """The card had one message when it was painted: the form shows the second before it can be sent."""
    card = offers.CLOSE.choice(await house.look())
    await again(house)
    form = back(await house.form("ana", card.act, HERE, **card.values))
    assert quoted(form.beside) == [HARM]
    said(await house.send_back("ana", form, disposition="thanked"))


@pytest.mark.parametrize("offer", [offers.CLOSE, offers.NOT_FOR_US, offers.LEAVE, offers.END_TALK])
async def test_what_an_end_was_shown_is_told_by_its_press(house: House, offer: offers.Offer) -> None:
    """A press on an end carries how much had come when it was painted."""
    assert offer.choice(await house.look()).values == {"seen": "1"}


@pytest.mark.parametrize("act", ["close", "not_for_us", "leave_unanswered"])
async def test_what_an_older_version_painted_still_opens_and_is_looked_at_once_more(house: House, act: str) -> None:
    """A card without the count opens with their newest words beside it; a form without it comes back with them, once."""
    form = await house.form("ana", act)
    assert (quoted(form.beside), form.error) == (["Eleven days, three chats, still no parcel."], "")
    old = Form(act, "", FORMS[act].fields, incident=HERE[0], conversation=HERE[1])
    typed = {"words": "Spam.", "disposition": "not_for_us"}
    news = back(await house.send_back("ana", old, **typed))
    assert "no longer fits" in news.error
    assert news.filled["words"] == "Spam."
    await stands_open(house)
    said(await house.send_back("ana", news))


async def test_an_edit_a_deletion_and_our_own_answer_are_new_too(house: House) -> None:
    """Whatever came from the public since is said, the newest few of it, and no more."""
    form = await house.form("ana", "close", seen="1")
    for number in range(4):
        await again(house, text=f"And {number}")
    (one, *_, last) = (await house.look()).mentions
    words = (await house.vault.seal(one.person, "Twelve days.")).words
    await house.do(c.NoteEdit(id="e", conversation="c:m1", mention=one.key, words=words), Part.SORTER)
    await house.do(c.NoteDeletion(id="d", conversation="c:m1", mention=last.key), Part.SORTER)
    post = MentionKey(platform="square", id="ours")
    ours = c.NoteOurAnswer(id="o", conversation="c:m1", mention=one.key, post=post, words=words)
    await house.do(ours, Part.SORTER)
    news = back(await house.send_back("ana", form, disposition="thanked"))
    facts = [passage.name for passage in news.beside if isinstance(passage, Fact)]
    assert sorted(facts) == ["Deleted", "Edited"]
    assert len(quoted(news.beside)) == 5
    assert [passage.text for passage in news.beside if isinstance(passage, Said)] == [
        "An answer of ours was posted there by another hand."
    ]


async def test_stars_alone_are_new_without_words(house: House) -> None:
    """What holds no words is counted among what came, and quoted as nothing."""
    form = await house.form("ana", "close", seen="1")
    await again(house, text="")
    assert quoted(back(await house.send_back("ana", form)).beside) == []


async def test_a_form_of_what_is_gone_is_refused(house: House) -> None:
    """Where the conversation is no longer here, a press and a form are told so."""
    where = ("i1", "c:m9")
    for act in ("close", "not_for_us", "leave_unanswered", "end_handoff"):
        assert "no longer here" in no(await house.press("ana", act, where))
    old = Form("not_for_us", "", FORMS["not_for_us"].fields, {"seen": "1"}, incident="i1", conversation="c:m9")
    assert "no longer here" in no(await house.send_back("ana", old, words="Spam."))


async def test_of_a_list_what_got_news_stays_open(house: House) -> None:
    """The others are closed by the same press, and it says how many stay open."""
    for name in ("m2", "m3"):
        await house.mention(name)
    form = await house.form("kim", "close_list", ("i1", ""))
    chosen = {value.partition("@")[0]: value for value, _ in form.fields[0].options}
    await again(house)
    typed = {"conversations": "\n".join(chosen.values()), "disposition": "not_for_us"}
    told = said(await house.send_back("kim", form, **typed))
    assert told == "Settled: two conversations. Something new has come in one, so it stays open."
    await stands_open(house)
    assert all([(await house.look(name)).closed for name in ("c:m2", "c:m3")])


async def test_a_list_in_which_all_is_new_comes_back_with_it(house: House) -> None:
    """What was chosen stays chosen and nothing is closed; the next press closes it. So does a list that an older version
    painted."""
    await house.mention("m2")
    form = await house.form("kim", "close_list", ("i1", ""))
    first = next(value for value, _ in form.fields[0].options if value.startswith("c:m1"))
    await again(house)
    news = back(await house.send_back("kim", form, conversations=first, disposition="thanked"))
    assert quoted(news.beside) == [HARM]
    assert (news.filled["conversations"], news.filled["disposition"]) == ("c:m1@2", "thanked")
    await stands_open(house)
    old = back(await house.send_back("kim", form, conversations="c:m1\nc:m2", disposition="thanked"))
    assert sorted(old.filled["conversations"].split("\n")) == ["c:m1@2", "c:m2@1"]
    assert said(await house.send_back("kim", old)) == "Settled: two conversations."


async def test_a_list_of_what_was_settled_meanwhile_is_refused(house: House) -> None:
    """Where everything in it is over, there is nothing to show again."""
    form = await house.form("kim", "close_list", ("i1", ""))
    said(await house.fill("ana", "not_for_us"))
    assert "closed already" in no(await house.send_back("kim", form, conversations="c:m1@1"))
    assert "no longer fits" in no(await house.send_back("kim", form, conversations="c:m1@1", disposition="over"))


async def test_a_talk_ends_and_what_came_meanwhile_stays_open(house: House) -> None:
    """Ending the talk is written down; the conversation is closed with it only where nothing new came."""
    said(await house.fill("ana", "taken", way="phone"))
    form = await house.form("ana", "end_handoff", seen="1")
    await again(house)
    told = said(await house.send_back("ana", form, made_good="replaced", words="It is replaced."))
    assert told.startswith("The talk has ended; it stays open. Something new has come")
    await stands_open(house)


async def test_a_lead_hands_back_only_what_they_saw(house: House) -> None:
    """An old press of a lead does not free what somebody else took meanwhile; with the card as it is now it does."""
    await house.press("kim", "claim", epoch="0")
    shown = offers.HAND_BACK.choice(await house.look())
    said(await house.press("kim", "hand_back", epoch="1"))
    await house.press("ben", "claim", epoch="1")
    for act in ("hand_back", "last_word"):
        assert "Ben has this now" in no(await house.press("kim", act, HERE, **shown.values))
        assert "Ben has this now" in no(await house.press("kim", act))
    owner = (await house.look()).owner
    assert owner is not None
    assert owner.person == "ben"
    now = offers.LAST_WORD.choice(await house.look())
    said(await house.press("kim", now.act, HERE, **now.values))
    assert (await house.look()).owner is None


async def test_an_owner_hands_back_from_any_card(house: House) -> None:
    """It is theirs: whatever the card was painted with, the press says just what it does."""
    await house.press("ben", "claim", epoch="0")
    said(await house.press("ben", "hand_back"))


async def test_an_answer_of_ours_does_not_make_an_end_stale(house: House) -> None:
    """What we sent ourselves, a claim and a note are nothing new of theirs."""
    ready = await house.cooled()
    form = await house.form("ana", "close", seen="1")
    said(await house.send_back("ana", ready))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours"), url="https://square.test/ours"))
    said(await house.fill("ana", "note", words="She called."))
    said(await house.send_back("ana", form, disposition="answered"))
