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


@dataclass(slots=True)
class Workspace:
    """As Slack tells it: its address, its id, and our app's own user id in it. Each '' until then."""

    url: str = ""
    team: str = ""
    me: str = ""

    def link(self, message: At | None) -> str:
        """A message's address, as Slack writes it; '' where that is not known."""
        if message is None or not self.url:
            return ""
        return f"{self.url.rstrip('/')}/archives/{message.channel}/p{message.ts.replace('.', '')}"


def at(id: str) -> At:
    """The message of a ThreadRef's or LineRef's id."""
    channel, _, ts = id.partition("/")
    return At(channel, ts)
