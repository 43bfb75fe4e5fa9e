"""How threads, lines and notes are named: `C123/1700000000.000100`, the channel and the message's ts, Slack's own id of it."""

from dataclasses import dataclass

#: How handles and places name this room.
ROOM = "slack"


@dataclass(frozen=True, slots=True)
class At:
    """One message."""

    channel: str
    ts: str

    @property
    def id(self) -> str:
        """As a ThreadRef or LineRef carries it."""
        return f"{self.channel}/{self.ts}"


def at(id: str) -> At:
    """The message of a ThreadRef's or LineRef's id."""
    channel, _, ts = id.partition("/")
    return At(channel, ts)
