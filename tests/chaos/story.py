"""The main story as one teammate lives it at the web desk, whatever dies meanwhile: she looks, and presses what is next."""

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.driver import Form, Hand, Shown
from tests.square import Square

COMPLAINT = "@shop Eleven days, three chats, still no parcel. I have had it with this shop."
AGAIN = "@shop It did not come. Please call me."
HEARD = "Eleven days is far too long, Alice. I am looking for your parcel now and will be back here before four. Ana"
OFFER = (
    "Alice, I'm sorry you waited eleven days. I found it at the depot and it is on the van for tomorrow before noon. "
    "Here is 20 % off your next order. Ana"
)
ANSWER = (
    "Alice, I'm sorry you waited eleven days. I found it at the depot and it is on the van for tomorrow before noon. "
    "If it is not there, I am here. Ana"
)
SPOKE = "Spoke with her. The depot brings it tonight."
ENDED = "It came at seven. She is fine with it."
#: What she does, in order; a kill is planned at one of these.
STEPS = (
    *("posted", "claim", "write ack", "fill ack", "read ack", "send ack", "write offer", "fill offer", "fill response"),
    *("read response", "send response", "posted again", "take_offline", "taken", "fill taken", "log_contact"),
    *("fill log_contact", "end_handoff", "fill end_handoff"),
)
_LOOK = 0.15
_PATIENCE = 60.0


def text_of(status: dict[str, Any]) -> str:
    """A post's words without its markup and the handle it begins with."""
    plain = html.unescape(re.sub(r"<[^>]+>", "", status["content"]))
    return re.sub(r"^@\w+ ", "", plain)


@dataclass
class Told:
    """What she was told is done: the event that must stand on the timeline, and the words with it."""

    kind: str
    words: str = ""


@dataclass
class Story:
    """One conversation from complaint to close. `before` is told of every step just before it is made."""

    hand: Hand
    square: Square
    before: Callable[[str], Awaitable[None]]
    find: Callable[[str], Awaitable[tuple[str, str]]]
    told: list[Told] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    asked: int = 0
    by_hand: int = 0
    said: list[str] = field(default_factory=list)
    author: str = "alice"

    async def begins(self) -> None:
        """The author complains, and it becomes a conversation."""
        await self._post("posted", COMPLAINT, "")

    async def _post(self, step: str, text: str, reply_to: str) -> None:
        self.posts.append((await asyncio.to_thread(self.square.post, self.author, text, reply_to))["id"])
        await self.before(step)

    async def ends(self) -> None:
        """Look and press until it is settled."""
        await self.goes_on(lambda shown: shown.choice("reopen") is not None)

    async def goes_on(self, over: Callable[[Shown], bool]) -> None:
        """Look and press until the page says it is `over`. AssertionError where nothing leads there."""
        path = "/i/" + "/".join(await self.find(self.posts[0]))
        loop = asyncio.get_running_loop()
        give_up, shown = loop.time() + _PATIENCE, None
        while loop.time() < give_up:
            shown = await self.hand.sees(path)
            if over(shown):
                return
            await self._next(shown)
            await asyncio.sleep(_LOOK)
        raise AssertionError(f"it does not end:\n{self.said[-12:]}\n{shown.text if shown else ''}")

    async def _next(self, shown: Shown) -> None:
        """The one press that leads on from here; nothing where only time does."""
        if (doubtful := shown.choice("is_there")) is not None:
            await self._settles(shown, doubtful)
        elif (claim := shown.choice("claim")) is not None:
            await self._does(claim, "claim", "claimed")
        elif (ready := shown.choice("read_once_more")) is not None:
            await self._sends(ready)
        elif shown.choice("log_contact") is not None:
            await self._talks(shown)
        elif "They wrote again" in shown.text and shown.choice("take_offline") is not None:
            await self._takes(shown)
        elif "We answered" in shown.text:
            await self._is_answered()
        elif (label := _first(shown, "write")) is not None:
            await self._writes(label)

    async def _does(self, form: Form, step: str, kind: str, words: str = "", **fields: str) -> Shown:
        """A press that acts; what it was told is remembered."""
        shown = await self.hand.presses(form, step, **fields)
        self.said.append(f"{step}: {shown.status} {shown.told}")
        if shown.status == 303 and not shown.refused:
            self.told.append(Told(kind, words))
        return shown

    async def _opens(self, form: Form, step: str) -> Form | None:
        shown = await self.hand.presses(form, step)
        if shown.form is None:
            self.said.append(f"{step}: {shown.status} {shown.told or shown.text}")
        return shown.form

    async def _writes(self, choice: Form) -> None:
        """Say we heard; then the reply: an offer in public first, which is stopped, then without it."""
        if choice.label == "Read and edit":
            return  # it cools
        stage = choice.values.get("stage", "")
        if stage == "acknowledgement":
            form = await self._opens(choice, "write ack")
            if form is not None:
                await self._does(form, "fill ack", "drafted", HEARD, f_words=HEARD)
            return
        form = await self._opens(choice, "write offer")
        if form is None:
            return
        stopped = await self.hand.presses(form, "fill offer", f_words=OFFER)
        if stopped.form is None or "offer in public" not in stopped.text:
            self.said.append(f"the offer was not stopped: {stopped.status} {stopped.told} {stopped.text[:300]}")
            return
        await self._does(stopped.form, "fill response", "drafted", ANSWER, f_words=ANSWER)

    async def _sends(self, ready: Form) -> None:
        stage = "ack" if ready.values.get("stage") == "acknowledgement" else "response"
        form = await self._opens(ready, f"read {stage}")
        if form is not None:
            looked = {"f_looked": "yes"} if "f.looked" in form.fields else {}
            self.asked += 1
            await self._does(form, f"send {stage}", "send_asked", HEARD if stage == "ack" else ANSWER, **looked)

    async def _settles(self, shown: Shown, there: Form) -> None:
        """Nobody can tell whether it went out: she looks at the square herself, and says."""
        opened = await self.hand.presses(there, "is_there")
        if opened.form is None:
            return
        self.by_hand += 1
        words = ANSWER if ANSWER in opened.text else HEARD
        self.said.append(f"doubtful: {shown.text}")
        found = next((s for s in await asyncio.to_thread(self.square.ledger) if text_of(s) == words), None)
        again = shown.choice("try_again")
        if found is not None:
            await self._does(opened.form, "fill is_there", "delivered", f_url=found["url"])
        elif again is not None:
            await self._does(again, "try_again", "send_asked")

    async def _is_answered(self) -> None:
        """Both are out; the author writes again, once."""
        if len(self.posts) == 1:
            ledger = await asyncio.to_thread(self.square.ledger)
            await self._post("posted again", AGAIN, ledger[-1]["id"])

    async def _takes(self, shown: Shown) -> None:
        offline = shown.choice("take_offline")
        assert offline is not None
        page = await self.hand.presses(offline, "take_offline")
        taken = page.choice("taken")
        form = await self._opens(taken, "taken") if taken is not None else None
        if form is not None:
            await self._does(form, "fill taken", "taken_offline", f_way="phone", f_contact="+49 170 1234567")

    async def _talks(self, shown: Shown) -> None:
        act, kind, words = "log_contact", "contacted", SPOKE
        fields = {"f_reached": "yes", "f_words": SPOKE}
        if "spoke with them" in shown.text:
            act, kind, words = "end_handoff", "handoff_ended", ENDED
            fields = {"f_made_good": "explained", "f_words": ENDED}
        choice = shown.choice(act)
        form = await self._opens(choice, act) if choice is not None else None
        if form is not None:
            await self._does(form, f"fill {act}", kind, words, **fields)


def _first(shown: Shown, act: str) -> Form | None:
    return next((f for f in shown.forms if f.action == "/press" and f.act == act), None)
