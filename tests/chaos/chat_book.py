"""What people pressed in a chat whose bot dies under their hands, and what they were shown of it."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wish:
    """What a press is meant to do: the `kind` of event it becomes, by whom (the chat's own id), on which card, with which
    words.

    `on`: what a claim's button carries: pressed twice, it is one claim.
    """

    kind: str
    who: str
    subject: str
    words: str = ""
    on: str = ""


@dataclass
class Book:
    """`pressed`: how often each press was made; `shown`: what people were shown as done; `written`: notes said in a thread,
    which are read in the history where nobody heard them. `bell` rings at every press.
    """

    pressed: Counter[Wish] = field(default_factory=Counter)
    shown: list[Wish] = field(default_factory=list)
    written: list[Wish] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    bell: asyncio.Event = field(default_factory=asyncio.Event)

    def goes_out(self, wish: Wish) -> None:
        """Just before it is pressed."""
        self.pressed[wish] += 1
        self.bell.set()

    def __str__(self) -> str:
        return (
            f"pressed {self.pressed.total()}, shown {len(self.shown)}, written {len(self.written)}, "
            f"unanswered {self.unanswered}, refused {self.refused.total()}: {dict(self.refused)}"
        )
