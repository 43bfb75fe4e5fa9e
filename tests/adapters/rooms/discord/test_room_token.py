"""A token that is changed while we run: it is read anew where Discord refuses the one we have, and nobody starts us again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import pytest
from pydantic import SecretStr

from adapters.connections.discord import PART, Connection, least_intents
from adapters.connections.discord_calls import Problem
from adapters.rooms.discord.saying import plainly
from adapters.rooms.discord.writing import Writing
from tests.adapters.rooms.discord.server import FakeHealth
from tests.adapters.rooms.discord.wire import Wire, quickly, wired
from tests.fakes.clock import FakeClock


class Changed:
    """A connection whose token lies in a file: `token` is what it holds now."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.clock, self.health = wire, FakeClock(), FakeHealth()
        self.token = wire.token = "the.old.token"
        self.connection = Connection(
            token=lambda: SecretStr(self.token),
            clock=self.clock,
            intents=least_intents(),
            health=self.health,
            make=quickly,
        )

    async def until_well(self) -> None:
        """Connected, while time goes by."""
        for _ in range(200):
            if self.wire.sessions and PART not in self.health.reasons:
                return
            await self.clock.run(1)
            await asyncio.sleep(0.01)
        raise AssertionError(f"{self.health.reasons}")

    async def send(self, key: str) -> int | Problem:
        """One message."""
        return await Writing(self.connection).send(7, plainly("hello"), key)


@pytest.fixture
async def changed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Changed]:
    """Nobody attends yet."""
    async with wired(monkeypatch) as wire:
        yield Changed(wire)


@asynccontextmanager
async def attended(changed: Changed) -> AsyncIterator[None]:
    """Until the end of the block."""
    task = asyncio.create_task(changed.connection.attend())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_token_refused_at_the_start_is_read_again(changed: Changed) -> None:
    """Whoever puts a good one into the file waits seconds, not minutes, and starts nothing again."""
    changed.wire.token, began = "the.new.token", changed.clock.elapsed
    async with attended(changed):
        await changed.wire.until(lambda: PART in changed.health.reasons)
        changed.token = "the.new.token"
        await changed.clock.run(11)
        await changed.until_well()
    assert changed.clock.elapsed < began + 60


async def test_a_token_that_was_reset_while_we_run_is_read_again(changed: Changed) -> None:
    """A call is refused; once the file holds another the connection is begun anew with it, and calls succeed."""
    async with attended(changed):
        await changed.until_well()
        changed.wire.token = "the.new.token"
        assert await changed.send("a") == Problem(401)
        assert "Reset Token" in changed.health.reasons[PART]
        changed.token = "the.new.token"
        await changed.until_well()
        assert isinstance(await changed.send("b"), int)
    assert changed.wire.sessions == 2


async def test_a_session_closed_for_its_token_goes_on_with_another(changed: Changed) -> None:
    """Discord ends the session itself (4004) where a token was reset."""
    async with attended(changed):
        await changed.until_well()
        changed.wire.token = "the.new.token"
        await changed.wire.hang_up(4004)
        await changed.wire.until(lambda: "Reset Token" in changed.health.reasons.get(PART, ""))
        changed.token = "the.new.token"
        await changed.until_well()
        assert isinstance(await changed.send("a"), int)


async def test_the_same_refused_token_is_not_tried_again_and_again(changed: Changed) -> None:
    """Five minutes lie between two tries, so that refused logins never add up to a ban."""
    changed.wire.token = "another"
    async with attended(changed):
        await changed.wire.until(lambda: PART in changed.health.reasons)
        await changed.clock.run(290)
        tried = changed.wire.asked.count("GET /users/@me")
        await changed.clock.run(20)
        await changed.wire.until(lambda: changed.wire.asked.count("GET /users/@me") == tried + 1)
    assert tried == 1


async def test_a_check_logs_in_with_the_token_as_it_is_now(changed: Changed) -> None:
    """Nobody attends: `coolhead check` and the page read the file themselves."""
    changed.token = changed.wire.token = "the.new.token"
    async with changed.connection.borrowed() as client:
        assert isinstance(client, discord.Client)
