"""One round: a real house, a square, the story, and somebody who ends processes in the middle of it."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.error import HTTPError, URLError

import aiohttp

from tests.chaos.driver import Hand
from tests.chaos.oracle import Line, read_export
from tests.chaos.story import STEPS, Story
from tests.square import Square
from tests.stories.process import House, a_house, cleaned

POLICY = """
[contacts]
email = "help@shop.example"
[policy]
acknowledgement_cools = "1s"
acknowledgement_cools_chat = "1s"
acknowledgement_cools_review = "1s"
acknowledgement_cools_at_most = "1s"
response_cools = "2s"
response_cools_chat = "2s"
response_cools_review = "2s"
response_cools_at_most = "2s"
repair_cools = "2s"
settle = "1s"
storm_count = 64
storm_each = 64
"""
_TOPICS = ("the blue lamp", "your opening hours", "gift cards", "the new catalogue", "a broken zip", "the newsletter")


#: How long the square may take to do what it is asked, in milliseconds: so that kills fall before and after it did.
SLOW = (0, 50, 200, 400)


@dataclass(frozen=True, slots=True)
class Kill:
    """What is ended, `wait` seconds after the step was begun."""

    step: str
    wait: float
    bot: bool
    store: bool


def plan(seed: int) -> list[Kill]:
    """One or two kills at random moments of the story; half of them around a send."""
    dice = random.Random(seed)
    kills = []
    for _ in range(dice.choice((1, 1, 2))):
        step = dice.choice(("send ack", "send response")) if dice.random() < 0.4 else dice.choice(STEPS)
        wait = dice.uniform(0.0, 0.4) if step.startswith("send") else dice.uniform(0.0, 1.0)
        which = dice.choice(("bot", "bot", "store", "both"))
        kills.append(Kill(step, wait, which != "store", which != "bot"))
    return kills


@dataclass
class Round:
    """`accepted`: ids of mentions the inbox answered 200 for. `told` by the last press of the story."""

    house: House
    story: Story
    hand: Hand
    kills: list[Kill]
    accepted: set[str] = field(default_factory=set)
    made: list[str] = field(default_factory=list)
    killing: set["asyncio.Task[None]"] = field(default_factory=set)
    watch: Callable[[str], Awaitable[None]] | None = None

    async def before(self, step: str) -> None:
        """Set off the kills that are planned for this step. `watch` is told of it first."""
        if self.watch is not None:
            await self.watch(step)
        for kill in [each for each in self.kills if each.step == step]:
            self.kills.remove(kill)
            self.killing.add(asyncio.create_task(self._kill(kill)))

    async def _kill(self, kill: Kill) -> None:
        await asyncio.sleep(kill.wait)
        self.made.append(f"{kill.step} + {kill.wait:.3f} s: {'bot ' * kill.bot}{'store' * kill.store}")
        if kill.store:
            self.house.kill_store()
        if kill.bot:
            await asyncio.to_thread(self.house.kill)
            self.house.start()  # as whoever keeps services up would

    async def chatter(self, stop: asyncio.Event, pause: float = 0.4) -> None:
        """Other mentions through the inbox, every `pause` seconds; each is sent again until it is answered 200."""
        number = 0
        while not stop.is_set():
            number += 1
            body = {"id": f"chat-{number}", "text": f"Number {number}: where do I find {_TOPICS[number % 6]}?"}
            await until(partial(self._accepted, body))
            await asyncio.sleep(pause)

    async def _accepted(self, body: dict[str, str]) -> bool:
        return await self.told(self.house, body)

    async def told(self, house: House, body: dict[str, str]) -> bool:
        """Whether that house took a mention in."""
        try:
            said = await asyncio.to_thread(house.mention, body)
        except HTTPError as error:
            with error:
                if error.code not in (429, 503):
                    self.hand.faults.append(f"the inbox answered {error.code}: {house.err[-2000:]}")
            return False
        except (URLError, OSError, ValueError):
            return False
        if said["accepted"] + said["duplicates"] == 1:
            self.accepted.add(body["id"])
        return True

    @property
    def mentions(self) -> set[str]:
        """Every mention that must lie in an incident."""
        return {*self.accepted, *self.story.posts}

    async def settled(self) -> list[Line]:
        """The record once everything that was accepted is sorted, or after a long while as it is."""
        for _ in range(30):
            lines = await self.export()
            if self.mentions <= {line["mention"]["id"] for line in lines if line["mention"]}:
                break
            await asyncio.sleep(0.5)
        return lines

    async def export(self) -> list[Line]:
        """The record as it stands, verified by the program itself while it runs."""
        made = await asyncio.to_thread(self.house.command, "export")
        assert made.returncode == 0, made.stderr
        verdict = await asyncio.to_thread(self.house.command, "verify")
        assert verdict.returncode == 0, verdict.stdout
        piped = await asyncio.to_thread(self.house.command, "verify", "-", said=made.stdout)
        assert piped.returncode == 0, piped.stdout
        return read_export(made.stdout)


@asynccontextmanager
async def a_round(
    data: Path, square: Square, kills: list[Kill], policy: str = POLICY, **environ: str
) -> AsyncIterator[Round]:
    """A house that listens to the square, with Ana signed in. `environ`: what it is given besides, or instead."""
    await asyncio.to_thread(write_policy, data, policy)
    mastodon = {"COOLHEAD_MASTODON_URL": square.url, "COOLHEAD_MASTODON_TOKEN": square.token("shop")}
    house = a_house(data, **(mastodon | environ))
    with cleaned(house):
        house.start()
        await asyncio.to_thread(house.up)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            made: Round

            async def step(name: str) -> None:
                await made.before(name)

            async def find(post: str) -> tuple[str, str]:
                return await found(made.hand, post, house)

            hand = Hand(house.base_url, session, step)
            made = Round(house, Story(hand, square, step, find), hand, kills)
            await hand.comes_in(house.sign_in)
            await listens(house, square)
            try:
                yield made
            finally:
                await asyncio.gather(*made.killing)


def write_policy(data: Path, policy: str) -> None:
    """What a house is set to, in the file of its folder."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "coolhead.toml").write_text(policy)


async def until(true: Callable[[], Awaitable[object]], within: float = 60.0) -> None:
    """Return once `true` holds, asked again and again; AssertionError where it does not become so."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + within
    while not await true():
        assert loop.time() < give_up, "it did not become true in time"
        await asyncio.sleep(0.05)


async def listens(house: House, square: Square) -> None:
    """Return once it hears the square: what was said before it first listened is not brought in."""
    for _ in range(6):  # seldom, so that a slow start makes no storm of it
        await asyncio.to_thread(square.post, "bob", "@shop hello")
        for _ in range(40):
            if await asyncio.to_thread(house.incidents):
                return
            await asyncio.sleep(0.1)
    raise AssertionError("it does not listen")


async def found(hand: Hand, post: str, house: House) -> tuple[str, str]:
    """The incident and conversation that a post became."""
    last: list[str] | OSError | ValueError = []
    for _ in range(600):
        try:
            last = [each["id"] for each in await asyncio.to_thread(house.incidents)]
            for each in last:
                if conversation := await asyncio.to_thread(_opened, house, each, post):
                    return each, conversation
        except (OSError, ValueError) as error:
            last = error
        await asyncio.sleep(0.1)
    raise AssertionError(
        f"{post} became no conversation; the API last: {last!r}; {house.environ}; {house.out}; {house.err}"
    )


def _opened(house: House, incident: str, post: str) -> str:
    """The conversation of a post in an incident, or ''."""
    after: int | None = 0
    while after is not None:
        page = house.ask(f"/api/v1/incidents/{incident}/timeline?after={after}")
        for line in page["timeline"]:
            if line["kind"] == "opened" and line["mention"]["id"] == post:
                return str(line["data"]["conversation"])
        after = page["after"]
    return ""
