"""Commands over the wire: hiredis writes them as the library itself does."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import uvloop
from redis.asyncio import UnixDomainSocketConnection
from redis.exceptions import ConnectionError as Lost

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


@pytest.mark.parametrize("run", [asyncio.run, uvloop.run])
def test_who_comes_while_it_is_being_closed_has_lost_it(run: Callable[[Any], None], valkey_url: str) -> None:
    """Another task may be closing it, as the library does with a cluster's after a failover; whatever loop it is on, that is a
    connection that was lost, and no fault of ours."""

    async def pinged(connection: Any) -> Any:
        await connection.send_command("PING")
        return await connection.read_response()

    async def come_late() -> None:
        connection: Any = Beside(path=valkey_url.removeprefix("unix://"))
        await connection.connect()
        closing = asyncio.create_task(connection.disconnect())
        await asyncio.sleep(0)
        with pytest.raises(Lost):
            await pinged(connection)
        await closing
        await connection.connect()  # it is whole again for whoever comes then
        assert await pinged(connection) in (b"PONG", "PONG")
        await connection.disconnect()

    run(come_late())
