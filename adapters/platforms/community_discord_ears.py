"""What the gateway tells of a community's channels: messages, edits, deletions, reports. Each becomes plain data at once."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import discord

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem
from adapters.platforms.community_discord_parse import NAME, Where, post
from adapters.platforms.community_discord_wire import DiscordWire
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_network import Came, Changed, Happened, Removed, Reported
from adapters.platforms.community_post import key
from bot.errors import StoreAway

#: What a member chooses in the menu of a message.
REPORT: Final = "Report to the moderators"
#: As `PUT /applications/{id}/guilds/{id}/commands` takes it: 3 is the menu of a message.
COMMAND: Final[Mapping[str, Any]] = {"type": 3, "name": REPORT}
THANKS: Final = "Thank you. The moderators will look at it. Nobody else sees that you reported it."
NOT_HERE: Final = (
    "The moderators do not listen in this channel, so nothing was reported. Please write to them directly."
)


class DiscordEars:
    """Made once, before anybody attends the connection. `came` and `lost` are there while somebody listens."""

    def __init__(self, connection: Connection, wire: DiscordWire, ground: Ground) -> None:
        self._connection = connection
        self._wire = wire
        self._ground = ground
        self.came: Callable[[Happened], None] | None = None
        self.lost: Callable[[], None] | None = None
        self.trouble: str | None = None
        connection.on("message", self._message)
        connection.on("raw_message_edit", self._edited)
        connection.on("raw_message_delete", self._deleted)
        connection.on("raw_bulk_message_delete", self._all_deleted)
        connection.on("raw_reaction_add", self._reacted)
        connection.on("interaction", self._asked)
        connection.on("ready", self._back)
        connection.on("resumed", self._missed)

    async def _message(self, message: discord.Message) -> None:
        channel = str(message.channel.id)
        said = post(raw(message), self._wire.near(channel) or Where(channel)) if self._listens(channel) else None
        if said is not None:
            self._wire.saw(said)
            self._tell(Came(said))

    async def _edited(self, event: discord.RawMessageUpdateEvent) -> None:
        """Discord tells of an edit also where it only unfurled a link; then nobody edited it."""
        channel = str(event.channel_id)
        told = raw(event.message)
        said = post(told, self._wire.near(channel) or Where(channel)) if self._listens(channel) else None
        if said is not None and said.edited:
            self._tell(Changed(said))

    async def _deleted(self, event: discord.RawMessageDeleteEvent) -> None:
        self._removed(event.channel_id, event.message_id)

    async def _all_deleted(self, event: discord.RawBulkMessageDeleteEvent) -> None:
        for message in sorted(event.message_ids):
            self._removed(event.channel_id, message)

    async def _reacted(self, event: discord.RawReactionActionEvent) -> None:
        channel = str(event.channel_id)
        community = self._ground.of(channel, self._wire.parent(channel))
        named = {str(event.emoji.name or ""), str(event.emoji)}
        if community is not None and community.report_emoji and community.report_emoji in named:
            self._tell(Reported(channel, str(event.message_id)))

    async def _asked(self, interaction: discord.Interaction) -> None:
        """A report from the menu of a message; it brings the message along."""
        data: Mapping[str, Any] = interaction.data or {}
        if data.get("name") != REPORT or data.get("type") != COMMAND["type"]:
            return
        channel, id = str(interaction.channel_id), str(data.get("target_id", ""))
        heard = self.came is not None and self._listens(channel) and id.isdigit() and await self._open(channel)
        if heard:
            told = ((data.get("resolved") or {}).get("messages") or {}).get(id)
            said = post(told, self._wire.near(channel) or Where(channel))
            self._tell(Reported(channel, id, None if said is None or said.blind else said))
        words = THANKS if heard else NOT_HERE
        await self._wire.ask(
            lambda client: interaction.response.send_message(
                words, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
            )
        )

    async def _open(self, channel: str) -> bool:
        try:
            return await self._ground.open(channel, self._wire.parent(channel))
        except StoreAway:
            return False

    async def _back(self) -> None:
        """A new session: what was told to nobody is read from the history. And the menu of a message gets its entry."""
        await self._missed()
        guilds = {found.guild for each in self._ground.named if (found := self._wire.near(each)) is not None}
        for guild in sorted(filter(None, guilds)):
            await self._command(int(guild))

    async def _command(self, guild: int) -> None:
        told = await self._wire.ask(
            lambda client: client.http.bulk_upsert_guild_commands(client.application_id or 0, guild, [dict(COMMAND)])
        )
        failed = (
            f"Discord did not take the menu entry “{REPORT}”. Invite us again with the link of `coolhead manifest`."
        )
        self.trouble = failed if isinstance(told, Problem) else None

    async def _missed(self) -> None:
        if self.lost is not None:
            self.lost()

    def _removed(self, channel: int, message: int) -> None:
        if self._listens(str(channel)):
            self._tell(Removed(key(NAME, str(channel), str(message)), str(channel)))

    def _listens(self, channel: str) -> bool:
        return self._ground.of(channel, self._wire.parent(channel)) is not None

    def _tell(self, happened: Happened) -> None:
        if self.came is not None:
            self.came(happened)


def raw(message: discord.Message) -> dict[str, Any]:
    """A message in the shape Discord's API has, as far as we read it: discord.py keeps no raw one."""
    replied = message.reference
    resolved = replied.resolved if replied is not None else None
    return {
        "id": str(message.id),
        "channel_id": str(message.channel.id),
        "type": message.type.value,
        "author": _person(message.author),
        "content": message.content,
        "timestamp": message.created_at.isoformat(),
        "edited_timestamp": message.edited_at.isoformat() if message.edited_at is not None else None,
        "webhook_id": str(message.webhook_id) if message.webhook_id is not None else None,
        "mentions": [_person(each) for each in message.mentions],
        "message_reference": None
        if replied is None
        else {
            "type": replied.type.value,
            "message_id": str(replied.message_id) if replied.message_id is not None else None,
            "channel_id": str(replied.channel_id),
        },
        "referenced_message": {"author": _person(resolved.author)} if isinstance(resolved, discord.Message) else None,
        "message_snapshots": [{"message": {"content": each.content}} for each in message.message_snapshots],
        "attachments": [{"id": str(each.id)} for each in message.attachments],
        "sticker_items": [{"id": str(each.id)} for each in message.stickers],
        "embeds": [{} for _ in message.embeds],
        "components": [{} for _ in message.components],
        "poll": {} if message.poll is not None else None,
    }


def _person(person: discord.abc.User) -> dict[str, Any]:
    name = getattr(person, "global_name", None)
    return {"id": str(person.id), "username": person.name, "global_name": name, "bot": person.bot}
