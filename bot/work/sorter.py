"""The sorter: takes news in order; each becomes an incident, joins one, or lies in a list anyone can open."""

import asyncio
import hashlib
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Any

from bot.errors import StoreAway
from bot.listening.causes import Fresh, Join, Pile
from bot.listening.flagging import flag
from bot.listening.watches import Watches
from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Flag
from bot.nouns.mention import (
    AnsweredByUs,
    Deleted,
    Edited,
    Gap,
    Kept,
    Mention,
    MentionKey,
    Said,
    Unreadable,
)
from bot.nouns.team import Part, Refusal, Watch
from bot.ports import Asides, Clock, Inbox, Sealed, Timelines, Vault, Whereabouts, Work
from bot.work.act import Act
from bot.work.health import Health
from bot.work.placing import Placing

#: After so many failures a piece of news is put aside, so that it holds up nobody (failures.md B10).
TRIES = 3
#: How long the sorter sleeps when nothing rings: another replica may have stored something.
NAP = 0.25


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
        self._watches = Watches(watches)
        self._watching = bool(watches)
        self._placing = Placing(act, timelines, whereabouts)

    async def run(self, epoch: int) -> None:
        """Sort until cancelled; what was left over at the last stop comes first."""
        del epoch  # nothing a sorter writes can be late: every write of it is keyed
        await self._placing.begin((await self._clock.now()).wall)
        while True:
            self._bell.clear()
            if not await self.sort_all():
                await _either(self._bell.wait(), self._clock.sleep(NAP))

    async def sort_all(self) -> int:
        """Sort what waits; how many there were."""
        waiting = await self._inbox.work()
        for work in waiting:
            await self._sort_one(work)
        return len(waiting)

    async def _sort_one(self, work: Work) -> None:
        try:
            await self._sort(work)
        except StoreAway:
            raise
        except Exception as error:  # whatever a mention can do to us, it must not stop the others
            because = f"It could not be sorted ({type(error).__name__})."
            if await self._inbox.failed(work.id, because) < TRIES:
                return
            await self._put_aside(work, because)
        await self._inbox.done([work.id])
        self._health.counts["sorted"] += 1

    async def _sort(self, work: Work) -> None:
        match work.news:
            case Said(mention=mention):
                await self._said(work, mention)
            case Edited(mention=mention):
                await self._edited(work, mention)
            case Deleted(key=key):
                await self._deleted(work, key)
            case AnsweredByUs():
                await self._answered(work, work.news)
            case Unreadable(because=because):
                await self._put_aside(work, because)
            case Gap(source=source, since=since, until=until):
                await self._do(c.NoteGap(id=f"gap:{work.id}", source=source, since=since, until=until))

    async def _said(self, work: Work, mention: Mention) -> None:
        if work.words is None or (await self._whereabouts.mentions([mention.key])):
            return
        standing = await self._placing.standing(work.person)
        heard = self._watches.hear(
            mention.text, source=mention.source or mention.key.platform, kind=mention.kind.value, lang=mention.lang
        )
        verdict = flag(
            mention.text,
            platform=mention.key.platform,
            followers=mention.author.followers,
            lang=mention.lang,
            rating=mention.rating,
            kind=mention.kind.value,
            direct=mention.direct,
            media=mention.media,
            author_before=_today(standing, work),
        )
        if not self._concerns_us(mention, heard):
            verdict = verdict.model_copy(update={"forward": False})
        if not verdict.forward:
            await self._asides.put("unforwarded", work, verdict, "")
            return
        await self._place(work, mention, keep(work, mention, verdict), standing, heard)

    def _concerns_us(self, mention: Mention, heard: Sequence[Watch]) -> bool:
        """Direct mentions and reviews always do; the rest where a watch hears it, or where nobody set one up."""
        return mention.direct or mention.rating is not None or bool(heard) or not self._watching

    async def _place(
        self, work: Work, mention: Mention, kept: Kept, standing: Sequence[Conversation], heard: Sequence[Watch]
    ) -> None:
        team = await self._act.team()
        match await self._placing.where(mention, kept, standing, team):
            case Join(conversation=name):
                command: c.Command = c.Add(id=f"s:{work.id}", conversation=name, mention=kept)
            case Pile(incident=incident):
                command = self._opening(work, mention, kept, heard, incident, fresh=False)
            case Fresh():
                command = self._opening(work, mention, kept, heard, f"i{short(work.id)}", fresh=True)
        await self._do(command, (self._vault.index(kept.words, mention),))
        self._placing.placed(command.incident or "", kept, mention.text)

    @staticmethod
    def _opening(
        work: Work, mention: Mention, kept: Kept, heard: Sequence[Watch], incident: str, *, fresh: bool
    ) -> c.Open:
        return c.Open(
            id=f"s:{work.id}",
            incident=incident,
            conversation=f"c{short(work.id)}",
            mention=kept,
            fresh=fresh,
            places=tuple(dict.fromkeys(place for watch in heard for place in watch.places)),
            occasion=mention.in_reply_to,
        )

    async def _edited(self, work: Work, mention: Mention) -> None:
        where = (await self._whereabouts.mentions([mention.key])).get(mention.key)
        if where is None:
            await self._said(work, mention)
        elif work.words is not None:
            command = c.NoteEdit(id=f"s:{work.id}", conversation=where, mention=mention.key, words=work.words)
            await self._do(command)

    async def _deleted(self, work: Work, key: MentionKey) -> None:
        where = (await self._whereabouts.mentions([key])).get(key)
        if where is not None:
            await self._do(c.NoteDeletion(id=f"s:{work.id}", conversation=where, mention=key))

    async def _answered(self, work: Work, news: AnsweredByUs) -> None:
        where = (await self._whereabouts.mentions([news.key])).get(news.key)
        if where is not None and work.words is not None:
            command = c.NoteOurAnswer(
                id=f"s:{work.id}", conversation=where, mention=news.key, post=news.ours, words=work.words, url=news.url
            )
            await self._do(command)

    async def _put_aside(self, work: Work, because: str) -> None:
        ref = await self._asides.put("quarantine", work, None, because)
        source = work.news.source if isinstance(work.news, Unreadable | Gap) else ""
        await self._do(c.NotePutAside(id=f"q:{work.id}", source=source, ref=ref, because=because))

    async def _do(self, command: c.Command, sealed: Sequence[Sealed] = ()) -> None:
        if isinstance(await self._act(command, Part.SORTER, sealed), Refusal):
            self._health.counts["sorted_without_effect"] += 1


def keep(work: Work, mention: Mention, verdict: Flag) -> Kept:
    """The mention as the timeline keeps it. `work.words` must be there."""
    if work.words is None:
        raise ValueError("a mention is kept only once its text is sealed")
    return Kept(
        key=mention.key,
        person=work.person,
        words=work.words,
        at=mention.at,
        arrived=work.arrived,
        kind=mention.kind,
        rating=mention.rating,
        media=mention.media,
        direct=mention.direct,
        in_reply_to=mention.in_reply_to,
        source=mention.source,
        flag=verdict,
    )


def _today(standing: Sequence[Conversation], work: Work) -> int:
    since = work.arrived - timedelta(hours=24)
    return sum(m.arrived >= since for each in standing for m in each.mentions)


def short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


async def _either(*waits: Coroutine[Any, Any, Any]) -> None:
    tasks = [asyncio.ensure_future(each) for each in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
