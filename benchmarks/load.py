"""Sixty-four clients that each post one mention after another: wrk where it is installed, else asyncio."""

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 64
_TEXT = "I ordered three weeks ago and nothing has come. Nobody answers. Where is my parcel, please? "


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: answers, answers a second, how many were not 200, and the slowest hundredth in ms."""

    answers: int
    rate: float
    bad: int
    p99: float


def body(run: str, number: int) -> bytes:
    """A body of 300 bytes, each with an id and an author of its own."""
    start = f'{{"id":"{run}-{number:010}","author":{{"id":"a{run}-{number:010}","name":"Mara"}},"text":"'
    return (start + (_TEXT * 4)[: 300 - len(start) - 2] + '"}').encode()


def load(url: str, token: str, run: str, seconds: float) -> Load:
    """Post to `url` for so many seconds. `run` keeps the ids of two loads apart."""
    if shutil.which("wrk"):
        return _by_wrk(url, token, run, seconds)
    return asyncio.run(_by_asyncio(url, token, run, seconds))


_SCRIPT = """
local number = 0
local headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer %(token)s"}
local text = string.rep(%(text)s, 4)
request = function()
  number = number + 1
  local id = string.format("%(run)s-%%010d", number)
  local start = '{"id":"' .. id .. '","author":{"id":"a' .. id .. '","name":"Mara"},"text":"'
  return wrk.format("POST", nil, headers, start .. string.sub(text, 1, 300 - #start - 2) .. '"}')
end
done = function(summary, latency)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
  io.write(string.format("told %%d %%d %%d %%d\\n", summary.requests, summary.duration, bad, latency:percentile(99)))
end
"""


def _by_wrk(url: str, token: str, run: str, seconds: float) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(_SCRIPT % {"token": token, "run": run, "text": json.dumps(_TEXT)})
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", str(script), url]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"told (\d+) (\d+) (\d+) (\d+)", told)
    if found is None:
        raise RuntimeError(f"wrk told nothing we can read: {told}")
    requests, micros, bad, p99 = map(int, found.groups())
    return Load(requests, requests * 1e6 / micros, bad, p99 / 1000)


async def _by_asyncio(url: str, token: str, run: str, seconds: float) -> Load:
    host, _, path = url.removeprefix("http://").partition("/")
    name, _, port = host.partition(":")
    end = time.monotonic() + seconds
    took: list[float] = []
    bad = 0
    numbers = iter(range(10**9))

    async def client() -> None:
        nonlocal bad
        reader, writer = await asyncio.open_connection(name, int(port))
        while (began := time.monotonic()) < end:
            sent = body(run, next(numbers))
            head = (
                f"POST /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n\r\n"
            )
            writer.write(head.encode() + sent)
            answer = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", answer)
            await reader.readexactly(int(length[1]) if length else 0)
            bad += b" 200 " not in answer[:20]
            took.append(time.monotonic() - began)
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(client() for _ in range(CONNECTIONS)))
    spent = time.monotonic() - began
    return Load(len(took), len(took) / spent, bad, sorted(took)[len(took) * 99 // 100] * 1000)
