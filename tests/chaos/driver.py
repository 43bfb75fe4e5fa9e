"""A teammate without a browser: reads pages, presses what they offer, and presses again where no answer came."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser

import aiohttp

#: How long somebody goes on pressing before they give up, in seconds.
PATIENCE = 60.0
_NAP = 0.1
_NOT_YET = frozenset({502, 503, 504})


@dataclass
class Form:
    """A form of a page: where it goes, what it carries, what its buttons say."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)
    label: str = ""

    @property
    def act(self) -> str:
        """What it does."""
        return self.hidden.get("act", "")

    @property
    def values(self) -> Mapping[str, str]:
        """What it acts on."""
        found: dict[str, str] = json.loads(self.hidden.get("values") or "{}")
        return found


@dataclass
class Shown:
    """A page as somebody sees it. `told`: the line the last press left; `refused`: it was a no."""

    status: int
    forms: list[Form]
    text: str
    told: str = ""
    refused: bool = False

    def choice(self, act: str, **values: str) -> Form | None:
        """The press that does `act`, on what `values` say."""
        wanted = values.items()
        return next(
            (f for f in self.forms if f.action == "/press" and f.act == act and wanted <= f.values.items()), None
        )

    @property
    def form(self) -> Form | None:
        """The form to fill in, where the page is one."""
        return next((f for f in self.forms if f.action == "/fill"), None)


class _Reader(HTMLParser):
    """Forms, and the text of the main part."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.text: list[str] = []
        self._open: Form | None = None
        self._button = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in what a form carries."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(found.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None and tag == "input" and found.get("type") == "hidden":
            self._open.hidden[found["name"]] = found.get("value", "")
        elif self._open is not None and "name" in found:
            self._open.fields.add(found["name"])
        self._button = self._button or tag == "button"

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a button."""
        self._open = None if tag == "form" else self._open
        self._button = self._button and tag != "button"

    def handle_data(self, data: str) -> None:
        """Words of the page."""
        self.text.append(data.strip())
        if self._button and self._open is not None:
            self._open.label += data.strip()


def read(status: int, html: str) -> Shown:
    """A page as it came."""
    reader = _Reader()
    reader.feed(html)
    return Shown(status, reader.forms, " ".join(word for word in reader.text if word))


def _told(cookie: str) -> tuple[str, bool]:
    """The line a press leaves for the next page, and whether it is a no."""
    packed = cookie.partition(".")[0]
    text, _, refused = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    return str(text), bool(refused)


Before = Callable[[str], Awaitable[None]]


class Hand:
    """One person at the web desk. `before` is told of each press just before it goes out.

    `faults`: answers nobody should ever see. `again`: how often a press went out anew, with the same gesture id.
    """

    def __init__(self, base_url: str, session: aiohttp.ClientSession, before: Before) -> None:
        self._base = base_url
        self._session = session
        self._before = before
        self._cookies: dict[str, str] = {}
        self.faults: list[str] = []
        self.again = 0

    def goes_by(self, base_url: str) -> None:
        """By another way to the same desk, from here on."""
        self._base = base_url

    async def comes_in(self, link: str) -> None:
        """Through a one-use link."""
        async with self._session.post(link, allow_redirects=False) as answer:
            assert answer.status == 303, answer.status
            self._cookies["coolhead"] = answer.cookies["coolhead"].value

    async def sees(self, path: str) -> Shown:
        """A page; asked for until it is there."""
        return await self._insists("GET", path, {})

    async def presses(self, form: Form, name: str = "", **fields: str) -> Shown:
        """A press, with what was filled in; repeated with the same gesture id until it is answered."""
        await self._before(name or form.act)
        typed = {key.replace("_", ".", 1): value for key, value in fields.items()}
        finish = {"do": "finish"} if form.action == "/fill" else {}
        return await self._insists("POST", form.action, {**form.hidden, **typed, **finish})

    async def follows(self, seconds: float) -> None:
        """The news, as an open page does, for so long; then the page is closed."""
        with suppress(aiohttp.ClientError, TimeoutError, ConnectionError):
            async with self._session.get(
                f"{self._base}/events",
                headers={"cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())},
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as stream:
                if stream.status != 200:
                    self.faults.append(f"GET /events: {stream.status}")
                await stream.read()

    async def _insists(self, method: str, path: str, data: Mapping[str, str]) -> Shown:
        loop = asyncio.get_running_loop()
        give_up = loop.time() + PATIENCE
        tries = 0
        while loop.time() < give_up:
            shown = await self._once(method, path, data)
            if shown is not None and not (shown.refused and "press again in a moment" in shown.told):
                self.again += tries if method == "POST" else 0
                return shown
            tries += 1
            await asyncio.sleep(_NAP)
        raise AssertionError(f"{method} {path} was not answered")

    async def _once(self, method: str, path: str, data: Mapping[str, str]) -> Shown | None:
        """None where no answer came, or only that it is not to be had now."""
        try:
            async with self._session.request(
                method,
                self._base + path,
                data=data or None,
                headers={"cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())},
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=15),
            ) as answer:
                shown = read(answer.status, await answer.text())
                said = answer.cookies.get("coolhead_said")
                location = answer.headers.get("location", "")
        except (aiohttp.ClientError, TimeoutError, ConnectionError):
            return None
        if shown.status in _NOT_YET or "store cannot be reached" in shown.text:
            return None
        if shown.status >= 500 or shown.status in (400, 401, 403):
            self.faults.append(f"{method} {path}: {shown.status} {shown.text[:300]}")
        if said is not None and said.value:
            shown.told, shown.refused = _told(said.value)
        elif shown.status in (404, 409):
            shown.told, shown.refused = shown.text, True
        assert location or shown.status != 303
        return shown
