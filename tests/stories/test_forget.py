"""A person asks to be forgotten (promise 7): on a house that runs, over real processes, down to the bytes on the disk."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from tests.servers import temporary
from tests.stories.process import SCRIPT, House, house, until

WORDS = "Eleven days and still no parcel, says the lighthouse keeper."
LATER = "The lighthouse keeper is still waiting."
ASIDE = "A lovely walk by the lighthouse."
MARA = {"id": "mara-77", "name": "Mara Lighthouse", "handle": "@mara@square.test"}


@pytest.fixture
def running() -> Iterator[House]:
    """A house where Mara and Tom said something, in sight of the team and aside."""
    with temporary() as folder, house(folder / "data", SCRIPT) as made:
        made.mention(
            {"id": "m1", "text": WORDS, "platform": "mastodon", "author": MARA},
            {"id": "m2", "text": "My lamp came broken.", "platform": "mastodon", "author": {"handle": "@tom"}},
            {"id": "m3", "text": ASIDE, "platform": "mastodon", "direct": False, "author": MARA},
        )
        made.mention({"id": "m4", "text": LATER, "platform": "mastodon", "in_reply_to": "m1", "author": MARA})
        until(lambda: _texts(made) == {WORDS, LATER, "My lamp came broken."}, lambda: str(_texts(made)))
        yield made
        assert made.stop() == 0


def _texts(made: House) -> set[str]:
    exported = made.command("export").stdout.splitlines()
    return {line["text"] for line in map(json.loads, exported) if line["kind"] in ("opened", "wrote_again")}


def _found(made: House) -> dict[str, Any]:
    answer = made.command("forget", "--look", "--json", "@mara@square.test")
    assert answer.returncode == 0, answer.stderr
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _bytes(folder: Path) -> bytes:
    """Everything that lies in the data folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _store(made: House, *command: str) -> Any:
    """One command of the store's own."""
    with Redis(unix_socket_path=str(made.socket)) as client:
        return client.execute_command(*command)


def _blobs(made: House, person: str) -> list[bytes]:
    """What the store keeps of a person: their wrapped key and every ciphertext."""
    return list(_store(made, "HVALS", f"{{home}}:p:{person}"))


def test_what_a_person_said_is_nowhere_any_more(running: House) -> None:
    """Neither their words nor their key or ciphertext is left in any file; the timeline still verifies, others stay."""
    told = _found(running)
    assert told["forgotten"] is False
    (person,) = told["persons"]
    kept = _blobs(running, person)
    before = _bytes(running.data)
    assert len(kept) >= 4
    assert all(blob in before for blob in kept)
    answer = running.command("forget", "@mara@square.test")
    assert answer.returncode == 0, answer.stderr
    assert person in answer.stdout.decode()
    after = _bytes(running.data)
    assert not [blob for blob in kept if blob in after]
    for words in (WORDS, LATER, ASIDE, "Lighthouse", "mara@square.test", "mara-77"):
        assert words.encode() not in after
    assert _blobs(running, person) == []
    assert person.encode() in b"".join(_store(running, "ZRANGE", "{home}:forgotten", "0", "-1"))
    assert _texts(running) == {None, "My lamp came broken."}
    assert ASIDE.encode() not in running.command("export", "--unforwarded").stdout
    verdict = json.loads(running.command("verify", "--json").stdout)
    assert verdict["ok"], verdict
    kinds = [line["kind"] for line in map(json.loads, running.command("export", "--incident", "").stdout.splitlines())]
    assert kinds[-2:] == ["erasure_asked", "erased"]
    again = running.command("forget", "mara@square.test")
    assert again.returncode == 1
    assert b"Nobody" in again.stdout


def test_a_name_that_two_people_share_has_to_be_made_clear(running: House) -> None:
    """Nobody is forgotten by mistake: the platform tells them apart."""
    running.mention({"id": "x1", "text": "Where is my lamp?", "platform": "bluesky", "author": {"handle": "@tom"}})
    until(lambda: "Where is my lamp?" in _texts(running), lambda: str(_texts(running)))
    unclear = running.command("forget", "tom")
    assert unclear.returncode == 2
    assert b"bluesky:tom or mastodon:tom" in unclear.stderr
    assert running.command("forget", "bluesky:tom").returncode == 0
    assert None in _texts(running)
    assert "My lamp came broken." in _texts(running)
    assert "Where is my lamp?" not in _texts(running)
