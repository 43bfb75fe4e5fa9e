"""What is in one's own hands, where it is not simply to be sent."""

import pytest

from bot.nouns import commands as c
from bot.nouns.mention import Mention, MentionKey
from bot.nouns.team import Part, Refusal
from bot.screens.shapes import Page
from tests.bot.work.desk_house import House, said


@pytest.fixture
async def house() -> House:
    """A team, and Mara's post."""
    made = await House().begin()
    await made.mention()
    return made


def titles(page: Page) -> list[str]:
    """The headings of its parts."""
    return [part.title for part in page.parts]


async def test_mine_says_what_is_true_of_a_cooled_draft(house: House) -> None:
    """On its way it is not to be sent again; once all was deleted there is nobody left to send it to."""
    await house.press("ana", "claim", epoch="0")
    ready = await house.cooled()
    assert titles(await house.page("ana", "mine")) == ["Cooled. Read once more and send"]
    said(await house.send_back("ana", ready))
    page = await house.page("ana", "mine")
    assert (titles(page), "cooled" in page.answer) == (
        ["On its way, or somebody has to say whether it went out"],
        False,
    )
    await house.sent_back()
    assert titles(await house.page("ana", "mine")) == ["Cooled. Read once more and send"]
    await house.do(
        c.NoteDeletion(id="gone", conversation="c:m1", mention=MentionKey(platform="square", id="m1")), Part.SORTER
    )
    page = await house.page("ana", "mine")
    assert (titles(page), "cooled" in page.answer) == (["Deleted by its author"], False)


async def test_mine_tells_a_draft_whose_mention_is_gone(house: House) -> None:
    """Where only the mention a draft answers was deleted, the draft is not called ready to be sent."""
    await house.cooled()
    first = (await house.look()).mentions[0]
    sealed = await house.vault.seal_mention(
        Mention(key=MentionKey(platform="square", id="m2"), text="More.", at=house.clock.wall)
    )
    more = first.model_copy(update={"key": MentionKey(platform="square", id="m2"), "words": sealed.words})
    again = c.Add(id="again", conversation="c:m1", mention=more)
    assert not isinstance(await house.act(again, Part.SORTER, [sealed]), Refusal)
    await house.do(c.NoteDeletion(id="gone", conversation="c:m1", mention=first.key), Part.SORTER)
    assert titles(await house.page("ana", "mine")) == ["Deleted by its author"]


async def test_mine_says_that_somebody_talks_with_them(house: House) -> None:
    """A cooled public answer cannot go out during a talk, so it stands with the talk."""
    await house.cooled()
    said(await house.fill("ana", "taken", way="phone"))
    assert titles(await house.page("ana", "mine")) == ["You talk with them"]
    assert titles(await house.page("ana", "now")) == ["Away from the public"]
