"""A room that shows notes anew asks which of them still say how things are."""

from bot.nouns import commands as c
from bot.screens.card_choices import choices
from bot.screens.shapes import Card
from bot.work.telling import standing
from tests.bot.work.house import BEN, House


async def _note(house: House, name: str) -> Card:
    """A note that asks for what the conversation's card asks for just now."""
    view = await house.act.look((), (name,))
    found = view.conversations[name]
    incident = view.incidents[found.incident]
    first, _ = choices(found, incident)
    return Card(incident.id, name, "", "", found.mood, (), first)


async def test_what_somebody_did_meanwhile_is_over(house: House) -> None:
    """One look tells it of all of them, in their order; none is asked about where there is none."""
    lost = await house.arrives("My parcel never came and nobody answers.", "m1")
    late = await house.arrives("The second one is late as well.", "m2", "theo")
    told = [await _note(house, lost), await _note(house, late)]
    assert await standing(house.act, told) == [True, True]
    await house.press(BEN, c.Claim, incident=told[0].incident, conversation=lost, epoch=0)
    assert await standing(house.act, told) == [False, True]
    assert await standing(house.act, ()) == []
