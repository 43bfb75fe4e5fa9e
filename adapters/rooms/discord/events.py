"""What Discord tells us by itself: what changed under us, so that it is looked at anew, and who invited us."""

from collections.abc import Awaitable, Callable, Sequence

import discord

from adapters.connections.discord import Connection, Troubles
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.commands import COMMANDS
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.wheres import ROOM
from bot.errors import StoreAway
from bot.nouns.team import Place
from bot.ports import Broken

PART = "discord commands"
_NO_COMMANDS = (
    "Discord did not take our commands, so `/coolhead` may be missing. Invite us again with the link of "
    "`coolhead manifest discord`."
)
#: After these, what was refused may go: permissions, roles, threads and channels changed.
_CHANGES = (
    "guild_update",
    "guild_channel_update",
    "guild_channel_create",
    "guild_role_create",
    "guild_role_update",
    "guild_role_delete",
    "guild_available",
    "member_update",
    "thread_update",
)


class Events:
    """`listen` once, before anybody attends."""

    def __init__(
        self,
        *,
        connection: Connection,
        grounds: Grounds,
        memory: Memory,
        health: Troubles,
        places: Callable[[], Awaitable[Sequence[Place]]],
    ) -> None:
        self._connection = connection
        self._places = places
        self._grounds = grounds
        self._memory = memory
        self._health = health
        self._commanded = False

    def listen(
        self,
        interaction: Callable[[discord.Interaction], Awaitable[None]],
        joined: Callable[[discord.Guild], Awaitable[None]],
        began: Callable[[], Awaitable[None]],
    ) -> None:
        """Everything this room hears. `began` is told last of a new session."""
        self._connection.on("interaction", interaction)
        self._connection.on("guild_join", joined)
        self._connection.on("ready", self._ready)
        self._connection.on("ready", began)
        self._connection.on("raw_message_delete", self._message_deleted)
        self._connection.on("raw_bulk_message_delete", self._messages_deleted)
        self._connection.on("raw_thread_delete", self._thread_deleted)
        for change in _CHANGES:
            self._connection.on(change, self._changed)

    async def _ready(self) -> None:
        """A new session: events may have been missed, so nothing is taken for shown any more."""
        self._memory.unsure()
        self._grounds.changed()
        if not self._commanded:
            await self._command()
        await self._look()

    async def _look(self) -> None:
        """Say at once which places cannot be used; the painter says it under the same part."""
        try:
            places = await self._places()
        except StoreAway:
            return
        for place in places:
            found = await self._grounds.find(place.id) if place.room == ROOM else None
            if isinstance(found, Broken):
                self._health.trouble(f"room {ROOM} {place.id}", found.because)

    async def _command(self) -> None:
        """Tell Discord our commands; the same ones again change nothing there."""
        told = await self._connection.call(
            lambda client: client.http.bulk_upsert_global_commands(client.application_id or 0, list(COMMANDS))
        )
        self._commanded = not isinstance(told, Problem)
        if self._commanded:
            self._health.well(PART)
        else:
            self._health.trouble(PART, _NO_COMMANDS)

    async def _changed(self, *what: object) -> None:
        del what
        self._grounds.changed()

    async def _message_deleted(self, gone: discord.RawMessageDeleteEvent) -> None:
        self._memory.shown.drop((gone.channel_id, gone.message_id))

    async def _messages_deleted(self, gone: discord.RawBulkMessageDeleteEvent) -> None:
        for message in gone.message_ids:
            self._memory.shown.drop((gone.channel_id, message))

    async def _thread_deleted(self, gone: discord.RawThreadDeleteEvent) -> None:
        if self._memory.subjects.get(gone.thread_id) is not None:
            self._memory.gone.put(gone.thread_id, True)
