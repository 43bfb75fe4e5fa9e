"""What Slack tells us of itself: cards deleted, channels archived, tokens revoked, the app invited or removed."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.channels import Channel, Channels
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.greeting import greeting
from adapters.rooms.slack.healing import Troubles
from adapters.rooms.slack.people import People
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.refs import ROOM, At, Workspace
from adapters.rooms.slack.stage import Stage
from bot.nouns.team import Place

#: What an event of a channel means, in the words of the errors that a call would get there.
_OUT: Final[Mapping[str, str]] = {
    "channel_archive": "is_archived",
    "group_archive": "is_archived",
    "channel_deleted": "channel_not_found",
    "group_deleted": "channel_not_found",
    "channel_left": "not_in_channel",
    "group_left": "not_in_channel",
}
#: Which channels we are asked to greet in, at most.
_INVITED: Final[Mapping[str, str]] = {
    "types": "public_channel,private_channel",
    "exclude_archived": "true",
    "limit": "20",
}
_TOKEN_PART: Final = "slack token"
_FLOOD: Final = "Slack holds back events because there were too many; what was missed is read from the channels."


class House:
    """`catch_up` is called where events were lost and the channels have to be read."""

    def __init__(
        self,
        *,
        slack: Slack,
        stage: Stage,
        channels: Channels,
        people: People,
        workspace: Workspace,
        signer: Signer,
        health: Troubles,
        catch_up: Callable[[], Awaitable[None]],
        places: Callable[[], Awaitable[Sequence[Place]]],
    ) -> None:
        self._slack = slack
        self._stage = stage
        self._channels = channels
        self._people = people
        self._workspace = workspace
        self._signer = signer
        self._health = health
        self._catch_up = catch_up
        self._places = places

    async def told(self, envelope: Mapping[str, Any]) -> bool:
        """Whether it was one of these; everything else is for somebody to answer."""
        if envelope.get("type") == "app_rate_limited":
            self._health.trouble("slack events", _FLOOD)
            await self._catch_up()
            self._health.well("slack events")
            return True
        told = envelope.get("event") or {}
        kind, channel = str(told.get("type", "")), _channel(told)
        if envelope.get("is_ext_shared_channel"):
            self._channels.read_by_others(channel)
        match kind:
            case "message":
                await self._message(told)
            case "tokens_revoked" if (told.get("tokens") or {}).get("bot"):
                self._dead("token_revoked")
            case "app_uninstalled":
                self._dead("app_uninstalled")
            case _ if kind in _OUT:
                await self._stage.healer.out(channel, _OUT[kind])
            case "channel_unarchive" | "group_unarchive":
                self._stage.healer.back(channel)
            case "channel_rename" | "group_rename" | "channel_shared" | "channel_unshared":
                self._channels.changed(channel)
            case "member_joined_channel" if told.get("user") == self._own(envelope):
                await self._invited(channel)
            case "user_change":
                self._people.changed(str((told.get("user") or {}).get("id", "")))
            case _:
                return kind == "member_joined_channel"
        return True

    def _own(self, envelope: Mapping[str, Any]) -> str:
        """Our own user id, as the envelope tells it where we were not told yet."""
        own: Mapping[str, Any] = next(iter(envelope.get("authorizations") or ()), {})
        return self._workspace.me or str(own.get("user_id", ""))

    async def _message(self, told: Mapping[str, Any]) -> None:
        """Deleted; where lines stand below it, Slack leaves a tombstone in its place."""
        channel, left = str(told.get("channel", "")), told.get("message") or {}
        if told.get("subtype") == "message_deleted":
            await self._stage.deleted(At(channel, str(told.get("deleted_ts", ""))))
        elif told.get("subtype") == "message_changed" and left.get("subtype") == "tombstone":
            await self._stage.deleted(At(channel, str(left.get("ts", ""))))

    async def _invited(self, channel: str) -> None:
        """Greet once; a greeting that stands there already is found by its key."""
        self._channels.changed(channel)
        self._stage.healer.back(channel)
        found = await self._channels.get(channel)
        shared = isinstance(found, Channel) and found.shared
        await self._stage.posts.post(channel, greeting(self._signer, shared=shared), "greeting", rank=Rank.NEW)

    async def greet(self) -> None:
        """Where we were invited while nobody listened, as long as no channel is a place of the team: there is no other way
        to begin. Raises StoreAway."""
        if any(place.room == ROOM for place in await self._places()):
            return
        answer = await self._slack.call("users.conversations", _INVITED, rank=Rank.COUNTER)
        channels = answer.body.get("channels") or () if isinstance(answer, Answered) else ()
        for channel in channels:
            await self._invited(str(channel.get("id", "")))

    def _dead(self, error: str) -> None:
        self._slack.died(error)
        self._health.trouble(_TOKEN_PART, because(error))


def _channel(told: Mapping[str, Any]) -> str:
    item = told.get("item")
    named = told.get("channel") or (item.get("channel") if isinstance(item, Mapping) else "")
    return str(named.get("id", "")) if isinstance(named, Mapping) else str(named or "")
