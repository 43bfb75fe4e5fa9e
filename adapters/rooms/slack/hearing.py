"""What people do in Slack, taken within three seconds, handed to the desk, and answered where they did it.

Every payload is confirmed at once; a form that came back is confirmed with what became of it, or after two seconds with
"saving". The same delivery twice is acted on once and confirmed twice.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any, Final, assert_never

from adapters.connections.slack_events import SlackEvents
from adapters.connections.slack_ticks import Ticks
from adapters.rooms.slack import commands, heard
from adapters.rooms.slack.answers import Answers
from adapters.rooms.slack.events import House
from adapters.rooms.slack.homes import Homes
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.more import more
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.reading import command, event, interaction
from adapters.rooms.slack.reconcile import painted
from adapters.rooms.slack.saying import FAILED, SAVING, STALE, saying, saying_view
from adapters.rooms.slack.typed import Typed
from adapters.rooms.slack.urgency import Urgency
from adapters.rooms.slack.wishes import Wishes
from bot.errors import StoreAway
from bot.nouns.team import Refusal
from bot.screens.shapes import Answer, Done, Gesture
from bot.work.waiting import first

Hear = Callable[[Gesture], Awaitable[Answer]]
Payload = Mapping[str, Any]

#: Seconds until whoever pressed is told that it is being saved. Slack itself waits three for a receipt.
SAVING_AFTER: Final = 2.0
#: Seconds until a press that opens something opens a view to wait in: its trigger is good for three.
HOLD_AFTER: Final = 1.5
_MOST: Final = 10_000
_log = logging.getLogger(__name__)


class Ears:
    """`take` is handed every payload, by socket or by door; `hear` is the desk's."""

    def __init__(
        self,
        *,
        ticks: Ticks,
        signer: Signer,
        answers: Answers,
        typed: Typed,
        wishes: Wishes,
        homes: Homes,
        house: House,
        urgency: Urgency,
        events: SlackEvents | None = None,
    ) -> None:
        self._events = events or SlackEvents()
        self._ticks = ticks
        self._signer = signer
        self._answers = answers
        self._typed = typed
        self._wishes = wishes
        self._homes = homes
        self._house = house
        self._urgency = urgency
        self._seen: Kept[str, asyncio.Task[Payload | None]] = Kept(_MOST)
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, kind: str, payload: Payload, envelope: str, hear: Hear) -> Payload | None:
        """What the receipt says. Raises StoreAway for an event that should be delivered again, and what nobody foresaw."""
        name = str(payload.get("event_id") or envelope or payload.get("trigger_id") or "")
        known = self._seen.get(name) if name else None
        if known is None:
            known = asyncio.get_running_loop().create_task(self._taken(kind, payload, hear))
            if name:
                self._seen.put(name, known)
            known.add_done_callback(partial(self._dealt, name))
        return await asyncio.shield(known)

    def _dealt(self, name: str, task: "asyncio.Task[Payload | None]") -> None:
        """What fell over was not dealt with: delivered again, it is tried anew."""
        if (task.cancelled() or task.exception() is not None) and self._seen.get(name) is task:
            self._seen.drop(name)

    async def close(self) -> None:
        """Whoever waits for an answer gets none any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._typed.close()

    async def caught(self, envelope: Payload, hear: Hear) -> None:
        """An event that was read in the history instead of being told: perhaps it had been heard before."""
        try:
            await self._event(envelope, hear, late=True)
        except StoreAway:
            raise
        except Exception as error:  # one message must not keep us from what was said after it
            _fell(error)

    def back(self) -> None:
        """We hear again after a while in which we did not: whoever listens besides is told."""
        self._events.back()

    async def _taken(self, kind: str, payload: Payload, hear: Hear) -> Payload | None:
        if await self._events.tell(kind, payload):
            return None
        match kind:
            case "events_api":
                await self._told(payload, hear)
                return None
            case "slash_commands":
                return self._command(payload, hear)
            case "interactive":
                return await self._interaction(payload, hear)
            case _:
                return None

    async def _told(self, payload: Payload, hear: Hear) -> None:
        """An event is confirmed once it is dealt with, or after two seconds while it goes on."""
        task = asyncio.get_running_loop().create_task(self._event(payload, hear))
        await first(asyncio.wait({task}), self._ticks.sleep(SAVING_AFTER))
        if task.done():
            await task
            return
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _fell(error)

    async def _event(self, envelope: Payload, hear: Hear, *, late: bool = False) -> None:
        if await self._house.told(envelope):
            return
        match event(envelope):
            case heard.Called() as called:
                await self._wishes.called(called, hear, late=late)
            case heard.Marked() as marked:
                await self._wishes.marked(marked, hear)
            case heard.Home(spot=spot):
                await self._homes.publish(spot, hear)
            case _:
                pass

    def _command(self, payload: Payload, hear: Hear) -> Payload | None:
        match command(payload):
            case heard.Do() as do:
                self._later(self._done(do, hear), do.spot)
            case _:
                return {"response_type": "ephemeral", **painted(commands.helped(self._signer))}
        return None

    async def _interaction(self, payload: Payload, hear: Hear) -> Payload | None:
        found = interaction(payload, self._signer)
        match found:
            case heard.Do() as do if payload.get("type") == "view_submission":
                return await self._submitted(do, payload.get("view") or {}, hear)
            case heard.Do() as do:
                self._later(self._done(do, hear), do.spot)
            case heard.Show(menu=menu, spot=spot):
                self._later(self._answers.open(more(menu, self._signer), spot), spot)
            case heard.Typing():
                self._typed.typing(found)
            case heard.Closed(spot=spot):
                self._later(self._closed(spot, hear), spot)
            case heard.Stale(spot=spot) if payload.get("type") == "view_submission":
                return {"response_action": "push", "view": saying_view(STALE)}
            case heard.Stale(spot=spot):
                self._later(self._wishes.stale(spot, hear), spot)
            case heard.Brought():
                self._later(self._wishes.brought(found, hear), found.spot)
            case heard.Home(spot=spot):
                self._later(self._homes.publish(spot, hear), spot)
            case heard.Called() | heard.Marked() | heard.Help() | heard.Nothing():
                pass
            case _:
                assert_never(found)
        return None

    async def _done(self, do: heard.Do, hear: Hear) -> None:
        """A press: the desk's answer, shown. What takes longer says so first."""
        await self._urgency.pressed(do.gesture.incident)
        task = asyncio.ensure_future(hear(do.gesture))
        home, opens = self._answers.from_home(do.spot), do.asked is not None and do.asked.form
        await first(asyncio.wait({task}), self._ticks.sleep(HOLD_AFTER if opens else SAVING_AFTER))
        if not task.done():
            do = await self._answers.wait(do)
        answer = await task
        if do.seen is not None and isinstance(answer, Done):
            self._typed.finished(do.gesture, do.seen, do.spot.view)
        await self._answers.show(answer, do)
        if home and isinstance(answer, Done):
            await self._homes.publish(do.spot, hear)

    async def _submitted(self, do: heard.Do, view: Payload, hear: Hear) -> Payload:
        """A form that came back. Not known in time: the view says that it is being saved, and becomes the answer later."""
        await self._urgency.pressed(do.gesture.incident)
        task = asyncio.ensure_future(hear(do.gesture))
        await first(asyncio.wait({task}), self._ticks.sleep(SAVING_AFTER))
        if not task.done():
            self._later(self._saved(task, do, view, hear), do.spot)
            return {"response_action": "update", "view": saying_view(SAVING)}
        try:
            answer = task.result()
        except Exception as error:
            _fell(error)
            return self._answers.receipt(FAILED, do, view)
        self._settled(answer, do)
        if isinstance(answer, Done) and self._answers.from_home(do.spot):
            self._later(self._homes.publish(do.spot, hear), do.spot)
        receipt = self._answers.receipt(answer, do, view)
        if receipt.get("response_action") == "clear" and isinstance(answer, Done):
            origin = self._answers.origin(do.spot)
            if origin is not None:
                self._later(self._answers.whisper(saying(answer), origin), origin)
        return receipt

    async def _saved(self, task: "asyncio.Future[Answer]", do: heard.Do, view: Payload, hear: Hear) -> None:
        try:
            answer = await task
        except Exception as error:
            _fell(error)
            answer = FAILED
        self._settled(answer, do)
        if isinstance(answer, Refusal):
            await self._answers.back(answer, view, do.spot)
        else:
            await self._answers.show(answer, do)
        if isinstance(answer, Done) and self._answers.from_home(do.spot):
            await self._homes.publish(do.spot, hear)

    def _settled(self, answer: Answer, do: heard.Do) -> None:
        if do.seen is not None and isinstance(answer, Done):
            self._typed.finished(do.gesture, do.seen, do.spot.view)

    async def _closed(self, spot: heard.Spot, hear: Hear) -> None:
        """A form that was closed with something in it: kept as a draft where it may be, and said where it came from."""
        gesture = self._typed.closed(spot)
        origin = self._answers.origin(spot)
        if gesture is None:
            return
        answer = await hear(gesture)
        if origin is not None and isinstance(answer, Done):
            await self._answers.whisper(saying(answer), origin)

    def _later(self, work: Coroutine[Any, Any, None], spot: heard.Spot) -> None:
        """The receipt does not wait for it. Whatever falls over in it is said calmly, once."""
        task = asyncio.get_running_loop().create_task(self._careful(work, spot))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _careful(self, work: Coroutine[Any, Any, None], spot: heard.Spot) -> None:
        try:
            await work
        except Exception as error:
            _fell(error)
            await self._answers.said(FAILED, spot)


def _fell(error: BaseException) -> None:
    """What fell over, without a word of what was in it."""
    _log.error("Answering a press in Slack failed: %s", type(error).__name__)
