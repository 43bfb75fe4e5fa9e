"""Writing to Discord: each method is one request. Nobody is pinged but whom `mention` names, and nothing unfurls.

Every create carries a nonce made from its key, so that the same within a few minutes makes one message.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

import discord
from discord.ui import LayoutView

from adapters.connections.discord import Connection
from adapters.connections.discord_calls import Problem, nonce
from adapters.rooms.discord import codes

T = TypeVar("T")

#: Minutes after which a quiet thread leaves the channel list: a week.
STAYS: Final = 10080
_NOBODY = discord.AllowedMentions.none()


class Writing:
    """What a room writes, by channel and message ids."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def send(self, channel: int, view: LayoutView, key: str, mention: int = 0) -> int | Problem:
        """A new message; its id."""
        view.stop()  # presses say all they need themselves, so nothing has to wait for them
        pinged = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(mention)])

        async def send(client: discord.Client) -> int:
            there = client.get_partial_messageable(channel)
            sent = await there.send(
                view=view,
                nonce=nonce(f"{channel}:{key}"),
                allowed_mentions=pinged if mention else _NOBODY,
                suppress_embeds=True,
            )
            return sent.id

        return await self._connection.call(send)

    async def edit(self, channel: int, message: int, view: LayoutView) -> None | Problem:
        """Show something else in a message of ours."""
        view.stop()

        async def edit(client: discord.Client) -> None:
            there = client.get_partial_messageable(channel).get_partial_message(message)
            await there.edit(view=view, allowed_mentions=_NOBODY)

        return await self._connection.call(edit)

    async def delete(self, channel: int, message: int) -> None | Problem:
        """Take a message of ours away."""
        return await self._done(
            lambda client: client.get_partial_messageable(channel).get_partial_message(message).delete()
        )

    async def start_thread(self, channel: discord.TextChannel, message: int, name: str) -> None | Problem:
        """A thread under a message; it gets the message's id."""
        return await self._done(
            lambda client: channel.get_partial_message(message).create_thread(name=name, auto_archive_duration=STAYS)
        )

    async def post(
        self, forum: discord.ForumChannel, name: str, view: LayoutView, tags: Sequence[discord.ForumTag]
    ) -> tuple[int | Problem, bool]:
        """A post in a forum; its thread's id, and whether there may be a twin: Discord takes no nonce here."""
        view.stop()

        async def post(client: discord.Client) -> int:
            del client
            made = await forum.create_thread(
                name=name,
                view=view,
                applied_tags=tags,
                auto_archive_duration=STAYS,
                allowed_mentions=_NOBODY,
                suppress_embeds=True,
            )
            return made.thread.id

        return await self._connection.watched(post)

    async def wake(self, thread: int) -> None | Problem:
        """Open an archived thread again. Of a locked one Discord only says that it is not allowed to us."""
        problem = await self._done(lambda client: client.http.edit_channel(thread, archived=False))
        if problem is None or problem.code != codes.MISSING_PERMISSIONS:
            return problem
        asked = await self._connection.call(lambda client: client.fetch_channel(thread))
        return replace(problem, code=codes.LOCKED) if isinstance(asked, discord.Thread) and asked.locked else problem

    async def archive(self, thread: int) -> None | Problem:
        """Put a thread out of sight; it stays readable, and opens again by itself when somebody speaks."""
        return await self._done(lambda client: client.http.edit_channel(thread, archived=True))

    async def retitle(self, thread: int, name: str | None, tags: Sequence[int] | None) -> None | Problem:
        """Another name, and in a forum other tags; None leaves it as it is."""
        changes: dict[str, Any] = {} if name is None else {"name": name}
        if tags is not None:
            changes["applied_tags"] = [str(tag) for tag in tags]
        return await self._done(lambda client: client.http.edit_channel(thread, **changes))

    async def delete_thread(self, thread: int) -> None | Problem:
        """Take a whole thread away; needs Manage Threads."""
        return await self._done(lambda client: client.http.delete_channel(thread))

    async def _done(self, call: Callable[[discord.Client], Awaitable[object]]) -> None | Problem:
        found = await self._connection.call(call)
        return found if isinstance(found, Problem) else None
