"""The sorter: takes news in order; each becomes an incident, joins one, or lies in a list anyone can open."""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.events import Event
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, Mention, MentionKey, News, Said, Unreadable
from bot.nouns.team import Part, Refusal, Watch
from bot.ports import Asides, Clock, Inbox, Sealed, Timelines, Vault, Whereabouts, Work
from bot.work.act import CROWDED, Act
from bot.work.arriving import Arriving
from bot.work.health import Health
from bot.work.lifecycle import log_fall
from bot.work.waiting import first

#: After so many failures a piece of news is put aside, so that it holds up nobody (failures.md B10).
TRIES = 3
#: How long the sorter sleeps when nothing rings: another replica may have stored something.
NAP = 0.25
#: So much news is sorted at once.
AT_ONCE = 64
#: After a page of so many it is let gather for so many seconds: a storm is written in large pieces, at a third of the
#: price, and a card of a storm is painted anew every few seconds at most.
MANY, GATHER = 8, 0.25
#: So many of what was not forwarded are read at once.
PAGE = 100


class Sorter:
    """`run` is singleton work; everything it does may be done twice without effect."""

    def __init__(
        self,
        *,
        act: Act,
        inbox: Inbox,
        whereabouts: Whereabouts,
        timelines: Timelines,
        asides: Asides,
        vault: Vault,
        clock: Clock,
        health: Health,
        bell: asyncio.Event,
        watches: Sequence[Watch],
    ) -> None:
        self._act = act
        self._inbox = inbox
        self._whereabouts = whereabouts
        self._asides = asides
        self._vault = vault
        self._clock = clock
        self._health = health
        self._bell = bell
        self._arriving = Arriving(
            act=act,
            timelines=timelines,
            whereabouts=whereabouts,
            asides=asides,
            vault=vault,
            clock=clock,
            health=health,
            watches=watches,
            do=self._do,
        )

    async def run(self, epoch: int) -> None:
        """Sort until cancelled; what was left over at the last stop comes first."""
        del epoch  # nothing a sorter writes can be late: every write of it is keyed
        await self._arriving.begin((await self._clock.now()).wall)
        while True:
            self._bell.clear()
            done = await self.sort_all()
            if not done:
                await first(self._bell.wait(), self._clock.sleep(NAP))
            elif MANY <= done < AT_ONCE:
                await self._clock.sleep(GATHER)

    async def sort_all(self) -> int:
        """Sort what waits, in order; how many are done with. What follows a failed one of the same mention waits too.

        Mentions that stand side by side are written together. Where that does not come off, whatever the reason, nothing
        of it was written, and it is tried with half of them, down to one alone.
        """
        held_up: set[MentionKey] = set()
        done: list[str] = []
        page = await self._inbox.work(AT_ONCE)
        runs = deque(_runs(page))
        try:
            while runs:
                run = [work for work in runs.popleft() if _about(work.news) not in held_up]
                if len(run) < 2:
                    for work in run:
                        done += [work.id] if await self._sort_one(work) else []
                        held_up |= {key for key in (_about(work.news),) if key is not None and work.id not in done}
                elif await self._together(run):
                    done += [work.id for work in run]
                else:
                    half = len(run) // 2
                    runs.extendleft((run[half:], run[:half]))
        finally:
            await self._inbox.done(done)
        return len(done)

    async def _sort_one(self, work: Work) -> bool:
        """Whether it is done with."""
        try:
            await self._sort(work)
        except StoreAway:
            raise
        except Exception as error:  # whatever a mention can do to us, it must not stop the others
            because = f"It could not be sorted ({type(error).__name__})."
            if await self._inbox.failed(work.id, because) < TRIES:
                return False
            if not await self._put_aside_somehow(work, because):
                return False
        self._sorted(work)
        return True

    def _sorted(self, work: Work) -> None:
        self._health.told(work.news, work.arrived)
        self._health.counts["sorted"] += 1

    async def _sort(self, work: Work) -> None:
        match work.news:
            case Said(mention=mention):
                await self._arriving.alone(work, mention)
            case Edited(mention=mention):
                await self._edited(work, mention)
            case Deleted(key=key):
                await self._deleted(work, key)
            case AnsweredByUs():
                await self._answered(work, work.news)
            case Unreadable(because=because):
                await self._put_aside(work, because)
            case gap:
                await self._do(c.NoteGap(id=f"gap:{work.id}", source=gap.source, since=gap.since, until=gap.until))

    async def _together(self, run: Sequence[Work]) -> bool:
        """Whether all of these are sorted, in one append; if not, nothing of them is."""
        try:
            written = await self._arriving.together(
                [(work, work.news.mention) for work in run if isinstance(work.news, Said)]
            )
        except StoreAway:
            raise
        except Exception as error:  # one of them, or all together; each alone it is told apart
            self._health.counts[f"batches_failed_{type(error).__name__}"] += 1
            return False
        for work in run if written else ():
            self._sorted(work)
        return written

    async def _edited(self, work: Work, mention: Mention) -> None:
        where = await self._lies(mention.key)
        if not where:
            await self._arriving.alone(work, mention)
        elif work.words is not None:
            command = c.NoteEdit(id=f"s:{work.id}", conversation=where, mention=mention.key, words=work.words)
            await self._do(command, (self._vault.index(work.words, mention),))

    async def _deleted(self, work: Work, key: MentionKey) -> None:
        where = await self._lies(key)
        if where:
            await self._do(c.NoteDeletion(id=f"s:{work.id}", conversation=where, mention=key))
        else:
            await self._forget_aside(key)

    async def _forget_aside(self, key: MentionKey) -> None:
        """What its author took away lies in no list of what we kept aside."""
        for which in ("unforwarded", "quarantine"):
            after = ""
            while True:
                page, after = await self._asides.page(which, after, PAGE)
                for each in page:
                    if each.mention is not None and each.mention.key == key:
                        await self._asides.take(which, each.ref)
                if not after:
                    break

    async def _answered(self, work: Work, news: AnsweredByUs) -> None:
        where = await self._lies(news.key)
        if where and work.words is not None:
            command = c.NoteOurAnswer(
                id=f"s:{work.id}",
                conversation=where,
                mention=news.key,
                post=news.ours,
                words=work.words,
                url=news.url,
                said=news.at,
            )
            tokens = self._vault.tokens(news.words)
            await self._do(command, (Sealed(words=work.words, person=work.person, blob=b"", tokens=tokens),))

    async def _lies(self, key: MentionKey) -> str:
        """The conversation it lies in, or ''."""
        return (await self._whereabouts.mentions([key])).get(key, "")

    async def _put_aside(self, work: Work, because: str) -> None:
        ref = await self._asides.put("quarantine", work, None, because)
        await self._do(c.NotePutAside(id=f"q:{work.id}", source=_source(work.news), ref=ref, because=because))

    async def _put_aside_somehow(self, work: Work, because: str) -> bool:
        """If need be without its words: that it came is known and shown, and nothing behind it waits."""
        bare = Unreadable(source=_source(work.news), raw="", because=because)
        for each in (work, Work(id=work.id, news=bare, arrived=work.arrived)):
            try:
                await self._put_aside(each, because)
            except StoreAway:
                raise
            except Exception as error:
                log_fall("Putting aside", error)
                self._health.counts[f"not_put_aside_{type(error).__name__}"] += 1
            else:
                return True
        return False

    async def _do(self, command: c.Command, sealed: Sequence[Sealed] = ()) -> Sequence[Event] | Refusal:
        """Act until it is decided: a mention is not lost because many people press."""
        while (answer := await self._act(command, Part.SORTER, sealed)) == CROWDED:
            await self._clock.sleep(0)
        if isinstance(answer, Refusal):
            self._health.counts["sorted_without_effect"] += 1
            return answer
        return answer.events


def _runs(page: Sequence[Work]) -> Iterator[Sequence[Work]]:
    """A page in order, cut into mentions that stand side by side, and every other piece of news alone."""
    for said, run in groupby(page, key=lambda work: isinstance(work.news, Said)):
        if said:
            yield list(run)
        else:
            yield from ([work] for work in run)


def _about(news: News) -> MentionKey | None:
    """The mention that news is about."""
    match news:
        case Said(mention=mention) | Edited(mention=mention):
            return mention.key
        case Deleted(key=key) | AnsweredByUs(key=key):
            return key
        case _:
            return None


def _source(news: News) -> str:
    match news:
        case Unreadable(source=source) | Gap(source=source):
            return source
        case _:
            key = _about(news)
            return key.platform if key is not None else ""
