"""A press that comes twice is answered once."""

from bot.screens.shapes import Answer, Done
from bot.work.desk.once import REMEMBERED, Once


async def test_only_the_newest_are_remembered() -> None:
    """What is long past is forgotten, so that memory does not grow."""
    once, made = Once(), list[int]()

    async def answer() -> Answer:
        made.append(1)
        return Done("done")

    for place in range(REMEMBERED + 5):
        await once(("ana", str(place)), answer)
    await once(("ana", str(REMEMBERED)), answer)
    assert len(made) == REMEMBERED + 5
    await once(("ana", "0"), answer)
    assert len(made) == REMEMBERED + 6
