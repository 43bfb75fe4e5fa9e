"""Answers as a door hands them back."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.cookies import CookieError, SimpleCookie

from adapters.rooms.web.signing import Signer
from bot.ports import Knock, Response

SESSION = "coolhead"
SAID = "coolhead_said"
_LONGEST_SAID = 900


def html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A page."""
    return status, {"content-type": "text/html; charset=utf-8", **(headers or {})}, text.encode("utf-8", "replace")


def see_other(path: str, headers: Mapping[str, str] | None = None) -> Response:
    """Go and look there. `path` is one of ours: see `local`."""
    return 303, {"location": local(path), **(headers or {})}, b""


def local(path: str) -> str:
    """`path` if it leads to a page of ours, else the first page: nobody can send a reader elsewhere through us."""
    plain = path.startswith("/") and path.isascii() and path.isprintable() and not {*'\\ "<>'} & {*path}
    return path if plain and not path.startswith("//") else "/"


def cookie(name: str, value: str, seconds: int, secure: bool) -> str:
    """A `Set-Cookie` that no script can read and no other site can make a browser send."""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{'; Secure' if secure else ''}"


def cookies(knock: Knock) -> Mapping[str, str]:
    """The cookies of a request; unreadable ones count as none."""
    try:
        found: SimpleCookie = SimpleCookie(knock.headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in found.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """One line shown once, on the next page. `calm` marks a refusal; `until` where time will change it."""

    text: str
    until: datetime | None = None
    refused: bool = False


def told_cookie(told: Told, session: str, signer: Signer, secure: bool) -> Mapping[str, str]:
    """The header that carries a line to the next page."""
    until = told.until.isoformat() if told.until else ""
    packed = json.dumps([told.text[:_LONGEST_SAID], until, told.refused])
    value = base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")
    return {"set-cookie": cookie(SAID, f"{value}.{signer.said(session, value)}", 60, secure)}


def read_told(knock: Knock, session: str, signer: Signer) -> Told | None:
    """The line the last press left, if it was ours and for this session."""
    value, _, signature = cookies(knock).get(SAID, "").partition(".")
    if not value or not signer.was_said(signature, session, value):
        return None
    try:
        text, until, refused = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
    except (ValueError, binascii.Error):
        return None
    return Told(text, datetime.fromisoformat(until) if until else None, refused)
