"""What a channel is: shared with another company, public, archived, ours to write in."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.kept import Kept

#: Seconds an answer is believed: what somebody wrote may be shown to another company for no longer. Events tell earlier, but by
#: signed requests they come to any replica, and it may be another that paints. Slack answers 50 such questions a minute.
_FRESH: Final = 60.0


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
        self._asking: dict[str, asyncio.Future[Channel | Refused | Lost]] = {}

    async def get(self, id: str) -> Channel | Refused | Lost:
        """As it was within the last minute. Those who ask at the same time share one question."""
        now = await self._slack.ticks.now()
        known = self._kept.get(id)
        if known is not None and now - known[0] < _FRESH:
            return known[1]
        if id not in self._asking:
            asking = self._asking[id] = asyncio.ensure_future(self._ask(id, now))
            asking.add_done_callback(partial(self._answered, id))
        return await asyncio.shield(self._asking[id])

    def _answered(self, id: str, asking: asyncio.Future[Channel | Refused | Lost]) -> None:
        if self._asking.get(id) is asking:
            del self._asking[id]

    async def _ask(self, id: str, now: float) -> Channel | Refused | Lost:
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
        if self._asking.get(id) is asyncio.current_task():  # nothing changed since it was asked
            self._kept.put(id, (now, channel))
        return channel

    def changed(self, id: str) -> None:
        """Something about it is different now: who asks from here on asks anew."""
        self._kept.drop(id)
        self._asking.pop(id, None)

    def read_by_others(self, id: str) -> None:
        """An event said that another company reads there: if we thought otherwise, it is asked anew."""
        known = self._kept.get(id)
        if known is None or not known[1].shared:
            self.changed(id)

    async def others_read(self, id: str) -> bool:
        """Whether people of another company read there. Where Slack does not tell, it is taken that they do."""
        channel = await self.get(id)
        return channel.shared if isinstance(channel, Channel) else True
