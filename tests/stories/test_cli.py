"""The `coolhead` command as scripts and operators use it: real processes, beside a house that runs."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from tests.servers import temporary
from tests.stories.process import MODULE, ROOT, SCRIPT, House, a_house, house, until

COMMANDS = ("run", "demo", "check", "sign-in", "config", "flag", "caution", "replay", "export", "verify", "forget")
WORDS = "Eleven days and still no parcel.\u2028Does anybody read this? \u202eevil"


@pytest.fixture(scope="module")
def running() -> Iterator[House]:
    """A house with two incidents and one mention that nobody forwarded."""
    with temporary() as folder, house(folder / "data", SCRIPT) as made:
        made.mention(
            {"id": "m1", "text": WORDS, "platform": "mastodon", "author": {"name": "Mara"}},
            {"id": "m2", "text": "My lamp came broken.", "rating": 1},
            {"id": "m3", "text": "A lovely walk by the sea.", "direct": False},
        )
        until(lambda: len(made.incidents()) == 2, lambda: str(made.incidents()))
        made.mention(
            {"id": "m4", "text": WORDS, "platform": "mastodon", "author": {"name": "Mara"}, "in_reply_to": "m1"}
        )
        until(lambda: any(i["mentions"]["count"] == 2 for i in made.incidents()), lambda: str(made.incidents()))
        yield made
        assert made.stop() == 0


def _bare(folder: Path) -> House:
    return a_house(folder / "data", SCRIPT)


def _lines(said: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


def _calm(made: "subprocess.CompletedProcess[bytes]", code: int) -> str:
    """What it said on standard error; never a traceback."""
    said = made.stderr.decode()
    assert made.returncode == code, (made.args, said)
    assert "Traceback" not in said
    return said


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_everywhere(command: str, tmp_path: Path) -> None:
    """Every command says what it does, and touches nothing."""
    made = _bare(tmp_path).command(*([command] if command else []), "--help")
    assert _calm(made, 0) == ""
    assert b"usage: coolhead" in made.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_module_is_the_command(tmp_path: Path) -> None:
    """`python -m bot` does what `coolhead` does."""
    made = a_house(tmp_path / "data", MODULE).command("flag", said=b'{"id": "a", "text": "Never again."}\n')
    assert _calm(made, 0) == ""
    assert _lines(made.stdout)[0]["id"] == "a"


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
    assert _calm(made, 2) == ""
    lines = _lines(made.stdout)
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
    assert _calm(made, 2) == ""
    good, *bad = _lines(made.stdout)
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
        assert _calm(each, 0) == ""
        assert b"hush" not in each.stdout
        assert b"api-token-1" not in each.stdout
    shown = json.loads(machine.stdout)
    assert shown["COOLHEAD_ZONE"] == {"value": "Europe/Berlin", "from": str(made.data / "coolhead.toml")}
    assert shown["COOLHEAD_MASTODON_TOKEN"]["from"] == "COOLHEAD_MASTODON_TOKEN"
    assert shown["COOLHEAD_HOST"] == {"value": "127.0.0.1", "from": "default"}
    assert any("response_cools" in name and each["value"] == "25m" for name, each in shown.items())
    assert all(name in plain.stdout.decode() for name in shown)


@pytest.mark.parametrize(
    "words",
    [("nothing",), ("replay",), ("export", "--since", "yesterday"), ("verify", "/nowhere/at/all"), ("replay", "nope")],
)
def test_wrong_use_is_2(words: tuple[str, ...], running: House) -> None:
    """A sentence on standard error, no traceback."""
    made = running.command(*words)
    assert _calm(made, 2) != ""
    assert made.stdout == b""


@pytest.mark.parametrize("words", [("export",), ("verify",), ("check",), ("sign-in",), ("replay", "i1")])
def test_a_store_that_is_away_is_3(words: tuple[str, ...], tmp_path: Path) -> None:
    """Every command that needs the store says so."""
    url = f"unix://{tmp_path}/nobody.sock"
    made = _bare(tmp_path).command(*words, COOLHEAD_REDIS_URL=url, COOLHEAD_SECRET="a long random text")
    assert _calm(made, 3) != ""


def test_a_store_that_nobody_used_is_named(tmp_path: Path) -> None:
    """Whoever asks the wrong one, as another user, is not told that all is well and no more."""
    bare = _bare(tmp_path)
    for words in (("verify",), ("export",), ("check",)):
        made = bare.command(*words)
        assert made.returncode == 0, made.args
        assert "No Coolhead has run" in (made.stderr + made.stdout).decode(), made.args
        assert str(bare.data) in (made.stderr + made.stdout).decode(), made.args


def test_a_wrong_setting_is_2_everywhere(tmp_path: Path) -> None:
    """The nearest right name is offered."""
    for words in (("export",), ("config",), ("check",)):
        assert "COOLHEAD_PORT" in _calm(_bare(tmp_path).command(*words, COOLHEAD_PORTT="1"), 2)


def test_a_sign_in_link_made_beside_it_works_once(running: House) -> None:
    """`coolhead sign-in` while it runs: the link lets somebody in, and a second press on it does not."""
    made = running.command("sign-in", "--name", "Ben", "--role", "manager")
    assert _calm(made, 0) == ""
    (link,) = made.stdout.decode().split()
    assert link.startswith(f"{running.base_url}/sign-in/")
    with urlopen(link, timeout=10) as page:
        assert page.status == 200
    assert _posted(link) == 303
    assert _posted(link) == 410


def test_a_name_gives_nobody_a_role(running: House) -> None:
    """Whoever is called so already gets another link by their name, and another role by their id alone; exit 2 says which."""
    new, again = (running.command("sign-in", "--name", "Sam", *more) for more in (("--role", "guest"), ()))
    assert _calm(new, 0) == _calm(again, 0) == ""
    said = _calm(running.command("sign-in", "--name", "Sam", "--role", "manager"), 2)
    found = re.search(r"coolhead (sign-in --person \w+ --role manager)\.", said)
    assert found is not None, said
    assert _posted(running.command(*found[1].split()).stdout.decode().strip()) == 303
    assert "--person" in _calm(running.command("sign-in", "--name", "Sam", "--person", "p1"), 2)
    assert "p1" in _calm(running.command("sign-in", "--person", "p1"), 2)


def _posted(link: str) -> int:
    """The status a press on *Sign in* is answered with; redirects are not followed."""
    from http.client import HTTPConnection
    from urllib.parse import urlsplit

    parts = urlsplit(link)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("POST", parts.path, b"", {"content-type": "application/x-www-form-urlencoded"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_an_export_made_while_it_runs_verifies(running: House, tmp_path: Path) -> None:
    """`coolhead export | coolhead verify -` is green, and so is the store itself; words come with their salt."""
    exported = running.command("export")
    assert _calm(exported, 0) == ""
    lines = _lines(exported.stdout)
    opened = {line["mention"]["id"]: line for line in lines if line["kind"] == "opened"}
    assert opened["m1"]["text"] == WORDS
    assert {line["incident"] for line in lines} >= {None, opened["m1"]["incident"]}
    verdict = running.command("verify", "-", "--json", said=exported.stdout)
    assert _calm(verdict, 0) == ""
    assert json.loads(verdict.stdout) == {"ok": True, "incidents": 2, "events": len(lines), "breaks": []}
    assert _calm(running.command("verify"), 0) == ""
    one = running.command("export", "--incident", opened["m1"]["incident"])
    assert {line["incident"] for line in _lines(one.stdout)} == {opened["m1"]["incident"]}
    assert running.command("export", "--since", "2000-01-01T00:00:00Z").stdout == exported.stdout
    assert running.command("export", "--since", "2999-01-01").stdout == b""
    aside = _lines(running.command("export", "--unforwarded").stdout)
    assert [line["text"] for line in aside] == ["A lovely walk by the sea."]


@pytest.mark.parametrize("harm", ["text", "data", "cut", "swap", "twice"])
def test_verify_finds_what_was_done_to_a_file(running: House, tmp_path: Path, harm: str) -> None:
    """A word, a fact, a missing line, a swapped one, a doubled one: exit 1, and it says where."""
    lines = _lines(running.command("export").stdout)
    at = next(n for n, line in enumerate(lines) if line["kind"] == "opened" and line["mention"]["id"] == "m2")
    match harm:
        case "text":
            lines[at]["text"] = "My lamp came whole."
        case "data":
            lines[at]["data"]["fresh"] = not lines[at]["data"]["fresh"]
        case "cut":
            del lines[0]
        case "swap":
            lines[0], lines[1] = lines[1], lines[0]
        case _:
            lines.insert(at, lines[at])
    file = tmp_path / "export.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    made = running.command("verify", str(file))
    assert _calm(made, 1) == ""
    assert b"broken" in made.stdout
    verdict = json.loads(running.command("verify", str(file), "--json").stdout)
    assert verdict["ok"] is False
    assert {"incident", "version", "because"} == set(verdict["breaks"][0])


def test_a_file_that_is_no_export_is_2(running: House, tmp_path: Path) -> None:
    """The line is named."""
    file = tmp_path / "export.jsonl"
    file.write_text('{"incident": null}\nnot json\n')
    assert "line 2" in _calm(running.command("verify", str(file)), 2)


def test_replay_shows_an_incident_step_by_step(running: House) -> None:
    """For people and for scripts; nothing in somebody's words can steer a terminal or begin a line of its own."""
    incident = next(i["id"] for i in running.incidents() if i["mentions"]["first"][0]["id"] == "m1")
    people, scripts = running.command("replay", incident), running.command("replay", incident, "--json")
    assert _calm(people, 0) == ""
    text = people.stdout.decode()
    assert "Eleven days" in text
    assert "\u202e" not in text
    assert "\u2028" not in text
    steps = _lines(scripts.stdout)
    assert steps[0]["kind"] == "opened"
    assert {"version", "at", "kind", "line", "quote"} == set(steps[0])


def test_check_says_what_works(running: House) -> None:
    """Beside a running house: one line for each finding, and the same as JSON."""
    people, scripts = running.command("check"), running.command("check", "--json")
    assert _calm(people, 0) == ""
    verdict = json.loads(scripts.stdout)
    assert verdict["ok"] is True
    assert all(each["what"] in people.stdout.decode() for each in verdict["findings"])


def test_check_finds_a_platform_that_does_not_answer(tmp_path: Path) -> None:
    """Exit 1, with what to do; the token is not shown."""
    url = "http://127.0.0.1:9"
    made = _bare(tmp_path).command("check", COOLHEAD_MASTODON_URL=url, COOLHEAD_MASTODON_TOKEN="hush-hush")
    assert _calm(made, 1) == ""
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


def test_the_api_reads_what_the_export_says(running: House) -> None:
    """The timeline an outside program reads is the export's, line by line."""
    incident = running.incidents()[0]["id"]
    told = running.ask(f"/api/v1/incidents/{incident}/timeline")["timeline"]
    exported = _lines(running.command("export", "--incident", incident).stdout)
    assert [line["hash"] for line in told] == [line["hash"] for line in exported]
    request = Request(f"{running.base_url}/api/v1/openapi.json")
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 200
