"""A stranger's JSON, read without trust: bounded depth, no NaN, and nothing lost that can be kept."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from pydantic_core import from_json

#: Deeper than any honest payload; failures.md B9.
DEEPEST: Final = 20
_BOM: Final = b"\xef\xbb\xbf"
_SIGNS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Garbage:
    """It is not JSON that we read. `because` repeats nothing of it."""

    because: str


def read_json(body: bytes) -> Any | Garbage:
    """The value of a JSON text, or why there is none. Of a key that occurs twice the last one counts.

    A lone surrogate, which no UTF-8 can hold, is kept as the escape it came as (`\\ud800`, six characters).
    """
    body = body.removeprefix(_BOM)
    if too_deep(body):
        return Garbage(f"The JSON is nested more than {DEEPEST} levels deep.")
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError:
        if _SURROGATE.search(body):
            return _with_surrogates(body)
        return Garbage("The body is not valid JSON in UTF-8.")


def too_deep(body: bytes) -> bool:
    """Whether arrays and objects are nested too deep; looks at each byte at most once and stops at the first excess."""
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    depth = 0
    for sign in _SIGNS.finditer(body):
        match body[sign.start()]:
            case 0x5B | 0x7B:
                depth += 1
                if depth > DEEPEST:
                    return True
            case 0x5D | 0x7D:
                depth -= 1
    return False


def _with_surrogates(body: bytes) -> Any | Garbage:
    try:
        return _escaped(json.loads(body, parse_constant=_refuse))
    except ValueError:
        return Garbage("The body is not valid JSON in UTF-8.")


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _escaped(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list():
            return [_escaped(each) for each in value]
        case dict():
            return {_escaped(key): _escaped(each) for key, each in value.items()}
        case _:
            return value
