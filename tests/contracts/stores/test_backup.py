"""A backup of a team on each kind of server: whole, of one instant, readable by nobody else, and back into an empty store only."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.stores.backups.copying import pieces
from adapters.stores.backups.finished import Backup, find_backup
from adapters.stores.backups.pieces_file import Piece, Writer, packed, read, unpacked
from adapters.stores.backups.restoring import done, fill, require_whole, since
from adapters.stores.backups.taking import back_up
from adapters.stores.connect import Store, connect
from adapters.stores.crypt import Secrets
from adapters.stores.keys import Keys
from adapters.stores.list_of_forgotten import listed, note
from adapters.stores.locks import try_alone
from adapters.stores.vault import RedisVault
from bot.errors import CoolheadError, StoreAway, StoreUnsafe, Tampered, WrongUse
from tests.contracts.stores.house import MASTER

ODD = bytes(range(256))


@pytest.fixture
async def store(store_url: str, tmp_path: Path) -> AsyncIterator[Store]:
    """Each kind of server."""
    async with connect(store_url, tmp_path) as opened:
        yield opened


def quiet(text: str) -> None:
    """Nobody listens to the progress."""
    del text


async def ask(store: Store, *command: Any) -> Any:
    """One command."""
    return await store.client.execute_command(*command)


async def clear(store: Store, keys: Keys) -> None:
    """The team's keys are gone."""
    target = {} if "Cluster" not in type(store.client).__name__ else {"target_nodes": "primaries"}
    names = [name async for name in store.client.scan_iter(match=f"{keys.tag}*", count=1000, **target)]
    for name in names:
        await ask(store, "UNLINK", name)


async def laid_out(store: Store, keys: Keys) -> None:
    """A key of every kind, small and larger than what one answer holds."""
    await ask(store, "SET", keys.sender(), "12")
    await ask(store, "SET", keys.said("k"), ODD, "PX", 600_000)
    await ask(store, "HSET", keys.team_row(), "version", "3", "row", ODD)
    await ask(store, "HSET", keys.where(), *(part for n in range(2500) for part in (f"m{n}", f"c{n}")))
    await ask(store, "SADD", keys.seen(), *(b"%d" % n + ODD for n in range(2500)))
    await ask(store, "ZADD", keys.due(), "1764000000123456", "c1 x", "1.5", "c2 y", "-inf", "c3 z")
    await ask(store, "ZADD", keys.commands(), *(part for n in range(2500) for part in (n / 8, f"cmd{n}")))
    async with store.client.pipeline(transaction=False) as pipe:
        for n in range(2500):
            pipe.execute_command("XADD", keys.timeline("i1"), f"{n + 1}-0", "line", json.dumps({"version": n + 1}))
        await pipe.execute()


async def shown(store: Store, keys: Keys) -> list[Any]:
    """All of it, by other commands than the copy uses."""
    return [
        await ask(store, "GET", keys.sender()),
        await ask(store, "GET", keys.said("k")),
        await ask(store, "HMGET", keys.team_row(), "version", "row", "key"),
        sorted(await ask(store, "HKEYS", keys.where())),
        sorted(await ask(store, "HVALS", keys.where())),
        [await ask(store, "SISMEMBER", keys.seen(), b"%d" % n + ODD) for n in (0, 1234, 2499)],
        await ask(store, "SCARD", keys.seen()),
        [await ask(store, "ZSCORE", keys.due(), name) for name in ("c1 x", "c2 y", "c3 z")],
        await ask(store, "ZRANGE", keys.commands(), 0, -1),
        await ask(store, "ZSCORE", keys.commands(), "cmd2499"),
        await ask(store, "XREVRANGE", keys.timeline("i1"), "+", "-"),
    ]


async def test_everything_comes_back(store: Store, team: str, tmp_path: Path) -> None:
    """Every kind of key, whatever its size, byte for byte; what ends in time still does. Sign-ins do not come back."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    await ask(store, "SET", keys.session("s"), "somebody")
    await ask(store, "SET", keys.invite("i"), "somebody")
    before = await shown(store, keys)
    made, count = await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    await clear(store, keys)
    filled = await fill(store, keys, secrets, find_backup(tmp_path / "b"), [made.forgotten_file], quiet)
    await done(store, keys)
    assert await shown(store, keys) == before
    assert 590_000 < await ask(store, "PTTL", keys.said("k")) <= 600_000
    assert await ask(store, "EXISTS", keys.session("s")) == 0
    assert await ask(store, "EXISTS", keys.invite("i")) == 0
    assert filled.keys == 8
    assert count >= 8


async def test_it_is_of_one_instant(store: Store, team: str, tmp_path: Path) -> None:
    """Two keys far apart that are always written together are never a word apart in the copy, however busy it is."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    async with store.client.pipeline(transaction=False) as pipe:
        for n in range(400):
            pipe.execute_command("HSET", keys.conversation(f"c{n}"), "row", f"{n}")
        await pipe.execute()
    over, count = asyncio.Event(), 0
    both = "redis.call('HINCRBY', KEYS[1], 'n', 1) redis.call('XADD', KEYS[2], '*', 'n', ARGV[1]) return 1"

    async def write() -> None:
        nonlocal count
        while not over.is_set():
            count += 1
            await ask(store, "EVAL", both, 2, keys.conversation("a"), keys.timeline("z"), count)

    writing = asyncio.create_task(write())
    for turn in range(5):
        before = count
        made, _ = await back_up(store.client, keys, secrets, tmp_path / f"{turn}", None, quiet)
        found = {piece.key: piece for piece in made.data(secrets)}
        told = dict(
            zip(found[keys.conversation("a")].items[::2], found[keys.conversation("a")].items[1::2], strict=True)
        )
        entries = sum(len(p.items) // 2 for p in made.data(secrets) if p.key == keys.timeline("z"))
        assert int(told[b"n"]) == entries >= before
    over.set()
    await writing
    assert count > 100


async def test_without_the_keys_nobody_can_read_a_text(store: Store, team: str, tmp_path: Path) -> None:
    """The keys of persons lie in a file of their own, wherever it is wanted; the other holds none of them."""
    keys, vault = Keys(team), RedisVault(store, Keys(team), MASTER)
    sealed = await vault.seal("a" * 32, "My parcel never came.")
    await ask(store, "HSET", keys.person("a" * 32), sealed.words.ref.rpartition(".")[2], sealed.blob)
    made, _ = await back_up(store.client, keys, vault.secrets, tmp_path / "b", tmp_path / "apart", quiet)
    wrapped = await ask(store, "HGET", keys.person("a" * 32), "key")
    assert made.persons(vault.secrets) == {keys.person("a" * 32): wrapped}
    assert {path.name for path in (tmp_path / "b").iterdir()} == {"backup.json", "data.coolhead", "forgotten"}
    assert all(wrapped not in piece.items for piece in made.data(vault.secrets))
    with pytest.raises(WrongUse, match="cannot be read"):
        find_backup(tmp_path / "b").persons(vault.secrets)
    await clear(store, keys)
    vault.secrets.forget("a" * 32)
    await fill(store, keys, vault.secrets, find_backup(tmp_path / "b", tmp_path / "apart"), (), quiet)
    (back,) = await vault.open([sealed.words])
    assert back.text == "My parcel never came."


async def test_whom_was_forgotten_since_stays_forgotten(store: Store, team: str, tmp_path: Path) -> None:
    """The list stands beside the store too, and is applied before anything of theirs is written."""
    keys = Keys(team)
    vault = RedisVault(store, keys, MASTER, tmp_path / "data" / "forgotten")
    for person in ("a" * 32, "b" * 32):
        await vault.key(person)
    made, _ = await back_up(store.client, keys, vault.secrets, tmp_path / "b", None, quiet)
    await vault.forget(["a" * 32])
    assert listed(tmp_path / "data" / "forgotten").keys() == {"a" * 32}
    await clear(store, keys)
    filled = await fill(store, keys, vault.secrets, made, [tmp_path / "data" / "forgotten", made.forgotten_file], quiet)
    assert filled.forgotten == ["a" * 32]
    assert await ask(store, "EXISTS", keys.person("a" * 32)) == 0
    assert await ask(store, "EXISTS", keys.person("b" * 32)) == 1


async def test_only_an_empty_store_is_filled(store: Store, team: str, tmp_path: Path) -> None:
    """One that holds anything is left as it is; one that was filled by half is nobody's, and filled anew."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await ask(store, "SET", keys.sender(), "12")
    made, _ = await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    await ask(store, "SET", keys.sender(), "13")
    with pytest.raises(WrongUse, match="not empty"):
        await fill(store, keys, secrets, made, (), quiet)
    assert await ask(store, "GET", keys.sender()) == b"13"
    await ask(store, "SET", keys.restoring(), "another")
    await ask(store, "SET", keys.feed(), "left over")
    with pytest.raises(StoreUnsafe, match="coolhead restore"):
        await require_whole(store, keys)
    await fill(store, keys, secrets, made, (), quiet)
    assert await ask(store, "GET", keys.sender()) == b"12"
    assert await ask(store, "EXISTS", keys.feed()) == 0
    with pytest.raises(StoreUnsafe):
        await require_whole(store, keys)
    await done(store, keys)
    await require_whole(store, keys)


class Broken(Exception):
    """The restore was broken off."""


def breaks_off(at: int) -> Callable[[str], None]:
    """Whoever listens to the progress, and breaks it off once so many words of it were said."""
    said: list[str] = []

    def listens(text: str) -> None:
        said.append(text)
        if len(said) == at:
            raise Broken

    return listens


@pytest.mark.parametrize("at", [3, 4, 5])
async def test_a_restore_that_broke_off_goes_on_where_it_was(
    store: Store, team: str, tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is back stays, what was written by half is written anew, and nothing comes twice."""
    monkeypatch.setattr("adapters.stores.backups.restoring._STEP", 2)
    monkeypatch.setattr("adapters.stores.backups.restoring._AT_ONCE", 2)
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    before = await shown(store, keys)
    made, count = await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    await clear(store, keys)
    with pytest.raises(Broken):
        await fill(store, keys, secrets, made, (), breaks_off(at))
    with pytest.raises(StoreUnsafe):
        await require_whole(store, keys)
    there = (await ask(store, "GET", keys.restoring())).decode()
    back = int(there.rpartition(" ")[2])
    assert 0 < back < count
    said: list[str] = []
    filled = await fill(store, keys, secrets, made, (), said.append)
    assert f"{back} of {count} keys are back from the last time." in said
    assert filled.keys == count
    assert await shown(store, keys) == before
    await done(store, keys)


async def test_what_was_half_written_is_written_anew(
    store: Store, team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key of which only a part came, or more than the mark knows of, is whole afterwards."""
    monkeypatch.setattr("adapters.stores.backups.restoring._STEP", 1)
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    before = await shown(store, keys)
    made, _ = await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    await clear(store, keys)
    with pytest.raises(Broken):
        await fill(store, keys, secrets, made, (), breaks_off(2))
    await ask(store, "XADD", keys.timeline("i1"), "1-0", "line", "half")
    await ask(store, "HSET", keys.where(), "odd", "left over")
    await fill(store, keys, secrets, made, (), quiet)
    assert await shown(store, keys) == before
    assert await ask(store, "HEXISTS", keys.where(), "odd") == 0


async def test_a_restore_with_another_list_or_backup_begins_anew(store: Store, team: str, tmp_path: Path) -> None:
    """Somebody was forgotten between the two tries: nothing of theirs that came with the first one is left."""
    keys = Keys(team)
    vault = RedisVault(store, keys, MASTER, tmp_path / "data" / "forgotten")
    for person in ("a" * 32, "b" * 32):
        await vault.key(person)
    made, _ = await back_up(store.client, keys, vault.secrets, tmp_path / "b", None, quiet)
    await clear(store, keys)
    await fill(store, keys, vault.secrets, made, (), quiet)
    assert await ask(store, "EXISTS", keys.person("a" * 32)) == 1
    note(tmp_path / "since", ["a" * 32], (made.at + 5_000) / 1000)
    await fill(store, keys, vault.secrets, made, [tmp_path / "since"], quiet)
    assert await ask(store, "EXISTS", keys.person("a" * 32)) == 0
    assert await ask(store, "EXISTS", keys.person("b" * 32)) == 1


async def test_what_came_back_whole_is_not_written_again(store: Store, team: str, tmp_path: Path) -> None:
    """It broke off after the last key: what was done there since, as erasing somebody's key, stays done."""
    keys = Keys(team)
    vault = RedisVault(store, keys, MASTER, tmp_path / "data" / "forgotten")
    await vault.key("a" * 32)
    made, count = await back_up(store.client, keys, vault.secrets, tmp_path / "b", None, quiet)
    await clear(store, keys)
    first = await fill(store, keys, vault.secrets, made, (), quiet)
    await ask(store, "DEL", keys.person("a" * 32))
    assert await fill(store, keys, vault.secrets, made, (), quiet) == first
    assert first.keys == count
    assert await ask(store, "EXISTS", keys.person("a" * 32)) == 0


@pytest.mark.parametrize(("at", "kept"), [(2, 0), (5, 0), (7, 2), (11, 4), (13, 4)])
async def test_a_backup_that_broke_off_is_gone_on_with(
    store: Store, team: str, tmp_path: Path, at: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was copied and is the same is not read again; what was written, deleted and begun since is as it is now."""
    monkeypatch.setattr("adapters.stores.backups.taking._STEP", 1)
    keys, vault = Keys(team), RedisVault(store, Keys(team), MASTER)
    for n in range(5):
        sealed = await vault.seal(f"{n}" * 32, f"My parcel {n} never came.")
        await ask(store, "HSET", keys.person(f"{n}" * 32), sealed.words.ref.rpartition(".")[2], sealed.blob)
    await laid_out(store, keys)
    with pytest.raises(Broken):
        await back_up(store.client, keys, vault.secrets, tmp_path / "b", None, breaks_off(at))
    with pytest.raises(WrongUse, match="no finished backup"):
        find_backup(tmp_path / "b")
    await ask(store, "SET", keys.sender(), "13")
    await ask(store, "HSET", keys.team_row(), "key", "a field that others have, too")
    await ask(store, "DEL", keys.person("0" * 32), keys.said("k"))
    await ask(store, "ZADD", keys.due(), "7", "c1 x")
    before, persons = await shown(store, keys), await of_persons(store, keys)
    said: list[str] = []
    made, _ = await back_up(store.client, keys, vault.secrets, tmp_path / "b", None, said.append)
    assert said[0] == f"{kept} of 11 keys are as an earlier try copied them."
    assert {path.name for path in (tmp_path / "b").iterdir()} == {
        "backup.json",
        "data.coolhead",
        "forgotten",
        "keys.coolhead",
    }
    await clear(store, keys)
    vault.secrets.forget("1" * 32)
    await fill(store, keys, vault.secrets, find_backup(tmp_path / "b"), [made.forgotten_file], quiet)
    assert await shown(store, keys) == before
    assert await of_persons(store, keys) == persons
    assert len(persons) == 4


async def of_persons(store: Store, keys: Keys) -> dict[str, Any]:
    """What the vault holds of each."""
    found = {f"{n}": await ask(store, "HGETALL", keys.person(f"{n}" * 32)) for n in range(5)}
    return {n: held for n, held in found.items() if held}


async def test_nothing_is_read_again_that_is_the_same(
    store: Store, team: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every kind of key; but what is larger than one answer, and what ends in time, is."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    await ask(store, "XADD", keys.timeline("i2"), "1-0", "line", ODD, "more", "")
    await ask(store, "SADD", keys.found_by("x"), ODD, "b", "c")
    (tmp_path / "apart").mkdir()
    with pytest.raises(IsADirectoryError):
        await back_up(store.client, keys, secrets, tmp_path / "b", tmp_path / "apart", quiet)
    read_again: list[str] = []
    real = pieces

    def watched(client: Any, names: Any, turn: int, now: int) -> Any:
        read_again.extend(names)
        return real(client, names, turn, now)

    monkeypatch.setattr("adapters.stores.backups.taking.pieces", watched)
    (tmp_path / "apart").rmdir()
    before = await shown(store, keys)
    _, count = await back_up(store.client, keys, secrets, tmp_path / "b", tmp_path / "apart", quiet)
    assert set(read_again) == {keys.said("k"), keys.where(), keys.seen(), keys.commands(), keys.timeline("i1")}
    assert count == 10
    await clear(store, keys)
    await fill(store, keys, secrets, find_backup(tmp_path / "b", tmp_path / "apart"), (), quiet)
    assert await shown(store, keys) == before
    assert await ask(store, "XRANGE", keys.timeline("i2"), "-", "+") == [(b"1-0", {b"line": ODD, b"more": b""})]


@pytest.mark.parametrize("tear", ["cut", "zeros", "another secret", "another team", "no word of it"])
async def test_whatever_was_left_is_only_used_as_far_as_it_is_whole(
    store: Store, team: str, tmp_path: Path, tear: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that ends anywhere, or that is not ours, costs time and nothing else."""
    monkeypatch.setattr("adapters.stores.backups.taking._STEP", 1)
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    before, folder = await shown(store, keys), tmp_path / "b"
    with pytest.raises(Broken):
        await back_up(store.client, keys, secrets, folder, None, breaks_off(8))
    left = (folder / "data.coolhead").read_bytes()
    for n in range(12):
        match tear:
            case "cut":
                (folder / "data.coolhead").write_bytes(left[: len(left) * n // 12])
            case "zeros":
                (folder / "data.coolhead").write_bytes(left[: len(left) * n // 12] + b"\0" * 500)
            case "another secret":
                secrets = Secrets(b"another secret", team)
            case "another team":
                told = json.loads((folder / "backup.json.part").read_bytes())
                (folder / "backup.json.part").write_text(json.dumps({**told, "team": "another"}))
            case _:
                (folder / "backup.json.part").write_bytes(b"{")
        made, _ = await back_up(store.client, keys, secrets, folder, None, quiet)
        await clear(store, keys)
        await fill(store, keys, secrets, made, (), quiet)
        assert await shown(store, keys) == before
        await done(store, keys)
        (folder / "backup.json").rename(folder / "backup.json.part")


async def test_two_do_not_write_one_backup(store: Store, team: str, tmp_path: Path) -> None:
    """The second one is told, and harms nothing."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    await laid_out(store, keys)
    (tmp_path / "b").mkdir()
    lock = try_alone(tmp_path / "b" / "data.coolhead")
    assert lock is not None
    with pytest.raises(WrongUse, match="Another coolhead backup"):
        await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    os.close(lock)
    await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)


async def test_a_finished_backup_is_not_written_over(store: Store, team: str, tmp_path: Path) -> None:
    """One that was broken off is, and counts for nothing before its last file stands."""
    keys, secrets = Keys(team), Secrets(MASTER, team)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "data.coolhead").write_bytes(b"half")
    with pytest.raises(WrongUse, match="no finished backup"):
        find_backup(tmp_path / "b")
    await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)
    assert list(find_backup(tmp_path / "b").data(secrets)) == []
    with pytest.raises(WrongUse, match="already"):
        await back_up(store.client, keys, secrets, tmp_path / "b", None, quiet)


async def test_a_store_that_forbids_it_says_so(store: Store, team: str, tmp_path: Path) -> None:
    """Where our user may not watch or pause writes, nothing is copied, and it says what to allow."""
    if "Cluster" in type(store.client).__name__:
        pytest.skip("users are set on one server")
    await ask(store, "ACL", "SETUSER", "modest", "on", ">pw", "~*", "&*", "+@all", "-client|tracking")
    url = (await store.client.config_get("unixsocket"))["unixsocket"]
    async with connect(f"unix://modest:pw@{url}", tmp_path) as modest:
        with pytest.raises(CoolheadError, match="CLIENT TRACKING"):
            await back_up(modest.client, Keys(team), Secrets(MASTER, team), tmp_path / "b", None, quiet)
    with pytest.raises(WrongUse):
        find_backup(tmp_path / "b")


# ---------------------------------------------------------------- the files, without a store


def a_backup(folder: Path, count: int = 3) -> tuple[Backup, Secrets]:
    """A small finished one."""
    secrets = Secrets(MASTER, "t")
    made = Backup(folder, folder / "keys.coolhead", "an id", "t", 1_000_000)
    writer = Writer(made.data_file, secrets.derive("backup data"), "an id data")
    for n in range(count):
        writer.write(Piece(f"{{t}}:k{n}", 0, "string", None, (b"value %d" % n,)))
    writer.close()
    return made, secrets


def test_every_changed_byte_of_a_backup_is_found(tmp_path: Path) -> None:
    """Wherever it stands; and a piece that was left out, doubled, or an end that was cut off."""
    made, secrets = a_backup(tmp_path)
    whole = made.data_file.read_bytes()
    sizes, at = [], 0
    while at < len(whole):
        sizes.append(4 + int.from_bytes(whole[at : at + 4], "big"))
        at += sizes[-1]
    first, second = sizes[0], sizes[0] + sizes[1]
    harmed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    harmed += [whole[:cut] for cut in range(len(whole))]
    harmed += [whole[:first] + whole[second:], whole[:first] + whole[:first] + whole[first:], whole[first:]]
    for each in harmed:
        made.data_file.write_bytes(each)
        with pytest.raises(Tampered):
            list(made.data(secrets))
    made.data_file.write_bytes(whole)
    assert len(list(made.data(secrets))) == 3
    with pytest.raises(Tampered):
        list(made.data(Secrets(b"another secret", "t")))
    with pytest.raises(Tampered):
        list(read(made.data_file, secrets.derive("backup data"), "another id data"))


def test_the_latest_turn_of_a_key_counts(tmp_path: Path) -> None:
    """What was written while the rest was copied wins, and what was deleted is gone."""
    secrets = Secrets(MASTER, "t")
    made = Backup(tmp_path, tmp_path / "keys.coolhead", "an id", "t", 0)
    writer = Writer(made.data_file, secrets.derive("backup data"), "an id data")
    for piece in (("a", 0, b"1"), ("b", 0, b"1"), ("c", 0, b"1"), ("a", 2, b"2"), ("a", 3, b"3")):
        writer.write(Piece(piece[0], piece[1], "string", None, (piece[2],)))
    writer.write(Piece("b", 4, "none", None, ()))
    writer.close()
    assert {piece.key: piece.items[0] for piece in made.data(secrets)} == {"a": b"3", "c": b"1"}


def test_items_are_told_apart_whatever_they_hold() -> None:
    """Empty ones too."""
    items = (b"", ODD, b"\n", b"x" * 5000)
    assert tuple(unpacked(packed(items))) == items


def test_who_was_forgotten_before_the_backup_is_known_again(tmp_path: Path) -> None:
    """Only what was asked for since its beginning is done again; of several times the latest counts."""
    made, _ = a_backup(tmp_path)
    note(tmp_path / "list", ["a" * 32, "b" * 32], 999)
    note(tmp_path / "list", ["b" * 32], 1000)
    (tmp_path / "list").write_text((tmp_path / "list").read_text() + "1000 cut of")
    assert since(made, [tmp_path / "list"]) == ["b" * 32]
    with pytest.raises(WrongUse, match="no list"):
        since(made, [tmp_path / "nowhere"])


def test_a_list_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    """Nobody is told that somebody is forgotten while an older backup could bring them back."""
    (tmp_path / "list").mkdir()
    with pytest.raises(StoreAway, match="cannot be written"):
        note(tmp_path / "list", ["a" * 32], time.time())


def test_a_later_form_is_refused(tmp_path: Path) -> None:
    """With a word that says why."""
    (tmp_path / "backup.json").write_text('{"form": 2, "id": "x", "team": "home", "at": 1}')
    with pytest.raises(WrongUse, match="later version"):
        find_backup(tmp_path)
