"""The `coolhead` command beside a house that runs: sign-in, export, verify, replay, check."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from tests.servers import temporary
from tests.stories.process import SCRIPT, House, calm, house, lines_of, until

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


@pytest.mark.parametrize(
    "words",
    [("nothing",), ("replay",), ("export", "--since", "yesterday"), ("verify", "/nowhere/at/all"), ("replay", "nope")],
)
def test_wrong_use_is_2(words: tuple[str, ...], running: House) -> None:
    """A sentence on standard error, no traceback."""
    made = running.command(*words)
    assert calm(made, 2) != ""
    assert made.stdout == b""


def test_a_sign_in_link_made_beside_it_works_once(running: House) -> None:
    """`coolhead sign-in` while it runs: the link lets somebody in, and a second press on it does not."""
    made = running.command("sign-in", "--name", "Ben", "--role", "manager")
    assert calm(made, 0) == ""
    (link,) = made.stdout.decode().split()
    assert link.startswith(f"{running.base_url}/sign-in/")
    with urlopen(link, timeout=10) as page:
        assert page.status == 200
    assert _posted(link) == 303
    assert _posted(link) == 410


def _posted(link: str) -> int:
    """The status a press on *Sign in* is answered with; redirects are not followed."""
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
    assert calm(exported, 0) == ""
    lines = lines_of(exported.stdout)
    opened = {line["mention"]["id"]: line for line in lines if line["kind"] == "opened"}
    assert opened["m1"]["text"] == WORDS
    assert {line["incident"] for line in lines} >= {None, opened["m1"]["incident"]}
    verdict = running.command("verify", "-", "--json", said=exported.stdout)
    assert calm(verdict, 0) == ""
    assert json.loads(verdict.stdout) == {"ok": True, "incidents": 2, "events": len(lines), "breaks": []}
    assert calm(running.command("verify"), 0) == ""
    one = running.command("export", "--incident", opened["m1"]["incident"])
    assert {line["incident"] for line in lines_of(one.stdout)} == {opened["m1"]["incident"]}
    assert running.command("export", "--since", "2000-01-01T00:00:00Z").stdout == exported.stdout
    assert running.command("export", "--since", "2999-01-01").stdout == b""
    aside = lines_of(running.command("export", "--unforwarded").stdout)
    assert [line["text"] for line in aside] == ["A lovely walk by the sea."]


@pytest.mark.parametrize("harm", ["text", "data", "cut", "swap", "twice"])
def test_verify_finds_what_was_done_to_a_file(running: House, tmp_path: Path, harm: str) -> None:
    """A word, a fact, a missing line, a swapped one, a doubled one: exit 1, and it says where."""
    lines = lines_of(running.command("export").stdout)
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
    assert calm(made, 1) == ""
    assert b"broken" in made.stdout
    verdict = json.loads(running.command("verify", str(file), "--json").stdout)
    assert verdict["ok"] is False
    assert {"incident", "version", "because"} == set(verdict["breaks"][0])


def test_a_file_that_is_no_export_is_2(running: House, tmp_path: Path) -> None:
    """The line is named."""
    file = tmp_path / "export.jsonl"
    file.write_text('{"incident": null}\nnot json\n')
    assert "line 2" in calm(running.command("verify", str(file)), 2)


def test_replay_shows_an_incident_step_by_step(running: House) -> None:
    """For people and for scripts; nothing in somebody's words can steer a terminal or begin a line of its own."""
    incident = next(i["id"] for i in running.incidents() if i["mentions"]["first"][0]["id"] == "m1")
    people, scripts = running.command("replay", incident), running.command("replay", incident, "--json")
    assert calm(people, 0) == ""
    text = people.stdout.decode()
    assert "Eleven days" in text
    assert "\u202e" not in text
    assert "\u2028" not in text
    steps = lines_of(scripts.stdout)
    assert steps[0]["kind"] == "opened"
    assert {"version", "at", "kind", "line", "quote"} == set(steps[0])


def test_check_says_what_works(running: House) -> None:
    """Beside a running house: one line for each finding, and the same as JSON."""
    people, scripts = running.command("check"), running.command("check", "--json")
    assert calm(people, 0) == ""
    verdict = json.loads(scripts.stdout)
    assert verdict["ok"] is True
    assert all(each["what"] in people.stdout.decode() for each in verdict["findings"])


def test_the_api_reads_what_the_export_says(running: House) -> None:
    """The timeline an outside program reads is the export's, line by line."""
    incident = running.incidents()[0]["id"]
    told = running.ask(f"/api/v1/incidents/{incident}/timeline")["timeline"]
    exported = lines_of(running.command("export", "--incident", incident).stdout)
    assert [line["hash"] for line in told] == [line["hash"] for line in exported]
    request = Request(f"{running.base_url}/api/v1/openapi.json")
    with urlopen(request, timeout=10) as answer:
        assert answer.status == 200
