"""Two versions of the product on one store: which hash it keeps, and what an older one leaves out of the team's row."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.connect import Store, connect
from adapters.stores.crypt import Secrets
from adapters.stores.hashes import Layout
from adapters.stores.keys import Keys
from adapters.stores.layout import settled
from adapters.stores.rows import dump, own
from adapters.stores.timelines import RedisTimelines
from adapters.stores.vault import RedisVault
from adapters.stores.whole import WHOLE
from bot.errors import StoreUnsafe, Tampered
from bot.nouns import events as e
from bot.nouns.mention import MentionKey
from bot.nouns.team import Place, Role, Team, Teammate
from bot.ports import Appended
from tests.contracts.stores.changes import START, change
from tests.contracts.stores.house import MASTER

#: Every field that a team's row holds, for the newest of `WHOLE`.
OWN_FIELDS = (
    "alarm_at, alarmed_at, away, brought, contacts, erasing, gone, head, hold, holds, led, people, places, policy, "
    "quiet, version, watches"
)
#: The same of each of its people.
THEIR_FIELDS = "email, id, name, on_duty, public_name, roles, shield, zone, zone_at"
ADDED = e.PlaceAdded(incident=None, conversation=None, at=START, by="ana", place=Place(room="chat", id="C1"))
SET = e.PersonSet(incident=None, conversation=None, at=START, by="ana", person="ben", name="Ben", roles=frozenset())


@pytest.fixture
async def store(store_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    """Each kind of server."""
    async with connect(store_url, tmp_path) as found:
        yield found


async def opens(store: Store, keys: Keys) -> RedisVault:
    """What every version does first, and what this one adds to it."""
    layout = await settled(store, keys, Secrets(MASTER, keys.team))
    vault = RedisVault(store, keys, MASTER, layout=layout)
    await vault.key(vault.team)
    return vault


async def opened_by_an_earlier_build(store: Store, keys: Keys, row: str = "") -> None:
    """Its first key, in the old form, and the team's row as it wrote it."""
    vault = RedisVault(store, keys, MASTER)
    await vault.key(vault.team)
    if row:
        await store.client.execute_command("HSET", keys.team_row(), "row", row)


def test_both_hashes_are_those_that_were_once_written() -> None:
    """What a version hashed stays found: the bytes are those of 0.1.0 and of the builds after it."""
    old, new = (Secrets(b"secret", "home", layout) for layout in Layout)
    assert old.hashed("mention", "square", "1").hex() == "8b9a95cd2c27d6ad67f2a032ff83e019"
    assert new.hashed("mention", "square", "1").hex() == "89aaef0ecf98c306e3438af99da7c5da"
    assert old.tokens("Parcel lost") == ("d43067db08d10b95", "a122db9fbb24ea7d")
    assert new.tokens("Parcel lost") == ("498e19d49e8ff226", "485b2c9aafbb2a4d")


async def test_a_new_store_gets_the_newest_layout_and_keeps_it(store: Store, team: str) -> None:
    """The first to come settles it, the next one finds the same."""
    keys = Keys(team)
    first, second = await opens(store, keys), await opens(store, keys)
    key = MentionKey(platform="square", id="1")
    newest = Secrets(MASTER, team).hashed("mention", "square", "1").hex()
    assert first.mention_ref(key) == second.mention_ref(key) == newest
    assert await store.client.execute_command("GET", keys.layout()) == b"2"


@pytest.mark.parametrize(
    ("row", "layout"),
    [("", Layout.HMAC), ('{"version":1,"people":{}}', Layout.HMAC), ('{"version":1,"brought":[]}', Layout.BLAKE2B)],
)
async def test_a_store_goes_on_as_it_was_begun(store: Store, team: str, row: str, layout: Layout) -> None:
    """One that an earlier version began is hashed as that version does, for as long as it lives."""
    keys = Keys(team)
    await opened_by_an_earlier_build(store, keys, row)
    assert await settled(store, keys, Secrets(MASTER, team)) is layout
    await store.client.execute_command("HSET", keys.team_row(), "row", dump(Team()))
    assert await settled(store, keys, Secrets(MASTER, team)) is layout


async def test_an_older_version_does_not_open_a_newer_store(store: Store, team: str) -> None:
    """The team's key does not look like one to a version without layouts, so it stops before it hashes anything."""
    keys = Keys(team)
    vault = await opens(store, keys)
    wrapped = await store.client.execute_command("HGET", keys.person(vault.team), "key")
    assert not wrapped.startswith(b"\x01")  # 0.1.0 raises Tampered for any other
    assert vault.secrets.key(vault.team, wrapped).secret
    with pytest.raises(Tampered, match="master secret"):
        Secrets(b"another", team).key(vault.team, wrapped)


async def test_a_layout_to_come_is_refused(store: Store, team: str) -> None:
    """A clear sentence, and nothing is written."""
    keys = Keys(team)
    await store.client.execute_command("SET", keys.layout(), "3")
    with pytest.raises(StoreUnsafe, match="newer version of Coolhead: its layout is 3"):
        await settled(store, keys, Secrets(MASTER, team))
    assert await store.client.execute_command("EXISTS", keys.person(RedisVault.team)) == 0


# -- the team's row


def test_the_teams_fields_are_those_its_mark_stands_for() -> None:
    """A field more needs one more name in `WHOLE`: else what an older version leaves out would not be noticed."""
    fields = [", ".join(sorted(noun.model_fields)) for noun in (Team, Teammate)]
    assert (fields, WHOLE) == ([OWN_FIELDS, THEIR_FIELDS], ("whole:1", "whole:2", "whole:3"))


async def told(store: Store, keys: Keys, *events: e.Event) -> RedisTimelines:
    """The team's timeline with these on it."""
    timelines = RedisTimelines(store, keys, RedisVault(store, keys, MASTER))
    for event in events:
        assert await timelines.append(change(await timelines.view(), event)) == Appended()
    return timelines


async def written_by_an_older_one(store: Store, keys: Keys, team: Team, **more: str) -> None:
    """The row without what it did not know."""
    row = {name: value for name, value in json.loads(dump(own(team))).items() if name not in ("brought", "gone")}
    await store.client.execute_command("HSET", keys.team_row(), "version", team.version, "row", json.dumps(row))
    for name, value in more.items():
        await store.client.execute_command("HSET", keys.team_row(), name, value)


async def test_what_an_older_version_left_out_is_told_by_the_timeline(store: Store, team: str) -> None:
    """The next view shows the team whole, and the row is whole again."""
    keys = Keys(team)
    timelines = await told(store, keys, ADDED, SET)
    whole = (await timelines.view()).team
    await written_by_an_older_one(store, keys, whole)
    await store.client.execute_command("HDEL", keys.team_row(), *WHOLE)
    assert (await timelines.view()).team == whole
    assert whole.brought
    row: Any = await store.client.execute_command("HGET", keys.team_row(), "row")
    assert row == dump(own(whole)).encode()
    await written_by_an_older_one(store, keys, whole)  # nobody appended, so nothing is folded anew
    assert (await timelines.view()).team.brought == ()


async def test_where_a_team_had_begun_before_we_noted_it(store: Store, team: str) -> None:
    """The row of the version before, whole for what that knew, leaves out who led; the timeline tells that a lead of the
    chat was made and is none, so that nobody of it comes first."""
    keys = Keys(team)
    uma = SET.model_copy(update={"person": "chat:u1", "roles": frozenset({Role.LEAD})})
    timelines = await told(store, keys, uma, uma.model_copy(update={"roles": frozenset({Role.TEAMMATE})}))
    row = json.loads(dump(own((await timelines.view()).team)))
    assert row.pop("led") == ["chat"]
    await store.client.execute_command("HSET", keys.team_row(), "row", json.dumps(row))
    await store.client.execute_command("HDEL", keys.team_row(), WHOLE[-1])
    assert not (await timelines.view()).team.new_to("chat")


async def test_a_team_that_goes_on_meanwhile_is_not_overwritten(store: Store, team: str) -> None:
    """Whoever folded an earlier state keeps it for themselves."""
    keys = Keys(team)
    timelines = await told(store, keys, ADDED)
    await store.client.execute_command("HSET", keys.team_row(), "head", "another", WHOLE[-1], "0")
    assert (await timelines.view()).team.brought
    assert await store.client.execute_command("HGET", keys.team_row(), WHOLE[-1]) == b"0"


async def test_an_event_of_a_version_to_come_is_passed_over(store: Store, team: str) -> None:
    """What it meant nobody here knows, but the version and the head go on."""
    keys = Keys(team)
    timelines = await told(store, keys, ADDED)
    (line,) = await timelines.events("")
    later = {**line, "version": 2, "kind": "from_the_future", "hash": "h2"}
    await store.client.xadd(keys.timeline(""), {"line": json.dumps(later)}, id="2-0")
    await store.client.execute_command("HSET", keys.team_row(), "version", "2", "head", "h2")
    found = (await timelines.view()).team
    assert (found.version, found.head, len(found.brought)) == (2, "h2", 1)
