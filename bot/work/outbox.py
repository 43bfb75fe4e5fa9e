"""The outbox: take, look, clear, intend, one attempt, result. It never ends in a refusal: what happens is an event.

An attempt found INTENDED when the outbox starts was interrupted: it is looked for first, whatever else waits. So no
new word goes out before every open attempt was looked at, and a store restored from an older copy sends nothing twice
that the platform can still show.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import (
    Account,
    Cleared,
    Delivery,
    How,
    Posted,
    Reach,
    ToAccount,
    ToPost,
    Unknown,
    Way,
    platform_of,
)
from bot.nouns.events import Intended
from bot.nouns.mention import About, CannotTell, Deleted, Kept, Mention, Seen
from bot.nouns.team import Part, Refusal, Role, Team, Teammate
from bot.ports import Clock, Platform, Query, Timelines
from bot.work.act import Act, Acted
from bot.work.health import Health

#: How long one attempt may take on the wire; after that nobody knows.
SOCKET_DEADLINE = 8.0
#: How long a look before sending may take; after that the platform cannot tell.
LOOK_DEADLINE = 5.0
NAP = 0.25

PlatformOf = Callable[[str], Platform]
AskRoles = Callable[[str, Team], Awaitable[Teammate | None]]


class Outbox:
    """`run` is singleton work, fenced by its lease's epoch. `ask_roles` asks a person's roles anew; None sends back."""

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
        self._platform = platform
        self._clock = clock
        self._health = health
        self._ask_roles = ask_roles
        self._accounts = accounts or {}
        self.bell = asyncio.Event()
        self.on_the_wire: set[str] = set()

    async def run(self, epoch: int) -> None:
        """Look at every open attempt, then send what is asked, until cancelled."""
        while await self._settle_open():
            await self._clock.sleep(NAP)
        while True:
            self.bell.clear()
            await self.send_all(epoch)
            await self._settle_open()
            nap = asyncio.ensure_future(self._clock.sleep(NAP))
            ring = asyncio.ensure_future(self.bell.wait())
            await asyncio.wait({nap, ring}, return_when=asyncio.FIRST_COMPLETED)
            nap.cancel()
            ring.cancel()

    async def send_all(self, epoch: int) -> None:
        """Take every asked send, oldest first."""
        for conversation, attempt in await self._open(AttemptState.ASKED):
            await self._take(conversation, attempt, epoch)

    async def _open(self, state: AttemptState) -> list[tuple[Conversation, Attempt]]:
        found = await self._timelines.find(Query(index="asked", rising=True, limit=100))
        view = await self._act.look((), found.ids)
        return [
            (conversation, attempt)
            for name in found.ids
            if (conversation := view.conversations.get(name)) is not None
            for attempt in conversation.attempts
            if attempt.state is state
        ]

    async def _settle_open(self) -> bool:
        """Look for interrupted attempts once their settle time has passed; whether any still waits for it."""
        waiting = False
        for conversation, attempt in await self._open(AttemptState.INTENDED):
            if attempt.key in self.on_the_wire:
                continue
            if await self._settled(attempt):
                await self._look_for(conversation, attempt)
            else:
                waiting = True
        return waiting

    async def _settled(self, attempt: Attempt) -> bool:
        team, now = await self._act.team(), await self._clock.now()
        deadline = timedelta(seconds=SOCKET_DEADLINE) + team.policy.settle
        return attempt.intended is None or now.wall >= attempt.intended + deadline

    async def _look_for(self, conversation: Conversation, attempt: Attempt) -> None:
        match await self._find(cleared(conversation, attempt)):
            case Posted() as posted:
                delivery: Delivery = posted
            case _:
                delivery = Unknown(because=attempt.because or "The answer of the platform was lost.")
        await self._deliver(conversation, attempt, delivery)

    async def _find(self, sent: Cleared) -> Posted | None:
        try:
            async with asyncio.timeout(LOOK_DEADLINE):
                found = await self._platform(platform_of(sent.target)).find(sent)
        except StoreAway:
            raise
        except Exception:  # an adapter's fault is no answer
            return None
        return found if isinstance(found, Posted) else None

    async def _take(self, conversation: Conversation, attempt: Attempt, epoch: int) -> None:
        platform = self._platform(platform_of(attempt.target))
        account = self._accounts.get(platform.name) or Account(platform=platform_of(attempt.target))
        reach = self._reach(platform, conversation, attempt)
        seen = await self._look_again(platform, attempt)
        team = await self._act.team()
        person = await self._ask_roles(attempt.by, team)
        clear = c.Clear(
            id=f"clear:{attempt.key}:{attempt.round}",
            incident=conversation.incident,
            conversation=conversation.id,
            attempt=attempt.key,
            seen=seen,
            reach=reach,
            account=account,
            allowed=person is not None and person.may(Role.TEAMMATE),
            url=_url(conversation, attempt),
        )
        match await self._act(clear, Part.OUTBOX, sender=epoch):
            case Acted(events=events, again=False) if any(isinstance(e, Intended) and not e.by_hand for e in events):
                await self._send(conversation, attempt, account)
            case _:
                pass

    async def _send(self, conversation: Conversation, attempt: Attempt, account: Account) -> None:
        """The one attempt. A stop that comes meanwhile waits for it, up to the socket's deadline."""
        self.on_the_wire.add(attempt.key)
        wire = asyncio.ensure_future(self._wire(conversation, attempt, account))
        try:
            await asyncio.shield(wire)
        except asyncio.CancelledError:
            await asyncio.wait({wire}, timeout=SOCKET_DEADLINE + 1)
            raise
        finally:
            self.on_the_wire.discard(attempt.key)

    async def _wire(self, conversation: Conversation, attempt: Attempt, account: Account) -> None:
        delivery = await self._attempt(cleared(conversation, attempt.model_copy(update={"account": account})))
        if isinstance(delivery, Unknown):
            return  # it stays INTENDED; once it has settled it is looked for, and only then a person is asked
        await self._deliver(conversation, attempt, delivery)
        self._health.counts[f"deliveries_{delivery.delivery}"] += 1

    async def _attempt(self, words: Cleared) -> Delivery:
        try:
            async with asyncio.timeout(SOCKET_DEADLINE):
                return await self._platform(platform_of(words.target)).send(words)
        except StoreAway:
            raise
        except Exception as error:  # whatever went wrong, nobody knows what became of it
            return Unknown(because=f"The attempt broke off ({type(error).__name__}).")

    async def _deliver(self, conversation: Conversation, attempt: Attempt, delivery: Delivery) -> None:
        command = c.Deliver(
            id=f"deliver:{attempt.key}:{attempt.round}:{delivery.delivery}",
            incident=conversation.incident,
            conversation=conversation.id,
            attempt=attempt.key,
            delivery=delivery,
        )
        refused = await self._act(command, Part.OUTBOX)
        if isinstance(refused, Refusal):
            self._health.counts["deliveries_refused"] += 1

    def _reach(self, platform: Platform, conversation: Conversation, attempt: Attempt) -> Reach:
        if isinstance(attempt.target, ToAccount):
            return platform.reach(attempt.target.account)
        if isinstance(attempt.target, ToPost):
            return platform.reach(Account(platform=attempt.target.key.platform))
        kept = conversation.mention(attempt.target.key)
        if kept is None:
            return Reach(public=Way(how=How.NONE, because="the mention is gone"), private=Way(how=How.NONE))
        return platform.reach(whole(kept))

    async def _look_again(self, platform: Platform, attempt: Attempt) -> Seen | Deleted | CannotTell | None:
        if isinstance(attempt.target, ToAccount | ToPost):
            return None
        try:
            async with asyncio.timeout(LOOK_DEADLINE):
                return await platform.look_again(attempt.target.key)
        except StoreAway:
            raise
        except Exception as error:
            return CannotTell(because=f"The platform gave no answer ({type(error).__name__}).")


def cleared(conversation: Conversation, attempt: Attempt) -> Cleared:
    """What the platform is handed for an attempt; exactly what its `binding` was made of."""
    target = attempt.target
    kept = None if isinstance(target, ToAccount | ToPost) else conversation.mention(target.key)
    about = kept.about if kept is not None and isinstance(kept.about, About) else None
    return Cleared(
        words=attempt.words,
        target=target,
        account=attempt.account or Account(platform=platform_of(target)),
        audience=attempt.audience,
        attempt_key=attempt.key,
        about=about,
    )


def whole(kept: Kept) -> Mention:
    """A kept mention as a platform knows it."""
    about = kept.about if isinstance(kept.about, About) else About()
    return Mention(
        key=kept.key,
        text=kept.latest.read(""),
        author=about.author,
        url=about.url,
        visibility=about.visibility,
        at=kept.at,
        in_reply_to=kept.in_reply_to,
        rating=kept.rating,
        media=kept.media,
        kind=kept.kind,
        direct=kept.direct,
        source=kept.source,
    )


def _url(conversation: Conversation, attempt: Attempt) -> str:
    if isinstance(attempt.target, ToAccount | ToPost):
        return ""
    kept = conversation.mention(attempt.target.key)
    return kept.url if kept is not None else ""
