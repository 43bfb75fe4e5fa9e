"""The outbox: take, look, clear, intend, one attempt, result. It never ends in a refusal: what happens is an event.

An attempt found INTENDED when the outbox starts was interrupted: it is looked for first, whatever else waits. So no
new word goes out before every open attempt was looked at, and a store restored from an older copy sends nothing twice
that the platform can still show.
"""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import TypeVar

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import Absent, Account, Posted, ToAccount, Unknown, platform_of
from bot.nouns.mention import CannotTell
from bot.nouns.time import Now
from bot.ports import Clock, Query, Timelines
from bot.rules.send import settles_in
from bot.work.act import Act
from bot.work.attempts import cleared
from bot.work.health import Health
from bot.work.lifecycle import log_fall
from bot.work.one_attempt import OneAttempt, Taken
from bot.work.outside import AskRoles, Outside, PlatformOf
from bot.work.rows import Rows, rows
from bot.work.waiting import first, outlast, together

NAP = 0.25
#: So many are read at once.
PAGE = 100

T = TypeVar("T")

#: An attempt, and which of the asks under its key.
Sign = tuple[str, int]


class Outbox:
    """`run` is singleton work, fenced by its lease's epoch. `ask_roles` asks a person's roles anew; None sends back.

    `accounts`: the account we speak from on each platform, where it is known.
    """

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        platform: PlatformOf,
        clock: Clock,
        health: Health,
        ask_roles: AskRoles,
        accounts: Mapping[str, Account] | None = None,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._outside = Outside(platform, clock, ask_roles)
        self._attempts = OneAttempt(act, self._outside, clock, health)
        self._clock = clock
        self._health = health
        self._accounts = accounts or {}
        self._since: dict[Sign, float] = {}
        self._looked: dict[Sign, tuple[float, Posted | Unknown | None]] = {}
        self.bell = asyncio.Event()

    async def run(self, epoch: int) -> None:
        """Look at every open attempt, then send what is asked, until cancelled. A doubt never waits for the sends of a
        platform that hangs: each takes as long as its deadline."""
        self._since.clear()
        while await self.settle_all():
            await self._clock.sleep(NAP)
        await together(self._sends(epoch), self._settles())

    async def _sends(self, epoch: int) -> None:
        async with rows() as platforms:
            while True:
                if not platforms.busy:
                    self.bell.clear()
                await self._begin(platforms, epoch)
                await first(self._clock.sleep(NAP), self._rung(platforms))
                await platforms.heard()

    async def _rung(self, platforms: Rows) -> None:
        """Somebody has pressed, and all that was asked before is through, for which a nap is soon enough; or that fell over."""
        if await platforms.over():
            await self.bell.wait()

    async def _settles(self) -> None:
        while True:
            await self._clock.sleep(NAP)
            await self.settle_all()

    async def send_all(self, epoch: int) -> None:
        """Take every send that is asked by now, oldest first, until all are through."""
        async with rows() as platforms:
            await self._begin(platforms, epoch)
            await platforms.over()
            await platforms.heard()

    async def _begin(self, platforms: Rows, epoch: int) -> None:
        """Take what is asked for each platform that is not busy, oldest first. One that hangs holds up no other."""
        asked: dict[str, list[tuple[Conversation, Attempt]]] = {}
        for conversation, attempt in await self._open(AttemptState.ASKED):
            asked.setdefault(platform_of(attempt.target), []).append((conversation, attempt))
        for platform, sends in asked.items():
            if platform not in platforms.busy:
                platforms.begin(platform, self._row(sends, epoch))

    async def _row(self, asked: Sequence[tuple[Conversation, Attempt]], epoch: int) -> None:
        for conversation, attempt in asked:
            try:
                await self._take(conversation, attempt, epoch)
            except StoreAway:
                raise
            except Exception as error:  # it stays asked, and is sent back once it is too old
                log_fall("A send", error)
                self._health.counts[f"sends_failed_{type(error).__name__}"] += 1

    async def _open(self, state: AttemptState) -> list[tuple[Conversation, Attempt]]:
        found: list[tuple[Conversation, Attempt]] = []
        after = ""
        while True:
            page = await self._timelines.find(Query(index="asked", rising=True, limit=PAGE, after=after))
            view = await self._act.look((), page.ids)
            here = [view.conversations[name] for name in page.ids if name in view.conversations]
            found += [(talk, attempt) for talk in here for attempt in talk.attempts if attempt.state is state]
            if not page.after:
                return found
            after = page.after

    async def _take(self, conversation: Conversation, attempt: Attempt, epoch: int) -> None:
        """Ask the roles anew, look again last of all, and go on with what comes of it."""
        account = self._account(attempt)
        before = cleared(conversation, attempt.model_copy(update={"account": account}))
        found = await self._outside.find(before) if attempt.round > 1 else None
        allowed = await self._outside.allowed(attempt.by, await self._act.team())
        taken = Taken(attempt.round, (await self._clock.now()).elapsed, found)
        seen = await self._outside.look_again(attempt)
        clear = c.Clear(
            id=f"clear:{attempt.key}:{attempt.round}:{epoch}:{taken.looked!r}",
            incident=conversation.incident,
            conversation=conversation.id,
            attempt=attempt.key,
            seen=seen,
            reach=self._outside.reach(conversation, attempt),
            account=account,
            allowed=allowed,
        )
        # From here on nothing breaks it off: a stop waits for it, up to the socket's deadline (DESIGN §9).
        await outlast(asyncio.ensure_future(self._attempts.go_on(clear, epoch, taken)))

    def _account(self, attempt: Attempt) -> Account:
        """The account we speak from: the one set up for the platform, else the one the words were written for."""
        platform = platform_of(attempt.target)
        named = attempt.target.account if isinstance(attempt.target, ToAccount) else Account(platform=platform)
        return self._accounts.get(platform, named)

    async def settle_all(self) -> bool:
        """Look for interrupted attempts once they have settled; whether any has not been looked at yet.

        They settle by the time that is proven to have passed since they were begun or, where nobody can prove it, since
        they were first seen here: never too early, whatever a clock shows, and it always ends.
        """
        open_ = await self._open(AttemptState.INTENDED)
        if not open_:
            self._since.clear()
            self._looked.clear()
            return False
        now = await self._clock.now()
        rest = settles_in((await self._act.team()).policy).total_seconds()
        self._since = {_sign(each): self._since.get(_sign(each), now.elapsed) for _, each in open_}
        self._looked = {sign: look for sign, look in self._looked.items() if sign in self._since}
        looks = []
        for conversation, attempt in open_:
            begun = attempt.began.passed(now) if attempt.began is not None else 0.0
            settled = max(begun, now.elapsed - self._since[_sign(attempt)]) >= rest
            looks.append(self._settle(conversation, attempt, now, rest, settled=settled))
        return any(await _all(looks))  # together: a platform that hangs must not make each doubt wait for the others

    async def _settle(
        self, conversation: Conversation, attempt: Attempt, now: Now, rest: float, *, settled: bool
    ) -> bool:
        """Whether it still waits to be looked at."""
        if self._attempts.on_the_wire(attempt):
            return True
        known = self._attempts.result(attempt)
        if known is not None and not isinstance(known, Unknown):
            await self._attempts.record(conversation, attempt, known)
            return False
        if not settled:
            return True
        at, told = self._looked.get(_sign(attempt), (float("-inf"), None))
        if now.elapsed - at >= rest:
            at, told = now.elapsed, await self._look(conversation, attempt, known)
            self._looked[_sign(attempt)] = at, told
        if told is not None and await self._attempts.record(conversation, attempt, told):
            self._looked[_sign(attempt)] = at, None
        return False

    async def _look(self, conversation: Conversation, attempt: Attempt, known: Unknown | None) -> Posted | Unknown:
        """Whether it stands there; else a person is asked. `known`: what became of it as far as we heard."""
        found = await self._outside.find(cleared(conversation, attempt))
        if isinstance(found, Posted):
            return found
        because = known.because if known is not None else "The answer of the platform was lost."
        return Unknown(because=f"{because} {_looked(found)}")


async def _all(work: Sequence[Coroutine[None, None, T]]) -> list[T]:
    """What each hands back, once all are over; then the first fault is raised, if there was one."""
    ends = await asyncio.gather(*work, return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end
    return [end for end in ends if not isinstance(end, BaseException)]


def _looked(found: Absent | CannotTell) -> str:
    """What our own look for it came to; the person who is asked has more to go by."""
    if isinstance(found, CannotTell):
        return f"We looked for it, and could not tell: {found.because}"
    return "We looked for it, and it does not stand there."


def _sign(attempt: Attempt) -> Sign:
    return attempt.key, attempt.round
