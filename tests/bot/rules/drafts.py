"""What the tests of drafts share."""

from datetime import timedelta
from typing import Any

from bot.nouns.caution import Level
from bot.nouns.conversation import Draft
from bot.nouns.team import Teammate
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    SORRY,
    a_caution,
    a_write,
    after,
    conversation,
    done,
)

STOP = a_caution("public_offer", Level.STOP)
SIGNED = f"{SORRY}\n— Ana from the shop"
AS_BEN = f"{SORRY}\n— Ben"


def draft(view: View) -> Draft:
    """The draft d1."""
    found = conversation(view).draft("d1")
    assert found is not None
    return found


def length(view: View) -> timedelta:
    """How long d1 cools."""
    cooling = draft(view).cooling
    assert cooling is not None
    return cooling.length


def rewritten(view: View, text: str, minutes: float, who: Teammate = ANA, **changes: Any) -> View:
    """The view after `who` edited d1."""
    return done(view, a_write(text, based_on=draft(view).version, **changes), who, after(minutes))
