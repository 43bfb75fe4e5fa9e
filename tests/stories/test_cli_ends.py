"""The command line where things end early or are missing: Ctrl-C at a prompt, a machine without uvloop, a record's details."""

import asyncio
import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.round import a_round
from tests.servers import running, valkey
from tests.square import Square
from tests.stories.process import MODULE, ROOT, a_house, house, until


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """As in a terminal: a run in the background has Ctrl-C ignored, and so has every process that it begins."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_while_it_waits_for_a_line_is_no_trouble(tmp_path: Path) -> None:
    """Somebody tries `coolhead flag` by hand and has seen enough: exit 0, not a word, what was asked is answered."""
    with subprocess.Popen(
        [*MODULE, "flag"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=a_house(tmp_path / "data").environment,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id": "a", "text": "Where is my parcel?"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == "a"
        until(lambda: _waits(process.pid), lambda: "it does not wait for a line")
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


def _waits(pid: int) -> bool:
    """Whether it is in the very call that reads its standard input, as far as this system tells.

    Python sees a signal that comes an instant before that call only after it, and it may have slept elsewhere until then.
    """
    try:
        told = Path(f"/proc/{pid}/syscall").read_text().split()
    except OSError:
        return True
    return told[:2] in (["0", "0x0"], ["63", "0x0"])  # read(0, …) on x86-64 and on arm64


def test_it_runs_where_there_is_no_uvloop(tmp_path: Path) -> None:
    """Python's own loop does as well: a mention comes in, and Ctrl-C ends it."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "uvloop.py").write_text("raise ImportError('there is none on this machine')\n")
    with house(tmp_path / "data", PYTHONPATH=str(hidden)) as made:
        assert made.mention({"id": "m1", "text": "Where is my parcel?"})["accepted"] == 1
        assert made.stop() == 0
        assert made.err == ""


def test_a_store_that_may_lose_what_it_confirmed_is_refused(tmp_path: Path) -> None:
    """Nothing is read or begun there: exit 1, and a sentence that names the setting and its fix."""
    with running(valkey(), "--appendfsync", "everysec") as server:
        made = a_house(tmp_path / "data", COOLHEAD_REDIS_URL=server.url, COOLHEAD_SECRET="a long random text").command(
            "export"
        )
    assert (made.returncode, made.stdout) == (1, b"")
    said = made.stderr.decode()
    assert "Set appendfsync always" in said
    assert "accept_loss" in said
    assert "Traceback" not in said


async def test_replay_leaves_bookkeeping_to_the_record(square: Square, tmp_path: Path) -> None:
    """A reply is shown as the team saw it; what only led up to it (read once more, asked, intended) is in the export."""
    async with a_round(tmp_path / "data", square, []) as one:
        await one.story.begins()
        incident, _ = await one.story.find(one.story.posts[0])
        await one.story.goes_on(lambda shown: any(told.kind == "send_asked" for told in one.story.told))
        recorded: list[str] = []
        while "delivered" not in recorded:  # the test's own deadline ends it
            recorded = [line["kind"] for line in await one.export() if line["incident"] == incident]
        made = await asyncio.to_thread(one.house.command, "replay", incident, "--json")
        assert made.returncode == 0, made.stderr
        shown = [json.loads(line)["kind"] for line in made.stdout.splitlines()]
        unseen = {"reread", "send_asked", "intended"}
        assert unseen <= set(recorded)
        assert shown == [kind for kind in recorded if kind not in unseen]
        assert await asyncio.to_thread(one.house.stop) == 0


def test_a_manifest_for_each_chat(tmp_path: Path) -> None:
    """What to hand to a chat, as JSON: for Slack it follows which secrets are set, for Discord it holds the invite link."""
    socket = json.loads(a_house(tmp_path / "data").command("manifest", "slack").stdout)
    assert socket["settings"]["socket_mode_enabled"] is True
    called = a_house(
        tmp_path / "data", COOLHEAD_SLACK_SIGNING_SECRET="hush", COOLHEAD_PUBLIC_URL="https://desk.example"
    )
    http = json.loads(called.command("manifest", "slack").stdout)
    assert http["settings"]["event_subscriptions"]["request_url"].startswith("https://desk.example/hooks/slack/")
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.x.y"
    invited = json.loads(a_house(tmp_path / "data", COOLHEAD_DISCORD_TOKEN=token).command("manifest", "discord").stdout)
    assert "client_id=123456789012345678" in invited["invite"]
    assert token not in json.dumps(invited)
