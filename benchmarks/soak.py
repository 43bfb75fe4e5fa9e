"""A house that lives for hours: does its memory grow, does it keep what it opened, does it answer at once all the while?

The real program as a process of its own. A storm fills what it keeps at hand; then mentions come in, one after the other; somebody
at the web desk takes as many and settles them; others look at lists. Every few seconds its memory and open files are read from the
system.
"""

import asyncio
import itertools
import json
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.row import Row, p50, p99
from tests.chaos.driver import Hand
from tests.stories.process import API_TOKEN, House
from tests.stories.process import house as living

#: How long it lives, in seconds: as a benchmark among others, and whole.
SHORT, WHOLE = 180.0, 7_200.0
#: Seconds between two mentions, two that are settled, looks at a list, questions whether it lives, and looks at its memory; so many a page
#: is open.
MENTION, SETTLE, LIST, PING, LOOK, PAGE = 2.0, 2.0, 3.0, 0.2, 5.0, 20.0
#: The storm: of more people, cards and words than any of its caches holds (10,000 cards, 20,000 words), in requests of so many.
STORM, AT_ONCE = 24_000, 500
LISTS = ("/", "/mine", "/settled", "/review", "/unforwarded", "/people", "/settings")
#: The first part of a life, which is none of what is judged: the storm is sorted, code is loaded.
WARM = 0.25
_HOUR = 3_600.0
_PAGE = 4096
_SAID = (
    "My parcel number {} never came.",
    "Nobody answers about order {}.",
    "Number {} arrived in pieces, I am furious.",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """At a moment, in seconds: the program's resident memory and its store's in MB, and the files it holds open."""

    at: float
    mine: float
    stores: float
    files: int


@dataclass
class Life:
    """What came of it. `pings`: how long each answer to /healthz took, in milliseconds."""

    samples: list[Sample] = field(default_factory=list)
    pings: list[float] = field(default_factory=list)
    mentions: int = 0
    settled: int = 0
    bad: list[str] = field(default_factory=list)


def measure(long: bool) -> Sequence[Row]:
    """Three minutes, of which nothing is judged but that it works and answers (`long`: two hours)."""
    return rows(asyncio.run(_life(WHOLE if long else SHORT)), judged=long)


def rows(life: Life, *, judged: bool) -> Sequence[Row]:
    """As lines; `judged`: it lived long enough for its growth to be told from noise."""
    end = life.samples[-1].at
    kept = [each for each in life.samples if each.at >= WARM * end]
    first, last = kept[0], kept[-1]
    about = f"{first.mine:.0f} MB, then {last.mine:.0f}; {life.mentions:,} mentions, {life.settled:,} settled"
    store = f"{first.stores:.0f} MB, then {last.stores:.0f}: it keeps what came in"
    return [
        Row("lived", end, "s"),
        Row("answers that nobody should see", len(life.bad), "", 0, None, "; ".join(life.bad[:2])),
        Row("memory of the program, more each hour", grows(kept, lambda s: s.mine), "MB/h", 1 if judged else None, 0, about),
        Row("    of its store", grows(kept, lambda s: s.stores), "MB/h", None, None, store),
        Row("files it holds open, more than after the start", last.files - first.files, "", 8, 0, f"{last.files} open"),
        Row("an answer while it works, p99", p99(life.pings), "ms", 50, None, f"p50 {p50(life.pings):.2g} ms"),
    ]  # fmt: skip


def grows(samples: Sequence[Sample], value: Callable[[Sample], float]) -> float:
    """The slope of the line of least squares, in MB an hour."""
    mean_at = sum(each.at for each in samples) / len(samples)
    mean = sum(map(value, samples)) / len(samples)
    above = sum((each.at - mean_at) * (value(each) - mean) for each in samples)
    return above / (sum((each.at - mean_at) ** 2 for each in samples) or 1.0) * _HOUR


async def _life(seconds: float) -> Life:
    life = Life()
    with (
        tempfile.TemporaryDirectory(prefix="coolhead-bench-", ignore_cleanup_errors=True) as folder,
        living(Path(folder) / "data") as house,
    ):
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            await _lived(house, session, life, seconds)
    return life


async def _lived(house: House, session: aiohttp.ClientSession, life: Life, seconds: float) -> None:
    hand = Hand(house.base_url, session, _nothing)
    await hand.comes_in(house.sign_in)
    await _storm(house, session, life)
    parts: list[Coroutine[Any, Any, None]] = [
        _speaks(house, session, life),
        _settles(house, session, hand, life),
        _reads(hand),
        _follows(hand),
        _asks(house, session, life),
        _looks(house, life),
    ]
    working = [asyncio.create_task(part) for part in parts]
    done, _ = await asyncio.wait(working, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    for task in done:
        task.result()
    life.bad += hand.faults


async def _nothing(step: str) -> None:
    del step


async def _every(seconds: float) -> AsyncIterator[int]:
    for number in itertools.count():
        yield number
        await asyncio.sleep(seconds)


async def _storm(house: House, session: aiohttp.ClientSession, life: Life) -> None:
    for first in range(0, STORM, AT_ONCE):
        await _posts(house, session, life, [_mention(f"s{number}") for number in range(first, first + AT_ONCE)])


async def _speaks(house: House, session: aiohttp.ClientSession, life: Life) -> None:
    async for number in _every(MENTION):
        await _posts(house, session, life, [_mention(f"m{number}")])
        life.mentions += 1


def _mention(id: str) -> dict[str, Any]:
    number = int(id[1:])
    return {"id": id, "text": _SAID[number % len(_SAID)].format(number), "author": {"id": f"a{id}"}}


async def _posts(house: House, session: aiohttp.ClientSession, life: Life, body: Sequence[dict[str, Any]]) -> None:
    headers = {"Authorization": f"Bearer {house.token}"}
    async with session.post(f"{house.base_url}/hooks/inbox/local", json=body, headers=headers) as answer:
        if answer.status != 200:
            life.bad.append(f"inbox: {answer.status}")


async def _settles(house: House, session: aiohttp.ClientSession, hand: Hand, life: Life) -> None:
    headers = {"Authorization": f"Bearer {API_TOKEN}"}
    async for _ in _every(SETTLE):
        async with session.get(f"{house.base_url}/api/v1/incidents", headers=headers) as answer:
            told = json.loads(await answer.text())
        for path in _paths(told):
            if await _settled(hand, path):
                life.settled += 1
                break


async def _settled(hand: Hand, path: str) -> bool:
    """Whether one of that incident was free, and is settled now."""
    shown = await hand.sees(path)
    if (free := shown.choice("take_next") or shown.choice("claim")) is None:
        return False
    taken = await hand.presses(free)
    close = taken.choice("close") or (await hand.sees(path)).choice("close")
    form = (await hand.presses(close)).form if close is not None else None
    if form is None:
        return False
    await hand.presses(form, f_disposition="not_for_us")
    return True


def _paths(told: dict[str, Any]) -> Iterator[str]:
    for incident in told["incidents"]:
        yield f"/i/{incident['id']}"


async def _reads(hand: Hand) -> None:
    async for number in _every(LIST):
        await hand.sees(LISTS[number % len(LISTS)])


async def _follows(hand: Hand) -> None:
    """A page that is open for a while, closed, and opened anew."""
    async for _ in _every(1.0):
        await hand.follows(PAGE)


async def _asks(house: House, session: aiohttp.ClientSession, life: Life) -> None:
    async for _ in _every(PING):
        began = time.perf_counter()
        async with session.get(f"{house.base_url}/healthz") as answer:
            await answer.read()
        life.pings.append((time.perf_counter() - began) * 1000)


async def _looks(house: House, life: Life) -> None:
    began = time.monotonic()
    async for _ in _every(LOOK):
        life.samples.append(_sample(house, time.monotonic() - began))


def _sample(house: House, at: float) -> Sample:
    assert house.process is not None
    pid = house.process.pid
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(at, _resident(pid), _resident(house.store), files)


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6
