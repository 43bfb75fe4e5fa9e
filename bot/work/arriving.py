"""Mentions that arrive: each begins an incident, joins one, or lies in the list of what was not forwarded."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.mention import Edited, Mention
from bot.nouns.team import Part, Refusal, Watch
from bot.ports import Asides, Clock, Sealed, Timelines, Vault, Whereabouts, Work
from bot.work.act import Act
from bot.work.ahead import Ahead, Arrival, ahead
from bot.work.batch import Batch
from bot.work.health import Health
from bot.work.hearing import Hearing, Listened
from bot.work.keeping import arrival, keep, new_of, storm_of
from bot.work.placing import Placing

#: After so many mentions of a batch others have their turn: a few milliseconds, so that no press waits for it all.
BREATH = 8

#: So many piles that grew lately are read with a batch, so that nothing in it asks for them one by one.
LIKELY = 8

#: What has a command decided: the events that follow, or a refusal.
Do = Callable[[c.Command, Sequence[Sealed]], Awaitable[Sequence[Event] | Refusal]]


class Arriving:
    """`do` decides a command and writes what follows. Everything here may be done twice without effect."""

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        whereabouts: Whereabouts,
        asides: Asides,
        vault: Vault,
        clock: Clock,
        health: Health,
        watches: Sequence[Watch],
        do: Do,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._whereabouts = whereabouts
        self._asides = asides
        self._vault = vault
        self._clock = clock
        self._health = health
        self._hearing = Hearing(watches)
        self._placing = Placing(act, timelines)
        self._do = do

    async def begin(self, now: datetime) -> None:
        """Read what came in the last hour, and which storm still goes on."""
        await self._placing.begin(now)

    async def alone(self, work: Work, mention: Mention) -> None:
        """Sort one, in an append of its own."""
        names = self._placing.likely(0), ()
        around = await ahead(self._act, self._timelines, self._whereabouts, [(work, mention)], names)
        if not around.lies(mention.key):
            await self._arrive(work, mention, await self._listen(work, mention, around), around, self._do)

    async def together(self, arrivals: Sequence[Arrival]) -> bool:
        """Sort all of these, each on what came of those before it, in one append. False, or an error: none is sorted."""
        memory, written = self._placing.memory, False
        try:
            written = await self._in_one(arrivals)
        finally:
            if not written:
                self._placing.go_back(memory)
        return written

    async def _in_one(self, arrivals: Sequence[Arrival]) -> bool:
        new = [new_of(work) for work, _ in arrivals]
        names = [*self._placing.likely(LIKELY), *(incident for incident, _ in new)], [talk for _, talk in new]
        around = await ahead(self._act, self._timelines, self._whereabouts, arrivals, names)
        decided, listened = _Decided(around.batch), await self._listen_ahead(arrivals, around)
        for count, (work, mention) in enumerate(arrivals, start=1):
            if not around.lies(mention.key):
                heard = listened.get(work.id) or await self._listen(work, mention, around)
                await self._arrive(work, mention, heard, around, decided)
            if count % BREATH == 0:
                await self._clock.sleep(0)
        written = await around.batch.write()
        self._health.counts["sorted_without_effect"] += decided.refused if written else 0
        return written

    async def _listen_ahead(self, arrivals: Sequence[Arrival], around: Ahead) -> Mapping[str, Listened]:
        """What those say whose authors say one thing here: it depends on nothing that is decided meanwhile.

        One text after the other, with nothing in between: that takes a third less than each in its turn.
        """
        often = Counter(work.person for work, _ in arrivals)
        listened: dict[str, Listened] = {}
        for work, mention in arrivals:
            if often[work.person] == 1 and not around.lies(mention.key):
                listened[work.id] = await self._listen(work, mention, around)
                if len(listened) % BREATH == 0:
                    await self._clock.sleep(0)
        return listened

    async def _listen(self, work: Work, mention: Mention, around: Ahead) -> Listened:
        return self._hearing(work, mention, await around.standing(work.person))

    async def _arrive(self, work: Work, mention: Mention, listened: Listened, around: Ahead, do: Do) -> None:
        verdict, heard, fingerprint = listened
        kept = keep(work, mention, verdict)
        if not verdict.forward:
            await self._asides.put("unforwarded", _aside(work, mention), verdict, "")
            return
        cause = await self._placing.where(mention, kept, fingerprint, around, storm_of(work))
        command = arrival(work, mention, kept, cause, heard)
        decision = await do(command, (self._vault.index(kept.words, mention),))
        if not isinstance(decision, Refusal):
            around.note(decision)
            if isinstance(command, c.Open):
                self._placing.placed(command.incident, kept, fingerprint, fresh=command.fresh)
        if isinstance(work.news, Edited):  # its earlier words may lie there, and now it is forwarded
            ref = await self._asides.put("unforwarded", _aside(work, mention), verdict, "")
            await self._asides.take("unforwarded", ref)


class _Decided:
    """Has commands decided in a batch, and counts those without effect."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self.refused = 0

    async def __call__(self, command: c.Command, sealed: Sequence[Sealed]) -> Sequence[Event] | Refusal:
        decision = await self._batch.decide(command, Part.SORTER, sealed)
        self.refused += isinstance(decision, Refusal)
        return decision


def _aside(work: Work, mention: Mention) -> Work:
    """One mention has one place among what was not forwarded, however often its author edits it."""
    return work.model_copy(update={"id": f"mention:{mention.key.platform}:{mention.key.id}"})
