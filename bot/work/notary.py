"""The notary: signs the heads of timelines, so that a cut tail is found from the last signed head on."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.nouns.time import Now
from bot.ports import Anchors, Clock, Query, Timelines
from bot.review.anchors import Anchor
from bot.work.act import Act

Sign = Callable[[bytes], tuple[str, str]]

#: What was closed no longer ago than this is signed at the start of a run, for nobody may have watched.
LOOK_BACK = timedelta(days=7)
PAGE = 500


class Notary:
    """Signs an incident's head when it is closed, and at the turn of each day (UTC) every head that moved that day.

    `sign` hands back (public key, signature), both in hex. `run` is singleton work; a head signed twice is no harm.
    """

    def __init__(self, *, act: Act, timelines: Timelines, anchors: Anchors, clock: Clock, sign: Sign) -> None:
        self._act = act
        self._timelines = timelines
        self._anchors = anchors
        self._clock = clock
        self._sign = sign
        self._moved: set[str] = set()
        self._day: date | None = None

    async def run(self, epoch: int) -> None:
        """Watch the feed until cancelled. What was closed while nobody watched is signed first."""
        del epoch  # an anchor says what was true when it was signed, however late
        after = (await self._timelines.feed("", 0))[-1].id
        await self.catch_up()
        while True:
            for fed in await self._timelines.feed(after, 2.0):
                after = fed.id
                self._moved.add(fed.incident)
                if "closed" in fed.kinds and fed.incident:
                    await self.anchor(fed.incident)
            await self.turn()

    async def catch_up(self) -> None:
        """Sign what was closed lately, and remember everything open for the next turn of a day."""
        since = (await self._clock.now()).wall - LOOK_BACK
        for name in await self._names(Query(index="i:settled", since=since.timestamp(), limit=PAGE)):
            await self.anchor(name)
        self._moved.update(await self._names(Query(index="i:open", limit=PAGE)))

    async def _names(self, query: Query) -> list[str]:
        found = await self._timelines.find(query)
        names = [*found.ids]
        while found.after:
            found = await self._timelines.find(query.model_copy(update={"after": found.after}))
            names += found.ids
        return names

    async def turn(self) -> None:
        """At the first look of a day: sign what moved since the last, and the team's own head."""
        today = (await self._clock.now()).wall.date()
        if self._day is not None and today != self._day:
            for name in sorted(self._moved | {""}):
                await self.anchor(name)
            self._moved.clear()
        self._day = today

    async def anchor(self, name: str) -> None:
        """Sign the head of one timeline as it stands; '' is the team's."""
        view = await self._act.look((name,) if name else ())
        row = view.team if not name else view.incidents.get(name)
        if row is None or row.version == 0:
            return
        await self._anchors.put(self._signed(name, row.version, row.head, await self._clock.now()))

    def _signed(self, name: str, version: int, head: str, now: Now) -> Anchor:
        bare = Anchor(incident=name or None, version=version, hash=head, at=now.wall)
        key, signature = self._sign(bare.covered())
        return bare.model_copy(update={"key": key, "signature": signature})
