"""Handles are bound, links let in once and in time, sessions end; and the store holds nothing to sign in with."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.stores.connect import connect
from bot.nouns.team import Handle
from bot.ports import Roster, Session, Sessions
from tests.contracts.stores.post_room import PostRoom, fake, real

NOW = datetime(2099, 3, 2, 9, 0, tzinfo=UTC)  # far ahead: the store's own expiry takes no part in these promises
SOON = NOW + timedelta(minutes=15)
MOMENT = timedelta(microseconds=1)
HANDLE = Handle(room="web", id="ann")
SESSION = Session(id="a secret id", person="ann", csrf="a token", until=SOON)


def test_it_is_the_port() -> None:
    """What stands in is the port itself, for the type checker."""
    roster: Roster = fake().roster
    sessions: Sessions = fake().roster
    assert roster
    assert sessions


async def test_a_handle_is_one_person(room: PostRoom) -> None:
    """A stranger is nobody; the last binding counts; another room's handle is another, and none can be forged."""
    assert await room.roster.person(HANDLE) == ""
    await room.roster.bind(HANDLE, "p1")
    await room.roster.bind(Handle(room="chat", id="ann"), "p2")
    await room.roster.bind(HANDLE, "p3")
    assert await room.roster.person(HANDLE) == "p3"
    assert await room.roster.person(Handle(room="chat", id="ann")) == "p2"
    assert await room.roster.person(Handle(room="web ann", id="")) == ""


async def test_a_person_has_a_handle_in_each_room(room: PostRoom) -> None:
    """All that are theirs now, sorted; one that became somebody else's is theirs no more."""
    chat = Handle(room="chat", id="U1")
    assert list(await room.roster.handles("p1")) == []
    for handle in (HANDLE, chat, Handle(room="chat", id="U2"), chat):
        await room.roster.bind(handle, "p1")
    await room.roster.bind(Handle(room="chat", id="U2"), "p2")
    assert list(await room.roster.handles("p1")) == [chat, HANDLE]
    assert list(await room.roster.handles("p2")) == [Handle(room="chat", id="U2")]


async def test_a_link_lets_in_once(room: PostRoom) -> None:
    """The first to bring it is that person, everybody after nobody; an unknown one too."""
    await room.roster.invite("token", "p1", SOON)
    assert await room.roster.redeem("tokem", NOW) == ""
    told = await asyncio.gather(*(room.roster.redeem("token", NOW) for _ in range(10)))
    assert sorted(told) == [""] * 9 + ["p1"]


async def test_a_link_ends_in_time(room: PostRoom) -> None:
    """At its end it lets nobody in, a moment before it does."""
    await room.roster.invite("one", "p1", SOON)
    await room.roster.invite("two", "p2", SOON)
    assert await room.roster.redeem("one", SOON - MOMENT) == "p1"
    assert await room.roster.redeem("two", SOON) == ""


async def test_sessions(room: PostRoom) -> None:
    """A session is found by its id until its end or until somebody signs out."""
    await room.roster.open_session(SESSION)
    await room.roster.open_session(SESSION)
    assert await room.roster.session("a secret id", SOON - MOMENT) == SESSION
    assert await room.roster.session("a secret id", SOON) is None
    assert await room.roster.session("another id", NOW) is None
    for _ in range(2):
        await room.roster.end_session("a secret id")
        assert await room.roster.session("a secret id", NOW) is None


async def test_the_store_holds_nothing_to_sign_in_with(valkey_url: str, team: str, tmp_path: Path) -> None:
    """Neither tokens nor session ids stand in any key or value of the team."""
    async with connect(valkey_url, tmp_path) as store:
        ours = real(store, team)
        await ours.roster.invite("an invite token", "p1", SOON)
        await ours.roster.open_session(SESSION)
        found = b""
        keys = [key async for key in store.client.scan_iter(match=f"{{{team}}}:*")]
        for key in keys:
            found += key + await store.client.execute_command("GET", key)
        assert len(keys) == 2
        assert b"p1" in found
        assert b"an invite token" not in found
        assert b"a secret id" not in found


async def test_what_is_long_over_tidies_itself_up(valkey_url: str, team: str, tmp_path: Path) -> None:
    """Links and sessions go from the store a day after their end by the store's clock, at the latest."""
    past = datetime(2020, 1, 1, tzinfo=UTC)
    async with connect(valkey_url, tmp_path) as store:
        ours = real(store, team)
        await ours.roster.invite("old", "p1", past)
        await ours.roster.open_session(SESSION.model_copy(update={"until": past}))
        assert [key async for key in store.client.scan_iter(match=f"{{{team}}}:*")] == []
