"""Who asked for a shield meets hostile words nowhere unasked; and where there are no words, nothing is quoted."""

import pytest

from bot.nouns import commands as c
from bot.nouns.flag import Flag, Scores, Severity
from bot.nouns.mention import MentionKey
from bot.nouns.team import Part
from bot.screens.shapes import Form, Page, Quote
from tests.bot.work.desk_house import PEOPLE, House, said

HARSH = "You liars, all of you."
FLAG = Flag(
    forward=True,
    severity=Severity.MEDIUM,
    scores=Scores(complaint=0.9, hostility=0.9),
    reasons=('complaint ("liars")', "insults a person"),
)


@pytest.fixture
async def house() -> House:
    """A team in which Kim asked for a shield, a hostile post and a calm one."""
    people = [each.model_copy(update={"shield": each.id == "kim"}) for each in PEOPLE]
    made = await House(people=people).begin()
    await made.mention(text=HARSH, flag=FLAG)
    await made.mention("m2", "i2")
    return made


def unveiled(page: Page | Form) -> str:
    """What a reader meets without asking for it."""
    if isinstance(page, Form):
        return str(page.fields) + str([p for p in page.beside if not isinstance(p, Quote) or not p.veiled])
    cards = [page.card] if page.card is not None else [row.card for part in page.parts for row in part.rows]
    quotes = [p for card in cards for p in card.passages] + [p for part in page.parts for p in part.passages]
    heads = [f"{card.headline} {card.about}" for card in cards] + [page.title, page.answer]
    lines = [line.quote for part in page.parts for line in part.lines]
    return str([*heads, *lines, *(p for p in quotes if not isinstance(p, Quote) or not p.veiled)])


@pytest.mark.parametrize("act", ["now", "incident", "words", "look_back", "review"])
async def test_no_page_shows_hostile_words_unasked(house: House, act: str) -> None:
    """Headlines, quotes, lines and earlier wordings are veiled for Kim; Ben, who asked for nothing, reads them."""
    sealed = await house.vault.seal((await house.look()).mentions[0].person, "Liars, every one.")
    key = MentionKey(platform="square", id="m1")
    await house.act(c.NoteEdit(id="e", conversation="c:m1", mention=key, words=sealed.words), Part.SORTER, [sealed])
    if act == "review":
        said(await house.fill("ben", "leave_unanswered", words="It would only feed it."))
    assert "iars" not in unveiled(await house.page("kim", act, ("i1", "c:m1")))
    assert "iars" in unveiled(await house.page("ben", act, ("i1", "c:m1")))


@pytest.mark.parametrize("act", ["merge", "move"])
async def test_no_list_of_options_shows_them(house: House, act: str) -> None:
    """Where another incident is chosen by its headline, hostile words do not stand in it."""
    assert "iars" not in unveiled(await house.form("kim", act, ("i2", "c:m2")))
    assert "iars" in unveiled(await house.form("ben", act, ("i2", "c:m2")))


async def test_a_list_to_close_shows_none(house: House) -> None:
    """The conversations of a pile are named without them."""
    assert "iars" not in unveiled(await house.form("kim", "close_list", ("i1", "")))
    assert "iars" in unveiled(await house.form("ben", "close_list", ("i1", "")))


async def test_a_mention_without_words_is_quoted_nowhere(house: House) -> None:
    """Neither before the send nor on the page of all words stands an empty quote."""
    await house.mention("m3", "i3", text="", rating=1)
    written = await house.fill("ana", "write", ("i3", "c:m3"), stage="response", words="Sorry. Tell us more?")
    said(written)
    house.clock.advance(3600)
    (draft,) = (await house.look("c:m3")).drafts
    ready = await house.form("ana", "read_once_more", ("i3", "c:m3"), draft=draft.id, version="1")
    assert [p.text for p in ready.beside if isinstance(p, Quote)] == ["Sorry. Tell us more?"]
    for where in (("i3", "c:m3"), ("i3", "")):
        (part,) = (await house.page("ana", "incident", where, all="yes")).parts
        assert (part.passages, part.empty) == ((), "No words.")
