"""People in a Discord whose bot dies under their hands: they press, see what came of it, and press again where nothing did."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.backend.models import EPHEMERAL_FLAG, Message
from simcord.results import InteractionResult, ResponseMessage, to_discord_message

from tests.adapters.rooms.discord.looks import buttons, list_id, options, words
from tests.adapters.rooms.discord.served import Served
from tests.adapters.rooms.discord.world import World
from tests.chaos.chat_book import Book, Wish

#: How long somebody looks for an answer before they give up on it, in seconds; and for a card that shows what they did.
LOOKS, CARD = 6.0, 4.0
_NAP = 0.02
_NOT_YET = "Saving."
#: So many windows and messages lead to one thing at most.
_STEPS = 6
_OPENS = ("Write", "Edit", "Fill it in")
Press = Callable[[MemberActor], Awaitable[InteractionResult]]


@dataclass
class DiscordHands:
    """Everybody's. simcord does one thing at a time; what comes of it is waited for side by side.
    What one life of the app did not answer, the next does not either.
    """

    world: World
    served: Served
    people: Mapping[str, MemberActor]
    book: Book = field(default_factory=Book)
    busy: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    seen: dict[int, tuple[object, discord.Message]] = field(default_factory=dict)

    def cards(self, subject: str) -> list[discord.Message]:
        """Every card that shows `subject`, oldest first."""
        backend = self.served.env.backend
        standing = sorted(backend.messages.get(self.world.text.id, {}).values(), key=lambda one: one.id)
        said = [one for one in standing if one.author_id == backend.bot_user.id and not one.flags & EPHEMERAL_FLAG]
        return [one for one in map(self._seen, said) if subject in words(one)]

    def _seen(self, standing: Message) -> discord.Message:
        """The message as discord.py has it, made anew only when it was edited: people look far more often than that."""
        known = self.seen.get(standing.id)
        if known is None or known[0] is not standing.components:
            known = self.seen[standing.id] = standing.components, to_discord_message(self.served.env, standing)
        return known[1]

    async def repainted(self, card: discord.Message) -> None:
        """Once the card shows something else, or after a while."""
        before = words(card), buttons(card)
        for _ in range(int(CARD / _NAP)):
            standing = self.served.env.backend.messages.get(self.world.text.id, {}).get(card.id)
            if standing is None:
                return
            now = self._seen(standing)
            if now is not card and (words(now), buttons(now)) != before:
                return
            await asyncio.sleep(_NAP)

    async def presses(self, card: discord.Message, label: str, wish: Wish, done: str) -> bool:
        """A button that does something. Whether they were shown that it is `done`, by how that answer begins."""
        async with self.busy[wish.who]:
            return await self._ended(_press(card, label), wish, done)

    async def notes(self, card: discord.Message, wish: Wish) -> bool:
        """A line for the team, by command in the card's thread, once that is there."""
        thread = next((each for each in self.world.text.threads if each.id == card.id), None)
        if thread is None:
            return False
        async with self.busy[wish.who]:
            return await self._ended(lambda who: who.slash(thread, "coolhead note", text=wish.words), wish, "Noted")

    async def fills(
        self, card: discord.Message, label: str, typed: Mapping[str, str], wish: Wish, last: str = "", done: str = ""
    ) -> bool:
        """What opens a form, and the form: `typed` by its fields' names. `last`: the press that finishes it, by
        what its label holds; '' where sending the window does. Whether they were shown that it is `done`."""
        async with self.busy[wish.who]:
            gone, who = self._ends(), self.people[wish.who]
            result = await self._does(partial(_press(card, label), who), gone)
            written = not typed
            for _ in range(_STEPS):
                if result is None:
                    self.book.unanswered += 1
                    return False
                if result.modal is not None:
                    if not last:
                        self.book.goes_out(wish)
                    result, written = await self._does(_submits(who, result, typed), gone), True
                    if not last:
                        return self._told(result, wish, done)
                    continue
                shown = _last(result)
                names = buttons(shown)
                if written and (finish := next((name for name in names if last and last in name), "")):
                    return await self._ended(_press(shown, finish), wish, done)
                opens = next((name for name in names if name in _OPENS), "")
                if not opens:
                    self.book.refused[words(shown)] += 1
                    return False
                result = await self._does(partial(_press(shown, opens), who), gone)
            return False

    async def _ended(self, press: Press, wish: Wish, done: str) -> bool:
        """The press that does it."""
        gone = self._ends()
        self.book.goes_out(wish)
        return self._told(await self._does(partial(press, self.people[wish.who]), gone), wish, done)

    def _told(self, result: InteractionResult | None, wish: Wish, done: str) -> bool:
        if result is None:
            self.book.unanswered += 1
            return False
        said = words(_last(result))
        if said.startswith(done):
            self.book.shown.append(wish)
            return True
        self.book.refused[said] += 1
        return False

    async def _does(
        self, press: Callable[[], Awaitable[InteractionResult]], gone: Callable[[], bool]
    ) -> InteractionResult | None:
        """One thing, and what it is answered; None where nobody answers, or there is nothing to press any more."""
        async with self.served.turn:
            try:
                result = await press()
            except SetupError:
                return None
        for _ in range(int(LOOKS / _NAP)):
            if _whole(result):
                return result
            if gone():
                return None
            await asyncio.sleep(_NAP)
        return None

    def _ends(self) -> Callable[[], bool]:
        """Asked later: whether the app that listens now is gone."""
        listens = self.listening()[-1:]
        return lambda: not listens or listens[0] not in self.served.sessions

    def listening(self) -> Sequence[object]:
        """The app's connections."""
        return self.served.listening(self.world.guild.id)


def _press(message: discord.Message | ResponseMessage, label: str) -> Press:
    """A button, or an option of *More*."""
    if label in buttons(message):
        return lambda who: who.click(message, label=label)
    chosen, more = options(message)[label], list_id(message)
    return lambda who: who.select(message, [chosen], custom_id=more)


def _submits(
    who: MemberActor, opened: InteractionResult, typed: Mapping[str, str]
) -> Callable[[], Awaitable[InteractionResult]]:
    """The window, with what is typed by the fields' names; the rest as it stood there."""
    parts = (opened.modal or {})["components"]
    boxes = [part["component"] for part in parts if "." in part.get("component", {}).get("custom_id", "")]
    values = dict[str, Any]()
    for box in boxes:
        kind, name = box["custom_id"].split(".")[:2]
        if name in typed:
            values[box["custom_id"]] = [typed[name]] if kind == "c" else typed[name]
    return lambda: who.submit_modal(opened, values)


def _whole(result: InteractionResult) -> bool:
    """Whether it was answered, and not only that it is being seen to."""
    if not result.acknowledged:
        return False
    if result.modal is not None:
        return True
    return not result.deferred and result.response is not None and not words(_last(result)).startswith(_NOT_YET)


def _last(result: InteractionResult) -> ResponseMessage:
    """The newest message of an answer."""
    assert result.response is not None, "nothing was answered"
    return [result.response, *result.followups][-1]
