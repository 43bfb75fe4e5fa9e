"""From the start of `coolhead run` in an empty folder to the first card: the process, the store, one mention, its incident."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.row import Row, p50

_ROUNDS, _PATIENCE, _TOKEN = 5, 30.0, "a-token-for-the-benchmark"  # no secret


def measure(long: bool) -> Sequence[Row]:
    """The median of five starts (`long`: fifteen), and its floor: importing what the program is made of."""
    rounds = _ROUNDS * (3 if long else 1)
    floor = p50([_imports() for _ in range(rounds)])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    starts = [_start() for _ in range(rounds)]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / rounds
    ready, card = p50([each[0] for each in starts]), p50([each[1] for each in starts])
    return [
        Row("python importing aiohttp, redis and pydantic (floor)", floor, "s"),
        Row("mentions can be taken and kept (/readyz)", ready, "s"),
        Row("the first mention's card", card, "s", 3, 1, f"slowest {max(each[1] for each in starts):.2f} s"),
        Row("    CPU of it all, stopping included", cpu, "s", note="what a machine at rest would need, and no less"),
    ]


def _imports() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import aiohttp, redis.asyncio, pydantic"], check=True)
    return time.perf_counter() - began


def _start() -> tuple[float, float]:
    """Seconds until ready, and until the incident of a mention sent at once is there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="coolhead-bench-", ignore_cleanup_errors=True) as folder:
        settings = {
            "COOLHEAD_DATA_DIR": folder,
            "COOLHEAD_PORT": str(port),
            "COOLHEAD_API_TOKENS": f"bench={_TOKEN}",
        }
        mine = {name: value for name, value in os.environ.items() if not name.startswith("COOLHEAD_")}
        began = time.perf_counter()
        command = [sys.executable, "-m", "bot", "run"]
        house = subprocess.Popen(command, env={**mine, **settings}, stdout=subprocess.DEVNULL)
        try:
            base = f"http://127.0.0.1:{port}"
            _until(house, lambda: _ask(f"{base}/readyz") is not None)
            ready = time.perf_counter() - began
            body = json.dumps({"id": "first-1", "text": "Eleven days and still no parcel."}).encode()
            assert _ask(f"{base}/hooks/inbox/local", (Path(folder) / "inbox-token").read_text().strip(), body)
            _until(house, lambda: bool((_ask(f"{base}/api/v1/incidents", _TOKEN) or {}).get("incidents")))
            return ready, time.perf_counter() - began
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(20)


def _until(house: "subprocess.Popen[bytes]", true: Any) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not true():
        if house.poll() is not None or time.monotonic() > give_up:
            raise SystemExit("coolhead run did not come up")
        time.sleep(0.005)


def _ask(url: str, token: str = "", body: bytes | None = None) -> dict[str, Any] | None:
    """The JSON it answers; None while it does not."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=5) as answer:
            told: dict[str, Any] = json.load(answer)
            return told
    except OSError:
        return None
