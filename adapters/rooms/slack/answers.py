"""How an answer of the desk is shown: a form or a page opens, a sentence stands where the press was, for its person alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, assert_never

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answer as Told
from adapters.connections.slack_answers import Answered, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.dates import plain as plain_date
from adapters.rooms.slack.form import form as paint_form
from adapters.rooms.slack.heard import Do, Spot
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.message import Block, Message, numbered, section
from adapters.rooms.slack.page import page as paint_page
from adapters.rooms.slack.presses import presses
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.reconcile import painted
from adapters.rooms.slack.saying import SAVING, said, saying, saying_view
from adapters.rooms.slack.seen import as_it_stood
from adapters.rooms.slack.typed import Typed
from adapters.rooms.slack.views import modal
from bot.nouns.team import Refusal
from bot.screens.shapes import Answer, Choice, Done, Form, Page

#: Seconds an answer may wait for its turn; a trigger is good for three.
_PATIENCE: Final = 2.5
#: Seconds a sentence waits for its turn before it goes to the press's own address, which Slack does not limit; and where
#: there is no such address.
_SHORT, _LONG = 1.0, 120.0
_MOMENT: Final = "This takes a moment. What you asked for follows here."
_LATE: Final = "Slack opens a form only right after a press, and this took longer. Press once more; it is ready now."


class Answers:
    """Everything that goes back to whoever pressed. `typed` fills forms with what was left in them."""

    def __init__(self, slack: Slack, signer: Signer, typed: Typed) -> None:
        self._slack = slack
        self._signer = signer
        self._typed = typed
        self._from: Kept[str, Spot] = Kept(1000)

    async def show(self, answer: Answer, do: Do, *, brought: bool = False) -> None:
        """The answer to a press, wherever it was made. `brought`: a form's words came with the press and are nowhere else."""
        match answer:
            case Done() | Refusal():
                await self.said(answer, do.spot)
            case Form():
                again = answer if do.seen is not None else await self._typed.again(answer, do.spot.who)
                shown = await self._view(paint_form(again, self._signer, seen=do.seen), do, anew=False)
                if brought and not shown:
                    self._typed.leave(answer, do.spot.who)
            case Page():
                from_form = do.spot.kind == "form"
                await self._view(self.page(answer, do), do, anew=from_form)
            case _:
                assert_never(answer)

    async def wait(self, do: Do) -> Do:
        """Say that it takes a moment, where the answer will stand, while Slack still lets us. A form whose words are only
        looked at, or beside which something is to be read, stays as it is."""
        spot, opens = do.spot, do.asked is not None and do.asked.form
        view = modal("said", "One moment", [section(_MOMENT)]) if opens else saying_view(SAVING)
        if not do.gesture.finished:
            return do
        if spot.inside and not (opens and spot.kind == "form"):
            await self.update(spot.view, view)
            return replace(do, spot=replace(spot, kind="said"))
        if opens or not spot.channel:
            return replace(do, spot=await self._open(view, spot) or spot)
        await self.whisper(saying(SAVING), spot)
        return do

    async def said(self, answer: Done | Refusal, spot: Spot) -> None:
        """A sentence: in the modal where it was asked for, else beside the message, for that person alone. A no to what was
        pressed in a form lies over the form, so that nothing typed goes."""
        view = saying_view(answer)
        over = not spot.inside or (spot.kind == "form" and isinstance(answer, Refusal))
        if not spot.inside and spot.channel:
            await self.whisper(saying(answer), spot)
            return
        if over and await self._open(view, spot):
            return
        if not (spot.inside and isinstance(await self.update(spot.view, view), Answered)):
            await self._beside(saying(answer), spot)

    async def back(self, answer: Refusal, view: Mapping[str, Any], spot: Spot) -> None:
        """A no to a form that had given way to "saving": the form stands there again as it was sent, with the no above it."""
        whole = as_it_stood(view, section(f"● *{said(answer)}*"))
        if not isinstance(await self.update(spot.view, whole), Answered):
            await self._beside(saying(answer), spot)

    async def whisper(self, message: Message, spot: Spot) -> None:
        """An ephemeral message: beside what was pressed, or at the command's own address where we may not be in it."""
        body = {**painted(message), "response_type": "ephemeral", "replace_original": False}
        if spot.respond and not spot.message and await self._slack.respond(spot.respond, body):
            return
        thread = spot.thread if spot.thread != spot.message else None
        args = {"channel": spot.channel, "user": spot.who.id, **painted(message), "thread_ts": thread or None}
        patience = _SHORT if spot.respond else _LONG
        answer = await self._slack.call("chat.postEphemeral", args, rank=Rank.ANSWER, patience=patience)
        if not isinstance(answer, Answered) and spot.respond and spot.message:
            await self._slack.respond(spot.respond, body)

    def receipt(self, answer: Answer, do: Do, view: Mapping[str, Any]) -> Mapping[str, Any]:
        """What a form that came back is answered with. A refusal stands beside the words, which stay as they were."""
        match answer:
            case Done():
                return {"response_action": "clear"} if self.origin(do.spot) else _update(saying_view(answer))
            case Refusal(until=until) if (box := _first_box(view)) and (until is None or _deep(view)):
                return {"response_action": "errors", "errors": {box: _no(answer)}}
            case Refusal():
                return {"response_action": "push", "view": saying_view(answer)}
            case Form():
                return _update(paint_form(answer, self._signer, seen=do.seen))
            case Page():
                return _update(self.page(answer, do))
            case _:
                assert_never(answer)

    def page(self, answer: Page, do: Do) -> Block:
        """The modal, on the sheet that was asked for."""
        return paint_page(answer, self._signer, asked=do.asked, sheet=do.asked.sheet if do.asked else 0)

    def origin(self, spot: Spot) -> Spot | None:
        """Where the view was opened from, if from a message."""
        origin = self._from.get(spot.view)
        return origin if origin is not None and origin.channel else None

    def from_home(self, spot: Spot) -> bool:
        """Whether it was pressed on Home, or in what was opened from there: it shows how things stand, so it is painted anew."""
        origin = self._from.get(spot.view)
        return spot.kind == "home" or (origin is not None and origin.kind == "home")

    async def open(self, view: Block, spot: Spot) -> None:
        """A view of our own, over what is open; in its place where Slack lets no more lie over each other."""
        if await self._open(view, spot) is None and spot.inside:
            await self.update(spot.view, view)

    async def update(self, view_id: str, view: Block) -> Told:
        """Another view in the place of that one."""
        args = {"view_id": view_id, "view": view}
        return await self._slack.call("views.update", args, rank=Rank.ANSWER, patience=_PATIENCE)

    async def _view(self, view: Block, do: Do, *, anew: bool) -> bool:
        """Whether it stands somewhere; else the press is offered again."""
        spot = do.spot
        if (anew or not spot.inside) and await self._open(view, spot) is not None:
            return True
        match await self.update(spot.view, view) if spot.inside else None:
            case Answered() | Refused(error="not_found"):  # closed by who pressed: it is wanted no longer
                return True
            case _:
                await self._late(do)
                return False

    async def _late(self, do: Do) -> None:
        """The trigger is over: the press is offered again."""
        if do.asked is not None:
            choice = Choice(do.asked.act, "Open it", do.asked.values, likely=True, form=True)
            row = presses(self._signer, (choice,), (), do.asked.incident, do.asked.conversation)
            await self._beside(Message(_LATE, tuple(numbered([section(_LATE), *row]))), do.spot)

    async def _beside(self, message: Message, spot: Spot) -> None:
        """For who pressed alone: beside the message it began at; where there is none (Home, a shortcut), as a direct one."""
        place = spot if spot.channel else self.origin(spot)
        if place is not None:
            await self.whisper(message, place)
            return
        opened = await self._slack.call("conversations.open", {"users": spot.who.id}, rank=Rank.ANSWER)
        if isinstance(opened, Answered):
            channel = str((opened.body.get("channel") or {}).get("id", ""))
            args = {"channel": channel, **painted(message), "unfurl_links": False, "unfurl_media": False}
            await self._slack.call("chat.postMessage", args, channel=channel, rank=Rank.ANSWER)

    async def _open(self, view: Block, spot: Spot) -> Spot | None:
        """Over what is open, if anything is: where it stands now. None where Slack does not take the trigger any more, or
        three views lie over each other already."""
        if not spot.trigger:
            return None
        method = "views.push" if spot.inside else "views.open"
        args = {"trigger_id": spot.trigger, "view": view}
        answer = await self._slack.call(method, args, rank=Rank.ANSWER, patience=_PATIENCE, tries=1)
        if not isinstance(answer, Answered):
            return None
        opened = str((answer.body.get("view") or {}).get("id", ""))
        origin = spot if spot.channel or spot.kind == "home" else self._from.get(spot.view)
        if origin is not None:
            self._from.put(opened, origin)
        return Spot(spot.who, view=opened, kind="said", channel=spot.channel, message=spot.message, thread=spot.thread)


def _update(view: Block) -> Mapping[str, Any]:
    return {"response_action": "update", "view": view}


def _first_box(view: Mapping[str, Any]) -> str | None:
    return next((str(one["block_id"]) for one in view.get("blocks") or () if one.get("type") == "input"), None)


def _deep(view: Mapping[str, Any]) -> bool:
    """Whether it is the third of three views over each other, over which Slack lets no other lie."""
    return view.get("previous_view_id") not in (None, view.get("root_view_id"))


def _no(answer: Refusal) -> str:
    """Slack shows a field's error as it is, without formatting."""
    return answer.because if answer.until is None else f"{answer.because} ({plain_date(answer.until)})"
