"""Hearing what somebody did: read, handed to the desk, answered. Each interaction once."""

import asyncio
from collections.abc import Awaitable, Callable

import discord

from adapters.connections.discord import Troubles
from adapters.rooms.discord import asking
from adapters.rooms.discord.answering import Shown, follow, shown
from adapters.rooms.discord.came import came
from adapters.rooms.discord.commands import OURS
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.grounds import Grounds
from adapters.rooms.discord.memory import Lately
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.reading import read
from adapters.rooms.discord.replying import ByMessage, Reply
from adapters.rooms.discord.saying import refusal
from adapters.rooms.discord.subjects import Subjects
from bot.nouns.team import Refusal
from bot.ports import Broken, Clock
from bot.screens.shapes import Answer, Gesture, GestureKind, Page
from bot.work.lifecycle import log_fall
from bot.work.waiting import heard, within

Hear = Callable[[Gesture], Awaitable[Answer]]
#: What is shown, and whether in the place of the message that was pressed.
Found = tuple[Shown, bool]

PART = "discord presses"
#: Discord waits three seconds for the first answer; after two of them we say that it is being saved.
QUICK = 2.0
#: One press takes so many gestures at most.
_STEPS = 4
_LOST = Refusal(
    because="Something went wrong on our side and this may not be saved. Look at the card, and press again."
)
_FELL = "A press could not be answered ({kind}). Look at the log of the process."


class Hearing:
    """`hear` is the desk's; it is there while the room attends."""

    def __init__(
        self,
        *,
        signer: Signer,
        subjects: Subjects,
        grounds: Grounds,
        clock: Clock,
        health: Troubles,
        by_message: ByMessage,
    ) -> None:
        self._signer = signer
        self._subjects = subjects
        self._grounds = grounds
        self._clock = clock
        self._health = health
        self._by_message = by_message
        self._seen: Lately[int, bool] = Lately()
        self.hear: Hear | None = None

    async def interaction(self, interaction: discord.Interaction) -> None:
        """Answer it. The same one twice, as after a resumed connection, is answered once."""
        hear = self.hear
        if hear is None or self._seen.get(interaction.id) or _elsewhere(interaction):
            return
        self._seen.put(interaction.id, True)
        reply = Reply(interaction, self._by_message)
        if interaction.type is discord.InteractionType.autocomplete:
            await self._offer(interaction, reply, hear)
        else:
            await self._answer(interaction, reply, hear)

    async def _answer(self, interaction: discord.Interaction, reply: Reply, hear: Hear) -> None:
        """At once where the answer is quick; else it says that it is being saved, and becomes the answer."""
        work = asyncio.ensure_future(self._worked(interaction, hear))
        work.add_done_callback(heard)
        try:
            found, in_place = await self._patiently(work, reply)
        finally:
            work.cancel()
        await reply.show(found, in_place=in_place)

    async def _patiently(self, work: asyncio.Future[Found], reply: Reply) -> Found:
        try:
            await within(self._clock, QUICK, asyncio.wait({work}))
        except TimeoutError:
            await reply.wait()
        return await work

    async def _worked(self, interaction: discord.Interaction, hear: Hear) -> Found:
        try:
            found = await self._desk(interaction, hear)
        except Exception as error:  # whoever pressed is answered whatever happens
            log_fall("A press", error)
            self._health.trouble(PART, _FELL.format(kind=type(error).__name__))
            return Shown((refusal(_LOST),)), False
        self._health.well(PART)
        return found

    async def _desk(self, interaction: discord.Interaction, hear: Hear) -> Found:
        what = came(interaction, await self._subjects.of(interaction))
        did = read(what, self._signer, (await self._clock.now()).wall)
        refused = did if isinstance(did, Refusal) else await self._no_place(did)
        if isinstance(did, Refusal) or refused is not None:
            return Shown((refusal(refused or _LOST),)), False
        did, answer = await self._all(did, hear)
        return shown(answer, did, self._signer), _stays(did) and not isinstance(answer, Refusal)

    async def _all(self, did: Do, hear: Hear) -> tuple[Do, Answer]:
        """Every gesture that belongs to one press."""
        answer = await hear(did.gesture)
        for _ in range(_STEPS):
            more = follow(did, answer)
            if more is None:
                break
            did, answer = more, await hear(more.gesture)
        return did, answer

    async def _no_place(self, did: Do) -> Refusal | None:
        """Incidents are brought only where the team alone can read them."""
        if did.gesture.act != "place_here":
            return None
        self._grounds.changed()
        ground = await self._grounds.find(did.gesture.values.get("place", ""))
        return Refusal(because=ground.because, until=ground.until) if isinstance(ground, Broken) else None

    async def _offer(self, interaction: discord.Interaction, reply: Reply, hear: Hear) -> None:
        what = came(interaction)
        name, typed = asking.focused(what)
        if name == "zone":
            await reply.offer(asking.zones(typed))
            return
        try:
            found = await within(self._clock, QUICK, hear(asking.asked(what)))
        except TimeoutError:
            found = _LOST
        await reply.offer(asking.offered(found, typed) if isinstance(found, Page) else [])


def _stays(did: Do) -> bool:
    """Whether the message that was pressed is the place for the answer: the next page, or a form on its way."""
    turned = "after" in did.gesture.values or did.skip > 0
    return turned or did.then is not Then.SHOW or did.gesture.kind is GestureKind.FILLED


def _elsewhere(interaction: discord.Interaction) -> bool:
    """Whether it calls a command that is not the room's."""
    command = interaction.type is discord.InteractionType.application_command
    return command and dict(interaction.data or {}).get("name") not in OURS
