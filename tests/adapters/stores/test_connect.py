"""Clients for every kind of store, and what they do when it fails."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from redis.exceptions import ResponseError

from adapters.stores.away import away
from adapters.stores.connect import Store, connect
from bot.errors import StoreAway, StoreFull, WrongSettings
from tests.adapters.stores.certificates import certificate
from tests.adapters.stores.proxy import relay
from tests.servers import free_ports, listening, redis7, running, sentinel, valkey


async def test_every_kind_answers(store: Store, team: str) -> None:
    """What one client writes, as bytes, the other reads."""
    async with away():
        await store.client.set(f"{{{team}}}:key", b"\xff\x00")
        assert await store.blocking.get(f"{{{team}}}:key") == b"\xff\x00"
    store.require_space()
    assert store.trouble() is None
    assert not store.embedded


async def test_the_embedded_one_by_default(home: Path) -> None:
    """Without an address there is a server all the same."""
    async with connect(None, home) as store:
        assert store.embedded
        assert await store.client.ping()


async def test_a_blocking_read_waits_its_whole_time(store: Store, team: str) -> None:
    """It ends when its own time is over, with nothing, and holds up no other command."""
    stream = f"{{{team}}}:stream"
    async with away():
        waiting = asyncio.ensure_future(store.blocking.execute_command("XREAD", "BLOCK", 300, "STREAMS", stream, "$"))
        assert await store.client.xlen(stream) == 0
        assert not await waiting


async def test_a_reply_lost_is_not_asked_for_again(team: str, tmp_path: Path) -> None:
    """A write whose answer is lost is sent once, and we are told that we don't know."""
    with running(valkey()) as server:
        async with (
            relay(server.folder / "redis.sock", server.folder / "relay.sock") as between,
            connect(between.url, tmp_path) as store,
        ):
            between.deaf = True
            with pytest.raises(StoreAway, match="may or may not"):
                async with away():
                    await store.client.xadd(team, {"a": "b"})
            between.deaf = False
            async with away():
                assert await store.client.xlen(team) == 1


async def test_a_writer_in_a_loop_can_be_cancelled(valkey_url: str, tmp_path: Path, team: str) -> None:
    """Cancelling is never swallowed, whatever the moment: two hundred writers stop when told once."""

    async def write(store: Store) -> None:
        while True:
            async with away():
                await store.client.set(team, "x")

    async with connect(valkey_url, tmp_path) as store:
        for _ in range(25):
            writers = [asyncio.create_task(write(store)) for _ in range(8)]
            await asyncio.sleep(0.003)
            for writer in writers:
                writer.cancel()
            _, deaf = await asyncio.wait(writers, timeout=5)
            assert not deaf


async def test_more_at_once_than_sockets(valkey_url: str, tmp_path: Path, team: str) -> None:
    """Five hundred at once wait their turn instead of failing."""
    async with connect(valkey_url, tmp_path) as store, away():
        await asyncio.gather(*(store.client.incr(team) for _ in range(500)))
        assert await store.client.get(team) == b"500"


async def test_a_silent_store_is_given_up(tmp_path: Path) -> None:
    """One that hangs costs its patience and no more, and serves again when it wakes."""
    with running(valkey()) as server:
        async with connect(server.url, tmp_path) as store:
            os.kill(server.pid, signal.SIGSTOP)
            with pytest.raises(StoreAway, match="in time"):
                async with away(patience=0.1):
                    await store.client.ping()
            os.kill(server.pid, signal.SIGCONT)
            async with away():
                assert await store.client.ping()


@pytest.mark.parametrize(
    "form", ["redis://127.0.0.1:{}", "redis+cluster://127.0.0.1:{}", "redis+sentinel://127.0.0.1:{}/x"]
)
async def test_nobody_there(form: str, tmp_path: Path) -> None:
    """A store that is not running is away, in our own words."""
    (port,) = free_ports(1)
    with pytest.raises(StoreAway):
        async with connect(form.format(port), tmp_path):
            pytest.fail("it cannot have connected")


async def test_a_wrong_address(tmp_path: Path) -> None:
    """It is a wrong setting, not an absent store."""
    with pytest.raises(WrongSettings):
        async with connect("mysql://h", tmp_path):
            pytest.fail("it cannot have connected")


async def test_a_wrong_password(tmp_path: Path) -> None:
    """The error says so without repeating it; the right one gets in."""
    with listening(valkey()) as server:
        server.ask("CONFIG", "SET", "requirepass", "s3cret")
        for wrong in ("", ":wr0ng@"):
            with pytest.raises(StoreAway, match="user name or password") as raised:
                async with connect(server.url.replace("//", f"//{wrong}"), tmp_path):
                    pytest.fail("it cannot have connected")
            assert "wr0ng" not in str(raised.value)
        async with connect(server.url.replace("//", "//:s3cret@"), tmp_path) as store:
            assert await store.client.ping()


async def test_tls(tmp_path: Path) -> None:
    """A certificate we know is trusted, an unknown one is not."""
    certificate(tmp_path)
    (port,) = free_ports(1)
    files = {name: str(tmp_path / f"{name}.pem") for name in ("cert", "key")}
    options = ["--tls-port", str(port), "--tls-cert-file", files["cert"], "--tls-key-file", files["key"]]
    with running(redis7(), *options, "--tls-auth-clients", "no"):
        async with connect(f"rediss://localhost:{port}?ssl_ca_certs={files['cert']}", tmp_path) as store:
            assert await store.client.ping()
        with pytest.raises(StoreAway):
            async with connect(f"rediss://localhost:{port}", tmp_path):
                pytest.fail("it cannot have connected")


async def test_sentinel(tmp_path: Path, team: str) -> None:
    """The first sentinel that answers names the primary."""
    with listening(valkey()) as primary, sentinel(primary) as url:
        async with connect(url, tmp_path) as store, away():
            await store.client.set(team, "here")
        assert primary.ask("GET", team) == b"here"


async def test_a_full_memory(tmp_path: Path) -> None:
    """A store without room says so as StoreFull, plainly and from within a script."""
    with running(valkey(), "--maxmemory", "1") as server:
        async with connect(server.url, tmp_path) as store:
            with pytest.raises(StoreFull):
                async with away():
                    await store.client.set("a", "b")
            with pytest.raises(StoreFull):
                async with away():
                    await store.client.eval("return redis.call('SET', KEYS[1], 'b')", 1, "a")


async def test_a_replica_takes_no_writes(tmp_path: Path) -> None:
    """It is said, plainly and from within a script."""
    with running(redis7()) as server:
        server.ask("REPLICAOF", "127.0.0.1", str(free_ports(1)[0]))
        async with connect(server.url, tmp_path) as store:
            for command in (("SET", "a", "b"), ("EVAL", "return redis.call('SET', KEYS[1], 'b')", 1, "a")):
                with pytest.raises(StoreAway, match="replica"):
                    async with away():
                        await store.client.execute_command(*command)


async def test_rights_that_lack(tmp_path: Path) -> None:
    """A command that the store's access rules forbid is named as that."""
    with running(valkey()) as server:
        server.ask("ACL", "SETUSER", "limited", "on", ">pw", "~*", "+ping")
        async with connect(f"{server.url}?username=limited&password=pw", tmp_path) as store:
            with pytest.raises(StoreAway, match="access rules"):
                async with away():
                    await store.client.set("a", "b")


async def test_our_own_fault_passes(store: Store, team: str) -> None:
    """A wrong command is not the store being away."""
    with pytest.raises(ResponseError):
        async with away():
            await store.client.execute_command("SET", f"{{{team}}}:key")
