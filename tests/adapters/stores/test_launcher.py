"""One process and its embedded server."""

import os
import signal
import stat
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.stores.connect import connect
from adapters.stores.ground import LONGEST_SOCKET, prepare
from adapters.stores.launcher import Server, embedded
from adapters.stores.space import FLOOR
from bot.errors import StoreAway
from tests.adapters.stores.users import lives

_SETTINGS = {
    "appendonly": "yes",
    "appendfsync": "always",
    "no-appendfsync-on-rewrite": "no",
    "aof-use-rdb-preamble": "no",
    "save": "",
    "maxmemory": "0",
    "maxmemory-policy": "noeviction",
    "port": "0",
    "crash-log-enabled": "no",
}


async def _run_id(server: Server) -> str:
    async with Redis.from_url(server.url) as client:
        return str((await client.info("server"))["run_id"])


async def _pid(server: Server) -> int:
    async with Redis.from_url(server.url) as client:
        return int((await client.info("server"))["process_id"])


async def test_settings_in_force(home: Path) -> None:
    """The server runs with exactly the settings under which nothing confirmed is lost."""
    async with connect(None, home) as store:
        found = {name: (await store.client.config_get(name))[name] for name in _SETTINGS}
    assert found == _SETTINGS


async def test_open_to_its_owner_only(home: Path) -> None:
    """Nobody else on the machine gets at the folder, the socket or what is written."""
    async with embedded(home) as server:
        (server.folder / "probe").touch()
        files = [path for path in server.folder.rglob("*") if path.name != "probe"]
        assert stat.S_IMODE(server.folder.stat().st_mode) == 0o700
        assert {"redis.sock", "server.log", "appendonlydir"} <= {path.name for path in files}
        assert [path for path in files if path.stat().st_mode & 0o077] == []


async def test_a_session_of_its_own(home: Path) -> None:
    """Ctrl-C in the terminal reaches us and not the server."""
    async with embedded(home) as server:
        assert os.getsid(await _pid(server)) != os.getsid(0)


async def test_what_was_stored_is_there_again(home: Path) -> None:
    """A stop and a start lose nothing."""
    async with connect(None, home) as store:
        await store.client.set("kept", "yes")
    async with connect(None, home) as store:
        assert await store.client.get("kept") == b"yes"


async def test_last_out_stops_the_server(home: Path) -> None:
    """The second user adopts the living server; it goes when the last of both has gone."""
    async with embedded(home) as first:
        async with embedded(home) as second:
            assert await _run_id(first) == await _run_id(second)
        assert lives(home)
        assert await _run_id(first)
    assert not lives(home)
    assert not prepare(home).socket.exists()


async def test_first_in_may_leave_first(home: Path) -> None:
    """Whoever started the server does not take it along while another uses it."""
    starter = embedded(home)
    await starter.__aenter__()
    async with embedded(home) as other:
        await starter.__aexit__(None, None, None)
        assert await _run_id(other)
    assert not lives(home)


async def test_an_error_inside_stops_it_too(home: Path) -> None:
    """The server goes with its last user also when that one fails, and the failure is passed on."""
    with pytest.raises(ZeroDivisionError):
        async with embedded(home):
            raise ZeroDivisionError
    assert not lives(home)


async def test_long_path(home: Path) -> None:
    """A folder whose path is too long for a socket gets one in a private corner of the temp folder."""
    deep = home / ("long" * 20) / ("deep" * 20)
    async with connect(None, deep) as store:
        assert await store.client.ping()
        socket = prepare(deep).socket
        assert len(os.fsencode(socket)) <= LONGEST_SOCKET
        assert stat.S_IMODE(socket.parent.stat().st_mode) == 0o700
    assert not lives(deep)
    assert prepare(home / "other" / ("deep" * 30)).socket != socket


async def test_somebody_elses_corner(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that others may write to is not trusted with the socket."""
    corner = home / f"coolhead-{os.getuid()}"
    corner.mkdir()
    corner.chmod(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(home))
    with pytest.raises(StoreAway, match="not a folder of ours alone"):
        prepare(home / ("deep" * 30))


async def test_leftovers_of_a_killed_server(home: Path) -> None:
    """A dead socket, an unfinished rewrite and a grown log do not keep the next one from starting."""
    ground = prepare(home)
    ground.socket.touch()
    ground.log.write_bytes(b"x" * 2_000_000)
    unfinished = ground.folder / "temp-rewriteaof-bg-1.aof"
    unfinished.touch()
    async with connect(None, home) as store:
        assert await store.client.ping()
    assert not unfinished.exists()
    assert ground.log.stat().st_size < 100_000


async def test_a_hung_server_is_stopped(home: Path) -> None:
    """A server that does not listen any more is ended all the same."""
    async with embedded(home) as server:
        pid = await _pid(server)
        os.kill(pid, signal.SIGSTOP)
    assert not lives(home)


@pytest.mark.parametrize(
    ("program", "because"),
    [
        ("/bin/false", "did not take its settings"),
        ("/bin/true", "stops as soon as it is started"),
        ("/nowhere/valkey-server", "could not be run"),
    ],
)
async def test_a_server_that_will_not_start(home: Path, program: str, because: str) -> None:
    """The error says which program failed and where to look, and nothing stays locked."""
    with pytest.raises(StoreAway, match=because):
        async with embedded(home, program=lambda: Path(program)):
            pytest.fail("it cannot have started")
    async with embedded(home) as server:
        assert await _run_id(server)


async def test_damaged_files(home: Path) -> None:
    """A store that cannot be read is not started empty: the error points at the server's own words."""
    async with connect(None, home) as store:
        await store.client.set("kept", "yes")
    (written,) = prepare(home).folder.glob("appendonlydir/*.incr.aof")
    written.write_bytes(b"*3\r\n$3\r\nSET\r\n$4\r\nnonsense" + written.read_bytes())
    with pytest.raises(StoreAway, match="server.log"):
        async with embedded(home):
            pytest.fail("it cannot have started")


async def test_a_folder_that_cannot_be_made(home: Path) -> None:
    """The error names the folder."""
    (home / "file").touch()
    with pytest.raises(StoreAway, match="cannot be made or used"):
        async with embedded(home / "file"):
            pytest.fail("it cannot have started")


async def test_a_full_disk_is_said_in_words(home: Path) -> None:
    """With less free than the floor, the page gets a sentence; reading goes on."""
    async with connect(None, home, floor=2**62) as store:
        assert store.trouble() is not None
        with pytest.raises(StoreAway, match="Free some space"):
            store.require_space()
        assert await store.client.get("nothing") is None


async def test_all_is_well(home: Path) -> None:
    """With room and a living server there is no trouble."""
    async with embedded(home, floor=min(FLOOR, 1)) as server:
        server.space.require()
        assert (server.trouble, server.restarts) == (None, 0)
