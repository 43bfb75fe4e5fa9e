"""Two rooms that press against each other on the real stand-ins: local-slack and simcord, nobody's here, and a real square.

Each interleaving is one mention with a card in both; two people in each claim it, write, send and close, all at once. On
fakes, and many more of them: `test_chat_two_rooms`.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.adapters.rooms.discord.served import served
from tests.chaos.chat_killing import Stall, account_of
from tests.chaos.chat_lives import Nursery, Quick, nursery
from tests.chaos.oracle import Line, read_export
from tests.chaos.story import text_of
from tests.chaos.summary import say
from tests.chaos.two_stand_ins import SAID, THINGS, Both, both
from tests.square import ACCOUNTS, Square, running_square

#: Houses side by side, and interleavings in each: in every run, and under `make chaos`.
SEEDS = {0: (1, 4), 10: (2, 50), 20: (2, 50)}


@pytest.fixture(scope="module")
def lives() -> Iterator[Nursery]:
    """Where all houses of this file begin."""
    with nursery("tests.chaos.discord_lives") as one:
        yield one


@pytest.fixture(scope="module")
def stalls() -> Iterator[Square]:
    """A square where everybody who complains has an account, and every house."""
    houses = [account_of(seed + n) for seed, (count, _) in SEEDS.items() for n in range(count)]
    with running_square((*ACCOUNTS, *houses, *(_author(n) for n in range(len(THINGS))))) as one:
        yield one


def _author(number: int) -> str:
    return f"guest{number}"


async def _interleaved(one: Both, number: int) -> list[str]:
    """One mention, from the first press to the last: what must not be."""
    thing = THINGS[number]
    subject = f"My {thing}"
    await asyncio.to_thread(one.stall.hears, _author(number), SAID.format(thing=thing))
    for hands in (one.slack, one.mods):
        hands.book.refused.clear()
    claimed = await one.claims(subject)
    told = [each for hands in (one.slack, one.mods) for each in hands.book.refused.elements()]
    (owner,) = [who for who, done in claimed.items() if done] or [""]
    found = [] if owner else [f"{thing}: nobody has it: {told}"]
    found += [f"{thing}: {each!r} does not name {owner}" for each in told if owner.lower() not in each.lower()]
    await one.cards(subject, f"Owner: {owner}")
    for done in (await one.writes(subject, thing), await one.sends(subject), await one.closes(subject)):
        if not any(done.values()):
            found.append(f"{thing}: nobody was shown that it is done: {one.slack.book} {one.mods.book}")
    theirs, ours = await one.same(subject)
    return found + ([f"{thing}: Slack offers {theirs}, Discord {ours}"] if theirs != ours else [])


async def _record(house: Quick) -> list[Line]:
    lines = read_export((await asyncio.to_thread(house.does, "export")).encode())
    await asyncio.to_thread(house.does, "verify")
    return lines


async def _house(one: Both, house: Quick, count: int) -> list[str]:
    """So many interleavings in one house; then the record and the ledger have the last word."""
    found = [fault for n in range(count) for fault in await _interleaved(one, n)]
    lines = await _record(house)
    for kind in ("claimed", "send_asked", "delivered", "disposed"):
        made = Counter(line["data"]["conversation"] for line in lines if line["kind"] == kind)
        found += [f"{kind} {n} times" for n in made.values() if n != 1]
        found += [f"{kind} of {len(made)}"] if len(made) != count else []
    posted = Counter(text_of(each) for each in one.stall.ledger())
    found += [f"{text!r} stands {n} times" for text, n in posted.items() if n != 1]
    found += [f"{len(posted)} posts"] if len(posted) != count else []
    assert await asyncio.to_thread(house.stop) == 0
    assert "Traceback" not in house.err, house.err
    return found


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("seed", "houses", "count"),
    [pytest.param(s, *of, marks=() if s == 0 else pytest.mark.chaos, id=str(s)) for s, of in SEEDS.items()],
)
async def test_two_stand_ins(
    seed: int, houses: int, count: int, lives: Nursery, stalls: Square, tmp_path: Path
) -> None:
    """One owner, one post, the same in both chats in the end; whoever came second is told who was first."""

    async def trial(n: int) -> list[str]:
        async with both(simcord, Stall(stalls, account_of(n)), lives, tmp_path / str(n), n) as (one, house):
            return await _house(one, house, count)

    async with served() as simcord:
        found = await asyncio.gather(*(trial(seed + n) for n in range(houses)))
    faults = [fault for each in found for fault in each]
    say(
        "one send",
        "two rooms against each other, both stand-ins",
        "real",
        houses * count,
        f"{len(faults)} faults",
        seed,
    )
    assert faults == []
