"""Taking back what rooms show of a forgotten person: the lines that quoted them, the notes about them."""

from collections.abc import Mapping, Sequence

from bot.ports import Broken, LineRef, Room, Threads, Timelines
from bot.work.act import Act
from bot.work.traces import lines_of, notes_of, traces


class Withdrawing:
    """A room that is not open here is another process's affair."""

    def __init__(self, *, act: Act, timelines: Timelines, threads: Threads, rooms: Mapping[str, Room]) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._rooms = rooms

    async def withdraw(self, persons: Sequence[str]) -> tuple[bool, Sequence[str]]:
        """Whether all of it is gone (else it is to be tried again), and the incidents whose cards are to be painted anew.

        What a room can never do again, as where a line was deleted by hand, counts as gone.
        """
        found = await traces(self._act, self._timelines, persons)
        whole = True
        async for ref in lines_of(self._timelines, self._threads, found):
            whole = await self._gone(ref) and whole
        async for ref in notes_of(self._act, self._timelines, self._threads, found):
            whole = await self._gone(ref) and whole
        return whole, found.incidents

    async def _gone(self, ref: LineRef) -> bool:
        room = self._rooms.get(ref.room)
        answer = await room.withdraw(ref) if room is not None else None
        return not (isinstance(answer, Broken) and answer.until is not None)
