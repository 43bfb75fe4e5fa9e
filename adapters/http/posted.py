"""A webhook's request, read in one go where it came whole and plainly, as it mostly does.

This reads less than HTTP allows, and nothing that two readers could understand in two ways: a head of ASCII lines, each
name once, and one length that is the body's. Whatever else comes is for aiohttp's parser.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

# Possessive, so that no byte is looked at twice.
_HEAD = re.compile(
    rb"POST (/hooks(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*+)++) HTTP/1\.1((?:\r\n[A-Za-z0-9_-]++:[\t -~]*+)++)\r\n\r\n"
)
#: What changes how a message is to be read.
_OTHERWISE = frozenset(
    {"content-encoding", "expect", "http2-settings", "te", "trailer", "transfer-encoding", "upgrade"}
)


class Posted(NamedTuple):
    """`headers` with names in lower case."""

    path: str
    headers: Mapping[str, str]
    body: bytes


def read_posted(data: bytes) -> Posted | None:
    """The one request that `data` is, from its first byte to its last; None for anything else."""
    head = _HEAD.match(data)
    if head is None:
        return None
    lines = head[2].decode("ascii").split("\r\n")[1:]
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip(" \t")
    body = data[head.end() :]
    plain = len(headers) == len(lines) and headers.get("content-length") == str(len(body))
    if not plain or headers.get("connection", "keep-alive").lower() != "keep-alive":
        return None
    return Posted(head[1].decode("ascii"), headers, body) if _OTHERWISE.isdisjoint(headers) else None
