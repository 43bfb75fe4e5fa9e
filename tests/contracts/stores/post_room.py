"""Vault, inbox, asides, roster and pulse of one team on each kind of server, and the fakes that stand in for them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from adapters.stores.asides import RedisAsides
from adapters.stores.beat import RedisPulse
from adapters.stores.connect import Store, connect
from adapters.stores.inbox import RedisInbox
from adapters.stores.keys import Keys
from adapters.stores.roster import RedisRoster
from adapters.stores.vault import RedisVault
from bot.nouns.mention import Author, Mention, MentionKey, News, Said
from bot.ports import Asides, Inbox, Pulse, Sealed, Vault, Work
from tests.fakes.asides import FakeAsides
from tests.fakes.clock import START, FakeClock
from tests.fakes.inbox import FakeInbox
from tests.fakes.roster import FakePulse, FakeRoster
from tests.fakes.vault import FakeVault

MASTER = b"a master secret for tests only!!"
STRANGE = "a\ud800b\x00c\u202e\U0001f600" + "z\u0301" * 3


@dataclass(frozen=True, slots=True)
class PostRoom:
    """What the tests are run against, by its ports alone. `keep` is what an append does with sealed texts."""

    vault: Vault
    inbox: Inbox
    asides: Asides
    roster: RedisRoster | FakeRoster
    pulse: Pulse
    keep: Callable[[Sealed], Awaitable[None]]
    clock: FakeClock


def real(store: Store, team: str, master: bytes = MASTER) -> PostRoom:
    """A team's, over a store."""
    keys, clock = Keys(team), FakeClock()
    vault = RedisVault(store, keys, master)

    async def keep(sealed: Sealed) -> None:
        home, spot = keys.text(sealed.words.ref)
        await store.client.execute_command("HSET", home, spot, sealed.blob)

    inbox, asides = RedisInbox(store, keys, vault, clock), RedisAsides(store, keys, vault)
    return PostRoom(vault, inbox, asides, RedisRoster(store, keys), RedisPulse(store, keys), keep, clock)


def fake() -> PostRoom:
    """The same in memory."""
    vault, clock = FakeVault(), FakeClock()

    async def keep(sealed: Sealed) -> None:
        vault.keep(sealed)

    return PostRoom(vault, FakeInbox(vault, clock), FakeAsides(vault), FakeRoster(), FakePulse(), keep, clock)


@pytest.fixture(params=["valkey_url", "redis_url", "cluster_url", "fake"], ids=["valkey", "redis", "cluster", "fake"])
async def room(request: pytest.FixtureRequest, team: str, tmp_path: Path) -> AsyncIterator[PostRoom]:
    """An empty one of each kind."""
    if request.param == "fake":
        yield fake()
        return
    async with connect(request.getfixturevalue(request.param), tmp_path) as store:
        yield real(store, team)


def mention(id: str = "1", text: str = "My parcel never came.", author: str = "mara", at: datetime = START) -> Mention:
    """A mention with everything personal in it."""
    return Mention(
        key=MentionKey(platform="square", id=id),
        text=text,
        author=Author(id=author, name=author.title(), handle=f"@{author}"),
        url=f"https://square.test/{id}",
        visibility="public",
        at=at,
        raw={"status": {"content": text, "id": id}},
    )


def said(id: str = "1", text: str = "My parcel never came.", author: str = "mara") -> Said:
    """It as news."""
    return Said(mention=mention(id, text, author))


async def all_work(inbox: Inbox) -> list[Work]:
    """Everything that waits, in order; it is done afterwards."""
    found: list[Work] = []
    while some := await inbox.work(500):
        found += some
        await inbox.done([one.id for one in some])
    return found


def id_of(news: News) -> str:
    """The platform's id of a mention that was said."""
    assert isinstance(news, Said)
    return news.mention.key.id
