"""The words that somebody is about to post by hand, as a source asks for them; and what their appearing does."""

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Posted
from bot.nouns.mention import MentionKey
from bot.nouns.team import Part
from bot.work.by_hand import Awaited
from tests.bot.work.desk_house import House
from tests.bot.work.test_desk_sending import house as house
from tests.fakes.timelines import FakeWhereabouts

MARA = MentionKey(platform="square", id="m1")


@pytest.fixture
def awaited(house: House) -> Awaited:
    """As a community asks."""
    return Awaited(house.act, FakeWhereabouts(house.timelines))


async def test_only_what_is_in_somebodys_hands_is_awaited(house: House, awaited: Awaited) -> None:
    """Nothing before the send is asked, its words while a teammate has them to post, nothing once that is done."""
    form = await house.cooled()
    assert await awaited(MARA) == ()
    await house.send_back("ana", form)
    await house.outbox(Posted(), by_hand=True)
    (attempt,) = (await house.look()).attempts
    assert await awaited(MARA) == (attempt.words.text,)
    assert await awaited(MentionKey(platform="square", id="nobody's")) == ()
    seen = await house.vault.seal(house.vault.team, f"{attempt.words.text}\n")
    post = MentionKey(platform="square", id="m9")
    noted = c.NoteOurAnswer(
        id="s:9", conversation="c:m1", mention=MARA, post=post, words=seen.words, url="https://square.test/m9"
    )
    await house.act(noted, Part.SORTER, (seen,))
    (attempt,) = (await house.look()).attempts
    assert (attempt.state, attempt.post) == (AttemptState.POSTED, post)
    assert await awaited(MARA) == ()
