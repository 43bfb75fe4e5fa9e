"""The clockwork: wakes what is due. Late by milliseconds, early never: `decide` asks every clock again."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Conversation, Draft
from bot.nouns.events import Reminded
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Moment, Now
from bot.ports import Clock, Dues, Pulse, Query, Taken, Timelines
from bot.rules.due import due as dues_of
from bot.work.act import CROWDED, Act, Acted
from bot.work.alarms import Alarms, Ring
from bot.work.health import Health
from bot.work.lifecycle import log_fall
from bot.work.waiting import first

#: The longest nap: another replica may have written something due sooner.
CAP = 0.25
#: How soon a wait is asked about again whose clocks did not agree; nobody can tell when they will.
ASK_AGAIN = 0.5
#: The same for everything else that was due and not to be done yet.
LONGEST_DELAY = 900.0
#: How soon one is woken again that fell over.
AFTER_A_FALL = 15.0
#: So many waits are looked up at once.
PAGE = 200
#: A wall clock, ours or the store's, that moved by more seconds than this beside the time since boot was set by somebody.
SET = 1.0


class Clockwork:
    """`run` is singleton work; waking twice has no effect, because `decide` sees what is true by then.

    What is to be woken later is remembered here, by the time since boot, which nobody sets. A process that dies forgets
    it; as it was never `done`, its successor takes it and asks anew.
    """

    def __init__(
        self,
        *,
        act: Act,
        dues: Dues,
        pulse: Pulse,
        timelines: Timelines,
        clock: Clock,
        health: Health,
        ring: Ring,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._dues = dues
        self._pulse = pulse
        self._clock = clock
        self._health = health
        self._alarms = Alarms(act=act, timelines=timelines, clock=clock, health=health, ring=ring)
        self._later: dict[Taken, float] = {}
        self._offsets: tuple[float, ...] = ()
        self.bell = asyncio.Event()

    async def run(self, epoch: int) -> None:
        """Wake what is due until cancelled."""
        del epoch  # every wake is decided anew, so a late one changes nothing
        await self._ask_anew()
        try:
            await self._alarms.begin()
            while True:
                self.bell.clear()
                await self.wake_all()
                await self._nap()
        finally:
            self._alarms.stop()

    async def wake_all(self) -> int:
        """Wake everything due now; how many there were."""
        now = await self._clock.now()
        await self._notice_a_set_clock(now)
        postponed = [due for due, at in self._later.items() if at <= now.elapsed]
        taken = [due for due in await self._dues.take(now.wall) if due not in self._later]
        for due in [*postponed, *taken]:
            self._later.pop(due, None)
            await self._wake(due)
        await self._alarms.look()
        return len(postponed) + len(taken)

    async def _notice_a_set_clock(self, now: Now) -> None:
        before = self._offsets
        self._offsets = tuple(clock.timestamp() - now.elapsed for clock in (now.wall, now.store))
        if any(abs(new - old) > SET for new, old in zip(self._offsets, before, strict=False)):
            self._health.counts["clock_was_set"] += 1
            await self._ask_anew()

    async def _ask_anew(self) -> None:
        """What is due, and until when somebody has it in hand, was written by the clock as it stood then. Whoever begins
        cannot know how that was, and a clock may be set at any time. So nothing is in hand any more, and what is told by
        the time that passed is asked about now: a wait of which the clocks cannot tell how much has, and a press on Send.
        It may fall due hours late by itself."""
        self._later.clear()
        await self._dues.anew()
        now = await self._clock.now()
        for index in ("cooling", "ready", "asked"):  # one draft of a conversation may be ready while another cools
            async for talk, team in self._standing(index):
                for due in _asks(talk, team) if index == "asked" else _doubtful(talk, now):
                    await self._wake(due)

    async def _standing(self, index: str) -> AsyncIterator[tuple[Conversation, Team]]:
        after = ""
        while True:
            found = await self._timelines.find(Query(index=index, limit=PAGE, after=after))
            view = await self._act.look((), found.ids)
            for talk in view.conversations.values():
                yield talk, view.team
            after = found.after
            if not after:
                return

    async def _wake(self, due: Taken) -> None:
        try:
            await self._decide(due)
        except StoreAway:
            raise
        except Exception as error:  # one that cannot be woken must not keep the others asleep
            log_fall("A wake", error)
            self._health.counts[f"wakes_failed_{type(error).__name__}"] += 1
            self._later[due] = (await self._clock.now()).elapsed + AFTER_A_FALL

    async def _decide(self, due: Taken) -> None:
        view = await self._act.look((), (due.conversation,))
        conversation = view.conversations.get(due.conversation)
        if conversation is None:
            await self._dues.done([due])
            return
        version = view.incidents[conversation.incident].version
        match await self._act(await self._command(due, conversation, version), Part.CLOCKWORK):
            case Acted(events=events):
                # The same step wrote what is due from now on, so there is nothing to be done with.
                self._health.counts["woken"] += 1
                if any(isinstance(event, Reminded) and event.what == "critical" for event in events):
                    self._alarms.soon()
            case refused if refused == CROWDED:
                self._later[due] = (await self._clock.now()).elapsed + ASK_AGAIN
            case Refusal(until=None):
                await self._dues.done([due])
            case refused:
                await self._postpone(due, refused)

    async def _command(self, due: Taken, conversation: Conversation, version: int) -> c.Wake:
        """Its id names the version it is decided on: the same thing may become due again at the same time, as when
        somebody takes a conversation and gives it back, and must then be woken again."""
        return c.Wake(
            id=f"wake:{conversation.incident}:{version}:{conversation.id}:{due.what}",
            incident=conversation.incident,
            conversation=conversation.id,
            what=due.what,
            pulses=await self._proofs(due.what, conversation.drafts),
        )

    async def _proofs(self, what: str, drafts: Sequence[Draft]) -> tuple[Moment, ...]:
        """The last signs of life of the machine boots that counted a draft's wait: time proven to have passed."""
        boots = next((d.cooling.boots for d in drafts if d.cooling and what == f"cooled:{d.id}:{d.version}"), ())
        pulses = [await self._pulse.last(boot) for boot in boots]
        return tuple(pulse for pulse in pulses if pulse is not None)

    async def _postpone(self, due: Taken, refused: Refusal) -> None:
        now = await self._clock.now()
        longest = ASK_AGAIN if due.what.startswith("cooled:") else LONGEST_DELAY
        left = (refused.until - now.wall).total_seconds() if refused.until is not None else longest
        self._later[due] = now.elapsed + min(longest, max(0.0, left))
        self._health.counts["woken_too_soon"] += 1

    async def _nap(self) -> None:
        now = await self._clock.now()
        until = await self._dues.next()
        waits = [CAP, *(at - now.elapsed for at in self._later.values())]
        if until is not None:
            waits.append((until - now.wall).total_seconds())
        await first(self._clock.sleep(max(0.0, min(waits))), self.bell.wait())


def _asks(talk: Conversation, team: Team) -> Iterator[Taken]:
    asked = (due for due in dues_of(talk, team) if due.what.startswith("asked:"))
    return (Taken(conversation=talk.id, what=due.what, at=due.at) for due in asked)


def _doubtful(talk: Conversation, now: Now) -> Iterator[Taken]:
    for draft in talk.drafts:
        if draft.cooling is not None and draft.left() is None and draft.cooling.doubtful(now):
            yield Taken(conversation=talk.id, what=f"cooled:{draft.id}:{draft.version}", at=draft.cooling.until)
