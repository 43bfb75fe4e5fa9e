"""Pressing: what a person does, checked for whose press it is, handed to the desk, and its answer shown."""

import secrets
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace

from adapters.rooms.web import sheet
from adapters.rooms.web.fields import Posted, filled, improved, posted
from adapters.rooms.web.guard import Stop, Visit
from adapters.rooms.web.hall import Hall, Hear
from adapters.rooms.web.paint_form import WORDS
from adapters.rooms.web.presence import DOINGS
from adapters.rooms.web.reply import Told, local, see_other, told_cookie
from adapters.rooms.web.signing import Acted, unpack
from bot.errors import StoreAway
from bot.nouns.team import Refusal
from bot.ports import Knock, Response
from bot.screens.shapes import Answer, Done, FieldKind, Form, Gesture, GestureKind, Page
from bot.work.desk.who import STRANGER

_FORGED = "That press did not come from this page as we handed it to you, so nothing was done. Here it is as it stands."
_AWAY = "The store does not answer, so this may not be saved. Please press again in a moment."
_LONGEST_ID = 64
_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class _Pressed:
    """A press that is theirs to make: who made it, what they sent, what it acts on."""

    visit: Visit
    form: Posted
    acted: Acted


class Presses:
    """The doors that do something."""

    def __init__(self, hall: Hall, hear: Hear) -> None:
        self._hall = hall
        self._hear = hear

    async def press(self, knock: Knock) -> Response:
        """A choice."""
        return await self._kept(knock, self._press(knock))

    async def _press(self, knock: Knock) -> Response:
        found = await self._read(knock)
        if not isinstance(found, _Pressed):
            return found
        visit, form, acted = found.visit, found.form, found.acted
        answer = await self._hear(_gesture(GestureKind.PRESS, visit, form, acted, acted.values))
        return await self._answer(visit, form, answer, acted)

    async def fill(self, knock: Knock) -> Response:
        """A form came back: to be finished, kept, or only looked at."""
        return await self._kept(knock, self._fill(knock))

    async def _fill(self, knock: Knock) -> Response:
        found = await self._read(knock)
        if not isinstance(found, _Pressed):
            return found
        visit, form, acted = found.visit, found.form, found.acted
        do = form.one.get("do", "check" if {"take", "instead"} & set(form.one) else "finish")
        values = improved(filled(form, visit.zone), form)
        gesture = _gesture(GestureKind.FILLED, visit, form, acted, {**values, **acted.values})
        answer = await self._hear(gesture.model_copy(update={"finished": do != "check", "kept": do == "keep"}))
        return await self._answer(visit, form, answer, acted, values)

    async def say(self, knock: Knock) -> Response:
        """A line for the team under an incident. It is never published."""
        return await self._kept(knock, self._say(knock))

    async def _say(self, knock: Knock) -> Response:
        found = await self._read(knock)
        if not isinstance(found, _Pressed):
            return found
        visit, form, acted = found.visit, found.form, found.acted
        text = form.one.get("text", "")[:_LONGEST_NOTE].replace("\r\n", "\n").strip()
        if not text:
            return see_other(_back(form))
        answer = await self._hear(_gesture(GestureKind.NOTED, visit, form, acted, {"text": text}))
        return await self._answer(visit, form, answer, acted, {WORDS: text})

    async def _kept(self, knock: Knock, answer: Awaitable[Response]) -> Response:
        """The answer; where the store is away, a page that still holds what was typed."""
        try:
            return await answer
        except StoreAway:
            form = posted(knock.headers.get("content-type", ""), knock.body)
            typed = (form.one.get(f"f.{WORDS}") or form.one.get("text", "")) if form is not None else ""
            return sheet.plain(self._hall.ink, 503, _AWAY, (_way_back(form), "Go back"), typed=typed)

    async def put_away(self, knock: Knock) -> Response:
        """A note of theirs is done with."""
        allowed = await self._hall.guard.press(knock)
        if isinstance(allowed, Stop):
            return sheet.stopped(self._hall.ink, knock, allowed)
        visit, form = allowed
        await self._hall.notes.drop(visit.who.id, form.one.get("key", ""))
        return see_other("/")

    async def here(self, knock: Knock) -> Response:
        """A sign of life under an incident."""
        allowed = await self._hall.guard.press(knock)
        if isinstance(allowed, Stop):
            return 403, {}, b""
        visit, form = allowed
        incident, doing = form.one.get("incident", "")[:_LONGEST_ID], form.one.get("doing", "")
        elapsed = (await self._hall.clock.now()).elapsed
        if doing in DOINGS:
            changed = self._hall.presence.note(incident, visit.who.id, doing, elapsed)
        else:
            changed = self._hall.presence.leave(incident, visit.who.id)
        if changed:
            self._hall.hub.publish("here", incident)
        return 204, {}, b""

    async def _read(self, knock: Knock) -> _Pressed | Response:
        """Whose press it is, and what it acts on; or the answer to somebody who may not, or did not."""
        allowed = await self._hall.guard.press(knock)
        if isinstance(allowed, Stop):
            return sheet.stopped(self._hall.ink, knock, allowed)
        visit, form = allowed
        values = unpack(form.one.get("values", ""))
        act, incident, conversation = (form.one.get(name, "") for name in ("act", "incident", "conversation"))
        acted = Acted(act, incident, conversation, values or {})
        signature = form.one.get("signature", "")
        if values is None or visit.guest or not self._hall.signer.holds(signature, visit.who.id, acted):
            return sheet.words(self._hall, visit, Told(_FORGED, refused=True), "", 400)
        return _Pressed(visit, form, acted)

    async def _answer(
        self, visit: Visit, form: Posted, answer: Answer, acted: Acted, typed: Mapping[str, str] | None = None
    ) -> Response:
        match answer:
            case Done(said=said, incident=incident, conversation=conversation):
                path = _thread(incident, conversation) or _back(form)
                return see_other(path, self._told(visit, Told(said)))
            case Refusal() if answer == STRANGER:
                return sheet.stopped(self._hall.ink, visit.knock, Stop.NOBODY)
            case Refusal(because=because, until=until):
                told = Told(because, until, refused=True)
                if typed is None:
                    return see_other(_back(form), self._told(visit, told))
                return await self._refused(visit, form, acted, told, typed)
            case Form():
                one = answer if answer.incident else replace(answer, incident=acted.incident)
                present = await sheet.present(self._hall, visit, one.incident) if one.incident else ""
                return sheet.form(self._hall, visit, one, present)
            case Page():
                return await sheet.page(self._hall, visit, answer, acted)

    async def _refused(
        self, visit: Visit, form: Posted, acted: Acted, told: Told, typed: Mapping[str, str]
    ) -> Response:
        """A form that was refused: again as it was sent, under the sentence; where it opens no more, the words alone."""
        opened = await self._hear(_asked(visit, acted))
        if isinstance(opened, Form) and opened.act == acted.act:
            one = replace(_retyped(opened, typed), incident=opened.incident or acted.incident)
            present = await sheet.present(self._hall, visit, one.incident) if one.incident else ""
            return sheet.form(self._hall, visit, one, present, told, 409)
        if words := typed.get(WORDS, ""):
            return sheet.words(self._hall, visit, told, words, 409, acted.incident)
        return see_other(_back(form), self._told(visit, told))

    def _told(self, visit: Visit, told: Told) -> Mapping[str, str]:
        return told_cookie(told, visit.session.id, self._hall.signer, self._hall.guard.front.secure)


def _gesture(kind: GestureKind, visit: Visit, form: Posted, acted: Acted, values: Mapping[str, str]) -> Gesture:
    """The id is the page's, bound to who pressed: a press sent twice is one, and nobody can use up another's."""
    return Gesture(
        id=f"{visit.who.id}:{form.one.get('id', '')[:_LONGEST_ID]}",
        kind=kind,
        who=visit.handle,
        act=acted.act,
        incident=acted.incident,
        conversation=acted.conversation,
        values=values,
    )


def _asked(visit: Visit, acted: Acted) -> Gesture:
    """The same form asked for anew; asking changes nothing."""
    return Gesture(
        id=secrets.token_hex(12),
        kind=GestureKind.ASK,
        who=visit.handle,
        act=acted.act,
        incident=acted.incident,
        conversation=acted.conversation,
        values=acted.values,
    )


def _retyped(form: Form, typed: Mapping[str, str]) -> Form:
    """The form with everything as it was sent; what was not ticked any more is not ticked again."""
    sent = {field.name: typed.get(field.name, "") for field in form.fields if field.kind is not FieldKind.HIDDEN}
    return replace(form, filled={**form.filled, **sent})


def _thread(incident: str, conversation: str) -> str:
    return f"/i/{incident}" + (f"/{conversation}" if conversation else "") if incident else ""


def _back(form: Posted) -> str:
    return form.one.get("back", "/")


def _way_back(form: Posted | None) -> str:
    return local(_back(form)) if form is not None else "/"
