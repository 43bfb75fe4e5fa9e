"""What Discord does and simcord does not: laid over simcord's requests, rule by rule as the documentation has them.

topics/threads (archived and locked threads, whose they are), topics/opcodes (the codes), resources/message (nonce).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from fnmatch import fnmatch
from typing import Any

import aiohttp
import discord
import simcord
from discord.http import Route
from simcord.backend.models import Channel

#: "Checked for uniqueness in the past few minutes".
NONCE_LASTS = timedelta(minutes=3)
_OLD = timedelta(hours=1)


class _Response:
    """As much of an answer as an exception of discord.py asks for."""

    def __init__(self, status: int) -> None:
        self.status = status
        self.reason = "refused"
        self.headers: dict[str, str] = {}


def refuse(status: int, code: int) -> discord.HTTPException:
    """A refusal as discord.py raises it."""
    kinds: dict[int, type[discord.HTTPException]] = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.DiscordServerError if status >= 500 else discord.HTTPException)
    return kind(_Response(status), {"code": code, "message": "refused"})


@dataclass
class Strict:
    """`old_edits`: how often a message older than an hour may be edited. `most_threads`: open at once in the server.

    `blocked`: words that AutoMod keeps out. `lost`: patterns (method, path) whose next answer is lost on its way.
    `twice`: whose next request takes effect twice, as where discord.py asks again after a 500.
    `stuck`: whose next answer never comes. `refusing`: by method and path, what the next ones are answered (status, code), in turn. `changed`: what was asked of
    threads of ours that was not refused.
    """

    env: simcord.Env
    old_edits: int = 3
    most_threads: int = 1_000
    blocked: set[str] = field(default_factory=set)
    lost: list[tuple[str, str]] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    stuck: list[tuple[str, str]] = field(default_factory=list)
    refusing: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=dict)
    changed: list[dict[str, Any]] = field(default_factory=list)
    _nonces: dict[tuple[str, str], tuple[Any, Any]] = field(default_factory=dict)
    _edits: dict[str, int] = field(default_factory=dict)

    def install(self, client: discord.Client) -> "Strict":
        """Between the client and simcord."""
        inner = client.http.request

        async def request(route: Route, **given: Any) -> Any:
            return await self._request(inner, route, given)

        client.http.request = request  # type: ignore[method-assign]  # simcord put itself there the same way
        return self

    async def _request(self, inner: Callable[..., Awaitable[Any]], route: Route, given: dict[str, Any]) -> Any:
        path = route.url.split("/api/v10", 1)[1].split("?", 1)[0]
        body = given.get("json") or {}
        parts = path.strip("/").split("/")
        if (known := self._known(path, body)) is not None:
            return known
        if refused := self.refusing.get((route.method, path)):
            raise refuse(*refused.pop(0))
        self._rules(route.method, parts, body)
        if self._own_thread(route.method, parts):
            return self._edited(int(parts[1]), body)
        answer = self._one_id(await inner(route, **given))
        if _taken(self.twice, route.method, path):
            answer = self._one_id(await inner(route, **given))
        if "nonce" in body:
            self._nonces[(path, body["nonce"])] = (self.env.now(), answer)
        if _taken(self.stuck, route.method, path):
            await asyncio.get_running_loop().create_future()
        if _taken(self.lost, route.method, path):
            raise aiohttp.ServerDisconnectedError
        return answer

    def _one_id(self, answer: Any) -> Any:
        """A post and its first message share one id."""
        if isinstance(answer, dict) and "parent_id" in answer and "message" in answer:
            messages = self.env.backend.messages[int(answer["id"])]
            starter = messages.pop(int(answer["message"]["id"]))
            starter.id = int(answer["id"])
            messages[starter.id] = starter
            answer["message"]["id"] = answer["id"]
        return answer

    def _known(self, path: str, body: Any) -> Any:
        """What the same nonce made within a few minutes."""
        if not isinstance(body, dict) or not body.get("enforce_nonce"):
            return None
        assert len(body["nonce"]) <= 25, "a nonce of at most 25 characters"
        at, answer = self._nonces.get((path, body["nonce"]), (None, None))
        return answer if at is not None and self.env.now() - at < NONCE_LASTS else None

    def _rules(self, method: str, parts: list[str], body: Any) -> None:
        match method, parts:
            case "POST", ["channels", channel, "messages"]:
                self._may_speak(int(channel))
                self._clean(body)
            case "PATCH", ["channels", channel, "messages", message]:
                self._may_edit(int(channel), message)
                self._clean(body)
            case "POST", ["channels", channel, "threads"] | ["channels", channel, "messages", _, "threads"]:
                self._may_start(parts)
            case _:
                pass

    def _thread(self, channel: int) -> Channel | None:
        found = self.env.backend.channels.get(channel)
        return found if found is not None and found.is_thread else None

    def _may_speak(self, channel: int) -> None:
        thread = self._thread(channel)
        if thread is None or thread.thread_metadata is None:
            return
        if thread.thread_metadata.locked:
            raise refuse(403, 160005)
        if thread.thread_metadata.archived:
            self.env.backend.edit_channel(channel, {}, thread_metadata={"archived": False})

    def _may_edit(self, channel: int, message: str) -> None:
        thread = self._thread(channel)
        if thread is not None and thread.thread_metadata is not None and thread.thread_metadata.archived:
            raise refuse(400, 50083)
        made = discord.utils.snowflake_time(int(message))
        if self.env.now() - made >= _OLD:
            self._edits[message] = self._edits.get(message, 0) + 1
            if self._edits[message] > self.old_edits:
                raise refuse(400, 30046)

    def _clean(self, body: Any) -> None:
        shown = str(body).casefold()
        if any(word in shown for word in self.blocked):
            raise refuse(400, 200000)

    def _may_start(self, parts: list[str]) -> None:
        if len(parts) == 5 and int(parts[3]) in self.env.backend.channels:
            raise refuse(400, 160004)
        guild = self.env.backend.channels[int(parts[1])].guild_id
        if guild is not None and len(self.env.backend.active_threads(guild)) >= self.most_threads:
            raise refuse(400, 160006)

    def _own_thread(self, method: str, parts: list[str]) -> bool:
        """Whoever made a thread may change its name, its tags, and whether it is archived."""
        if method != "PATCH" or len(parts) != 2 or parts[0] != "channels":
            return False
        thread = self._thread(int(parts[1]))
        return thread is not None and thread.owner_id == self.env.backend.bot_user.id

    def _edited(self, id: int, body: dict[str, Any]) -> Any:
        from simcord.backend import serializers

        backend = self.env.backend
        standing = backend.channels[id].thread_metadata
        if standing is not None and standing.locked and not body.get("archived", True):
            raise refuse(403, 50013)  # whoever does not manage threads opens no locked one
        self.changed.append(body)
        assert set(body) <= {"name", "archived", "applied_tags"}, f"more than its maker may change: {body}"
        changes: dict[str, Any] = {"name": body["name"]} if "name" in body else {}
        if "applied_tags" in body:
            changes["applied_tags"] = [int(tag) for tag in body["applied_tags"]]
        metadata = {"archived": body["archived"]} if "archived" in body else None
        return dict(serializers.channel_payload(backend, backend.edit_channel(id, changes, thread_metadata=metadata)))


def _taken(patterns: list[tuple[str, str]], method: str, path: str) -> bool:
    """Whether one of the patterns fits; it is used up."""
    for pattern in patterns:
        if pattern[0] == method and fnmatch(path, pattern[1]):
            patterns.remove(pattern)
            return True
    return False
