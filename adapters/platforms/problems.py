"""Answers of a door: JSON, and problem details (RFC 9457) where something is wrong."""

import json
import math
from collections.abc import Mapping
from typing import Any

from bot.ports import Response


def answer(status: int, body: Mapping[str, Any]) -> Response:
    """A JSON answer."""
    return status, {"content-type": "application/json"}, json.dumps(body).encode()


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """`title` says what kind of thing is wrong, `detail` what to do about it. Neither repeats what was sent."""
    body = {"title": title, "status": status, "detail": detail, **(more or {})}
    return status, {"content-type": "application/problem+json", **(headers or {})}, json.dumps(body).encode()


def later(status: int, title: str, detail: str, seconds: float) -> Response:
    """A problem that time mends: `Retry-After` in whole seconds, at least one."""
    return problem(status, title, detail, headers={"retry-after": str(max(1, math.ceil(seconds)))})
