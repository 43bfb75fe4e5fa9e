"""Three colleagues who live off their cards in Slack: claim, write, send, close, note, and open again while there is work."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.rooms.slack.eyes import found, labels, shown
from tests.adapters.rooms.slack.peers import PEOPLE
from tests.chaos.chat_book import Wish
from tests.chaos.chat_hands import Hands
from tests.chaos.chat_killing import Stall
from tests.chaos.story import text_of

_NONE: Mapping[str, Any] = {}
TEAM = ("U0ANA", "U0BEN", "U0KIM")
_REPLY = "I'm sorry you waited so long. It is on the van for tomorrow before noon. If it is not there, I am here. Turn {n}, {who}"
_LOOK = 0.1
_PATIENCE = 240.0


@dataclass
class Cases:
    """What people do with one card. `busy` tells whether there is still somebody to annoy; `words` all that was written.

    `answers`: it is answered on the square and closed; else it goes from hand to hand, with notes.
    """

    hands: Hands
    stall: Stall
    subject: str
    dice: random.Random
    busy: Callable[[], bool]
    answers: bool = True
    words: list[str] = field(default_factory=list)

    async def lived(self, *, to_the_end: bool) -> None:
        """Press what is next until nobody is busy, and `to_the_end` until it is settled. AssertionError where nothing
        leads there."""
        loop = asyncio.get_running_loop()
        last: float | None = None
        while True:
            cards = self.hands.cards(self.subject)
            names = labels(cards[-1]) if cards else []
            if not self.busy() and ("Reopen" in names or not to_the_end or not self.answers):
                return
            if not self.busy():
                last = last or loop.time()
                assert loop.time() < last + _PATIENCE, f"it does not end: {names} {self.hands.book}"
            if cards and self.hands.window.connected and await self._next(cards[-1], names):
                await self.hands.repainted(cards[-1])
            await asyncio.sleep(_LOOK)

    async def _next(self, card: dict[str, Any], names: list[str]) -> bool:
        """The press that leads on; nothing where only time does. Whether something was done."""
        who = _owner(card) or self.dice.choice(TEAM)
        if self.dice.random() < 0.1:
            return await self._notes(card)
        if "It is there" in names:
            return await self._looks(card, who)
        if "I have this" in names:
            tries = (self._does(card, "I have this", "claimed", each, "You have this") for each in TEAM)
            return any(await asyncio.gather(*tries))
        if "Read once more and send" in names:
            return await self._fills(card, "Read once more and send", "send_asked", who)
        if not self.answers or (self.busy() and "Write a reply" in names and self.dice.random() < 0.3):
            wish = Wish("handed_back", who, self.subject)
            return await self.hands.picks(card, "Hand it back", wish, "You handed it back")
        if "Say we heard" in names:
            return await self._writes(card, "Say we heard", who)
        if "Reopen" in names:
            return await self._does(card, "Reopen", "reopened", who, "It is open again")
        if "Close" in names:
            return await self._fills(card, "Close", "closed", who, values={"How it ended": "Answered"})
        return "Write a reply" in names and await self._writes(card, "Write a reply", who)

    async def _notes(self, card: dict[str, Any]) -> bool:
        """It changes nothing on the card."""
        words = f"{self.subject.split()[0]}: I wrote it down, number {len(self.words)}."
        self.words.append(words)
        await self.hands.notes(card, Wish("noted", self.dice.choice(TEAM), self.subject, words))
        return False

    async def _writes(self, card: dict[str, Any], label: str, who: str) -> bool:
        words = _REPLY.format(n=f"{self.subject.split()[0]} {len(self.words)}", who=PEOPLE[who])
        self.words.append(words)
        return await self._fills(card, label, "drafted", who, words, {"Your reply": words})

    async def _does(self, card: dict[str, Any], label: str, kind: str, who: str, done: str) -> bool:
        on = found(card, label)["value"] if kind == "claimed" else ""
        return await self.hands.presses(card, label, Wish(kind, who, self.subject, on=on), done)

    async def _fills(
        self, card: dict[str, Any], label: str, kind: str, who: str, words: str = "", values: Mapping[str, Any] = _NONE
    ) -> bool:
        return await self.hands.fills(card, label, values, Wish(kind, who, self.subject, words))

    async def _looks(self, card: dict[str, Any], who: str) -> bool:
        """Nobody can tell whether it went out: somebody looks at the square, and says."""
        posted = {text_of(each): each["url"] for each in await asyncio.to_thread(self.stall.ledger)}
        there = next((url for text, url in posted.items() if _same(text, shown(card["blocks"]))), "")
        if there:
            return await self._fills(card, "It is there", "delivered", who, values={"Its link": there})
        return await self._does(card, "It is not there, try again", "send_asked", who, "It is")


def _owner(card: dict[str, Any]) -> str:
    """Who has it, as the card says."""
    said = shown(card["blocks"])
    return next((id for id, name in PEOPLE.items() if f"*Owner:* {name}" in said), "")


def _same(text: str, card: str) -> bool:
    return text.rpartition("Turn ")[2] in card
