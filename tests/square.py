"""A public square for tests: mastodon-mock as a process of its own, and its own ledger to look things up in.

As a fixture (import `square` into a conftest.py): one process a session, begun anew for every test. Accounts: `shop` is
ours; `alice` and `bob` are the public. Requests here block, and never go through a proxy under test.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

__all__ = ["Square", "running_square", "square", "square_process"]

ACCOUNTS = ("shop", "alice", "bob")
#: Seconds; a busy machine took more than twenty. Whoever ends before that is not waited for.
_PATIENCE = 120.0
_SERVE = """
import sys, uvicorn
from mastodon_mock.app import create_app
from mastodon_mock.config import MastodonMockConfig
app = create_app(MastodonMockConfig.model_validate_json(sys.argv[2]))
uvicorn.run(app, fd=int(sys.argv[1]), log_level="warning", server_header=False)
"""


@dataclass(frozen=True, slots=True)
class Square:
    """A running square. `url` is where it listens."""

    url: str

    @staticmethod
    def token(account: str) -> str:
        """The access token of an account."""
        return f"{account}-token"

    def ask(self, method: str, path: str, body: object = None, account: str = "shop") -> Any:
        """One request of its API as `account`, decoded. Raises HTTPError for a refusal."""
        headers = {"Authorization": f"Bearer {self.token(account)}", "Content-Type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, headers, method=method), timeout=10) as answer:
            return json.loads(answer.read() or b"null")

    def post(self, account: str, text: str, reply_to: str = "", visibility: str = "public") -> dict[str, Any]:
        """Somebody posts; the status as the square has it."""
        body = {"status": text, "visibility": visibility} | ({"in_reply_to_id": reply_to} if reply_to else {})
        posted: dict[str, Any] = self.ask("POST", "/api/v1/statuses", body, account)
        return posted

    def edit(self, account: str, status: str, text: str) -> None:
        """Somebody edits their post."""
        self.ask("PUT", f"/api/v1/statuses/{status}", {"status": text}, account)

    def delete(self, account: str, status: str) -> None:
        """Somebody deletes their post."""
        self.ask("DELETE", f"/api/v1/statuses/{status}", None, account)

    def ledger(self, account: str = "shop") -> list[dict[str, Any]]:
        """Everything an account has standing there, oldest first, as the square itself tells it."""
        me = self.ask("GET", "/api/v1/accounts/verify_credentials", None, account)["id"]
        found: list[dict[str, Any]] = []
        path = f"/api/v1/accounts/{me}/statuses?limit=40"
        while page := self.ask("GET", path + (f"&max_id={found[-1]['id']}" if found else ""), None, account):
            found += page
        return found[::-1]

    def status(self, status: str) -> dict[str, Any] | None:
        """One post, or None where there is none."""
        try:
            found: dict[str, Any] = self.ask("GET", f"/api/v1/statuses/{quote(status, safe='')}")
        except HTTPError as error:
            error.close()
            return None
        return found

    def fault(self, path: str, count: int | None = 1, methods: tuple[str, ...] = (), **effect: Any) -> None:
        """The next `count` requests whose path matches the pattern `path` meet `effect` (see mastodon-mock's faults)."""
        match = {"path_regex": path, "methods": list(methods) or None}
        self.ask("POST", "/api/v1/_mock/faults", {"match": match, "effect": effect, "count": count})

    def faulty(self) -> bool:
        """Whether a fault still waits for requests; one with a count is gone with the last of them."""
        return bool(self.ask("GET", "/api/v1/_mock/faults"))

    def mend(self) -> None:
        """No more faults."""
        self.ask("DELETE", "/api/v1/_mock/faults")

    def reset(self) -> None:
        """As on the first day."""
        self.ask("POST", "/api/v1/_mock/reset")


@contextmanager
def running_square(names: Sequence[str] = ACCOUNTS) -> Iterator[Square]:
    """A square in a process of its own, on a free port of this machine, with accounts of these names."""
    with tempfile.TemporaryFile() as said:
        found, process = _begun(names, said)
        try:
            _wait(found, process, said)
            yield found
        finally:
            process.terminate()
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:  # a stream is still open
                process.kill()
                process.wait()


def _begun(names: Sequence[str], said: IO[bytes]) -> tuple[Square, "subprocess.Popen[bytes]"]:
    """`said`: what it says on standard error."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        domain = f"127.0.0.1:{listening.getsockname()[1]}"
        accounts = [{"username": name, "display_name": name.title(), "access_token": f"{name}-token"} for name in names]
        config = {
            "domain": domain,
            "url_scheme": "http",
            "database": {"path": ":memory:"},
            "streaming": {"heartbeat_seconds": 1.0},
            "seed": {"accounts": accounts},
        }
        command = [sys.executable, "-c", _SERVE, str(listening.fileno()), json.dumps(config)]
        process = subprocess.Popen(command, pass_fds=(listening.fileno(),), stderr=said)
    return Square(f"http://{domain}"), process


def _wait(found: Square, process: "subprocess.Popen[bytes]", said: IO[bytes]) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            found.ask("GET", "/api/v1/accounts/verify_credentials")
        except OSError:
            time.sleep(0.05)
        else:
            return
    said.seek(0)
    raise RuntimeError(f"mastodon-mock did not start (ended: {process.poll()})\n{said.read().decode()}")


@pytest.fixture(scope="session")
def square_process() -> Iterator[Square]:
    """One process for the session."""
    try:
        import mastodon_mock  # noqa: F401  # only whether it is there
    except ImportError:
        missing = "mastodon-mock is missing; pip install mastodon-mock==0.6.1"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with running_square() as found:
        yield found


@pytest.fixture
def square(square_process: Square) -> Square:
    """The square, as on the first day."""
    square_process.reset()
    return square_process
