"""`coolhead backup` beside a house that runs, and `coolhead restore` on another machine: real processes, real files."""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.cli import main
from bot.settings import read
from tests.servers import temporary
from tests.stories.process import ROOT, SCRIPT, House, a_house, cleaned, house, until

MARA = {"id": "mara-77", "name": "Mara Lighthouse", "handle": "@mara@square.test"}
WORDS = "Eleven days and still no parcel, says the lighthouse keeper."


@pytest.fixture(scope="module")
def running() -> Iterator[House]:
    """A house where Mara and many others said something."""
    with temporary() as folder, house(folder / "data", SCRIPT) as made:
        made.mention({"id": "m0", "text": WORDS, "platform": "mastodon", "author": MARA})
        made.mention(
            *({"id": f"m{n}", "text": f"My lamp {n} came broken.", "author": {"id": f"p{n}"}} for n in range(1, 60))
        )
        until(lambda: len(_rows(made)) == 60, lambda: "they are not sorted")
        yield made
        assert made.stop() == 0


@pytest.fixture
def empty(tmp_path: Path, running: House) -> Iterator[House]:
    """Another machine that was given the same master secret."""
    with temporary() as folder:
        made = a_house(folder / "data", SCRIPT)
        made.data.mkdir(mode=0o700)
        shutil.copy(running.data / "secret", made.data / "secret")
        with cleaned(made):
            yield made


def _lines(made: House) -> list[dict[str, Any]]:
    return [json.loads(line) for line in made.command("export").stdout.splitlines()]


def _rows(made: House) -> dict[str, Any]:
    return {line["mention"]["id"]: line["text"] for line in _lines(made) if line["kind"] in ("opened", "wrote_again")}


def _did(made: "subprocess.CompletedProcess[bytes]", code: int) -> Any:
    assert made.returncode == code, (made.args, made.stdout, made.stderr)
    assert b"Traceback" not in made.stderr
    return json.loads(made.stdout) if code < 2 and made.stdout.startswith(b"{") else made.stderr.decode()


def test_a_backup_made_under_load_comes_back_whole(running: House, empty: House, tmp_path: Path) -> None:
    """While mentions come in: what was sorted before it is in it, the record verifies, and the new house works on."""
    before = _lines(running)
    over: list[bool] = []

    def load() -> int:
        count = 0
        while not over:
            count += 1
            running.mention(
                {"id": f"load-{count}", "text": f"Where is my chair {count}?", "author": {"id": f"l{count}"}}
            )
        return count

    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load)
        time.sleep(0.2)
        made = _did(running.command("backup", str(tmp_path / "b"), "--json"), 0)
        over.append(True)
        assert loading.result() > 10
    assert made["ok"]
    assert made["events"] >= len(before)
    told = _did(empty.command("restore", str(tmp_path / "b"), "--json"), 0)
    assert (told["ok"], told["events"], told["doubtful"], told["forgotten"]) == (True, made["events"], 0, 0) or (
        told["ok"] and told["events"] == made["events"] + 1
    )
    after = _lines(empty)
    assert [line for line in before if line not in after] == []
    empty.start()
    empty.up()
    (hold,) = [line for line in after if line["kind"] == "hold_began"]
    assert "Restored from a backup" in hold["text"]
    said = empty.mention({"id": "m5", "text": "x"}, {"id": "new", "text": "My kettle leaks.", "author": {"id": "p5"}})
    assert (said["accepted"], said["duplicates"]) == (1, 1)
    until(lambda: "new" in _rows(empty), lambda: "it does not sort")
    assert empty.command("verify").returncode == 0
    assert empty.stop() == 0
    assert "Traceback" not in empty.err


def test_who_was_forgotten_since_does_not_come_back(empty: House, tmp_path: Path) -> None:
    """The list beside the store is applied to an older backup, wherever it is brought back; the record still verifies."""
    with temporary() as folder, house(folder / "data", SCRIPT, COOLHEAD_SECRET="a long random text for tests") as made:
        made.mention({"id": "m0", "text": WORDS, "platform": "mastodon", "author": MARA})
        made.mention({"id": "m1", "text": "My lamp came broken.", "author": {"id": "tom"}})
        until(lambda: len(_rows(made)) == 2, lambda: "they are not sorted")
        _did(made.command("backup", str(tmp_path / "b"), "--json"), 0)
        assert made.command("forget", "@mara@square.test").returncode == 0
        secret: dict[str, Any] = {"COOLHEAD_SECRET": "a long random text for tests"}
        listed = made.data / "forgotten"
        told = _did(empty.command("restore", str(tmp_path / "b"), "--forgotten", str(listed), "--json", **secret), 0)
        assert told["forgotten"] == 1
        after = json.loads(
            json.dumps([json.loads(line) for line in empty.command("export", **secret).stdout.splitlines()])
        )
        texts = {line["mention"]["id"]: line["text"] for line in after if line["kind"] == "opened"}
        assert texts == {"m0": None, "m1": "My lamp came broken."}
        assert [line["kind"] for line in after if line["incident"] is None][-3:] == [
            "erasure_asked",
            "erased",
            "hold_began",
        ]
        everything = b"".join(path.read_bytes() for path in empty.data.rglob("*") if path.is_file())
        assert b"Lighthouse" not in everything
        assert made.stop() == 0


def _half(made: House) -> bool:
    """Whether something is just being brought back there."""
    try:
        with Redis(unix_socket_path=str(made.socket), retry=Retry(NoBackoff(), 0)) as client:
            return bool(client.exists("{home}:restoring"))
    except RedisError:
        return False


def test_a_restore_that_was_killed_is_done_again(running: House, empty: House, tmp_path: Path) -> None:
    """Until it is, nothing runs on what lies there; afterwards it is as if nothing had happened."""
    made = _did(running.command("backup", str(tmp_path / "b"), "--json"), 0)
    assert empty.command("verify").returncode == 0  # looking at an empty store leaves it empty
    process = subprocess.Popen(
        [*SCRIPT, "restore", str(tmp_path / "b")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=empty.environment,
    )
    until(lambda: _half(empty) or process.poll() is not None, lambda: "it does not begin")
    process.send_signal(signal.SIGKILL)
    assert process.wait() != 0
    assert "coolhead restore" in _did(empty.command("export"), 1)
    assert _did(empty.command("restore", str(tmp_path / "b"), "--json"), 0)["ok"]
    assert {line["hash"] for line in _lines(running)[: made["events"] // 2]} <= {line["hash"] for line in _lines(empty)}


def test_wrong_uses_are_said(
    running: House, empty: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder that holds no backup or one already, a store that holds something or nothing, another secret, a store that is away."""
    backup, keys = str(tmp_path / "b"), ("--keys", str(tmp_path / "k"))

    def told(made: House, *words: str, **environ: str) -> tuple[int, str]:
        """The same command, without the second it takes to start a process."""
        given = read(
            {name: text for name, text in (made.environment | environ).items() if name.startswith("COOLHEAD_")}
        )
        monkeypatch.setattr("bot.settings.read", lambda: given)
        capsys.readouterr()
        code = main(words)
        return code, capsys.readouterr().err

    assert told(running, "backup", backup, *keys)[0] == 0
    assert not (tmp_path / "b" / "keys.coolhead").exists()
    gone = {"COOLHEAD_REDIS_URL": f"unix://{tmp_path}/nobody.sock", "COOLHEAD_SECRET": "something else"}
    expected = [
        (running, ("backup", backup), {}, 2, "already"),
        (empty, ("backup", str(tmp_path / "d")), {}, 2, "No Coolhead has run"),
        (empty, ("restore", str(tmp_path)), {}, 2, "no finished backup"),
        (empty, ("restore", backup), {}, 2, "cannot be read"),
        (running, ("restore", backup, *keys), {}, 2, "not empty"),
        (empty, ("restore", backup, *keys), {"COOLHEAD_SECRET": "something else"}, 1, "master secret"),
        (empty, ("restore", backup, *keys), gone, 3, "store"),
        (running, ("backup", str(tmp_path / "c")), gone, 3, "store"),
    ]
    for made, words, environ, code, says in expected:
        answer = told(made, *words, **environ)
        assert answer[0] == code, (words, answer)
        assert says in answer[1], (words, answer)
    with (tmp_path / "b" / "data.coolhead").open("r+b") as file:
        file.seek(100)
        file.write(b"x")
    for _ in range(2):  # and the store is still empty
        assert "changed or cut off" in told(empty, "restore", backup, *keys)[1]
