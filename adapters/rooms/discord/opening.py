"""A new card with its thread under it, or a new post in a forum; never two of the same."""

from collections.abc import Sequence

import discord

from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from adapters.rooms.discord.careful import careful
from adapters.rooms.discord.grounds import Ground, Grounds
from adapters.rooms.discord.looking import Looking, mark
from adapters.rooms.discord.memory import Memory
from adapters.rooms.discord.sheets import Sheet, Sheets, pointer
from adapters.rooms.discord.tags import thread_name
from adapters.rooms.discord.titles import Titles
from adapters.rooms.discord.wheres import first, pack
from adapters.rooms.discord.writing import Writing
from bot.ports import Broken, ThreadRef
from bot.screens.shapes import Card


class Opening:
    """Makes cards; `lead` joins two threads of one incident."""

    def __init__(
        self,
        *,
        writing: Writing,
        looking: Looking,
        grounds: Grounds,
        sheets: Sheets,
        titles: Titles,
        memory: Memory,
    ) -> None:
        self._writing = writing
        self._looking = looking
        self._grounds = grounds
        self._sheets = sheets
        self._titles = titles
        self._memory = memory

    async def open(self, ground: Ground, card: Card, key: str, *, after: int = 0) -> ThreadRef | Broken:
        """`after`: the thread it follows, which is not to be found again."""
        place = str(ground.id)
        made = await self._card(ground, card, key, after)
        if isinstance(made, Problem) and made.code == codes.AUTOMOD:
            made = await self._card(ground, careful(card), key, after)
        if isinstance(made, Problem):
            return await self._grounds.refused(made, place)
        where = first(made, forum=isinstance(ground, discord.ForumChannel))
        self._memory.gone.drop(made)
        self._memory.cards.drop((place, mark(card.incident, place)))
        return self._memory.standing(pack(where, place), made, card.incident, card.conversation)

    async def _card(self, ground: Ground, card: Card, key: str, after: int) -> int | Problem:
        sheet = self._sheets.card(card, str(ground.id))
        if isinstance(ground, discord.ForumChannel):
            return await self._post(ground, card, sheet, after)
        return await self._message(ground, card, sheet, key, after)

    async def _message(
        self, channel: discord.TextChannel, card: Card, sheet: Sheet, key: str, after: int
    ) -> int | Problem:
        """A message with its thread. One that was made before and is gone by now is made anew."""
        known = self._memory.cards.get((str(channel.id), sheet.mark))
        if known is not None:
            problem = await self._thread(channel, known, thread_name(card))
            if problem is None or problem.code != codes.UNKNOWN_MESSAGE:
                return problem or known
            self._memory.cards.drop((str(channel.id), sheet.mark))
            key = f"{key}:{known}"
        made = await self._found(channel, card, sheet, after)
        sent = made if made != 0 else await self._sent(channel, card, key)
        if isinstance(sent, Problem):
            return sent
        return await self._thread(channel, sent, thread_name(card)) or sent

    async def _sent(self, channel: discord.TextChannel, card: Card, key: str) -> int | Problem:
        sheet = self._sheets.card(card, str(channel.id))
        sent = await self._writing.send(channel.id, sheet.view, key)
        if isinstance(sent, int):
            self._memory.shown.put((channel.id, sent), sheet.digest)
            self._memory.cards.put((str(channel.id), sheet.mark), sent)  # should its thread not open, it is the same
        return sent

    async def _thread(self, channel: discord.TextChannel, message: int, name: str) -> None | Problem:
        problem = await self._writing.start_thread(channel, message, name)
        if problem is not None and problem.code == codes.TOO_MANY_THREADS and await self._made_room(channel):
            problem = await self._writing.start_thread(channel, message, name)
        exists = problem is not None and problem.code == codes.THREAD_EXISTS
        return None if exists else problem

    async def _post(self, forum: discord.ForumChannel, card: Card, sheet: Sheet, after: int) -> int | Problem:
        found = await self._found(forum, card, sheet, after)
        if found != 0:
            return found
        tags = self._titles.tags(forum, card)
        made, twice = await self._writing.post(forum, thread_name(card), sheet.view, tags)
        if isinstance(made, Problem) and made.code == codes.TOO_MANY_THREADS and await self._made_room(forum):
            made, twice = await self._writing.post(forum, thread_name(card), sheet.view, tags)
        return await self._one(forum, card, sheet, after, made) if twice else made

    async def _one(
        self, forum: discord.ForumChannel, card: Card, sheet: Sheet, after: int, made: int | Problem
    ) -> int | Problem:
        """It may have been posted more than once, or though no answer came: the oldest stays, the others go."""
        standing = await self._looking.cards(forum, sheet.mark, thread_name(card))
        if isinstance(standing, Problem):
            return made
        ours = [each for each in standing if each != after]
        await put_away(self._writing, ours)
        return ours[0] if ours else made

    async def _found(self, ground: Ground, card: Card, sheet: Sheet, after: int) -> int | Problem:
        """The card that stands there though nobody noted it; 0: none does."""
        found = await self._looking.cards(ground, sheet.mark, thread_name(card))
        if isinstance(found, Problem):
            return 0 if found.code in codes.FORBIDDEN else found
        return next((each for each in found if each > after), 0)

    async def _made_room(self, ground: Ground) -> bool:
        """The server is full of open threads: put the quietest of ours out of sight. It opens again when spoken in."""
        found = await self._looking.quietest(ground)
        if isinstance(found, Problem) or not found:
            return False
        return await self._writing.archive(found) is None

    async def lead(self, former: int, new: int) -> None:
        """Two threads of one incident lead to each other, where both can be spoken in."""
        await self._writing.send(former, pointer("This goes on in", new), f"lead:{new}")
        await self._writing.send(new, pointer("What was said before stands in", former), f"lead:{former}")


async def put_away(writing: Writing, posts: Sequence[int]) -> None:
    """Of posts that are the same the first stays; the others are taken away, or say where to look."""
    for twin in posts[1:]:
        if await writing.delete_thread(twin) is not None:  # Manage Threads is nothing we ask for
            await writing.edit(twin, twin, pointer("This is in", posts[0]))
            await writing.archive(twin)
