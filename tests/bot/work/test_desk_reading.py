"""What the writing form asks for and keeps: how often we answered, and whether the words still invite."""

from collections.abc import Sequence

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Asking, Suggestion
from bot.nouns.delivery import Posted
from bot.nouns.mention import MentionKey
from bot.nouns.team import Contacts, Part
from bot.screens.shapes import Form
from tests.bot.work import desk_house
from tests.bot.work.desk_house import HERE, House, said

CALLING = "Please write to help@shop.example and I will see to it. Ana"


class Suggesting:
    """Who chooses words: remembers what it was asked, and offers one that invites and one that does not."""

    def __init__(self) -> None:
        self.asked: list[Asking] = []

    async def __call__(self, asking: Asking) -> Sequence[Suggestion]:
        """Both."""
        self.asked.append(asking)
        return [
            Suggestion(key="calls", text=CALLING, fits="Asks them to write.", invites=True),
            Suggestion(key="stays", text="I am looking into it.", fits="Says what is next."),
        ]


@pytest.fixture
def suggesting(monkeypatch: pytest.MonkeyPatch) -> Suggesting:
    """It stands in the house."""
    made = Suggesting()
    monkeypatch.setattr(desk_house, "suggest", made)
    return made


@pytest.fixture
async def house(suggesting: Suggesting) -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


async def writes_again(house: House, name: str) -> None:
    """Mara posts once more into the same conversation."""
    first = (await house.look()).mentions[0]
    sealed = await house.vault.seal(first.person, f"And now? {name}")
    key = MentionKey(platform="square", id=name)
    more = first.model_copy(
        update={"key": key, "words": sealed.words, "arrived": house.clock.wall, "at": house.clock.wall}
    )
    await house.act(c.Add(id=f"add:{name}", conversation="c:m1", mention=more), Part.SORTER, [sealed])


async def turns(house: House, suggesting: Suggesting) -> int:
    """How often, as a writer's form asks now."""
    await house.form("ana", "write", stage="response")
    return suggesting.asked[-1].turns


async def test_turns_count_the_answers_they_wrote_again_after(house: House, suggesting: Suggesting) -> None:
    """None before we answered, none while nothing new of theirs waits, one when they came back; ours by hand counts."""
    assert await turns(house, suggesting) == 0
    await house.posted()
    assert await turns(house, suggesting) == 0
    house.clock.advance(60)
    await writes_again(house, "m2")
    assert await turns(house, suggesting) == 1
    sealed = await house.vault.seal("ours", "Answered from the phone.")
    ours = MentionKey(platform="square", id="phone")
    latest = MentionKey(platform="square", id="m2")
    answered = c.NoteOurAnswer(id="o", conversation="c:m1", mention=latest, post=ours, words=sealed.words)
    await house.act(answered, Part.SORTER, [sealed])
    house.clock.advance(60)
    await writes_again(house, "m3")
    assert await turns(house, suggesting) == 2


async def test_saying_that_we_heard_is_no_answer(house: House, suggesting: Suggesting) -> None:
    """They waited all the while: the next words are still the first answer."""
    ready = await house.cooled(stage="acknowledgement")
    said(await house.send_back("ana", ready))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours"), url="https://square.test/ours"))
    house.clock.advance(60)
    await writes_again(house, "m2")
    assert await turns(house, suggesting) == 0


async def test_a_correction_is_no_further_answer(house: House, suggesting: Suggesting) -> None:
    """What we said is said differently: they came back once, not twice."""
    await house.posted()
    (first,) = (await house.look()).attempts
    said(await house.send_back("ana", await house.form("ana", "correct", attempt=first.key), words="By five. Ana"))
    (draft,) = (await house.look()).drafts
    house.clock.advance(3600)
    ready = await house.form("ana", "read_once_more", draft=draft.id, version="1")
    said(await house.send_back("ana", ready))
    await house.outbox(Posted(key=MentionKey(platform="square", id="ours"), url="https://square.test/ours"))
    assert [attempt.state.value for attempt in (await house.look()).attempts] == ["posted", "posted"]
    house.clock.advance(60)
    await writes_again(house, "m2")
    assert await turns(house, suggesting) == 1


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (CALLING, True),
        ("Call +49 30 5550, I am there until six. Ana", True),
        ("I will find it and tell you here by four. Ana", False),
        ("Call +49 30 5551, I am there until six. Ana", False),
    ],
)
async def test_an_invitation_without_our_contact_is_none(house: House, words: str, kept: bool) -> None:
    """Begun as an invitation and rewritten: it is one only while it names a contact we listed."""
    said(await house.fill("ana", "write", stage="acknowledgement", invites="yes", words=words))
    assert [draft.invites for draft in (await house.look()).drafts] == [kept]


async def test_where_no_contact_is_listed_the_writer_is_believed(house: House) -> None:
    """A team without a listed contact may ask in any words."""
    house.contacts = Contacts()
    said(await house.fill("ana", "write", stage="acknowledgement", invites="yes", words="Please write to us. Ana"))
    assert [draft.invites for draft in (await house.look()).drafts] == [True]


async def test_taking_words_that_invite_makes_it_an_invitation(house: House) -> None:
    """Exactly the suggestion's words invite; other words, and another suggestion's, do not."""
    for words, asks in ((CALLING, "yes"), ("I am looking into it.", ""), (f"{CALLING} x", "")):
        form = await house.form("ana", "write", HERE, stage="response")
        shown = await house.send_back("ana", form, words=words, finished="no")
        assert isinstance(shown, Form)
        assert shown.values["invites"] == asks


async def test_a_suggestion_that_was_taken_is_kept_as_an_invitation(house: House) -> None:
    """What the form found out when the words were looked at goes into the draft."""
    form = await house.form("ana", "write", HERE, stage="response")
    looked = await house.send_back("ana", form, words=CALLING, finished="no")
    assert isinstance(looked, Form)
    said(await house.send_back("ana", looked))
    assert [draft.invites for draft in (await house.look()).drafts] == [True]
