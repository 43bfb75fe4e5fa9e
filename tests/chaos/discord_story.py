"""Colleagues who live off their cards in Discord: claim, write, send, close, and open again while there is work to do."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import discord

from tests.adapters.rooms.discord.looks import buttons, options, parts, raw, words
from tests.chaos.chat_book import Wish
from tests.chaos.chat_killing import Stall
from tests.chaos.discord_hands import DiscordHands
from tests.chaos.story import text_of

_REPLY = "I'm sorry you waited so long. It is on the van for tomorrow before noon. If it is not there, I am here. Turn {n}, {who}"
_LOOK = 0.05
_PATIENCE = 90.0


@dataclass
class DiscordCases:
    """What people do with one card. `busy` tells whether there is still somebody to annoy; `said` all that was written.

    `answers`: it is answered on the square and closed; else it goes from hand to hand, with notes.
    """

    hands: DiscordHands
    stall: Stall
    subject: str
    dice: random.Random
    busy: Callable[[], bool]
    answers: bool = True
    said: list[str] = field(default_factory=list)

    async def lived(self, *, to_the_end: bool) -> None:
        """Press what is next until nobody is busy, and `to_the_end` until it is settled. AssertionError where nothing
        leads there."""
        loop = asyncio.get_running_loop()
        last: float | None = None
        while True:
            cards = self.hands.cards(self.subject)
            names = _offers(cards[-1]) if cards else set()
            if not self.busy() and ("Reopen" in names or not to_the_end or not self.answers):
                return
            if not self.busy():
                last = last or loop.time()
                assert loop.time() < last + _PATIENCE, f"{len(cards)} do not end: {cards} {names} {self.hands.book}"
            presses = cards and (self.dice.random() < 0.02 or self.hands.listening())
            if presses and await self._next(cards[-1], names):
                await self.hands.repainted(cards[-1])
            await asyncio.sleep(_LOOK)

    async def _next(self, card: discord.Message, names: set[str]) -> bool:
        """The press that leads on; nothing where only time does. Whether something was done."""
        who = self._owner(card) or self.dice.choice(sorted(self.hands.people))
        if self.dice.random() < 0.1:
            return await self._notes(card, who)
        if "It is there" in names:
            return await self._looks(card, who)
        if "I have this" in names:
            tries = (self._does(card, "I have this", "claimed", each, "You have this") for each in self.hands.people)
            return any(await asyncio.gather(*tries))
        if "Read once more and send" in names:
            wish = Wish("send_asked", who, self.subject)
            return await self.hands.fills(card, "Read once more and send", {}, wish, "Send", "On its way")
        if "Hand it back" in names and (not self.answers or (self.busy() and self.dice.random() < 0.3)):
            return await self._does(card, "Hand it back", "handed_back", who, "You handed it back")
        return self.answers and await self._answers(card, names, who)

    async def _answers(self, card: discord.Message, names: set[str], who: str) -> bool:
        """What leads to an answer on the square, and to an end."""
        if "Say we heard" in names:
            return await self._writes(card, "Say we heard", who)
        if "Reopen" in names:
            return await self._does(card, "Reopen", "reopened", who, "It is open again")
        if "Close" in buttons(card):
            typed = {"disposition": "answered", "words": "It is on its way."}
            return await self.hands.fills(card, "Close", typed, Wish("closed", who, self.subject), "", "Settled")
        return "Write a reply" in names and await self._writes(card, "Write a reply", who)

    async def _notes(self, card: discord.Message, who: str) -> bool:
        """It changes nothing on the card."""
        self.said.append("a note")
        wish = Wish("noted", who, self.subject, f"Rang them, try {len(self.said)} of {self.subject}.")
        await self.hands.notes(card, wish)
        return False

    async def _writes(self, card: discord.Message, label: str, who: str) -> bool:
        said = _REPLY.format(n=f"{self.subject.split()[0]} {len(self.said)}", who=self.hands.people[who].user.name)
        self.said.append(said)
        wish = Wish("drafted", who, self.subject, said)
        return await self.hands.fills(card, label, {"what": "A parcel", "words": said}, wish, "Finish", "Finished")

    async def _does(self, card: discord.Message, label: str, kind: str, who: str, done: str) -> bool:
        wish = Wish(kind, who, self.subject, on=_carried(card, label) if kind == "claimed" else "")
        return await self.hands.presses(card, label, wish, done)

    async def _looks(self, card: discord.Message, who: str) -> bool:
        """Nobody can tell whether it went out: somebody looks at the square, and says."""
        posted = {text_of(each): each["url"] for each in await asyncio.to_thread(self.stall.ledger)}
        there = next((url for text, url in posted.items() if text.rpartition("Turn ")[2] in words(card)), "")
        wish = Wish("delivered", who, self.subject)
        if there:
            return await self.hands.fills(card, "It is there", {"url": there}, wish, "", "Noted")
        return await self._does(card, "It is not there, try again", "send_asked", who, "It is")

    def _owner(self, card: discord.Message) -> str:
        """Who has it, as the card says."""
        said = words(card)
        named = ((id, person.user.name) for id, person in self.hands.people.items())
        return next((id for id, name in named if f"**Owner**: {name}" in said), "")


def _offers(card: discord.Message) -> set[str]:
    return {*buttons(card), *options(card)}


def _carried(card: discord.Message, label: str) -> str:
    """What a button carries."""
    return next((str(part["custom_id"]) for part in parts(raw(card)) if part.get("label") == label), "")
