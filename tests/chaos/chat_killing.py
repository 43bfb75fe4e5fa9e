"""Somebody who ends the bot with kill -9, again and again, while people press in a chat: the same for every chat.

A chat brings its `Chat`: a stand-in, and people who press in it. All else (houses, kills, the record and how it is judged) is
here and in `chat_oracle`.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from tests.chaos.chat_book import Book
from tests.chaos.chat_lives import Nursery, Quick, quick
from tests.chaos.chat_oracle import faults, unfinished, unread
from tests.chaos.oracle import Line, read_export
from tests.chaos.round import POLICY, until
from tests.square import Square
from tests.stories.process import cleaned

#: What the public says: two who are answered on the square, and two whose cards go from hand to hand.
SAID = {
    "alice": "Eleven days, three chats, still no parcel. I have had it with this shop.",
    "bob": "The zip of my jacket broke on the first day and nobody answers me.",
}
TOLD = {
    "lamp": "My lamp came in pieces and nobody at the shop picks up the phone. Awful.",
    "shoes": "Wrong shoes twice, and a refund that never came. I am done waiting for you.",
}
#: Seconds a chat has to be listened to again after a kill: the lease of the dead runs out in three.
_LISTENS = 60.0


@dataclass(frozen=True, slots=True)
class Stall:
    """A house's own account on a square that it shares with others."""

    square: Square
    account: str

    @property
    def settings(self) -> Mapping[str, str]:
        """What the house is told of it."""
        return {
            "COOLHEAD_MASTODON_URL": self.square.url,
            "COOLHEAD_MASTODON_TOKEN": self.square.token(self.account),
        }

    def hears(self, who: str, text: str) -> str:
        """Somebody says something to it; the post's id."""
        return str(self.square.post(who, f"@{self.account} {text}")["id"])

    def ledger(self) -> list[Line]:
        """Everything it has standing there."""
        return self.square.ledger(self.account)


class Chat(Protocol):
    """A stand-in for a chat, with people in it. `room` as in `[[place]]`; `settings` and `place` are the house's own.

    `listened`: whether the bot is there again, at the latest after so many seconds. `lived`: people press on the card of
    `subject` while somebody is `busy` killing; where `answers`, they answer on the square too, and go on until it is closed
    where `end`; else the card goes from hand to hand. What they press and are shown goes into `book`.
    """

    room: str

    @property
    def book(self) -> Book: ...
    @property
    def settings(self) -> Mapping[str, str]: ...
    @property
    def place(self) -> str: ...
    def cards(self, subject: str) -> int: ...
    async def listened(self, within: float) -> bool: ...
    async def lived(
        self, subject: str, stall: Stall, busy: Callable[[], bool], *, answers: bool, end: bool
    ) -> None: ...


@dataclass
class Killing:
    """Ends the bot. `left`: how often still; most of the kills fall just after somebody pressed."""

    house: Quick
    chat: Chat
    dice: random.Random
    left: int
    made: list[float] = field(default_factory=list)

    async def run(self) -> None:
        """Until none is left; the bot is up and listens afterwards."""
        while self.left:
            wait = await self._moment()
            await asyncio.sleep(wait)
            await asyncio.to_thread(self.house.kill)
            self.house.start()  # as whoever keeps services up would
            self.left -= 1
            self.made.append(round(wait, 3))
        await asyncio.to_thread(self.house.up)
        assert await self.chat.listened(_LISTENS), self.house.err

    async def _moment(self) -> float:
        """How long to wait until the next kill, once there is something to interrupt."""
        if self.dice.random() < 0.15:
            return self.dice.uniform(0.0, 0.4)  # in the middle of its start
        await asyncio.to_thread(self.house.up)
        assert await self.chat.listened(_LISTENS), self.house.err
        match self.dice.choices(("pressed", "soon", "late"), (70, 20, 10))[0]:
            case "pressed":
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._presses(self.dice.randint(1, 10)), 4)
                return self.dice.uniform(0.0, 0.15)
            case "soon":
                return self.dice.uniform(0.0, 1.2)
            case _:
                return self.dice.uniform(1.0, 5.0)  # long enough for a send

    async def _presses(self, count: int) -> None:
        for _ in range(count):
            self.chat.book.bell.clear()
            await self.chat.book.bell.wait()


def account_of(seed: int) -> str:
    """The account of that house."""
    return f"shop{seed}"


async def played(
    chat: Chat, nursery: Nursery, square: Square, folder: Path, *, seed: int, kills: int, end: bool
) -> str:
    """One house lives through its kills. `square` has its account; `end`: until every answer is out and closed. What it came
    to, in a line.

    AssertionError where something that was shown as done is not on the record, stands there twice, or was posted twice.
    """
    dice = random.Random(seed)
    stall = Stall(square, account_of(seed))
    async with _house(chat, nursery, stall, folder) as house:
        killing = Killing(house, chat, dice, kills)
        subjects = await asyncio.to_thread(_said, house, stall)
        people = [
            chat.lived(subject, stall, lambda: killing.left > 0, answers=subject in _answered(), end=end)
            for subject in subjects
        ]
        await asyncio.gather(killing.run(), *people)
        await until(partial(_all_shown, chat, subjects))
        lines = await _settled(house, chat.book)
        line = f"seed {seed}: {len(killing.made)} kills; {chat.book}"
        found = faults(chat.room, lines, stall.ledger(), chat.book, subjects)
        found += [f"{chat.cards(each)} cards: {each}" for each in subjects if chat.cards(each) != 1]
        assert not found, f"{found}; {line}"
        assert await asyncio.to_thread(house.stop) == 0
        assert "Traceback" not in house.err, house.err
        return line


async def _all_shown(chat: Chat, subjects: Iterable[str]) -> bool:
    return all(chat.cards(subject) for subject in subjects)


def subject_of(text: str) -> str:
    """How a card of that mention is told from others."""
    return text[:20]


def _answered() -> set[str]:
    return {subject_of(text) for text in SAID.values()}


@asynccontextmanager
async def _house(chat: Chat, nursery: Nursery, stall: Stall, folder: Path) -> AsyncIterator[Quick]:
    data = folder / "data"
    data.mkdir(parents=True)
    (data / "coolhead.toml").write_text(POLICY + chat.place)
    house = quick(nursery, data, **stall.settings, **chat.settings)
    with cleaned(house):
        house.start()
        await asyncio.to_thread(house.up)
        assert await chat.listened(_LISTENS), house.err
        await _hears(house, stall)
        yield house


async def _hears(house: Quick, stall: Stall) -> None:
    """Once it listens to the square: what was said before is not brought in."""

    async def heard() -> bool:
        return bool(await asyncio.to_thread(house.incidents))

    for _ in range(6):  # seldom, so that a slow start makes no storm of it
        await asyncio.to_thread(stall.hears, "shop", "hello")  # whose other words lie in another incident
        with contextlib.suppress(AssertionError):
            await until(heard, within=4)
            return
    raise AssertionError("it does not hear the square")


def _said(house: Quick, stall: Stall) -> dict[str, str]:
    """The mention that each card's subject stands for."""
    posts = {subject_of(text): stall.hears(who, text) for who, text in SAID.items()}
    house.mention(*({"id": id, "text": text, "author": {"id": id, "name": id.title()}} for id, text in TOLD.items()))
    return posts | {subject_of(text): id for id, text in TOLD.items()}


async def _settled(house: Quick, book: Book) -> list[Line]:
    """The record once every send has an end and every note stands, or after a long while as it is; it holds."""
    for _ in range(30):
        lines = read_export((await asyncio.to_thread(house.does, "export")).encode())
        if not unfinished(lines) and not unread(lines, book):
            break
        await asyncio.sleep(0.5)
    await asyncio.to_thread(house.does, "verify")
    return lines
