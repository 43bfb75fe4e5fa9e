"""Which stores may be trusted."""

import asyncio
from pathlib import Path

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.durability import check_durable
from bot.errors import StoreUnsafe
from tests.adapters.stores.pretend import pretend_server
from tests.servers import free_ports, listening, running, valkey

_LOSSY = [
    ("appendonly", "no"),
    ("appendfsync", "everysec"),
    ("no-appendfsync-on-rewrite", "yes"),
    ("maxmemory-policy", "allkeys-lru"),
]


async def test_a_store_that_keeps_what_it_confirms(store: Store) -> None:
    """The embedded settings leave no doubt, on one server and on every node of a cluster."""
    assert await check_durable(store.client, accept_loss=False) == ()


@pytest.mark.parametrize(("name", "value"), _LOSSY)
async def test_each_way_to_lose_writes(tmp_path: Path, name: str, value: str) -> None:
    """Each is refused by name with its fix; with `accept_loss` it becomes a sentence for the page."""
    with running(valkey(), f"--{name}", value) as server:
        async with connect(server.url, tmp_path) as store:
            with pytest.raises(StoreUnsafe, match=f"{name} {value}.*Set {name}.*accept_loss"):
                await check_durable(store.client, accept_loss=False)
            (doubt,) = await check_durable(store.client, accept_loss=True)
            assert not doubt.ok
            assert doubt.what.startswith(f"The store is set to {name} {value}")


async def test_a_store_that_hides_its_settings(tmp_path: Path) -> None:
    """What cannot be checked is said and refuses nothing."""
    with running(valkey()) as server:
        server.ask("ACL", "SETUSER", "managed", "on", ">pw", "~*", "+@all", "-config")
        async with connect(f"{server.url}?username=managed&password=pw", tmp_path) as store:
            (doubt,) = await check_durable(store.client, accept_loss=False)
            assert "cannot be checked" in doubt.what
            assert "appendfsync always" in doubt.fix


async def test_a_store_that_hides_them_and_keeps_no_file(tmp_path: Path) -> None:
    """What it says elsewhere still counts: no append-only file is refused."""
    with running(valkey(), "--appendonly", "no", "--rename-command", "CONFIG", "") as server:
        async with connect(server.url, tmp_path) as store:
            with pytest.raises(StoreUnsafe, match="no append-only file"):
                await check_durable(store.client, accept_loss=False)
            assert len(await check_durable(store.client, accept_loss=True)) == 2


async def test_a_primary_that_does_without_its_replicas(tmp_path: Path) -> None:
    """Cut off from them it would confirm what a failover throws away: refused by name, until it asks for one of them."""
    with listening(valkey(), "--repl-diskless-sync-delay", "0") as primary:
        host, _, port = primary.url.removeprefix("redis://").partition(":")
        with running(valkey(), "--replicaof", f"{host} {port}"):
            async with connect(primary.url, tmp_path) as store:
                while not (await store.client.info("replication"))["connected_slaves"]:
                    await asyncio.sleep(0.01)
                with pytest.raises(
                    StoreUnsafe, match=r"min-replicas-to-write 0.*Set min-replicas-to-write 1.*accept_loss"
                ):
                    await check_durable(store.client, accept_loss=False)
                assert len(await check_durable(store.client, accept_loss=True)) == 1
                await store.client.config_set("min-replicas-to-write", 1)
                assert await check_durable(store.client, accept_loss=False) == ()


async def test_a_replica(tmp_path: Path) -> None:
    """It is refused in any case."""
    with running(valkey()) as server:
        server.ask("REPLICAOF", "127.0.0.1", str(free_ports(1)[0]))
        async with connect(server.url, tmp_path) as store:
            with pytest.raises(StoreUnsafe, match="is a replica"):
                await check_durable(store.client, accept_loss=True)


@pytest.mark.parametrize(
    ("info", "because"),
    [
        ({"redis_version": "6.0.16"}, r"Redis 6\.0\.16, which is too old\. Use Redis 6\.2 or later"),
        ({"redis_version": "7.2.4", "valkey_version": "7.1.9"}, r"Valkey 7\.1\.9.*Use Valkey 7\.2 or later"),
        ({"redis_version": "7.0.15", "aof_last_write_status": "err"}, "could not write its append-only file"),
    ],
)
async def test_stores_that_will_not_do(home: Path, info: dict[str, str], because: str) -> None:
    """One that is too old, or whose disk fails, is refused in any case."""
    async with pretend_server(home, info) as url, connect(url, home) as store:
        with pytest.raises(StoreUnsafe, match=because):
            await check_durable(store.client, accept_loss=True)


@pytest.mark.parametrize("info", [{"redis_version": "6.2.0"}, {"redis_version": "7.2.4", "valkey_version": "7.2.0"}])
async def test_the_oldest_that_will_do(home: Path, info: dict[str, str]) -> None:
    """The floors themselves are taken."""
    async with pretend_server(home, info) as url, connect(url, home) as store:
        assert await check_durable(store.client, accept_loss=False) == ()
