"""A platform answers 200 with nothing in it, and a webhook stops: both are noticed, said, and heard again (failures B6).

Real: the program, its store's server, a Mastodon server that nobody here wrote, behind a relay. The wall clocks of program and
store run fifteen times as fast as ours, so that an hour takes four minutes; the time since boot is left alone. The webhook's
rhythm of nine days is laid into the store, as it stands there after nine days.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from adapters.stores.rhythms import RedisRhythms
from bot.nouns.rhythm import SLOT, Rhythm
from bot.rules.sources import patience
from bot.work.quiet import LOOK
from tests.chaos.oracle import Line
from tests.chaos.round import POLICY, Round, a_round
from tests.chaos.summary import say
from tests.chaos.test_clocks import Clocks, clocks, preloaded
from tests.chaos.wires import relay
from tests.square import Square

#: So much faster than ours. Two looks at the sources must stay within five minutes, or nobody has looked.
RATE = 15.0
#: How late a look may come: two of them, as one writes down what was heard and the next judges it.
LOOKS = timedelta(seconds=2 * LOOK * RATE)
#: So many seconds by our clock after it wakes, what was missed is there.
CLOSED_WITHIN = 120.0
WEBHOOK, PLATFORM, MISSED = "local", "mastodon", 5
INBOX, MASTODON = "the inbox", "Mastodon"
SAYS = "Nothing has come from"


@asynccontextmanager
async def hurrying(hands: Clocks) -> AsyncIterator[Callable[[], datetime]]:
    """Both clocks run ahead; what they show now."""
    loop = asyncio.get_running_loop()
    began = loop.time()

    def ahead() -> float:
        return (loop.time() - began) * (RATE - 1)

    async def run() -> None:
        while True:
            hands.bot.move(ahead())
            hands.store.move(ahead())
            await asyncio.sleep(0.5)

    running = asyncio.create_task(run())
    try:
        yield lambda: datetime.now(UTC) + timedelta(seconds=ahead())
    finally:
        running.cancel()


async def _rhythm(url: str, source: str) -> Rhythm:
    """As it is known."""
    async with connect(url, Path()) as store:
        (found,) = [each for each in await RedisRhythms(store, Keys("home")).all() if each.source == source]
        return found


async def _lay(url: str) -> None:
    """The webhook has told something in every slot of nine days."""
    slots = int(datetime.now(UTC).timestamp() // SLOT.total_seconds())
    begins = [slots - count for count in range(9 * 24 * 12, 0, -1)]
    arrivals = tuple(datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC) for slot in begins)
    async with connect(url, Path()) as store:
        await RedisRhythms(store, Keys("home")).note([Rhythm(source=WEBHOOK, arrivals=arrivals)])


async def _said(one: Round, name: str, stands: bool, within: float) -> None:
    """Return once a page says so of that source, or no longer does."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + within
    while (f"{SAYS} {name}" in (await one.hand.sees("/health")).text) != stands:
        assert loop.time() < give_up, f"{name} is {'not ' * stands}missed after {within:.0f} s"
        await asyncio.sleep(1.0)


def _of(lines: list[Line], kind: str, source: str) -> Line:
    """The one line of that kind about a source."""
    (found,) = [each for each in lines if each["kind"] == kind and each["data"]["source"] == source]
    return found


def _after(line: Line, since: datetime) -> timedelta:
    return datetime.fromisoformat(line["at"]) - since


@pytest.mark.chaos
@pytest.mark.timeout(1800)
async def test_a_deaf_source_is_noticed_said_and_fetched(square: Square, tmp_path: Path) -> None:
    """Within what was learned of it; what a platform kept for us is here soon after it wakes, what nobody kept is a gap."""
    loop = asyncio.get_running_loop()
    with clocks() as hands:
        async with relay(square.url) as way:
            store = {"COOLHEAD_REDIS_URL": hands.server.url, "COOLHEAD_SECRET": "a long random text"}
            platform = {"COOLHEAD_MASTODON_URL": way.url}
            async with a_round(
                tmp_path / "data", square, [], POLICY, **store, **platform, **preloaded(hands.bot)
            ) as one:
                await _lay(hands.server.url)
                await asyncio.to_thread(one.house.mention, {"id": "w1", "text": "Where is my parcel?"})
                async with hurrying(hands) as now:
                    await asyncio.sleep(4 * LOOK)  # how often the platform answers is learned meanwhile
                    way.falls_deaf()
                    silent, every = now(), (await _rhythm(hands.server.url, PLATFORM)).every
                    missed = [
                        (await asyncio.to_thread(square.post, "alice", f"@shop Where is my lamp {n}? It never came."))[
                            "id"
                        ]
                        for n in range(MISSED)
                    ]
                    await _said(one, MASTODON, True, within=300)
                    way.wakes()
                    woke = loop.time()
                    while not set(missed) <= _kept(await one.export()):
                        assert loop.time() < woke + CLOSED_WITHIN, "what was missed is not there"
                        await asyncio.sleep(2.0)
                    closed = loop.time() - woke
                    await _said(one, MASTODON, False, within=120)
                    await _said(one, INBOX, True, within=600)
                    await asyncio.to_thread(one.house.mention, {"id": "w2", "text": "Where is my invoice?"})
                    await _said(one, INBOX, False, within=120)
                    lines = await one.export()
                    told = await _rhythm(hands.server.url, WEBHOOK)
    quiet, stopped = _of(lines, "source_quiet", PLATFORM), _of(lines, "source_quiet", WEBHOOK)
    learned = patience(Rhythm(source=PLATFORM, beat=silent, every=every), silent)
    last = told.arrivals[-2] + SLOT
    expected = patience(told.model_copy(update={"arrivals": told.arrivals[:-1]}), last)
    assert learned is not None
    assert expected is not None
    after = [_after(quiet, silent) - learned, _after(stopped, last) - expected]
    late = max(after) / timedelta(minutes=1)
    gap = f"{len(missed)} fetched within {closed:.0f} s"
    result = f"noticed at most {late:.1f} min later than learned, {gap}, {way.nothings} answers with nothing"
    say("deaf source", "a platform that answers 200 with nothing, a webhook that stops", "real", 2, result, "none")
    assert max(after) <= LOOKS
    assert Counter(line["mention"]["id"] for line in lines if line["mention"])[missed[0]] == 1
    assert _of(lines, "source_back", PLATFORM)["data"]["fetched"] is True
    assert _of(lines, "source_back", WEBHOOK)["data"]["fetched"] is False
    assert _of(lines, "gap_found", WEBHOOK)
    assert way.nothings > 0


def _kept(lines: list[Line]) -> set[str]:
    return {line["mention"]["id"] for line in lines if line["mention"]}
