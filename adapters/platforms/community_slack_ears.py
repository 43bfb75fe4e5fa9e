"""What Slack tells of a community's channels: messages, edits, deletions, reports. Each becomes plain data at once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from adapters.connections.slack_events import REPORT, SlackEvents
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_network import Came, Changed, Happened, Removed, Reported
from adapters.platforms.community_post import key
from adapters.platforms.community_slack_parse import NAME, message, ts
from adapters.platforms.community_slack_wire import SlackWire

THANKS: Final = "Thank you. The moderators will look at it. Nobody else sees that you reported it."
NOT_HERE: Final = (
    "The moderators do not listen in this channel, so nothing was reported. Please write to them directly."
)


class SlackEars:
    """`came` and `lost` are there while somebody listens."""

    def __init__(self, events: SlackEvents, wire: SlackWire, ground: Ground) -> None:
        self._wire = wire
        self._ground = ground
        self.came: Callable[[Happened], None] | None = None
        self.lost: Callable[[], None] | None = None
        events.on(self.told, self._missed)

    async def told(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Whether it was for us alone: a report from the menu of a message."""
        if kind == "interactive":
            return await self._asked(payload)
        if kind != "events_api":
            return False
        if payload.get("type") == "app_rate_limited":
            self._missed()
        event = payload.get("event")
        for happened in self._heard(event) if isinstance(event, Mapping) else ():
            self._tell(happened)
        return False

    def _heard(self, event: Mapping[str, Any]) -> list[Happened]:
        channel = event.get("channel")
        match event.get("type"), event.get("subtype"):
            case "message", "message_changed" if self._listens(channel):
                return self._changed(str(channel), event)
            case "message", "message_deleted" if self._listens(channel):
                return self._removed(str(channel), event.get("deleted_ts"))
            case "message", _ if self._listens(channel):
                said = self._wire.post(str(channel), event)
                return [Came(said)] if said is not None else []
            case "reaction_added", _:
                return self._reacted(event)
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

    def _reacted(self, event: Mapping[str, Any]) -> list[Happened]:
        item = event.get("item")
        channel = item.get("channel") if isinstance(item, Mapping) else None
        community = self._ground.of(channel) if isinstance(channel, str) else None
        id = ts(item.get("ts")) if isinstance(item, Mapping) else ""
        wanted = community is not None and community.report_emoji and community.report_emoji == event.get("reaction")
        return [Reported(str(channel), id)] if wanted and id else []

    async def _asked(self, payload: Mapping[str, Any]) -> bool:
        if payload.get("type") != "message_action" or payload.get("callback_id") != REPORT:
            return False
        where, raw = payload.get("channel"), payload.get("message")
        channel = where.get("id") if isinstance(where, Mapping) else None
        id = ts(raw.get("ts")) if isinstance(raw, Mapping) else ""
        heard = self.came is not None and self._listens(channel) and bool(id)
        heard = heard and not await self._ground.team_sits(str(channel))
        if heard and isinstance(raw, Mapping):
            self._tell(Reported(str(channel), id, self._wire.post(str(channel), raw)))
        words = {"response_type": "ephemeral", "replace_original": False, "text": THANKS if heard else NOT_HERE}
        await self._wire.slack.respond(str(payload.get("response_url", "")), words)
        return True

    def _listens(self, channel: object) -> bool:
        return isinstance(channel, str) and self._ground.of(channel) is not None

    def _missed(self) -> None:
        if self.lost is not None:
            self.lost()

    def _tell(self, happened: Happened) -> None:
        if self.came is not None:
            self.came(happened)
