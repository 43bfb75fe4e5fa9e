"""People in a Slack whose app dies under their hands: they press, see what came of it, and press again where nothing did."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.adapters.rooms.slack.eyes import filled, found, labels, shown
from tests.adapters.rooms.slack.peers import BOT, CARE, LocalSlack

#: How long somebody looks for an answer before they press again, in seconds.
LOOKS = 3.0
_NAP = 0.03
_IDS = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Success:
    """What somebody was shown as done: `kind` is the event that must stand on the timeline, `words` those it must hold."""

    kind: str
    who: str
    subject: str
    words: str = ""


@dataclass
class Hands:
    """Everybody's. local-slack has one stack of modals for all, so one person at a time has a form open."""

    slack: LocalSlack
    shown: list[Success] = field(default_factory=list)
    unanswered: int = 0
    refused: int = 0
    form: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def card(self, subject: str) -> dict[str, Any]:
        """The card that shows `subject`, as it stands; {} where there is none."""
        found_ = [one for one in await self.slack.messages(CARE) if _is_card(one) and subject in shown(one["blocks"])]
        return {**found_[-1], "channel": CARE} if found_ else {}

    async def cards(self, subject: str) -> int:
        """How many cards show it."""
        return sum(_is_card(one) and subject in shown(one["blocks"]) for one in await self.slack.messages(CARE))

    async def presses(self, who: str, message: Mapping[str, Any], label: str, success: Success) -> bool:
        """A button that does something. Whether they were shown that it is done."""
        before = len(await self._told(who, message["channel"]))
        await self.slack.press(who, message, label)
        for _ in range(int(LOOKS / _NAP)):
            told = [one["text"] for one in (await self._told(who, message["channel"]))[before:]]
            if final := [text for text in told if "Saving it" not in text]:
                return self._saw(final[0], success)
            await asyncio.sleep(_NAP)
        self.unanswered += 1
        return False

    async def fills(
        self, who: str, message: Mapping[str, Any], label: str, values: Mapping[str, Any], success: Success
    ) -> bool:
        """A button that opens a form, and the form: `values` by the beginning of the fields' labels."""
        async with self.form, self._page() as page:
            await self._closes(page, who)
            await self.slack.press(who, message, label)
            stack = await self._until(lambda stack: bool(stack))
            if not stack:
                self.unanswered += 1
                return False
            view = stack[-1]
            given = _by_label(view, values)
            if given is None:
                return self._saw(shown(view), None)
            await page.send_json({"t": "view_submit", "user": who, "values": filled(view, given)})
            left = await self._until(lambda stack: not stack or _says_done(stack[-1]) or _says_no(stack[-1]))
            if left is None:
                self.unanswered += 1
                return False
            if left and not _says_done(left[-1]):
                return self._saw(shown(left[-1]), None)
            self.shown.append(success)
            return True

    def _saw(self, text: str, success: Success | None) -> bool:
        """What was said; success where `success` says how it looks."""
        if success is not None and any(text.startswith(start) for start in DONE[success.kind]):
            self.shown.append(success)
            return True
        self.refused += 1
        return False

    async def _told(self, who: str, channel: str) -> list[dict[str, Any]]:
        return [one for one in await self.slack.messages(channel) if one.get("ephemeral_to") == who]

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Any]:
        async with self.slack.session.ws_connect(f"{self.slack.url}/ui") as page:
            await page.receive_json()
            yield page

    async def _closes(self, page: Any, who: str) -> None:
        """What an earlier life left open."""
        for _ in range(10):
            if not await self.slack.modals():
                return
            await page.send_json({"t": "view_close", "user": who})
            await asyncio.sleep(_NAP)

    async def _until(self, true: Any) -> list[dict[str, Any]] | None:
        """The stack once that is true of it; None where it does not become so."""
        for _ in range(int(LOOKS / _NAP)):
            stack = await self.slack.modals()
            if true(stack):
                return stack
            await asyncio.sleep(_NAP)
        return None


#: How the answer to a press begins that was done.
DONE: Mapping[str, tuple[str, ...]] = {"claimed": ("You have this", "Ana has this", "Ben has this", "Kim has this")}


def _is_card(message: Mapping[str, Any]) -> bool:
    return message.get("user") == BOT and not message.get("thread_ts") and not message.get("ephemeral_to")


def _says_done(view: Mapping[str, Any]) -> bool:
    return view["title"]["text"] == "Done"


def _says_no(view: Mapping[str, Any]) -> bool:
    return view["title"]["text"] == "Coolhead"


def _by_label(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values by the whole labels of this view's fields; None where it is no such form."""
    inputs = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
    named = {whole: value for start, value in values.items() for whole in inputs if whole.startswith(start)}
    return named if len(named) == len(values) and view.get("submit") else None


async def appears(hands: Hands, subject: str, within: float = 30.0) -> dict[str, Any]:
    """Its card, once it stands."""
    for _ in range(int(within / 0.1)):
        if card := await hands.card(subject):
            return card
        await asyncio.sleep(0.1)
    raise AssertionError(f"no card shows {subject!r}")


def things(message: Mapping[str, Any]) -> list[str]:
    """What can be pressed on a message."""
    return labels(message)
