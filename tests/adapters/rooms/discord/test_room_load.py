"""Discord under load, at its documented limits, in virtual time."""

from tests.adapters.rooms.discord.load import load


async def test_nothing_is_lost_under_load() -> None:
    """Twenty cards with a thousand changes in a minute: each ends as it should, presses are answered at once."""
    figures = await load(20, 1000, 1, channels=2)
    assert figures.lost == 0
    assert figures.edits <= figures.least
    assert figures.answer_p99 < 1
