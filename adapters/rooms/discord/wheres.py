"""Where a card and its thread stand, as a reference says it.

`t5` is a card in a text channel with its thread (the two share one id), `f5` a post in a forum. `t5.9` says that the
card goes on in the thread, as message 9; a `!` behind it that the first card does not say so yet.
"""

import re
from dataclasses import dataclass, replace

from bot.ports import LineRef, ThreadRef

ROOM = "discord"
_SHAPE = re.compile(r"([tf])(\d{1,20})(?:\.(\d{1,20})(!?))?")
_LINE = re.compile(r"(\d{1,20})\.(\d{1,20})")


@dataclass(frozen=True, slots=True)
class Where:
    """`thread` is also the first card's message. `card`: the message that is the card now. `unsaid`: see above."""

    thread: int
    forum: bool
    card: int
    unsaid: bool = False

    @property
    def moved(self) -> bool:
        """Whether the card goes on in its thread."""
        return self.card != self.thread

    def channel(self, place: int) -> int:
        """The channel in which the card's message lies."""
        return self.thread if self.forum or self.moved else place

    def moved_to(self, card: int) -> "Where":
        """The same thread with a new card in it."""
        return replace(self, card=card, unsaid=self.unsaid or not self.moved)


def first(thread: int, *, forum: bool) -> Where:
    """A new card and its thread."""
    return Where(thread, forum, thread)


def pack(where: Where, place: str) -> ThreadRef:
    """As it is kept. Discord limits edits for each channel on its own, and a thread is one."""
    moved = f".{where.card}{'!' if where.unsaid else ''}" if where.moved else ""
    lane = str(where.thread) if where.forum or where.moved else place
    return ThreadRef(room=ROOM, place=place, id=f"{'f' if where.forum else 't'}{where.thread}{moved}", lane=lane)


def unpack(ref: ThreadRef) -> Where | None:
    """None: it is none of ours."""
    found = _SHAPE.fullmatch(ref.id)
    if found is None:
        return None
    kind, thread, card, unsaid = found.groups()
    return Where(int(thread), kind == "f", int(card or thread), bool(unsaid))


def message_ref(place: str, channel: int, message: int) -> LineRef:
    """One message, in a thread or in a direct talk."""
    return LineRef(room=ROOM, place=place, id=f"{channel}.{message}")


def message_of(ref: LineRef) -> tuple[int, int] | None:
    """Its channel and id."""
    found = _LINE.fullmatch(ref.id)
    return (int(found[1]), int(found[2])) if found else None


def number(id: str) -> int | None:
    """A snowflake, or None for what cannot be one."""
    return int(id) if id.isascii() and id.isdecimal() and len(id) <= 20 and int(id) > 0 else None
