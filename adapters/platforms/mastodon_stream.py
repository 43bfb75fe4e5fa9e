"""Mastodon's event stream: news at once, and edits and deletions that no notification tells of. The walks find the rest."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientTimeout

from adapters.platforms.backoff import Backoff
from adapters.platforms.mastodon_kept import Kept
from adapters.platforms.mastodon_parse import NAME, Status, mention, noticed, status
from adapters.platforms.mastodon_wire import Got, Wire, bearer
from bot.nouns.mention import Deleted, Edited, MentionKey, News, Said

#: A server sends a sign of life every 15 s; after this long without one the stream is dead.
SILENT: Final = 90.0
#: The longest line of the stream we read, in bytes.
LONGEST: Final = 2_000_000
#: Where a server offers no stream, so long until we ask anew, in seconds.
NO_STREAM: Final = 900.0


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the stream: its name and its data as they came."""

    name: str
    data: str


class Stream:
    """`wake` is set whenever something came; `kept` holds it, and `own` says that we posted something ourselves."""

    def __init__(self, wire: Wire, me: str, wake: asyncio.Event) -> None:
        self._wire = wire
        self._me = me
        self._wake = wake
        self.kept = Kept()
        self.own = False

    async def run(self) -> None:
        """Follow the stream until cancelled; a broken one is taken up again, and the poll looks for what was missed."""
        backoff = Backoff(first=2.0, longest=NO_STREAM)
        base = await self._host()
        while True:
            try:
                offered = await self._follow(base, backoff)
            except (ClientError, TimeoutError, ValueError):
                offered = True
            await self._wire.rests(backoff.next() if offered else NO_STREAM)

    async def _follow(self, base: str, backoff: Backoff) -> bool:
        token = await self._wire.token()
        if token is None:
            return True
        async with self._wire.session.get(
            f"{base}/api/v1/streaming/user",
            headers={**bearer(token), "Accept": "text/event-stream"},
            timeout=ClientTimeout(total=None, sock_connect=10, sock_read=SILENT),
            allow_redirects=False,
        ) as response:
            if response.status != 200:
                return response.status >= 429
            backoff.reset()
            self._wake.set()
            async for event in events(response.content.iter_any()):
                await self._heard(event)
            return True

    async def _heard(self, event: Happened) -> None:
        match event.name:
            case "notification":
                self._noticed(_json(event.data))
            case "update":
                self._posted(status(_json(event.data)))
            case "status.update" | "status_update":
                self._edited(_json(event.data))
            case "delete":
                key = MentionKey(platform=NAME, id=event.data.strip()[:512])
                self._tell(Deleted(key=key, at=(await self._wire.clock.now()).wall))
            case _:
                pass

    def _noticed(self, raw: Any) -> None:
        news = noticed(raw)
        if isinstance(news, Said | Edited):  # what cannot be read is left to the walk, which keeps it aside once
            self._tell(news)
        self._wake.set()

    def _posted(self, post: Status | None) -> None:
        if post is not None and post.account.id == self._me:
            self.own = True
            self._wake.set()

    def _edited(self, raw: Any) -> None:
        post = status(raw)
        if post is not None and post.account.id != self._me and post.speaks_to(self._me):
            self._tell(Edited(mention=mention(post, raw)))

    def _tell(self, news: News) -> None:
        self.kept.add(news)
        self._wake.set()

    async def _host(self) -> str:
        """Where the stream is served: never less encrypted than the server itself, for our token goes there."""
        got = await self._wire.ask("GET", "/api/v2/instance")
        url = got.at("configuration", "urls", "streaming") if isinstance(got, Got) else None
        return host(url if isinstance(url, str) else "", self._wire.base)


def host(streaming: str, base: str) -> str:
    """The base address of the stream, or `base` where the server names none that is as safe."""
    try:
        parts = urlsplit(streaming)
    except ValueError:
        return base
    scheme = {"wss": "https", "ws": "http"}.get(parts.scheme, "")
    if not scheme or not parts.hostname or (scheme == "http" and base.startswith("https://")):
        return base
    return f"{scheme}://{parts.netloc}"


def _json(data: str) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[Happened]:
    """The events of a text/event-stream, however it is cut. Raises ValueError for a line that never ends."""
    name, rest = "", b""
    data: list[str] = []
    async for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LONGEST:
            raise ValueError("a line of the stream is too long")
        for line in lines:
            text = line.rstrip(b"\r").decode("utf-8", "replace")
            field, _, value = text.partition(":")
            if not text:
                if data:
                    yield Happened(name, "\n".join(data))
                name, data = "", []
            elif field == "event":
                name = value.strip()
            elif field == "data":
                data.append(value.removeprefix(" "))
