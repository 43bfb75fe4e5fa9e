"""What somebody did, and what is to be done with the desk's answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.screens.shapes import Gesture


class Then(Enum):
    """What follows where a form comes back."""

    SHOW = auto()  # the message that leads to it
    OPEN = auto()  # its window, at once
    FINISH = auto()  # it is finished as it stands in the message
    KEEP = auto()  # it is kept as it stands there
    TAKE = auto()  # its window, with the words of a suggestion
    IMPROVE = auto()  # a better wording is taken, and the words are looked at again


@dataclass(frozen=True, slots=True)
class Do:
    """`gesture` is for the desk. `typed`: what the message carried, by name of the field, as it was shown there.

    `taken`: a suggestion's key; `nth`: which caution; `choose`: press this of the card that comes back; `changes`:
    these values in the place of what the form that comes back holds; `skip`: so much of a page was shown before.
    """

    gesture: Gesture
    then: Then = Then.SHOW
    typed: Mapping[str, str] = field(default_factory=dict)
    taken: str = ""
    nth: int = -1
    choose: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    skip: int = 0
