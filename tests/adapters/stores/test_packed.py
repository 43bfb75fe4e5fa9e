"""Commands over the wire: hiredis writes them as the library itself does."""

from typing import Any

import pytest
from redis.asyncio import UnixDomainSocketConnection

from adapters.stores.packed import Beside

COMMANDS: list[tuple[Any, ...]] = [
    ("PING",),
    ("EVALSHA", "0" * 40, 2, "{team}:a", "{team}:b", b"\x00\xff\r\n", 1.5, -3),
    ("CONFIG SET", "appendfsync", "always"),
    ("SET", "{team}:é", "Grüße 🫖", "EX", 10),
    ("HSET", "k", "f", b"x" * 100_000),
    ("SET", "k", ""),
    ("SET", "k", 1.7976931348623157e308),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command[0]}-{len(command)}")
def test_the_same_bytes(command: tuple[Any, ...]) -> None:
    """Whatever an argument is made of, the server reads the same command."""
    ours, theirs = Beside(path="/nowhere"), UnixDomainSocketConnection(path="/nowhere")
    assert b"".join(ours.pack_command(*command)) == b"".join(theirs.pack_command(*command))


def test_what_is_no_argument_is_refused() -> None:
    """None and lists are faults of ours and reach no server."""
    for wrong in (None, ["a"]):
        with pytest.raises(TypeError):
            Beside(path="/nowhere").pack_command("SET", "k", wrong)
