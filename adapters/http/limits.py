"""How much we take in, and for how long we wait: said once, here (failures B9)."""

import re
from dataclasses import dataclass

#: JSON deeper than this is refused before anybody parses it.
DEEPEST = 20

# Possessive, so that an unclosed string cannot make it run over the rest again and again.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(byte for byte in range(256) if byte not in b"[]{}")
_ONE_KIND = bytes.maketrans(b"{}", b"[]")


@dataclass(frozen=True, slots=True)
class Limits:
    """`body` in bytes; `head`, `read` and `idle` in seconds: for a request's head, for its body, between requests.

    `linger` is how long the rest of a refused body is still taken in, so that the sender reads why.
    """

    body: int = 1024 * 1024
    head: float = 5.0
    read: float = 5.0
    idle: float = 75.0
    linger: float = 1.0
    connections: int = 2000


def too_deep(body: bytes) -> bool:
    """Whether lists and objects lie deeper in each other than `DEEPEST`. Linear in the body's length, no recursion.

    It looks at brackets only: a body that is no JSON at all may pass and is for the parser to refuse.
    """
    if body.count(b"[") + body.count(b"{") <= DEEPEST:
        return False
    left = _STRINGS.sub(b"", body).translate(_ONE_KIND, _NOT_BRACKETS)
    for _ in range(DEEPEST):
        left = left.replace(b"[]", b"")  # takes away exactly the innermost level
    return b"[" in left
