"""kill -9 of the bot while people press in Slack (failures A1, B1): local-slack, which nobody here wrote, and a real square.

Every round is a few kills in a house of its own, and its seed is its number: `pytest -k 'slack_kills[17]'` plays it again.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, TOKEN, LocalSlack, local_slack
from tests.chaos.chat_hands import Hands
from tests.chaos.chat_oracle import faults, unfinished
from tests.chaos.chat_story import Cases
from tests.chaos.oracle import Line, read_export
from tests.chaos.round import POLICY, until
from tests.square import Square
from tests.stories.process import House, a_house, cleaned

#: 1,000 kills together: those of every run, and those of `make chaos`.
FEW, SHORT = 4, 5
MANY, LONG = 20, 49
ROUNDS = [
    *(pytest.param(n, FEW) for n in range(SHORT)),
    *(pytest.param(n, MANY, marks=pytest.mark.chaos) for n in range(SHORT, SHORT + LONG)),
]
PLACE = f'[[place]]\nroom = "slack"\nid = "{CARE}"\nname = "care"\n'
SAID = {
    "alice": "@shop Eleven days, three chats, still no parcel. I have had it with this shop.",
    "bob": "@shop The zip of my jacket broke on the first day and nobody answers me.",
}


@dataclass
class Killing:
    """Ends the bot again and again. `left`: how often still; half of the kills fall just after somebody pressed."""

    house: House
    hands: Hands
    dice: random.Random
    left: int
    made: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Until none is left; the bot is up afterwards."""
        while self.left:
            if self.dice.random() < 0.9:
                await asyncio.to_thread(self.house.up)
            if self.dice.random() < 0.7:
                self.hands.bell.clear()
                await asyncio.wait([asyncio.create_task(self.hands.bell.wait())], timeout=5)
                wait = self.dice.uniform(0.0, 0.2)
            else:
                wait = self.dice.uniform(0.0, 1.2)
            await asyncio.sleep(wait)
            await asyncio.to_thread(self.house.kill)
            self.house.start()  # as whoever keeps services up would
            self.left -= 1
            self.made.append(round(wait, 3))
        await asyncio.to_thread(self.house.up)


@asynccontextmanager
async def _room(square: Square, data: Path) -> AsyncIterator[tuple[LocalSlack, House]]:
    data.mkdir()
    (data / "coolhead.toml").write_text(POLICY + PLACE)
    async with local_slack() as slack:
        house = a_house(
            data,
            COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
            COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
            COOLHEAD_SLACK_API_URL=slack.api_url,
            COOLHEAD_MASTODON_URL=square.url,
            COOLHEAD_MASTODON_TOKEN=square.token("shop"),
        )
        with cleaned(house):
            house.start()
            await asyncio.to_thread(house.up)
            await slack.connected()
            yield slack, house


async def _hears(house: House, square: Square) -> None:
    """Once it listens to the square: what was said before is not brought in."""

    async def heard() -> bool:
        return bool(await asyncio.to_thread(house.incidents))

    for _ in range(6):  # seldom, so that a slow start makes no storm of it
        await asyncio.to_thread(square.post, "bob", "@shop hello")
        with contextlib.suppress(AssertionError):
            await until(heard, within=4)
            return
    raise AssertionError("it does not hear the square")


async def _settled(house: House) -> list[Line]:
    """The record once every send has an end, or after a long while as it is."""
    for _ in range(30):
        lines = await _exported(house)
        if not unfinished(lines):
            break
        await asyncio.sleep(0.5)
    return lines


async def _exported(house: House) -> list[Line]:
    made = await asyncio.to_thread(house.command, "export")
    assert made.returncode == 0, made.stderr
    verdict = await asyncio.to_thread(house.command, "verify")
    assert verdict.returncode == 0, verdict.stdout
    return read_export(made.stdout)


@pytest.mark.parametrize(("seed", "kills"), ROUNDS)
async def test_slack_kills(seed: int, kills: int, square: Square, tmp_path: Path) -> None:
    """What people were shown as done is on the timeline, nothing is applied twice, and each reply stands once."""
    dice = random.Random(seed)
    async with _room(square, tmp_path / "data") as (slack, house):
        await _hears(house, square)
        hands = Hands(slack, lambda: house.starts)
        killing = Killing(house, hands, dice, kills)
        posts = {await asyncio.to_thread(_post, square, who, text): text for who, text in SAID.items()}
        cases = [
            Cases(hands, square, text.removeprefix("@shop ")[:20], random.Random(seed), lambda: killing.left > 0)
            for text in posts.values()
        ]
        await asyncio.gather(killing.run(), *(case.lived(to_the_end=kills == MANY) for case in cases))
        lines = await _settled(house)
        print(
            f"seed {seed}: killed after {killing.made}; shown {len(hands.shown)}, pressed {hands.pressed.total()}, "
            f"unanswered {hands.unanswered}, refused {sum(hands.refused.values())}: {dict(hands.refused)}"
        )
        subjects = {case.subject: post for case, post in zip(cases, posts, strict=True)}
        assert faults(lines, square.ledger(), hands, subjects) == []
        for case in cases:
            assert len(await hands.cards(case.subject)) == 1
        assert house.stop() == 0
        assert "Traceback" not in house.err


def _post(square: Square, who: str, text: str) -> str:
    return str(square.post(who, text)["id"])
