"""JSON Lines on standard input and output: one answer a line, in the same order, flushed."""

import json
from collections.abc import Callable, Iterable
from typing import Any, TextIO

from bot.errors import WrongUse

LONGEST = 4_000_000


def answer_lines(source: Iterable[bytes], out: TextIO, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Answer every line of `source`; a bad one answers `{"id": null, "line": n, "error": …}`. 0, or 2 after a bad one."""
    code = 0
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        try:
            said = answer(_read(line))
        except (WrongUse, RecursionError) as error:
            because = str(error) if isinstance(error, WrongUse) else "it is nested too deeply"
            said, code = {"id": None, "line": number, "error": because}, 2
        out.write(json.dumps(said, ensure_ascii=True) + "\n")
        out.flush()
    return code


def _read(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise WrongUse("the line is too long")
    try:
        read = json.loads(line)
    except (ValueError, UnicodeDecodeError) as error:
        raise WrongUse("the line is not JSON") from error
    if not isinstance(read, dict):
        raise WrongUse("the line is no JSON object")
    return read
