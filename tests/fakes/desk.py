"""A desk that answers from a script and remembers what it was told."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.nouns.caution import Length
from bot.nouns.team import Refusal
from bot.screens.shapes import Answer, Done, Form, Gesture, GestureKind, Page, Section
from tests.fakes import desk_pages as script

_PAGES: Mapping[str, Answer] = {
    "now": script.NOW,
    "hold": script.EVERY_FIELD,
    "unforwarded": script.UNFORWARDED,
    "search": script.SEARCH,
}
_FORMS: Mapping[str, Form] = {
    "edit": script.WRITE,
    "write": script.WRITE,
    "send": script.READY,
    "hold": script.EVERY_FIELD,
}


class FakeDesk:
    """`hear` is what a room is handed. `answers` by act wins over the script; `heard` is every gesture but an ASK.

    `refuses` by act: what a finished form of that act is told. While it `hangs` nobody is answered.
    """

    def __init__(self) -> None:
        self.heard: list[Gesture] = []
        self.asked: list[Gesture] = []
        self.answers: dict[str, Answer] = {}
        self.refuses: dict[str, Refusal] = {}
        self.hangs = False
        self.thread: Page = script.THREAD

    async def hear(self, gesture: Gesture) -> Answer:
        """What a desk would say."""
        if self.hangs:
            await asyncio.Event().wait()
        match gesture.kind:
            case GestureKind.ASK:
                self.asked.append(gesture)
                return self._page(gesture)
            case GestureKind.FILLED if not gesture.finished:
                self.heard.append(gesture)
                return self._checked(gesture)
            case GestureKind.FILLED:
                self.heard.append(gesture)
                if gesture.act in self.refuses:
                    return self.refuses[gesture.act]
                return self.answers.get(gesture.act, Done("It is kept.", gesture.incident, gesture.conversation))
            case _:
                self.heard.append(gesture)
                return self._pressed(gesture)

    def _page(self, gesture: Gesture) -> Answer:
        if gesture.act in self.answers:
            return self.answers[gesture.act]
        if gesture.act == "incident":
            return self._incident(gesture.incident)
        empty = Page(gesture.act, gesture.act.capitalize(), "Nothing is here yet.", (Section("", empty="Nothing."),))
        return _PAGES.get(gesture.act, empty)

    def _incident(self, incident: str) -> Answer:
        match incident:
            case "storm":
                return script.PILE
            case "parcel":
                return self.thread
            case _:
                return Refusal(because="There is nothing here under this name.")

    def _pressed(self, gesture: Gesture) -> Answer:
        if gesture.act in self.answers:
            return self.answers[gesture.act]
        if gesture.act in _FORMS:
            return _FORMS[gesture.act]
        return Done("Ana has this.", gesture.incident, gesture.conversation)

    def _checked(self, gesture: Gesture) -> Form:
        """The form with what was typed in it; a caution stays while the words it means stay."""
        form = _FORMS.get(gesture.act, script.WRITE)
        words = gesture.values.get("words", "")
        standing = []
        for caution in script.CAUTIONS:
            meant = script.DRAFT[slice(*caution.span)]
            if (start := words.find(meant)) >= 0 and meant:
                standing.append(caution.model_copy(update={"span": (start, start + len(meant))}))
        filled = {**form.filled, **gesture.values}
        return replace(form, filled=filled, cautions=tuple(standing), length=Length(len(words), 500))
