"""A person of the team: sees what stands, and presses on it a moment later, in the chat or on a replica's desk."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.nouns.team import Handle, Refusal
from bot.screens.shapes import Answer, Done, Form, Gesture, GestureKind
from tests.simulation.replica import Replica
from tests.simulation.room import Chat
from tests.simulation.trace import Trace

#: So long somebody waits for an answer before they give up, in seconds.
PATIENCE = 12.0
PRESS, FILLED = GestureKind.PRESS, GestureKind.FILLED


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody read when they pressed Send: exactly these words, of this version, under this key."""

    person: str
    conversation: str
    draft: str
    version: int
    seal: str
    words: str


#: A press that was answered as done: who, and the gesture.
Confirmed = Callable[[Gesture], None]


class Hands:
    """How a person's gestures get to the desk: in the chat to whoever attends it, else to any replica that is up."""

    def __init__(
        self,
        replicas: Callable[[], list[Replica]],
        chat: Chat,
        dice: random.Random,
        trace: Trace,
        confirmed: Confirmed,
        broken: Callable[[str], None],
    ) -> None:
        self._replicas = replicas
        self._chat = chat
        self._dice = dice
        self._trace = trace
        self._confirmed = confirmed
        self._broken = broken
        self._ids = itertools.count(1)
        self._running: set[asyncio.Task[Answer]] = set()

    async def does(
        self,
        who: str,
        act: str,
        incident: str,
        conversation: str,
        kind: GestureKind = PRESS,
        values: Mapping[str, str] | None = None,
    ) -> Answer | None:
        """The answer to a gesture; None where none came. A chat may hand the same one on again."""
        room = self._dice.choice(("chat", "web"))
        gesture = Gesture(
            id=f"g{next(self._ids)}",
            kind=kind,
            who=Handle(room=room, id=who),
            act=act,
            incident=incident,
            conversation=conversation,
            values=values or {},
        )
        self._trace.act(who, act if kind is not FILLED else f"fills {act}", f"{conversation} {gesture.id} in {room}")
        answer = await self._once(gesture)
        if answer is None and self._dice.random() < 0.5:
            answer = await self._once(gesture)
        elif answer is not None and self._dice.random() < 0.05:
            answer = await self._once(gesture) or answer
        said = type(answer).__name__ if not isinstance(answer, Refusal) else f"no: {answer.because}"
        self._trace(who, f"{gesture.id} answered: {said}")
        if isinstance(answer, Done):
            self._confirmed(gesture)
        return answer

    async def _once(self, gesture: Gesture) -> Answer | None:
        replica = self._reached(gesture.who.room)
        if replica is None:
            await asyncio.sleep(self._dice.uniform(0.5, 2.0))
            return None
        task = replica.process.start(replica.hear(gesture))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done() or task.cancelled():
            return None
        error = task.exception()
        if error is not None:
            self._broken(f"{gesture.act} fell over: {error!r}")
            return None
        return task.result()

    def _reached(self, room: str) -> Replica | None:
        up = [each for each in self._replicas() if each.up]
        if room == "chat":
            hears = reversed(self._chat.attended)
            return next((each for hear in hears for each in up if each.running.hear == hear), None)
        return self._dice.choice(up) if up else None


class Person:
    """`id` is theirs in every room. `shown` is where it is noted what they saw when they pressed Send."""

    def __init__(self, id: str, hands: Hands, dice: random.Random, shown: dict[str, Shown]) -> None:
        self.id = id
        self.dice = dice
        self._hands = hands
        self._shown = shown

    async def greets(self) -> None:
        """Look at what is there now."""
        await self.presses("now", "", "")

    async def presses(self, act: str, incident: str, conversation: str, **values: str) -> Answer | None:
        """A choice."""
        return await self._hands.does(self.id, act, incident, conversation, PRESS, values)

    async def fills(self, form: Form, **typed: str) -> Answer | None:
        """A form comes back."""
        if form.act == "send":
            self._notes(form)
        values = {**form.filled, **typed, **form.values}
        return await self._hands.does(self.id, form.act, form.incident, form.conversation, FILLED, values)

    async def opens(self, act: str, incident: str, conversation: str, **values: str) -> Form | None:
        """A press that a form answers; None where something else did."""
        answer = await self.presses(act, incident, conversation, **values)
        return answer if isinstance(answer, Form) else None

    async def opens_and_fills(
        self, act: str, incident: str, conversation: str, typed: Mapping[str, str], **values: str
    ) -> Answer | None:
        """A form that is filled in after a moment."""
        form = await self.opens(act, incident, conversation, **values)
        if form is None:
            return None
        await self.thinks()
        return await self.fills(form, **typed)

    async def thinks(self) -> None:
        """A moment."""
        await asyncio.sleep(self.dice.choice((0.05, 0.5, 2.0)) * self.dice.random())

    def _notes(self, form: Form) -> None:
        ours = [each.text for each in form.beside if getattr(each, "ours", False)]
        self._shown[form.values["attempt"]] = Shown(
            self.id,
            form.conversation,
            form.values["draft"],
            int(form.values["version"]),
            form.values["seal"],
            ours[0] if ours else "",
        )


Doing = Callable[[], Awaitable[object]]
