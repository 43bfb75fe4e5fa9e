"""Timelines and a platform at whose every call a test may step in: to let something happen, or to let all end there."""

from collections.abc import Awaitable, Callable, Collection, Sequence

from bot.nouns.caution import Length
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, Posted, Reach
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.nouns.record import Line
from bot.nouns.view import View
from bot.ports import Appended, Change, Conflict, Door, Fed, Fenced, Finding, Found, Query
from tests.fakes.platform import FakePlatform
from tests.fakes.timelines import FakeTimelines

#: Called before ("view?") and after ("view!") every call.
Step = Callable[[str], Awaitable[None]]


class Crash(BaseException):
    """The process ends here: nothing that comes after is done, and nobody tidies up."""


class Fuse:
    """Ends everything at the n-th step, and counts how many there were."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.burnt = 0

    async def __call__(self, name: str) -> None:
        """One step."""
        self.burnt += 1
        self.left -= 1
        if self.left <= 0:
            raise Crash(name)


class ThroughTimelines:
    """The port Timelines over another. A fuse that has burnt lets nothing through any more."""

    def __init__(self, inner: FakeTimelines, step: Step) -> None:
        self._inner = inner
        self._step = step

    async def view(self, incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = "") -> View:
        """As the port has it."""
        await self._step("view?")
        answer = await self._inner.view(incidents, conversations, command)
        await self._step("view!")
        return answer

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """As the port has it; the steps name the kind of the first event."""
        kind = change.events[0].kind
        await self._step(f"{kind}?")
        answer = await self._inner.append(change)
        await self._step(f"{kind}!")
        return answer

    async def events(
        self, incident: str, after: int = 0, limit: int = 500, without: Collection[str] = ()
    ) -> Sequence[Line]:
        """As the port has it."""
        return await self._inner.events(incident, after, limit, without)

    async def find(self, query: Query) -> Found:
        """As the port has it."""
        await self._step("find?")
        return await self._inner.find(query)

    async def find_all(self, queries: Sequence[Query]) -> Sequence[Found]:
        """As the port has it."""
        await self._step("find?")
        return await self._inner.find_all(queries)

    async def feed(self, after: str, wait: float) -> Sequence[Fed]:
        """As the port has it."""
        return await self._inner.feed(after, wait)


class ThroughPlatform:
    """The port Platform over another."""

    def __init__(self, inner: FakePlatform, step: Step) -> None:
        self._inner = inner
        self._step = step

    @property
    def name(self) -> str:
        """Of the platform."""
        return self._inner.name

    def doors(self, hear: Hear) -> Sequence[Door]:
        """As the port has it."""
        return self._inner.doors(hear)

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """As the port has it."""
        await self._inner.listen(since, hear)

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """As the port has it."""
        await self._step("look?")
        answer = await self._inner.look_again(key)
        await self._step("look!")
        return answer

    def reach(self, subject: Mention | Account) -> Reach:
        """As the port has it."""
        return self._inner.reach(subject)

    def measure(self, words: str) -> Length:
        """As the port has it."""
        return self._inner.measure(words)

    async def send(self, cleared: Cleared) -> Delivery:
        """As the port has it."""
        await self._step("send?")
        answer = await self._inner.send(cleared)
        await self._step("send!")
        return answer

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """As the port has it."""
        await self._step("look for?")
        answer = await self._inner.find(cleared)
        await self._step("look for!")
        return answer

    async def check(self) -> Sequence[Finding]:
        """As the port has it."""
        return await self._inner.check()


class ContestedTimelines(ThroughTimelines):
    """Timelines in which somebody else is first, the next `contested` times that something of `kind` is appended."""

    def __init__(self, inner: FakeTimelines, kind: str, contested: int) -> None:
        async def nothing(name: str) -> None:
            del name

        super().__init__(inner, nothing)
        self._kind = kind
        self.contested = contested

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """A conflict as long as it is contested."""
        if self.contested and change.events[0].kind == self._kind:
            self.contested -= 1
            return Conflict()
        return await super().append(change)
