"""JSON Lines on standard input and output: one answer a line, in the same order, flushed."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from bot.errors import WrongUse

LONGEST = 4_000_000


def answer_lines(source: Iterable[bytes], out: TextIO, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer every line of `source`; a bad one answers `{"id": null, "line": n, "error": …}`. 0, or 2 after a bad one.

    `answer` says in a WrongUse or a plain ValueError what is wrong with a line.
    """
    code = 0
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            said = answer(_read(line))
        except (WrongUse, ValueError, RecursionError) as error:
            said, code = {"id": None, "line": number, "error": _because(error)}, 2
        out.write(json.dumps(said, ensure_ascii=True) + "\n")
        out.flush()
    return code


def _because(error: Exception) -> str:
    """What was said on purpose; a subclass of ValueError tells of its own affairs and may hold somebody's words."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error) if isinstance(error, WrongUse) or type(error) is ValueError else "it cannot be read"


def _nothing(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _read(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise WrongUse("the line is too long")
    try:
        read = json.loads(line, parse_constant=_nothing)
    except (ValueError, UnicodeDecodeError) as error:
        raise WrongUse("the line is not JSON") from error
    if not isinstance(read, dict):
        raise WrongUse("the line is no JSON object")
    return read
