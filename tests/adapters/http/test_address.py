"""Where the server listens, and what it says when it cannot."""

import socket

import pytest

from adapters.http.server import Server, serve
from bot.errors import WrongSettings


async def test_a_taken_port_names_the_fix() -> None:
    """The error says which port, and what to set."""
    async with serve([], "127.0.0.1", 0) as server:
        with pytest.raises(WrongSettings, match=f"Port {server.port} .*COOLHEAD_PORT"):
            async with serve([], "127.0.0.1", server.port):
                pass


@pytest.mark.parametrize(("host", "port"), [("203.0.113.77", 0), ("127.0.0.1", 70000)])
async def test_a_wrong_address_names_the_settings(host: str, port: int) -> None:
    """An address this machine does not have is said in words."""
    with pytest.raises(WrongSettings, match="COOLHEAD_HOST and COOLHEAD_PORT"):
        async with serve([], host, port):
            pass


def test_the_url_is_one_this_machine_can_use() -> None:
    """A server on all addresses is reached by the loopback one; IPv6 stands in brackets."""
    assert Server("0.0.0.0", 1).url == "http://127.0.0.1:1"
    assert Server("::1", 2).url == "http://[::1]:2"
    assert socket.inet_pton(socket.AF_INET6, Server("::", 3).url[8:11])
