"""Many cards that change all the time, in virtual time, on a Discord of documented limits: what is lost, how late, at what cost.

simcord knows no limits; here they stand between it and the client, which waits for its turn as discord.py does where an
answer's headers say that a route is used up (topics/rate-limits: a route's limit counts for each channel on its own).
"""

import asyncio
import random
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import simcord
from discord.http import Route
from simcord.builders import ChannelHandle

from adapters.connections.discord import least_intents
from bot.nouns.conversation import Mood
from bot.ports import ThreadRef
from bot.screens.shapes import Card, Choice, Done, Quote
from tests.adapters.rooms.discord.looks import words
from tests.adapters.rooms.discord.server import Server, make, place
from tests.adapters.rooms.front import Front

#: What Discord's answers to message routes have said for years: five in five seconds, in each channel; and fifty a
#: second over all.
ROUTE, ROUTE_SECONDS = 5, 5.0
GLOBAL = 50
_PRESS_EVERY = 6
#: simcord waits for what is the bot's, and the painter's hands are not: between two steps they get so many turns.
_STEPS, _TURNS = 5, 60


@dataclass(frozen=True, slots=True)
class Figures:
    """`lost`: cards that do not end as they should. Times in seconds; `least` is the fewest edits that would have done:
    what Discord allows in that time, or one for each change where those are fewer."""

    lost: int
    fresh_p50: float
    fresh_p99: float
    answer_p99: float
    edits: int
    least: int

    def __str__(self) -> str:
        return (
            f"lost {self.lost}, card freshness p50 {self.fresh_p50:.1f} s p99 {self.fresh_p99:.1f} s, "
            f"press to answer p99 {self.answer_p99:.2f} s, {self.edits} edits (least {self.least})"
        )


class Limits:
    """Laid over a client's requests. `edits` by channel."""

    def __init__(self, env: simcord.Env) -> None:
        self._env = env
        self._windows: defaultdict[str, deque[float]] = defaultdict(deque)
        self._asleep: list[tuple[float, asyncio.Future[None]]] = []
        self.edits: Counter[str] = Counter()

    def install(self, client: Any) -> "Limits":
        """Between the client and simcord."""
        inner: Callable[..., Awaitable[Any]] = client.http.request

        async def request(route: Route, **given: Any) -> Any:
            key = f"{route.method} {route.path} {route.channel_id}"
            if "interactions" not in route.path and "webhooks" not in route.path:
                await self._turn("", GLOBAL, 1.0)
                await self._turn(key, ROUTE, ROUTE_SECONDS)
            self.edits[key] += 1
            return await inner(route, **given)

        client.http.request = request
        return self

    async def _turn(self, key: str, most: int, seconds: float) -> None:
        window = self._windows[key]
        while True:
            now = self._env.now().timestamp()
            while window and window[0] <= now - seconds:
                window.popleft()
            if len(window) < most:
                window.append(now)
                return
            woken = asyncio.get_running_loop().create_future()
            self._asleep.append((window[0] + seconds, woken))
            await woken

    def wake(self) -> None:
        """Whoever has waited long enough goes on: simcord's time is the bot's alone, and who waits here is not its."""
        now = self._env.now().timestamp()
        due = [woken for at, woken in self._asleep if at <= now]
        self._asleep = [(at, woken) for at, woken in self._asleep if at > now]
        for woken in due:
            if not woken.done():
                woken.set_result(None)


async def load(
    cards: int, changes: int, minutes: float, channels: int = 5, seed: int = 1, *, forum: bool = False
) -> Figures:
    """`changes` of `cards` spread over `minutes`, and somebody who presses all the while. They stand in text channels,
    or are posts of as many forums."""
    env = simcord.Env(make(least_intents()), settle_timeout=60.0)
    await env.start()
    try:
        server = Server(env)
        for number in range(channels):
            make_place = server.private_forum if forum else server.private
            server.places.append(place(make_place(f"desk-{number}")))
        async with server.attending():
            return await _Load(server, cards, seed).run(changes, minutes)
    finally:
        await env.shutdown()


class _Load:
    def __init__(self, server: Server, cards: int, seed: int) -> None:
        self.server, self.cards = server, cards
        self.dice = random.Random(seed)
        self.refs: list[ThreadRef] = []
        self.shown: list[list[tuple[float, int]]] = [[(0.0, 1)] for _ in range(cards)]
        self.answers: list[float] = []
        self.limits = Limits(server.env)

    async def run(self, changes: int, minutes: float) -> Figures:
        """All of it."""
        places = self.server.places[1:]
        for number in range(self.cards):
            ref = await self.server.room.open_thread(places[number % len(places)], _state(number, 1), f"k{number}")
            assert isinstance(ref, ThreadRef)
            self.refs.append(ref)
        self.limits.install(self.server.env.bot)
        self.server.desk.answers["claim"] = Done("You have this.")
        front = Front(self._repaint, lambda number: self.refs[number].lane)
        wanted = [1] * self.cards
        changed: list[tuple[float, int, int]] = []
        for second in range(int(minutes * 60)):
            for _ in range(max(1, round(changes / (minutes * 60)))):
                number = self.dice.randrange(self.cards)
                wanted[number] += 1
                changed.append((self._now(), number, wanted[number]))
                front.change(number, wanted[number])
            await self._second()
            if second % _PRESS_EVERY == 0:
                await self._press()
        edits = sum(count for key, count in self.limits.edits.items() if key.startswith("PATCH"))
        for _ in range(self.cards * 10):
            if not front.left:
                break
            await self._second()
        await front.close()
        end = self._now()
        late = sorted(
            next((at for at, v in self.shown[n] if v >= version), end) - since for since, n, version in changed
        )
        return Figures(
            lost=sum(self.shown[n][-1][1] != wanted[n] for n in range(self.cards)) + self._unseen(wanted),
            fresh_p50=late[len(late) // 2],
            fresh_p99=late[len(late) * 99 // 100],
            answer_p99=sorted(self.answers)[len(self.answers) * 99 // 100],
            edits=edits,
            least=min(changes, self._most(minutes * 60)),
        )

    def _most(self, seconds: float) -> int:
        """So many edits Discord allows in that time."""
        channels = len({ref.lane for ref in self.refs})
        return min(round(channels * ROUTE * (seconds / ROUTE_SECONDS + 1)), round(GLOBAL * (seconds + 1)))

    async def _second(self) -> None:
        """One second goes by, and everybody whom it wakes does what comes next."""
        for _ in range(_STEPS):
            await self.server.env.advance_time(1.0 / _STEPS)
            self.limits.wake()
            for _ in range(_TURNS):
                await asyncio.sleep(0)

    def _now(self) -> float:
        return self.server.env.now().timestamp()

    async def _repaint(self, number: int, version: int) -> None:
        ref = await self.server.room.repaint(self.refs[number], _state(number, version))
        assert isinstance(ref, ThreadRef), ref
        self.refs[number] = ref
        self.shown[number].append((self._now(), version))

    async def _press(self) -> None:
        """Somebody presses a button of the first card."""
        card = next(each for each in self._channel(self.refs[0].lane).history() if "Case 0:" in words(each))
        at = self._now()
        await self.server.ana.click(card, label="I have this")
        self.answers.append(self._now() - at)

    def _channel(self, lane: str) -> ChannelHandle:
        """The channel or post in which a card stands."""
        return ChannelHandle(self.server.env, self.server.guild, self.server.env.backend.channels[int(lane)])

    def _unseen(self, wanted: list[int]) -> int:
        """Cards that do not stand in their channel as they should."""
        there = [self._channel(lane) for lane in {ref.lane for ref in self.refs}]
        said = [words(each) for channel in there for each in channel.history()]
        shown = {each.partition("Case ")[2].partition(":")[0]: each for each in said if "Case " in each}
        return sum(f"State {wanted[n]}." not in shown.get(str(n), "") for n in range(self.cards))


def _state(number: int, version: int) -> Card:
    choices = (Choice("claim", "I have this", {"epoch": "0"}, likely=True),)
    id = f"{number:016x}"
    said = Quote(f"State {version}.")
    return Card(f"i{id}", f"c{id}", f"Case {number}:", "Mara", Mood.WAITING, (said,), choices, version=version)
