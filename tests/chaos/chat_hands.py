"""People in a Slack whose app dies under their hands: they press, see what came of it, and press again where nothing did."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.rooms.slack.eyes import filled, shown
from tests.adapters.rooms.slack.peers import BOT, CARE, LocalSlack

#: How long somebody looks for an answer before they give up on it, in seconds.
LOOKS = 3.0
_NAP = 0.03
_NOT_YET = ("Saving it", "This takes a moment")
#: What a form that was kept says where it was opened; it may come while its person presses something else.
_OF_FORMS = ("Finished", "On its way", "Settled", "Noted")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a press is meant to do: the `kind` of event it becomes, by whom, on which card, with which words.

    `on`: what a claim's button carries: pressed twice, it is one claim.
    """

    kind: str
    who: str
    subject: str
    words: str = ""
    on: str = ""


@dataclass
class Hands:
    """Everybody's. local-slack has one stack of modals for all, so one person at a time has a form open.

    `shown`: what people were shown as done; `pressed`: how often each press was made. `bell` rings at every press.
    `lives`: how many lives the app has had; what a life did not answer, the next one does not either.
    """

    slack: LocalSlack
    lives: Callable[[], int]
    shown: list[Wish] = field(default_factory=list)
    pressed: Counter[Wish] = field(default_factory=Counter)
    unanswered: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    form: asyncio.Lock = field(default_factory=asyncio.Lock)
    busy: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def cards(self, subject: str) -> list[dict[str, Any]]:
        """Every card that shows `subject`, oldest first."""
        said = await self.slack.messages(CARE)
        return [{**one, "channel": CARE} for one in said if _is_card(one) and subject in shown(one["blocks"])]

    async def presses(self, message: Mapping[str, Any], label: str, wish: Wish, done: str) -> bool:
        """A button that does something. Whether they were shown that it is `done`, by how that answer begins."""
        async with self.busy[wish.who]:
            before = len(await self._told(wish.who))
            await self._goes_out(self.slack.press(wish.who, message, label), wish)
            return await self._answered(before, wish, done)

    async def picks(self, message: Mapping[str, Any], label: str, wish: Wish, done: str) -> bool:
        """The same behind *More*."""
        async with self.form, self.busy[wish.who]:
            await self._clear(wish.who)
            await self.slack.press(wish.who, message, "More")
            if not await self._until(bool):
                self.unanswered += 1
                return False
            before = len(await self._told(wish.who))
            await self._goes_out(self.slack.press_in_modal(wish.who, label), wish)
            return await self._answered(before, wish, done)

    async def fills(self, message: Mapping[str, Any], label: str, values: Mapping[str, Any], wish: Wish) -> bool:
        """A button that opens a form, and the form: `values` by the beginning of its fields' labels."""
        async with self.form, self.busy[wish.who]:
            await self._clear(wish.who)
            before = len(await self._told(wish.who))
            await self.slack.press(wish.who, message, label)
            stack = await self._until(lambda stack: bool(stack) and not _waits(stack[-1]), wish.who, before)
            if not stack:
                told = (await self._told(wish.who))[before:]
                self.refused.update(told[-1:])
                self.unanswered += not told
                return False
            view = stack[-1]
            if "submit" not in view:
                self.refused[_says(view)] += 1
                return False
            life = self.lives()
            await self._goes_out(self._submits(wish.who, view, values), wish)
            left = await self._until(
                lambda stack: not stack or (_says(stack[-1]) != _says(view) and not _waits(stack[-1]))
            )
            alive = await self.slack.is_connected() and self.lives() == life
            return self._came_of(left if alive else None, wish)

    async def _submits(self, who: str, view: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        inputs = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
        named = {whole: value for start, value in values.items() for whole in inputs if whole.startswith(start)}
        await self._page({"t": "view_submit", "user": who, "values": filled(view, named)})

    def _came_of(self, left: Sequence[Mapping[str, Any]] | None, wish: Wish) -> bool:
        """local-slack closes a form that nobody takes, too: only while the app lives does that mean it was taken."""
        if left is None:
            self.unanswered += 1
            return False
        if left and left[-1]["title"]["text"] != "Done":
            self.refused[_says(left[-1])] += 1
            return False
        self.shown.append(wish)
        return True

    async def _goes_out(self, press: Any, wish: Wish) -> None:
        self.pressed[wish] += 1
        self.bell.set()
        await press

    async def _answered(self, before: int, wish: Wish, done: str) -> bool:
        async for _ in self._looks():
            told = [one for one in (await self._told(wish.who))[before:] if not one.startswith((*_NOT_YET, *_OF_FORMS))]
            if told and told[0].startswith(done):
                self.shown.append(wish)
                return True
            if told:
                self.refused[told[0]] += 1
                return False
        self.unanswered += 1
        return False

    async def _looks(self) -> AsyncIterator[None]:
        """Again and again while an answer may come: Slack says itself when nobody took the press."""
        life, there = self.lives(), True
        for _ in range(int(LOOKS / _NAP)):
            yield
            if not there or self.lives() != life:
                return
            await asyncio.sleep(_NAP)
            there = await self.slack.is_connected()

    async def _told(self, who: str) -> list[str]:
        said = await self.slack.messages(CARE)
        return [str(one["text"]) for one in said if one.get("ephemeral_to") == who]

    async def _clear(self, who: str) -> None:
        """What an earlier life left open is closed."""
        for _ in range(10):
            if not await self.slack.modals():
                return
            await self._page({"t": "view_close", "user": who})

    async def _page(self, what: Mapping[str, Any]) -> None:
        """Done in the browser page that people see; whether it reaches the app shows later."""
        async with self.slack.session.ws_connect(f"{self.slack.url}/ui") as page:
            await page.receive_json()
            await page.send_json(what)
            await asyncio.sleep(_NAP)

    async def _until(
        self, true: Callable[[list[dict[str, Any]]], bool], who: str = "", before: int = 0
    ) -> list[dict[str, Any]] | None:
        """The stack of modals once that is true of it; None where it does not become so, or `who` is told a no instead."""
        async for _ in self._looks():
            stack = await self.slack.modals()
            if true(stack):
                return stack
            if who and [one for one in (await self._told(who))[before:] if not one.startswith((*_NOT_YET, *_OF_FORMS))]:
                return None
        return None


def _is_card(message: Mapping[str, Any]) -> bool:
    alone = not message.get("thread_ts") or message["thread_ts"] == message["ts"]
    return message.get("user") == BOT and alone and not message.get("ephemeral_to") and "blocks" in message


def _says(view: Mapping[str, Any]) -> str:
    return f"{view['title']['text']}: {shown(view['blocks'])}"


def _waits(view: Mapping[str, Any]) -> bool:
    return any(start in shown(view["blocks"]) for start in _NOT_YET)
