"""What was decided is on every replica before anybody acts on it."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from bot.errors import StoreAway
from bot.nouns.delivery import Account
from bot.nouns.events import Intended
from bot.ports import Appended
from tests.contracts.stores.changes import START, change, claimed, open_one
from tests.contracts.stores.house import real_house
from tests.servers import listening, running, valkey


async def test_what_was_decided_waits_for_replicas(tmp_path: Path, team: str) -> None:
    """While a replica sleeps neither a claim nor an intent is confirmed, and the intent not even written; each stands once."""
    with listening(valkey(), "--repl-diskless-sync-delay", "0") as primary:
        host, _, port = primary.url.removeprefix("redis://").partition(":")
        with running(valkey(), "--replicaof", f"{host} {port}") as replica:
            async with connect(primary.url, tmp_path) as store:
                while (await store.client.info("replication")).get("slave0", {}).get(
                    "state"
                ) != "online":  # nobody tells
                    await asyncio.sleep(0.01)
                house = real_house(store, team)
                assert await open_one(house) == Appended()
                os.kill(replica.pid, signal.SIGSTOP)
                claim = change(await house.timelines.view(["i1"], ["c1"]), claimed())
                with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
                    await house.timelines.append(claim)
                account = Account(platform="square", name="@shop")
                intent = Intended(
                    incident="i1", conversation="c1", at=START, by="coolhead:outbox", attempt="a1", account=account,
                    binding="b",
                )  # fmt: skip
                view = await house.timelines.view(["i1"], ["c1"])
                made = change(view, intent, sender=1)
                with pytest.raises(StoreAway, match="0 of the store's 1 replicas"):
                    await house.timelines.append(made)
                os.kill(replica.pid, signal.SIGCONT)
                assert await house.timelines.append(claim) == Appended(again=True)
                assert await house.timelines.append(made) == Appended()
                assert [line["kind"] for line in await house.timelines.events("i1")][1:] == ["claimed", "intended"]
