"""Showing cards: opening, repainting, and healing what happened to a card, its thread or its place meanwhile.

Each healing is tried once in one painting and costs a few requests; what is still wrong after it is said.
"""

from datetime import timedelta

import discord

from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.careful import careful
from adapters.rooms.discord.grounds import Ground, Grounds
from adapters.rooms.discord.looking import Looking, mark
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.opening import Opening
from adapters.rooms.discord.sheets import Sheets
from adapters.rooms.discord.titles import Titles
from adapters.rooms.discord.wheres import Where, pack, unpack
from adapters.rooms.discord.writing import Writing
from bot.nouns.team import Place
from bot.ports import Broken, Clock, ThreadRef
from bot.screens.shapes import Card

#: From this age on Discord may refuse to edit a message (30046).
_OLD = timedelta(hours=1)


class Painting:
    """The newest state of a card, wherever it stands."""

    def __init__(
        self,
        *,
        writing: Writing,
        looking: Looking,
        grounds: Grounds,
        opening: Opening,
        sheets: Sheets,
        titles: Titles,
        memory: Memory,
        clock: Clock,
    ) -> None:
        self._writing = writing
        self._looking = looking
        self._clock = clock
        self._grounds = grounds
        self._opening = opening
        self._sheets = sheets
        self._titles = titles
        self._memory = memory

    async def open(self, place: Place, card: Card, key: str) -> ThreadRef | Broken:
        """A card and its thread; the one that stands there already, where we made it before."""
        ground = await self._grounds.find(place.id)
        if isinstance(ground, Broken):
            return ground
        known = self._memory.refs.get((place.id, card.incident))
        return known or await self._opening.open(ground, card, key)

    async def repaint(self, ref: ThreadRef, card: Card) -> ThreadRef | Broken:
        """Show the card as it is now. The reference may be another afterwards."""
        ground = await self._grounds.find(ref.place)
        if isinstance(ground, Broken):
            return ground
        where = unpack(ref)
        if where is None or self._memory.gone.get(where.thread):
            return await self._anew(ground, where, card)
        await self._alone(ground, where, card)
        painted = await self._shown(ground, where, card)
        if isinstance(painted, Problem):
            return await self._healed(ground, where, card, painted)
        return self._stands(ref.place, await self._kept(ground, where, card), card)

    async def _alone(self, ground: Ground, where: Where, card: Card) -> None:
        """A card that went on in its thread though no answer came is taken away again. None can be there before the
        first is old enough to go on."""
        if self._memory.alone.get(where.thread) or not await self._old(where):
            return
        found = await self._looking.strays(where.thread, mark(card.incident, str(ground.id)), where.card)
        if isinstance(found, Problem):
            return
        gone = [await self._writing.delete(where.thread, each) for each in found]
        if not any(gone):
            self._memory.alone.put(where.thread, True)

    async def _old(self, where: Where) -> bool:
        now = (await self._clock.now()).wall
        return now - discord.utils.snowflake_time(where.thread) >= _OLD

    async def _kept(self, ground: Ground, where: Where, card: Card) -> Where:
        """What belongs around a card that was painted: its title and tags, and a first card that leads to it."""
        await self._titles.keep(ground, where, card)
        return await self._told(ground, where, card) if where.unsaid else where

    def _stands(self, place: str, where: Where, card: Card) -> ThreadRef:
        return self._memory.standing(pack(where, place), where.thread, card.incident, card.conversation)

    async def _shown(self, ground: Ground, where: Where, card: Card) -> None | Problem:
        """Edit the card's message, unless it shows exactly this already."""
        channel = where.channel(ground.id)
        sheet = self._sheets.card(card, str(ground.id))
        if self._memory.shown.get((channel, where.card)) == sheet.digest:
            return None
        self._memory.shown.drop((channel, where.card))  # should it be broken off, nobody knows what stands there
        problem = await self._writing.edit(channel, where.card, sheet.view)
        if problem is None:
            self._memory.shown.put((channel, where.card), sheet.digest)
        return problem

    async def _healed(self, ground: Ground, where: Where, card: Card, problem: Problem) -> ThreadRef | Broken:
        place = str(ground.id)
        match problem.code:
            case codes.UNKNOWN_MESSAGE if where.forum or where.moved:
                return await self._moved(ground, where, card)
            case codes.UNKNOWN_MESSAGE:
                return await self._anew(ground, where, card)
            case codes.UNKNOWN_CHANNEL if where.forum or where.moved:
                self._memory.gone.put(where.thread, True)
                return await self._anew(ground, where, card)
            case codes.OLD_MESSAGE_EDITED_TOO_OFTEN:
                return await self._moved(ground, where, card)
            case codes.ARCHIVED:
                return await self._woken(ground, where, card)
            case codes.AUTOMOD:
                again = await self._shown(ground, where, careful(card))
                done = again is None
            case _:
                return await self._grounds.refused(problem, place)
        return self._stands(place, where, card) if done else await self._grounds.refused(again or problem, place)

    async def _woken(self, ground: Ground, where: Where, card: Card) -> ThreadRef | Broken:
        """An archived thread is opened again; then its card can be painted."""
        problem = await self._writing.wake(where.thread)
        problem = problem if problem is not None else await self._shown(ground, where, card)
        if problem is not None:
            return await self._grounds.refused(problem, str(ground.id))
        await self._titles.keep(ground, where, card, woken=True)
        return self._stands(str(ground.id), where, card)

    async def _moved(self, ground: Ground, where: Where, card: Card) -> ThreadRef | Broken:
        """A card that cannot be edited any more goes on in its thread; a former one in the thread is taken away."""
        sheet = self._sheets.card(card, str(ground.id))
        sent = await self._writing.send(where.thread, sheet.view, f"moved:{where.card}")
        if isinstance(sent, Problem) and sent.code == codes.AUTOMOD:
            sheet = self._sheets.card(careful(card), str(ground.id))
            sent = await self._writing.send(where.thread, sheet.view, f"moved:{where.card}")
        if isinstance(sent, Problem):
            self._memory.alone.drop(where.thread)
            if sent.code == codes.UNKNOWN_CHANNEL:
                self._memory.gone.put(where.thread, True)
                return await self._anew(ground, where, card)
            return await self._grounds.refused(sent, str(ground.id))
        self._memory.shown.put((where.thread, sent), sheet.digest)
        if where.moved:
            await self._writing.delete(where.thread, where.card)
        return self._stands(str(ground.id), await self._told(ground, where.moved_to(sent), card), card)

    async def _told(self, ground: Ground, where: Where, card: Card) -> Where:
        """The first card says that it goes on in the thread; where Discord does not let it yet, it will be said later."""
        channel = where.thread if where.forum else ground.id
        sheet = self._sheets.goes_on(card, ground.guild.id, where.thread)
        problem = await self._writing.edit(channel, where.thread, sheet)
        later = problem is not None and problem.code not in codes.GONE
        return Where(where.thread, where.forum, where.card, later)

    async def _anew(self, ground: Ground, where: Where | None, card: Card) -> ThreadRef | Broken:
        """A new card with a new thread. A thread without its card and the new one lead to each other; a card without
        its thread is taken away."""
        place = str(ground.id)
        self._memory.refs.drop((place, card.incident))
        former = where.thread if where is not None else 0
        ref = await self._opening.open(ground, card, f"anew:{former}", after=former)
        made = unpack(ref) if isinstance(ref, ThreadRef) else None
        if where is None or made is None:
            return ref
        if not self._memory.gone.get(former):
            await self._opening.lead(former, made.thread)
        elif not where.forum:
            await self._writing.delete(ground.id, former)
        return ref
