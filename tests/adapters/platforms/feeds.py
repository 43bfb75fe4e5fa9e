"""A server of feeds, as Google's: it knows its versions, and can fail in every way."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import quote
from xml.sax.saxutils import escape

from aiohttp import web


def entry(
    number: int, link: str = "", title: str = "<b>Shop</b> in the news", summary: str = "They say &hellip;"
) -> str:
    """One entry as Google Alerts writes it."""
    link = link or f"https://news.example/{number}"
    redirect = f"https://www.google.com/url?rct=j&sa=t&url={quote(link, safe='')}&ct=ga&cd=abc&usg=xyz"
    return (
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{number}</id>"
        f'<title type="html">{escape(title)}</title><link href="{escape(redirect)}"/>'
        f"<published>2026-03-02T08:00:00Z</published><updated>2026-03-02T08:00:00Z</updated>"
        f'<content type="html">{escape(summary)}</content><author><name/></author></entry>'
    )


def feed(*entries: str) -> bytes:
    """A whole feed."""
    head = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - shop</title>'
    return f"{head}<id>tag:google.com,2005:reader/user/1</id>{''.join(entries)}</feed>".encode()


@dataclass
class Feeds:
    """`pages` by path; `status` and `headers` are for every answer; `asked` are the request headers, in order."""

    url: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        """As a server of feeds answers."""
        self.asked.append({name.lower(): value for name, value in request.headers.items()})
        self.fetched.append(request.path)
        page = self.pages.get(request.path)
        if self.status != 200 or page is None:
            return web.Response(status=404 if page is None else self.status, headers=self.headers)
        etag = f'"{hash(page)}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(body=page, headers={"Content-Type": "application/atom+xml", "ETag": etag, **self.headers})


@asynccontextmanager
async def serving() -> AsyncIterator[Feeds]:
    """A running server."""
    feeds = Feeds()
    app = web.Application()
    app.router.add_get("/{path:.*}", feeds.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    feeds.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield feeds
    finally:
        await runner.cleanup()
