"""What the tests of sends share."""

from typing import Any

from bot.nouns.conversation import Attempt
from bot.nouns.delivery import Unknown
from bot.nouns.view import View
from tests.bot.build import (
    BY_HAND,
    conversation,
    delivered,
    intended,
)

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}


def attempt(view: View, name: str = "s1") -> Attempt:
    """The attempt s1."""
    found = conversation(view).attempt(name)
    assert found is not None
    return found


def unknown(view: View | None = None) -> View:
    """Nobody can tell whether it went out."""
    return delivered(view or intended(), Unknown(because="The connection dropped."))


def by_hand() -> View:
    """Ana is to post it by hand."""
    return intended(reach=BY_HAND)
