"""Sources that go quiet: noticed, said on the team's timeline, and forgotten once they are heard again.

Every replica writes down what it hears, and what is wrong with a platform it listens to; one of them judges. What the timeline
says every replica shows in health.
"""

from collections.abc import Collection
from datetime import datetime

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.rhythm import Rhythm, Trouble
from bot.nouns.team import Part, Team
from bot.nouns.time import Now
from bot.ports import Clock, Rhythms
from bot.rules.sources import AT_LEAST, nothing_new_since, quiet_since
from bot.screens.called import platform
from bot.work.act import Act
from bot.work.ears import unheard
from bot.work.health import Health

#: Seconds between two looks, and between two times that what was heard is written down.
LOOK = 15.0
#: Who has only begun to listen has not seen yet what is wrong: so many seconds it leaves what was said before as it is.
SURE = AT_LEAST.total_seconds() + 4 * LOOK
#: What is wrong is believed for so long after it was last said: its listener may be gone, or not tell.
BELIEVED = 2 * AT_LEAST

#: What is wrong with a source that answers.
NOTHING_NEW = "It answers, but has told nothing new for longer than usual. Please look there yourself."


class Quiet:
    """`sources`: what is listened to now, by name; what was set up once and is no longer is left alone."""

    def __init__(self, *, act: Act, rhythms: Rhythms, health: Health, clock: Clock, sources: Collection[str]) -> None:
        self._act = act
        self._rhythms = rhythms
        self._health = health
        self._clock = clock
        self._sources = frozenset(sources)

    async def run(self) -> None:
        """On every replica: write down what was heard, and show what is quiet, until cancelled."""
        while True:
            await self.note()
            await self._clock.sleep(LOOK)

    async def note(self) -> None:
        """Write down what this process heard; show what everybody heard, and what is quiet."""
        taken = self._health.beats.take()
        try:
            await self._rhythms.note(taken)
        except StoreAway:
            self._health.beats.give_back(taken)
            raise
        now = await self._clock.now()
        for rhythm in await self._rhythms.all():
            last, known = rhythm.last, self._health.last_heard.get(rhythm.source)
            if rhythm.source in self._sources and last is not None and (known is None or known < last):
                self._health.last_heard[rhythm.source] = min(last, now.wall)  # the slot it was heard in may still go on
        await self._tell(now)
        self._show(await self._act.team())

    async def _tell(self, now: Now) -> None:
        """Write down what is wrong with what is listened to here, and what no longer is."""
        known = {trouble.source: trouble for trouble in await self._rhythms.troubles()}
        for source, began in tuple(self._health.listening.items()):
            because, before = self._wrong(source), known.get(source)
            if because:
                since = before.since if before is not None and _stands(before, now.wall) else now.wall
                await self._rhythms.trouble(Trouble(source=source, because=because, since=since, said=now.wall))
            elif before is not None and now.elapsed - began >= SURE:
                await self._rhythms.well(source)

    def _wrong(self, source: str) -> str:
        """What the platform itself says is wrong, or that it has never answered; ''."""
        watcher = self._health.watchers.get(source)
        said = watcher() if watcher is not None else None
        return said or self._health.reasons.get(unheard(source), "")

    def _show(self, team: Team) -> None:
        for source in self._sources:
            if source in team.quiet:
                because = f"Nothing has come from {platform(source)} for longer than usual."
                self._health.trouble(f"quiet {source}", because)
            else:
                self._health.well(f"quiet {source}")

    async def look(self) -> None:
        """On one replica: judge every source, and note what changed."""
        now = (await self._clock.now()).wall
        watched = await self._rhythms.watch(now)
        rhythms = {rhythm.source: rhythm for rhythm in await self._rhythms.all()}
        troubles = {each.source: each for each in await self._rhythms.troubles() if _stands(each, now)}
        team = await self._act.team()
        for source in sorted(self._sources):
            rhythm = rhythms.get(source, Rhythm(source=source))
            trouble = troubles.get(source)
            because = trouble.because if trouble is not None else ""
            since = quiet_since(rhythm, watched, now) or _troubled_since(trouble, now)
            if since is None and rhythm.beat is not None:
                since, because = nothing_new_since(rhythm, watched, now), NOTHING_NEW
            await self._note(rhythm, since, because, team)

    async def _note(self, rhythm: Rhythm, since: datetime | None, because: str, team: Team) -> None:
        """What is undecided where many press at once is decided at the next look."""
        source = rhythm.source
        if since is not None and source not in team.quiet:
            quiet = c.NoteQuiet(id=f"quiet:{team.version}:{source}", source=source, since=since, because=because)
            await self._act(quiet, Part.CLOCKWORK)
        elif since is None and source in team.quiet:
            back = c.NoteBack(id=f"back:{team.version}:{source}", source=source, fetched=rhythm.beat is not None)
            await self._act(back, Part.CLOCKWORK)


def _stands(trouble: Trouble, now: datetime) -> bool:
    return now - trouble.said < BELIEVED


def _troubled_since(trouble: Trouble | None, now: datetime) -> datetime | None:
    """Since when a platform has been in trouble, once that is no moment's matter: one of its feeds may be deaf."""
    return trouble.since if trouble is not None and now - trouble.since >= AT_LEAST else None
