"""People in a Slack whose app dies under their hands: they press, see what came of it, and press again where nothing did."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.rooms.slack.eyes import filled, found, labels, shown
from tests.adapters.rooms.slack.peers import BOT
from tests.chaos.chat_book import Book, Wish
from tests.chaos.chat_window import Window

#: How long somebody looks for an answer while the app lives, in seconds: whoever looked away sooner would take it for the
#: answer to their next press. And how long for a card that shows what they did.
LOOKS, CARD = 60.0, 4.0
#: How long a form's receipt is waited for. There is none where local-slack has closed the form meanwhile, as it does five
#: seconds after one that a dead app never answered.
RECEIPT = 15.0
_NOT_YET = ("Saving it", "This takes a moment")
#: What a form that was kept says where it was opened; it may come while its person presses something else.
_OF_FORMS = ("Finished", "On its way", "Settled")
_NOTED = "Noted for the team"


@dataclass
class Hands:
    """Everybody's. local-slack has one stack of modals for all, so one person at a time has a form open."""

    window: Window
    book: Book = field(default_factory=Book)
    form: asyncio.Lock = field(default_factory=asyncio.Lock)
    busy: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def cards(self, subject: str) -> list[dict[str, Any]]:
        """Every card that shows `subject`, oldest first."""
        return [one for one in self.window.messages.values() if _is_card(one) and subject in shown(one["blocks"])]

    async def repainted(self, card: Mapping[str, Any]) -> None:
        """Once the card shows something else, or after a while."""
        await self.window.until(lambda: self.window.messages.get(card["ts"], card)["blocks"] != card["blocks"], CARD)

    async def presses(self, message: Mapping[str, Any], label: str, wish: Wish, done: str) -> bool:
        """A button that does something. Whether they were shown that it is `done`, by how that answer begins."""
        async with self.busy[wish.who]:
            before, gone = len(self._told(wish.who)), self._ends()
            self.book.goes_out(wish)
            self.window.press(wish.who, message, found(message, label))
            return await self._answered(before, wish, done, gone)

    async def picks(self, message: Mapping[str, Any], label: str, wish: Wish, done: str) -> bool:
        """The same behind *More*."""
        async with self.form, self.busy[wish.who]:
            gone = self._ends()
            await self._clear(wish.who)
            self.window.press(wish.who, message, found(message, "More"))
            await self.window.until(lambda: self.window.stack or gone(), LOOKS)
            if not self.window.stack or label not in labels(self.window.stack[-1]):
                self.book.unanswered += 1
                return False
            before = len(self._told(wish.who))
            self.book.goes_out(wish)
            self.window.press(wish.who, {}, found(self.window.stack[-1], label))
            return await self._answered(before, wish, done, gone)

    async def notes(self, card: Mapping[str, Any], wish: Wish) -> None:
        """A line for the team, said in the card's thread whether anybody listens or not."""
        async with self.busy[wish.who]:
            before, gone = len(self._told(wish.who, _NOTED)), self._ends()
            self.book.goes_out(wish)
            self.book.written.append(wish)
            self.window.post(wish.who, f"<@{BOT}> note {wish.words}", str(card["ts"]))
            await self.window.until(lambda: self._told(wish.who, _NOTED)[before:] or gone(), LOOKS)

    async def fills(self, message: Mapping[str, Any], label: str, values: Mapping[str, Any], wish: Wish) -> bool:
        """A button that opens a form, and the form: `values` by the beginning of its fields' labels."""
        async with self.form, self.busy[wish.who]:
            gone = self._ends()
            await self._clear(wish.who)
            before = len(self._told(wish.who))
            self.window.press(wish.who, message, found(message, label))
            await self.window.until(lambda: self._opened() or self._told(wish.who)[before:] or gone(), LOOKS)
            view = self._opened()
            if view is None or "submit" not in view:
                told = self._told(wish.who)[before:] or ([_says(view)] if view else [])
                self.book.refused.update(told[-1:])
                self.book.unanswered += not told
                return False
            receipts = len(self.window.receipts)
            self.book.goes_out(wish)
            await self.window.does("view_submit", wish.who, values=_typed(view, values))
            await self.window.until(lambda: self.window.receipts[receipts:] or gone(), RECEIPT)
            return await self._came_of(self.window.receipts[receipts:], wish, gone)

    async def _came_of(self, receipts: Sequence[Mapping[str, Any]], wish: Wish, gone: Callable[[], bool]) -> bool:
        """The receipt tells what became of the form; where it says that it is being saved, the view that follows."""
        match receipts:
            case []:
                self.book.unanswered += 1
                return False
            case [{"response_action": "update", "view": view}] if _waits(view):
                await self.window.until(lambda: self._opened() or gone(), LOOKS)
                left = self._opened()
            case [{"response_action": "update" | "push", "view": view}]:
                left = view
            case [{"response_action": "clear"}]:
                self.book.shown.append(wish)
                return True
            case _:
                self.book.refused[str(receipts)] += 1
                return False
        if left is not None and left["title"]["text"] == "Done":
            self.book.shown.append(wish)
            return True
        self.book.refused.update([_says(left)] if left is not None else [])
        self.book.unanswered += left is None
        return False

    async def _answered(self, before: int, wish: Wish, done: str, gone: Callable[[], bool]) -> bool:
        await self.window.until(lambda: self._told(wish.who)[before:] or gone(), LOOKS)
        told = self._told(wish.who)[before:]
        if not told:
            self.book.unanswered += 1
        elif told[0].startswith(done):
            self.book.shown.append(wish)
            return True
        else:
            self.book.refused[told[0]] += 1
        return False

    def _ends(self) -> Callable[[], bool]:
        """Asked later: whether the app that listens now is gone. What one life did not answer, the next does not either."""
        ends = self.window.ends
        return lambda: not self.window.connected or self.window.ends != ends

    def _told(self, who: str, only: str = "") -> list[str]:
        """What was answered to them alone, without what comes whenever it likes."""
        said = [str(one["text"]) for one in self.window.messages.values() if one.get("ephemeral_to") == who]
        if only:
            return [each for each in said if each.startswith(only)]
        return [each for each in said if not each.startswith((*_NOT_YET, *_OF_FORMS, _NOTED))]

    async def _clear(self, who: str) -> None:
        """What an earlier life left open is closed."""
        while self.window.stack:
            await self.window.does("view_close", who)
            await self.window.until(lambda: not self.window.stack, LOOKS)

    def _opened(self) -> dict[str, Any] | None:
        """The modal on top, once it is more than a place to wait in."""
        return self.window.stack[-1] if self.window.stack and not _waits(self.window.stack[-1]) else None


def _typed(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    inputs = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    return filled(
        view, {whole: value for start, value in values.items() for whole in inputs if whole.startswith(start)}
    )


def _is_card(message: Mapping[str, Any]) -> bool:
    alone = not message.get("thread_ts") or message["thread_ts"] == message["ts"]
    return message.get("user") == BOT and alone and not message.get("ephemeral_to") and "blocks" in message


def _says(view: Mapping[str, Any]) -> str:
    return f"{view['title']['text']}: {shown(view['blocks'])}"


def _waits(view: Mapping[str, Any]) -> bool:
    return any(start in shown(view["blocks"]) for start in _NOT_YET)
