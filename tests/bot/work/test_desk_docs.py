"""docs/gestures.md names every gesture."""

from pathlib import Path

from bot.screens import offers
from bot.screens.forms import FORMS
from bot.screens.offers import Offer
from bot.work.desk import table

DOCS = Path(__file__).parents[3] / "docs" / "gestures.md"


def test_every_act_is_in_the_docs() -> None:
    """Rooms and tests find each act, and each field and option value of its form, in one place."""
    text = DOCS.read_text(encoding="utf-8")
    known = {*table.PAGES, *table.PRESSES, *table.OPENS, *table.FILLS}
    assert {act for act in known if f"`{act}`" not in text} == set()
    assert {field.name for form in FORMS.values() for field in form.fields if f"`{field.name}`" not in text} == set()


def test_every_offer_is_answered() -> None:
    """No card offers a press that the desk does not know, and every form that opens can come back."""
    offered = {offer.act for offer in vars(offers).values() if isinstance(offer, Offer)}
    assert offered <= {*table.PAGES, *table.PRESSES, *table.OPENS}
    assert set(table.OPENS) <= set(table.FILLS)
    assert set(table.FILLS) == set(FORMS)
