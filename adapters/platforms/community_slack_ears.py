"""What Slack tells of a community's channels: messages, edits, deletions, reports. Each becomes plain data at once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from adapters.connections.slack_events import REPORT, SlackEvents
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_live import Refused
from adapters.platforms.community_network import Came, Changed, Happened, Removed, Reported
from adapters.platforms.community_post import key
from adapters.platforms.community_slack_parse import NAME, message, ts
from adapters.platforms.community_slack_wire import SlackWire
from bot.errors import StoreAway
from bot.nouns.mention import News

NOT_NOW: Final = "It could not be passed on just now. Please report it once more in a moment."
THANKS: Final = "Thank you. The moderators will look at it. Nobody else sees that you reported it."
NOT_HERE: Final = (
    "The moderators do not listen in this channel, so nothing was reported. Please write to them directly."
)
#: Hands news on at once, without anybody who listens.
Straight = Callable[[Happened], Awaitable[Sequence[News] | Refused]]
_NOBODY: Final = Refused("Nobody hears of it just now.")


class SlackEars:
    """`came` and `lost` are there while somebody listens; `straight` once our doors are open."""

    def __init__(self, events: SlackEvents, wire: SlackWire, ground: Ground) -> None:
        self._wire = wire
        self._ground = ground
        self.came: Callable[[Happened], None] | None = None
        self.lost: Callable[[], None] | None = None
        self.straight: Straight | None = None
        events.on(self.told, self._missed)

    async def told(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Whether it was for us alone: a report from the menu of a message. Raises StoreAway where it should come again."""
        if kind == "interactive":
            return await self._asked(payload)
        if kind != "events_api":
            return False
        if payload.get("type") == "app_rate_limited":
            self._missed()
        event = payload.get("event")
        if isinstance(event, Mapping) and self._listens(_channel(event)):
            await self._know_ourselves()
            for happened in self._heard(event):
                if isinstance(refused := await self._tell(happened), Refused):
                    raise StoreAway(refused.because)  # not confirmed, so Slack delivers it again
        return False

    def _heard(self, event: Mapping[str, Any]) -> list[Happened]:
        channel = _channel(event)
        match event.get("type"), event.get("subtype"):
            case "message", "message_changed":
                return self._changed(channel, event)
            case "message", "message_deleted":
                return self._removed(channel, event.get("deleted_ts"))
            case "message", _:
                said = self._wire.post(channel, event)
                return [Came(said)] if said is not None else []
            case "reaction_added", _:
                return self._reacted(channel, event)
            case _:
                return []

    def _changed(self, channel: str, event: Mapping[str, Any]) -> list[Happened]:
        """Slack tells of a change also where a link unfurled or somebody answered; then nobody edited it."""
        now, before = message(event.get("message")), message(event.get("previous_message"))
        if now is None:
            return []
        if now.subtype == "tombstone":
            return self._removed(channel, now.ts)
        edited = now.edited is not None and (before is None or before.edited != now.edited)
        said = self._wire.post(channel, event["message"]) if edited else None
        return [Changed(said)] if said is not None else []

    def _removed(self, channel: str, id: object) -> list[Happened]:
        return [Removed(key(NAME, channel, ts(id)), channel)] if ts(id) else []

    def _reacted(self, channel: str, event: Mapping[str, Any]) -> list[Happened]:
        community, item = self._ground.of(channel), event.get("item")
        id = ts(item.get("ts")) if isinstance(item, Mapping) else ""
        wanted = community is not None and community.report_emoji and community.report_emoji == event.get("reaction")
        return [Reported(channel, id)] if wanted and id else []

    async def _asked(self, payload: Mapping[str, Any]) -> bool:
        if payload.get("type") != "message_action" or payload.get("callback_id") != REPORT:
            return False
        try:
            text = await self._reported(payload)
        except StoreAway:
            text = NOT_NOW
        words = {"response_type": "ephemeral", "replace_original": False, "text": text}
        await self._wire.slack.respond(str(payload.get("response_url", "")), words)
        return True

    async def _reported(self, payload: Mapping[str, Any]) -> str:
        """What whoever reported reads. Raises StoreAway."""
        where, raw = payload.get("channel"), payload.get("message")
        channel = str(where.get("id", "")) if isinstance(where, Mapping) else ""
        id = ts(raw.get("ts")) if isinstance(raw, Mapping) else ""
        if not (isinstance(raw, Mapping) and id and await self._ground.open(channel)):
            return NOT_HERE
        await self._know_ourselves()
        told = await self._tell(Reported(channel, id, self._wire.post(channel, raw)))
        return NOT_NOW if isinstance(told, Refused) else THANKS

    async def _know_ourselves(self) -> None:
        """Whoever listens has asked already."""
        if self.came is None:
            await self._wire.introduce()

    def _listens(self, channel: str) -> bool:
        return self._ground.of(channel) is not None

    def _missed(self) -> None:
        if self.lost is not None:
            self.lost()

    async def _tell(self, happened: Happened) -> Refused | None:
        """None once it is in good hands: whoever listens has it, or where nobody does here it was handed on by ourselves.
        Whom an answer is for is known only to who listens, and the walks find it there."""
        if self.came is not None:
            self.came(happened)
            return None
        if isinstance(happened, Came) and happened.post.answers:
            return None
        if self.straight is None or not self._wire.me:
            return _NOBODY
        told = await self.straight(happened)
        return told if isinstance(told, Refused) else None


def _channel(event: Mapping[str, Any]) -> str:
    """Where it happened; '' where it does not say."""
    item = event.get("item")
    channel = item.get("channel") if isinstance(item, Mapping) else event.get("channel")
    return channel if isinstance(channel, str) else ""
