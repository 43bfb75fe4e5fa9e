"""One team in Slack (local-slack) and in Discord (simcord) at once, and one square: people of both press against each other."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord

from tests.adapters.rooms.discord.looks import buttons, options, words
from tests.adapters.rooms.discord.served import Served
from tests.adapters.rooms.discord.world import World
from tests.adapters.rooms.slack.eyes import labels, shown
from tests.adapters.rooms.slack.peers import APP_TOKEN, CARE, PEOPLE, TOKEN, local_slack
from tests.chaos.chat_book import Wish
from tests.chaos.chat_hands import Hands
from tests.chaos.chat_killing import Stall
from tests.chaos.chat_lives import Nursery, Quick, quick
from tests.chaos.chat_window import window
from tests.chaos.discord_hands import DiscordHands
from tests.chaos.discord_lives import STAND_IN
from tests.chaos.round import POLICY, until
from tests.stories.process import cleaned

WATCH = '[[watch]]\nname = "us"\nany = ["broken"]\nplaces = ["care", "mods"]\n'
IN_SLACK = ("U0ANA", "U0BEN")
IN_DISCORD = ("cid", "dora")
#: What people complain of, in so few words that nobody takes them for copies: each is an incident of its own.
THINGS = (
    "parcel", "jacket", "teapot", "invoice", "lamp", "shoes", "bicycle", "password", "concert ticket", "sofa", "heater",
    "keyboard", "birthday cake", "curtains", "dishwasher", "tent", "violin", "printer", "garden hose", "passport photo",
    "winter coat", "coffee machine", "kitten food", "headphones", "wallpaper", "bathtub", "chessboard", "umbrella",
    "toothbrush", "ladder", "aquarium", "sunglasses", "carpet", "blender", "mattress", "helmet", "drum kit", "orchid",
    "fountain pen", "rucksack", "toaster", "mirror", "doorbell", "snow boots", "thermos", "canoe", "pillow", "router",
    "saucepan", "wristwatch",
)  # fmt: skip
SAID = "My {thing} is broken."
_REPLY = "I have read this about your {thing}, and I am sorry. I am asking where it is. {who}"
_NEAR = 0.3


@dataclass
class Both:
    """People of `slack` and `mods`. `names`: what their teammates call them, by the chat's own id."""

    slack: Hands
    mods: DiscordHands
    stall: Stall
    dice: random.Random
    names: dict[str, str] = field(default_factory=dict)

    async def cards(self, subject: str, *says: str, can: str = "") -> tuple[dict[str, Any], discord.Message]:
        """Both, once they show that and offer what it takes."""

        async def there() -> bool:
            return all(found and says_all(found) for found, says_all in self._faces(subject, says, can))

        with contextlib.suppress(AssertionError):
            await until(there, within=60)
            return self.slack.cards(subject)[-1], self.mods.cards(subject)[-1]
        seen = [shown(each["blocks"]) for each in self.slack.cards("")], [words(each) for each in self.mods.cards("")]
        raise AssertionError(f"{subject}: {says} {can} is not on both cards, but {seen}")

    def _faces(self, subject: str, says: Sequence[str], can: str) -> list[tuple[Any, Callable[[Any], bool]]]:
        theirs, ours = self.slack.cards(subject)[-1:], self.mods.cards(subject)[-1:]
        return [
            (theirs, lambda found: _has(_plain(shown(found[0]["blocks"])), says) and _can(labels(found[0]), can)),
            (ours, lambda found: _has(_plain(words(found[0])), says) and _can(_offers(found[0]), can)),
        ]

    async def everybody(self, press: Callable[[str, str], Awaitable[bool]]) -> dict[str, bool]:
        """All four, in any order, some a moment later than others: who was shown that it is done."""

        async def one(room: str, who: str) -> bool:
            await asyncio.sleep(self.dice.uniform(0.0, _NEAR))
            return await press(room, who)

        people = [*(("slack", who) for who in IN_SLACK), *(("discord", who) for who in self.mods.people)]
        self.dice.shuffle(people)
        done = await asyncio.gather(*(one(room, who) for room, who in people))
        return {self.names[who]: each for (_, who), each in zip(people, done, strict=True)}

    async def claims(self, subject: str) -> dict[str, bool]:
        """*I have this.*"""
        theirs, ours = await self.cards(subject, can="I have this")

        async def press(room: str, who: str) -> bool:
            wish = Wish("claimed", who, subject, on="both")
            if room == "slack":
                return await self.slack.presses(theirs, "I have this", wish, "You have this")
            return await self.mods.presses(ours, "I have this", wish, "You have this")

        return await self.everybody(press)

    async def writes(self, subject: str, thing: str) -> dict[str, bool]:
        """*Write a reply*, each with words of their own."""
        theirs, ours = await self.cards(subject, can="Write a reply")

        async def press(room: str, who: str) -> bool:
            said = _REPLY.format(thing=thing, who=self.names[who])
            wish = Wish("drafted", who, subject, said)
            if room == "slack":
                return await self.slack.fills(theirs, "Write a reply", {"Your reply": said}, wish)
            typed = {"what": "An answer", "words": said}
            return await self.mods.fills(ours, "Write a reply", typed, wish, "Finish", "Finished")

        return await self.everybody(press)

    async def sends(self, subject: str) -> dict[str, bool]:
        """*Read once more and send.*"""
        theirs, ours = await self.cards(subject, can="Read once more and send")

        async def press(room: str, who: str) -> bool:
            wish, label = Wish("send_asked", who, subject), "Read once more and send"
            if room == "slack":
                return await self.slack.fills(theirs, label, {}, wish)
            return await self.mods.fills(ours, label, {}, wish, "Send", "On its way")

        return await self.everybody(press)

    async def closes(self, subject: str) -> dict[str, bool]:
        """*Close*."""
        theirs, ours = await self.cards(subject, can="Close")

        async def press(room: str, who: str) -> bool:
            wish = Wish("disposed", who, subject)
            if room == "slack":
                return await self.slack.fills(theirs, "Close", {"How it ended": "Answered"}, wish)
            typed = {"disposition": "answered", "words": "They know."}
            return await self.mods.fills(ours, "Close", typed, wish, "", "Settled")

        return await self.everybody(press)

    async def same(self, subject: str) -> tuple[list[str], list[str]]:
        """What both offer in the end."""
        theirs, ours = await self.cards(subject, can="Reopen")
        return _choices(labels(theirs)), _choices(buttons(ours))


def _has(text: str, says: Sequence[str]) -> bool:
    return all(each in text for each in says)


def _can(offers: Sequence[str] | set[str], label: str) -> bool:
    return not label or label in offers


def _plain(text: str) -> str:
    return text.replace("*", "").replace("\\", "")


def _offers(card: discord.Message) -> set[str]:
    return {*buttons(card), *options(card)}


def _choices(offers: Sequence[str]) -> list[str]:
    """Without what each chat has of its own: links, and the ways to the whole story."""
    own = ("Open", "The whole story", "More", "Read")
    return sorted(each for each in offers if not each.startswith(own))


@asynccontextmanager
async def both(
    served: Served, stall: Stall, nursery: Nursery, folder: Path, seed: int
) -> AsyncIterator[tuple[Both, Quick]]:
    """A house that sits in both, and listens to the square."""
    world = World(served.env)
    people = {
        str(made.id): made
        for made in (world.guild.add_member(served.env.create_user(name), roles=[world.mods]) for name in IN_DISCORD)
    }
    token = f"MTIz.both.{seed}"
    served.guilds[token] = world.guild.id
    folder.mkdir(parents=True)
    places = (("slack", CARE, "care"), ("discord", str(world.text.id), "mods"))
    named = "".join(f'[[place]]\nroom = "{room}"\nid = "{id}"\nname = "{name}"\n' for room, id, name in places)
    (folder / "coolhead.toml").write_text(POLICY + named + WATCH)
    async with local_slack() as slack, window(slack) as page:
        house = quick(
            nursery,
            folder,
            COOLHEAD_SLACK_BOT_TOKEN=TOKEN,
            COOLHEAD_SLACK_APP_TOKEN=APP_TOKEN,
            COOLHEAD_SLACK_API_URL=slack.api_url,
            COOLHEAD_DISCORD_TOKEN=token,
            **{STAND_IN: served.url},
            **stall.settings,
        )
        hands = DiscordHands(world, served, people)
        names = {**{who: PEOPLE[who] for who in IN_SLACK}, **{id: each.user.name for id, each in people.items()}}
        one = Both(Hands(page), hands, stall, random.Random(seed), names)
        with cleaned(house):
            house.start()
            await asyncio.to_thread(house.up)

            async def listened() -> bool:
                return page.connected and bool(hands.listening())

            await until(listened, within=60)
            await _hears(house, stall)
            yield one, house


async def _hears(house: Quick, stall: Stall) -> None:
    """Once it listens to the square."""

    async def heard() -> bool:
        return bool(await asyncio.to_thread(house.incidents))

    for _ in range(6):
        await asyncio.to_thread(stall.hears, "bob", "hello")
        with contextlib.suppress(AssertionError):
            await until(heard, within=4)
            return
    raise AssertionError("it does not hear the square")
