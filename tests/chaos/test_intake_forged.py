"""Whoever has no secret of ours gets nothing in, however close to a good request theirs is (failure B7).

Real doors, without a socket before them: the inbox's, by bearer token and by signature, and Slack's three. Each request is a
good one in which something was changed that has to shut it out, beside whatever else was changed. No body may be read before, so
what is not let in is answered 401 and with nothing else; the memory of the process must not grow by it.
"""

import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from adapters.platforms.signatures import TOLERANCE
from adapters.rooms.slack.doors import EVENTS, Doors, signature
from bot.nouns.mention import Cursor, Heard, News, Stored
from bot.nouns.team import Refusal
from bot.ports import Knock, Response
from tests.adapters.platforms.knocks import TOKEN, inbox, knock, signed
from tests.chaos.summary import say
from tests.fakes.clock import FakeClock

#: So many requests; and in every run.
MANY, FEW = 1_000_000, 5_000
#: By so many MB the process may grow; before that it has seen `WARM` of them.
GROWS, WARM = 16.0, 2_000
SLACK = "8f742231b10e8888abcd99yyyzzz85a5"
OTHER = b"somebody else's secret, as long."


@dataclass
class House:
    """The doors, and what came through them."""

    clock: FakeClock = field(default_factory=FakeClock)
    through: list[object] = field(default_factory=list)

    async def hear(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """From the inbox."""
        del cursor
        self.through += news
        return [Stored() for _ in news]

    async def take(self, kind: str, payload: Mapping[str, Any], envelope: str) -> Mapping[str, Any] | None:
        """From Slack."""
        del kind, envelope
        self.through.append(payload)
        return None

    def opens(self) -> Mapping[str, Callable[[Knock], Awaitable[Response]]]:
        """Each door by its path."""
        slack = Doors(SecretStr(SLACK), self.clock, self.take).all()
        return {"inbox": inbox(self.clock).doors(self.hear)[0].open, **{each.path: each.open for each in slack}}


class Forger:
    """Somebody who has seen good requests, and knows everything but the secrets."""

    def __init__(self, clock: FakeClock, dice: random.Random) -> None:
        self._clock = clock
        self._dice = dice

    def body(self) -> bytes:
        """A mention as good as any, or noise; sometimes cut off, sometimes very deep."""
        dice = self._dice
        match dice.randrange(6):
            case 0:
                return dice.randbytes(dice.randrange(300))
            case 1:
                return b"[" * dice.randrange(1, 3_000)
            case 2:
                return b"payload=" + dice.randbytes(40)
            case _:
                whole = json.dumps(
                    {"id": str(dice.getrandbits(40)), "text": "My parcel never came. \u202e\x00"}
                ).encode()
                return whole[: dice.randrange(1, 2 * len(whole))]

    def bearing(self) -> Knock:
        """Without the token: another one, half of it, in another scheme, twice, in strange letters, or none."""
        dice, token = self._dice, list(TOKEN)
        token[dice.randrange(len(token))] = chr(dice.choice((0, 9, 233, 0x430, 0xD800, 0x1F600)))
        wrong = [
            "Bearer " + "".join(token), "Bearer", "", f"Basic {TOKEN}", f"Bearer {TOKEN}{TOKEN}", f"Bearer {TOKEN}, {TOKEN}",
            TOKEN, f"Bearer {TOKEN[: dice.randrange(len(TOKEN))]}", f"Bearer {TOKEN.upper()}", "Bearer " + "a" * 9_000,
        ]  # fmt: skip
        asked = knock(self.body(), authorization=dice.choice(wrong))
        return asked if dice.random() < 0.9 else self._elsewhere(asked, "local")

    def signing(self) -> Knock:
        """A Standard Webhooks signature that does not fit: of other words, another time, another name, under another key."""
        dice, now = self._dice, self._clock.wall
        asked = signed(self.body() or b"x", now, key=OTHER)
        good = signed(asked.body, now)
        headers = dict(good.headers)
        match dice.randrange(8):
            case 0:
                return replace(good, body=good.body + b" ")
            case 1:
                headers["webhook-id"] += "1"
            case 2:
                headers["webhook-timestamp"] = str(int(now.timestamp()) + dice.choice((-1, 1)))
            case 3:
                late = dice.choice((-1, 1)) * (TOLERANCE + dice.randrange(2, 10**6))
                return signed(good.body, self._clock.wall.fromtimestamp(now.timestamp() + late, now.tzinfo))
            case 4:
                headers["webhook-signature"] = self._spoiled(headers["webhook-signature"])
            case 5:
                headers.pop(dice.choice(("webhook-id", "webhook-timestamp", "webhook-signature")))
            case 6:
                headers["webhook-timestamp"] = dice.choice(("", "-1", "٣", "1e9", "9" * 40, "0x1", " 1", "\ud800"))
            case _:
                return asked
        return replace(good, headers=headers)

    def slack(self, path: str) -> Knock:
        """The same with Slack's own signature."""
        dice, at = self._dice, int(self._clock.wall.timestamp())
        body, late = self.body() or b"x", 0
        good = signature(SLACK, str(at), body)
        wrong = [
            self._spoiled(good), signature(SLACK[:-1], str(at), body), signature(SLACK, str(at + 1), body), "", "v0=",
            good.upper(), good.replace("v0", "v1"), good[:-1], signature(SLACK, str(at), body + b" "), "v0=é\ud800",
        ]  # fmt: skip
        given = dice.choice(wrong)
        if dice.random() < 0.2:
            late = dice.choice((-1, 1)) * dice.randrange(302, 10**6)
            given = signature(SLACK, str(at + late), body)
        headers = {"x-slack-request-timestamp": str(at + late), "x-slack-signature": given}
        if dice.random() < 0.1:
            headers.pop(dice.choice(tuple(headers)))
        return Knock("POST", path, {}, {}, headers, body)

    def _spoiled(self, given: str) -> str:
        """One letter of it is another."""
        at = self._dice.randrange(len(given))
        return f"{given[:at]}{'A' if given[at] != 'A' else 'B'}{given[at + 1 :]}"

    def _elsewhere(self, asked: Knock, but: str) -> Knock:
        """To a source that there is not, or to one that signs."""
        source = self._dice.choice(("signed", "", "../local", "LOCAL", "\x00", "nobody"))
        assert source != but
        return replace(asked, values={"source": source})


def resident() -> float:
    """Of this process, in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


async def forging(count: int) -> tuple[Counter[str], float, int]:
    """So many requests: the answers that were not 401, by how much we grew, and what came through."""
    house, dice = House(), random.Random(9)
    forger, doors = Forger(house.clock, dice), house.opens()
    slack = [path for path in doors if path != "inbox"]
    odd, before = Counter[str](), 0.0
    for number in range(count + WARM):
        if number == WARM:
            before = resident()
        path, asked = "inbox", forger.bearing()
        match number % 3:
            case 1:
                asked = forger.signing()
            case 2:
                path = slack[number // 3 % len(slack)]
                asked = forger.slack(path)
            case _:
                pass
        try:
            status = (await doors[path](asked))[0]
        except Exception as error:
            odd[f"{path}: {type(error).__name__}"] += 1
            continue
        odd[f"{path}: {status}"] += status != 401
    return +odd, resident() - before, len(house.through)


@pytest.mark.parametrize(
    "count", [pytest.param(FEW, id="cut"), pytest.param(MANY, id="whole", marks=pytest.mark.chaos)]
)
async def test_forged_requests_stay_outside(count: int) -> None:
    """Each is answered 401: none is let in, none breaks anything, and none leaves anything behind."""
    odd, grew, through = await forging(count)
    result = f"{through} let in, {odd.total()} answered with anything but 401, {grew:.1f} MB more"
    say("nothing lost on the way in", "forged requests at every door that is signed", "real", count, result, 9)
    assert (odd, through) == ({}, 0)
    assert grew < GROWS


async def test_the_good_ones_are_let_in() -> None:
    """The same doors open to whoever has the secret, so it is the secret that the others lack."""
    house = House()
    doors, now = house.opens(), house.clock.wall
    body, at = b'{"id": "1", "text": "My parcel never came."}', str(int(now.timestamp()))
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature(SLACK, at, body)}
    asked = [
        ("inbox", knock(body)),
        ("inbox", signed(body, now)),
        (EVENTS, Knock("POST", EVENTS, {}, {}, headers, body)),
    ]
    assert [(await doors[path](each))[0] for path, each in asked] == [200, 200, 200]
    assert len(house.through) == 3
