"""Whose incident a thread is, and what a line in it says: from memory, else read off the thread itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered
from adapters.connections.slack_budget import Rank
from adapters.connections.slack_markup import written
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.refs import At

#: Seconds a look-up waits for its turn.
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class LineThere:
    """A message: its thread's first one ('' for none), its words, and who of the workspace said them ('' for an app)."""

    thread: str
    text: str
    author: str = ""


class Threads:
    """`incidents` is what the stage remembers: the incident by the card's message."""

    def __init__(self, slack: Slack, signer: Signer, incidents: Kept[At, str]) -> None:
        self._slack = slack
        self._signer = signer
        self._incidents = incidents

    async def incident(self, channel: str, thread: str) -> str:
        """The incident of a thread; '' where it is none of ours. After a restart its card's presses tell."""
        if not channel or not thread:
            return ""
        where = At(channel, thread)
        known = self._incidents.get(where)
        if known is not None:
            return known
        first = await self._first(where)
        return self._incidents.put(where, self._told(first)) if first is not None else ""

    def learn(self, channel: str, message: Mapping[str, Any]) -> None:
        """A message that was read: where it is a card of ours, its incident stands there."""
        where = At(channel, str(message.get("ts", "")))
        if where not in self._incidents and (incident := self._told(message)):
            self._incidents.put(where, incident)

    async def line(self, where: At) -> LineThere | None:
        """The message that stands there; None where Slack does not show it."""
        first = await self._first(where)
        if first is None:
            return None
        author = "" if first.get("bot_id") else str(first.get("user") or "")
        return LineThere(str(first.get("thread_ts") or where.ts), written(str(first.get("text", ""))), author)

    async def _first(self, where: At) -> Mapping[str, Any] | None:
        args = {"channel": where.channel, "ts": where.ts, "limit": "1", "inclusive": True}
        answer = await self._slack.call("conversations.replies", args, rank=Rank.ANSWER, patience=_PATIENCE)
        messages = answer.body.get("messages") or () if isinstance(answer, Answered) else ()
        return next((one for one in messages if one.get("ts") == where.ts), None)

    def _told(self, message: Mapping[str, Any]) -> str:
        """What our own signature on one of its presses says."""
        for block in message.get("blocks") or ():
            for element in block.get("elements") or ():
                value = str(element.get("value") or "") if isinstance(element, Mapping) else ""
                pressed = self._signer.unpack(value) or self._signer.unpack_menu(value)
                if pressed is not None and pressed.incident:
                    return pressed.incident
        return ""
