"""What a channel is: shared with another company, public, archived, ours to write in."""

from dataclasses import dataclass
from typing import Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.kept import Kept

#: Seconds an answer is believed; events tell of changes earlier.
_FRESH: Final = 600.0


@dataclass(frozen=True, slots=True)
class Channel:
    """As Slack tells it. `shared`: people of another company read it."""

    name: str
    member: bool
    archived: bool
    public: bool
    shared: bool


class Channels:
    """Asked once in a while for each channel."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._kept: Kept[str, tuple[float, Channel]] = Kept(1000)

    async def get(self, id: str) -> Channel | Refused | Lost:
        """As it was within the last minutes."""
        now = await self._slack.ticks.now()
        known = self._kept.get(id)
        if known is not None and now - known[0] < _FRESH:
            return known[1]
        answer = await self._slack.call("conversations.info", {"channel": id}, rank=Rank.NEW)
        if not isinstance(answer, Answered):
            return answer
        told = answer.body.get("channel") or {}
        channel = Channel(
            name=str(told.get("name", id)),
            member=bool(told.get("is_member")),
            archived=bool(told.get("is_archived")),
            public=bool(told.get("is_channel")) and not told.get("is_private"),
            shared=any(told.get(one) for one in ("is_ext_shared", "is_pending_ext_shared")),
        )
        self._kept.put(id, (now, channel))
        return channel

    def changed(self, id: str) -> None:
        """Something about it is different now."""
        self._kept.drop(id)

    def read_by_others(self, id: str) -> None:
        """An event said that another company reads there: if we thought otherwise, it is asked anew."""
        known = self._kept.get(id)
        if known is not None and not known[1].shared:
            self._kept.drop(id)

    async def others_read(self, id: str) -> bool:
        """Whether people of another company read there. Where Slack does not tell, it is taken that they do."""
        channel = await self.get(id)
        return channel.shared if isinstance(channel, Channel) else True
