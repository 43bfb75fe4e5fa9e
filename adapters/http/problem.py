"""An expected no over HTTP: problem+json (RFC 9457) for programs, a calm page for people."""

import html
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus

from bot.ports import Response

#: Makes a page for a person from a status and a sentence. The web room has a finer one than `plain_page`.
Calm = Callable[[int, str], Response]

_SENTENCES = {
    400: "That request could not be read.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    408: "The request did not arrive in time. Please send it again.",
    413: "That is more than 1 MB, which is the most we take in at once.",
    415: "Compressed bodies are not taken in. Please send it as it is.",
    500: "Something went wrong on our side, and it is written down. What was saved stays saved.",
    503: "We cannot take this just now. Please try again in a moment.",
}

_FOR_PROGRAMS = ("/api/", "/hooks/", "/healthz", "/readyz", "/metrics")


def sentence(status: int) -> str:
    """What we say to a person about `status`."""
    return _SENTENCES.get(status, HTTPStatus(status).phrase + ".")


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object) -> Response:
    """A problem+json answer. `more` adds members of its own beside `detail`."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return status, {"content-type": "application/problem+json", **(headers or {})}, json.dumps(body).encode()


def plain_page(status: int, because: str) -> Response:
    """The plainest page there is, for when no room has a better one."""
    text = f"<!doctype html><html lang=en><title>Coolhead</title><h1>Coolhead</h1><p>{html.escape(because)}</p></html>"
    return status, {"content-type": "text/html; charset=utf-8"}, text.encode()


def refuse(status: int, path: str, headers: Mapping[str, str], calm: Calm, because: str = "") -> Response:
    """The no that fits who asks: a browser that wants a page gets one, everybody else a problem+json."""
    said = because or sentence(status)
    wants_page = "text/html" in headers.get("accept", "") and not path.startswith(_FOR_PROGRAMS)
    code, given, body = calm(status, said) if wants_page else problem(status, said)
    return code, {**given, **({"retry-after": "5"} if status == HTTPStatus.SERVICE_UNAVAILABLE else {})}, body
