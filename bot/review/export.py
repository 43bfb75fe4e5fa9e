"""Reading and checking an exported record."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.errors import WrongUse
from bot.nouns.record import Line, check
from bot.review.anchors import Anchor


def moment(text: str) -> datetime:
    """An RFC 3339 moment; without an offset it is UTC. Raises WrongUse."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongUse(f"{text!r} is no moment; write it like 2026-01-31T09:00:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def read_lines(name: str) -> list[Line]:
    """The lines of an exported file; `-` is standard input. Raises WrongUse, naming the line."""
    lines: list[Line] = []
    for number, each in enumerate(_source(name).split(b"\n"), start=1):
        if each.strip():
            lines.append(_object(each, name, number))
    return lines


def read_anchors(path: Path) -> tuple[Anchor, ...]:
    """The signed heads in a file, one JSON object a line. Raises WrongUse."""
    try:
        return tuple(Anchor.model_validate(made) for made in read_lines(str(path)))
    except ValueError as error:
        raise WrongUse(f"{path} holds no signed heads.") from error


def _source(name: str) -> bytes:
    """As bytes: what else counts as a line's end in a text may stand in somebody's words."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except (OSError, ValueError) as error:
        raise WrongUse(f"{name} cannot be read.") from error


def _object(text: bytes, name: str, number: int) -> Line:
    try:
        made = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"{name}, line {number} is not JSON.") from error
    if not isinstance(made, dict):
        raise WrongUse(f"{name}, line {number} is no JSON object.")
    return made


def verify(
    lines: Iterable[Line],
    anchors: Sequence[Anchor],
    genuine: Callable[[Anchor], bool],
    *,
    every: bool = False,
) -> dict[str, Any]:
    """The verdict of `coolhead verify`: `{"ok", "incidents", "events", "breaks"}`. Lines of incidents may be mixed.

    `genuine` checks an anchor's signature. A tail cut off before an anchored version is a break. `every`: the lines are
    all there are, so an anchored timeline that is not among them is a break too; an export may hold one incident only.
    """
    timelines: dict[str | None, list[Line]] = {}
    for made in lines:
        name = made.get("incident")
        timelines.setdefault(name if isinstance(name, str) else None, []).append(made)
    breaks = [found.model_dump() for each in timelines.values() for found in check(each)]
    for anchor in anchors:
        because = _against(anchor, timelines.get(anchor.incident, [] if every else None), genuine)
        if because:
            breaks.append({"incident": anchor.incident, "version": anchor.version, "because": because})
    events = sum(len(each) for each in timelines.values())
    incidents = sum(name is not None for name in timelines)
    return {"ok": not breaks, "incidents": incidents, "events": events, "breaks": breaks}


def _against(anchor: Anchor, lines: Sequence[Line] | None, genuine: Callable[[Anchor], bool]) -> str:
    if not genuine(anchor):
        return "the signature under its head is not ours"
    if lines is None:
        return ""
    at = next((made for made in lines if made.get("version") == anchor.version), None)
    if at is None:
        return "its tail was cut: a signed head lies beyond its end"
    return "" if at.get("hash") == anchor.hash else "it differs from its signed head"
