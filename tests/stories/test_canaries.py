"""Secrets and people's words are nowhere but where they belong (failure D9): not in the log at DEBUG, not in an answer, a
metric or a file, while everything that can fail does. A house that runs, as its operator would start it.
"""

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.servers import free_ports, temporary
from tests.stories.process import SCRIPT, House, answers, cleaned, house, until

SECRETS = {
    "COOLHEAD_SECRET": "canary-master-0d1f7a6e5b4c39281706f5e4",
    "COOLHEAD_INBOX_TOKENS": "shop=canary-inbox-7b1e22c9d0aa,signed=whsec_Y2FuYXJ5LXNpZ25lZC1zZWNyZXQtMDE=",
    "COOLHEAD_API_TOKENS": "test=api-token-1,other=canary-api-55aa0c71e9",
    "COOLHEAD_MASTODON_TOKEN": "canary-mastodon-91fe02b7",
}
#: What somebody said or is called, planted in every place that a mention has.
WORDS = (
    "canarytext the kettle burned",
    "canaryname",
    "canaryhandle",
    "canary@mail.example",
    "+49 30 5550199",
    "canaryurl",
)
CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


def _canaries(feed: str) -> list[str]:
    values = [part.partition("=")[2] for name in SECRETS for part in SECRETS[name].split(",") if "=" in part]
    return [*values, SECRETS["COOLHEAD_SECRET"], SECRETS["COOLHEAD_MASTODON_TOKEN"], feed, "canaryhook", *WORDS]


@pytest.fixture
def running() -> Iterator[House]:
    """With a platform, a feed and an alarm that nobody answers, and a log of everything."""
    (port,) = free_ports(1)
    nobody = f"http://127.0.0.1:{port}"
    with temporary() as folder:
        (folder / "data").mkdir(mode=0o700)
        (folder / "data" / "coolhead.toml").write_text(f'[alarm]\nwebhook = "{nobody}/canaryhook"\n')
        environ = {
            **SECRETS,
            "COOLHEAD_LOG_LEVEL": "DEBUG",
            "COOLHEAD_MASTODON_URL": nobody,
            "COOLHEAD_ALERT_FEEDS": f"{nobody}/canaryfeed/1",
        }
        with house(folder / "data", SCRIPT, **environ) as made:
            yield made


def _said(made: House, path: str, body: bytes | None, token: str) -> str:
    """The answer's words, whatever it is."""
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    try:
        with urlopen(Request(made.base_url + path, body, headers), timeout=10) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        with error:
            return error.read().decode()


def _troubled(made: House) -> list[str]:
    """Everything that goes wrong at the door, and what is answered."""
    author = {"id": "c1", "name": WORDS[1], "handle": WORDS[2]}
    said = f"{WORDS[0]}, write to {WORDS[3]} or call {WORDS[4]}"
    good = {"id": "m1", "text": said, "url": f"https://square.test/{WORDS[5]}", "author": author}
    made.mention(good, {"id": "m2", "text": f"{CRITICAL} {said}", "author": author})
    bodies = [
        json.dumps([{**good, "rating": 9}, {**good, "id": "m3", "kind": WORDS[1]}]).encode(),
        json.dumps(good).encode()[:-9],
        b"\xff" + WORDS[0].encode(),
        json.dumps({**good, "id": "m4", "at": WORDS[0]}).encode(),
    ]
    tokens = (made.token, "canary-inbox-7b1e22c9d0aa", "canary-wrong")
    hooks = [f"/hooks/inbox/{name}" for name in ("local", "shop", "signed", "nobody")]
    answered = [_said(made, hook, body, token) for hook in hooks for body in bodies for token in tokens]
    return [
        *answered,
        _said(made, f"/hooks/inbox/{WORDS[1]}", b"{}", "x"),
        _said(made, "/sign-in/canary-link", b"", "x"),
    ]


def _asked(made: House) -> str:
    """What anybody may ask."""
    paths = ("/metrics", "/readyz", "/healthz", "/", "/api/v1/openapi.json", "/api/v1/incidents")
    return "\n".join(_said(made, path, None, "x") for path in paths)


def _files(folder: Path) -> str:
    """Everything in the data folder but the settings, which the operator wrote."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "coolhead.toml"]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in found)


def test_no_canary_is_found_where_it_does_not_belong(running: House, tmp_path: Path) -> None:
    """Two starts, bad requests, a store that dies in between, platforms that nobody answers, a backup."""
    answered = _troubled(running)
    until(lambda: sum(each["mentions"]["count"] for each in running.incidents()) >= 2, lambda: "they are not sorted")
    until(lambda: "alerts" in running.ask("/readyz")["look"], lambda: "its feed does not fail")
    asked = _asked(running)
    running.kill_store()
    answered.append(_said(running, "/hooks/inbox/local", b'{"id": "x", "text": "canarytext"}', running.token))
    until(lambda: answers(running, "/readyz") == 200, lambda: "it does not come back")
    checked = [_told(running.command(*words)) for words in (("check",), ("config",), ("verify",), ("export", "--bad"))]
    backup = running.command("backup", str(tmp_path / "b"))
    assert backup.returncode == 0, backup.stderr
    logs = [running.out, running.err]
    assert running.stop(signal.SIGTERM) == 0
    with cleaned(running):
        running.start()
        running.up()
        logs += [running.out, running.err]
        assert running.stop() == 0
    where = {
        "log": "\n".join(logs),
        "answers": "\n".join(answered),
        "asked": asked,
        "commands": "\n".join([*checked, _told(backup)]),
        "files": _files(running.data),
        "backup": _files(tmp_path / "b"),
    }
    assert "DEBUG" in where["commands"]
    found = [(canary, place) for place, text in where.items() for canary in _canaries("canaryfeed") if canary in text]
    assert found == []


def _told(ended: "subprocess.CompletedProcess[bytes]") -> str:
    return (ended.stdout + ended.stderr).decode()
