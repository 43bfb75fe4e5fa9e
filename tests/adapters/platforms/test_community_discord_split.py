"""A community on Discord (simcord), on the replica that sends and does not listen: it was told of no thread."""

from collections.abc import AsyncIterator

import pytest

from bot.nouns.delivery import How, Posted, ToMention
from bot.nouns.mention import CannotTell, MentionKey, Seen
from tests.adapters.platforms.discord_community import Town, town
from tests.adapters.platforms.test_community_discord_send import cleared, key


@pytest.fixture
async def beside() -> AsyncIterator[Town]:
    """Posting as the bot is switched on; somebody else listens."""
    async with town(post_as_bot=True) as made:
        yield made


async def test_a_post_in_a_forum_is_looked_at_again_and_answered(beside: Town) -> None:
    """It belongs to the forum that the settings name, and Discord is asked for that; so nothing is sent back for it."""
    post = await beside.posts(beside.gil, "Where is it?", "Eleven days, and no parcel.")
    about = MentionKey(platform="discord", id=f"{post.id}-{post.id}")
    seen = await beside.platform.look_again(about)
    assert isinstance(seen, Seen)
    assert beside.platform.reach(seen.mention).public.how is How.API
    assert isinstance(await beside.platform.send(cleared("We look.", ToMention(key=about))), Posted)


async def test_elsewhere_it_does_not_look(beside: Town) -> None:
    """A thread below a channel that nobody named."""
    asked = await beside.gil.send(beside.elsewhere, "Hm")
    told = await beside.platform.look_again(key(asked))
    assert isinstance(told, CannotTell)
    assert "does not listen there" in told.because
