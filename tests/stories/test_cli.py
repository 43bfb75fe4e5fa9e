"""The `coolhead` command as scripts use it, on a machine where nothing runs: real processes."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.stories.process import MODULE, ROOT, SCRIPT, House, a_house, calm, lines_of

COMMANDS = ("run", "demo", "check", "sign-in", "config", "flag", "caution", "replay", "export", "verify")


def _bare(folder: Path) -> House:
    return a_house(folder / "data", SCRIPT)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_everywhere(command: str, tmp_path: Path) -> None:
    """Every command says what it does, and touches nothing."""
    made = _bare(tmp_path).command(*([command] if command else []), "--help")
    assert calm(made, 0) == ""
    assert b"usage: coolhead" in made.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_module_is_the_command(tmp_path: Path) -> None:
    """`python -m bot` does what `coolhead` does."""
    made = a_house(tmp_path / "data", MODULE).command("flag", said=b'{"id": "a", "text": "Never again."}\n')
    assert calm(made, 0) == ""
    assert lines_of(made.stdout)[0]["id"] == "a"


def test_flag_needs_no_store(tmp_path: Path) -> None:
    """One answer a line in the same order, bad lines named by number, exit 2, and no folder made."""
    asked = [
        b'{"id": "a", "text": "This is a disgrace, I want my money back!"}',
        b"not json",
        b"",
        b'{"id": "b", "text": "Lovely, thank you.", "rating": 5, "author": {"followers": 10}}',
        b'{"id": "c"}',
        b"[1]",
        b"\xff\xfe",
        b'{"id": "d", "text": "\\ud800"}',
        b"[" * 100_000,
    ]
    made = _bare(tmp_path).command("flag", "--json", said=b"\n".join(asked))
    assert calm(made, 2) == ""
    lines = lines_of(made.stdout)
    assert [line["id"] for line in lines] == ["a", None, "b", None, None, None, "d", None]
    assert [line["line"] for line in lines if line["id"] is None] == [2, 5, 6, 7, 9]
    assert all(line["error"] for line in lines if line["id"] is None)
    first = lines[0]
    assert set(first) == {"id", "flagged", "severity", "scores", "lang", "reasons"}
    assert first["flagged"] is True
    assert set(first["scores"]) == {"complaint", "hostility", "urgency"}
    assert list(tmp_path.iterdir()) == []


def test_caution_needs_no_store(tmp_path: Path) -> None:
    """Spans count code points, levels are the contract's, bad lines are named."""
    text = "😀 Here is 20 % off your next order."
    asked = [json.dumps({"id": "a", "text": text, "mention": "Late again."}), '{"id": 3, "text": "x"}', '{"id": "b"}']
    made = _bare(tmp_path).command("caution", "--json", said="\n".join(asked).encode())
    assert calm(made, 2) == ""
    good, *bad = lines_of(made.stdout)
    offer = next(each for each in good["cautions"] if each["code"] == "public_offer")
    assert set(offer) == {"code", "level", "span", "because", "try"}
    assert offer["level"] == "stop"
    assert "20 % off" in text[slice(*offer["span"])]
    assert [(line["id"], line["line"]) for line in bad] == [(None, 2), (None, 3)]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["flag", "caution"])
def test_an_answer_comes_before_the_next_line(command: str, tmp_path: Path) -> None:
    """Whoever writes a line can wait for its answer: each is flushed."""
    made = _bare(tmp_path)
    with subprocess.Popen(
        [*SCRIPT, command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=made.environment, cwd=ROOT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": str(number), "text": "Where is my parcel?"}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == str(number)
        process.stdin.close()
        assert process.wait(30) == 0


@pytest.mark.parametrize("command", ["flag", "caution"])
def test_a_reader_who_leaves_is_no_trouble(command: str, tmp_path: Path) -> None:
    """`coolhead flag | head -1` ends without a word."""
    asked = b"".join(b'{"id": "%d", "text": "Where is my parcel?"}\n' % n for n in range(5000))
    line = f"'{SCRIPT[0]}' {command} | head -n 1"
    made = subprocess.run(
        ["sh", "-c", line],
        input=asked,
        capture_output=True,
        env=_bare(tmp_path).environment,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    assert json.loads(made.stdout)["id"] == "0"
    assert made.stderr == b""


def test_config_shows_everything_but_secrets(tmp_path: Path) -> None:
    """Every setting in force with where it came from; secrets as dots, in both forms."""
    made = a_house(
        tmp_path / "data",
        SCRIPT,
        COOLHEAD_MASTODON_TOKEN="hush-hush",
        COOLHEAD_INBOX_TOKENS="crm=hush-too",
        COOLHEAD_SECRET="hush-as-well",
    )
    made.data.mkdir()
    (made.data / "coolhead.toml").write_text('zone = "Europe/Berlin"\n[policy]\nresponse_cools = "25m"\n')
    plain, machine = made.command("config"), made.command("config", "--json")
    for each in (plain, machine):
        assert calm(each, 0) == ""
        assert b"hush" not in each.stdout
        assert b"api-token-1" not in each.stdout
    shown = json.loads(machine.stdout)
    assert shown["COOLHEAD_ZONE"] == {"value": "Europe/Berlin", "from": str(made.data / "coolhead.toml")}
    assert shown["COOLHEAD_MASTODON_TOKEN"]["from"] == "COOLHEAD_MASTODON_TOKEN"
    assert shown["COOLHEAD_HOST"] == {"value": "127.0.0.1", "from": "default"}
    assert any("response_cools" in name and each["value"] == "25m" for name, each in shown.items())
    assert all(name in plain.stdout.decode() for name in shown)


@pytest.mark.parametrize("words", [("export",), ("verify",), ("check",), ("sign-in",), ("replay", "i1")])
def test_a_store_that_is_away_is_3(words: tuple[str, ...], tmp_path: Path) -> None:
    """Every command that needs the store says so."""
    url = f"unix://{tmp_path}/nobody.sock"
    made = _bare(tmp_path).command(*words, COOLHEAD_REDIS_URL=url, COOLHEAD_SECRET="a long random text")
    assert calm(made, 3) != ""


def test_a_wrong_setting_is_2_everywhere(tmp_path: Path) -> None:
    """The nearest right name is offered."""
    for words in (("export",), ("config",), ("check",)):
        assert "COOLHEAD_PORT" in calm(_bare(tmp_path).command(*words, COOLHEAD_PORTT="1"), 2)


def test_check_finds_a_platform_that_does_not_answer(tmp_path: Path) -> None:
    """Exit 1, with what to do; the token is not shown."""
    url = "http://127.0.0.1:9"
    made = _bare(tmp_path).command("check", COOLHEAD_MASTODON_URL=url, COOLHEAD_MASTODON_TOKEN="hush-hush")
    assert calm(made, 1) == ""
    assert b"look" in made.stdout
    assert b"hush" not in made.stdout


def test_a_full_disk_behind_a_pipe_is_said(tmp_path: Path) -> None:
    """Where an answer cannot be written, it says so and does not claim success."""
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        made = subprocess.run(
            [*SCRIPT, "flag"],
            input=b'{"id": "a", "text": "Where is my parcel?"}\n',
            stdout=full,
            stderr=subprocess.PIPE,
            env=_bare(tmp_path).environment,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
    assert made.returncode != 0
    assert b"Traceback" not in made.stderr
    assert made.stderr != b""
