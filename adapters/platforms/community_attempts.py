"""Looking and sending in a community within their time: what a network leaves unsaid is an answer here, never an error."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, Protocol, TypeVar

from bot.errors import StoreAway
from bot.nouns.community import Community
from bot.nouns.delivery import (
    Absent,
    ByHand,
    Cleared,
    Delivery,
    NotSent,
    Posted,
    ToAccount,
    ToAuthor,
    ToMention,
    ToPost,
    Unknown,
)
from bot.nouns.mention import CannotTell, MentionKey
from bot.nouns.time import Now
from bot.ports import Clock
from bot.work.waiting import within

#: Seconds one look or one send may take; the outbox gives a look five and a send eight.
DEADLINE: Final = 7.5
_REMEMBERED: Final = 1000

T = TypeVar("T")


class Attempts:
    """Those of one network, `called` as sentences say it. `shut` says why nothing may be written in a place now."""

    def __init__(self, called: str, clock: Clock, *, shut: str) -> None:
        self._called = called
        self._clock = clock
        self._shut = shut
        self._began: OrderedDict[str, datetime] = OrderedDict()

    def began(self, cleared: Cleared) -> datetime | None:
        """When this attempt was first made, as far as this process remembers."""
        return self._began.get(cleared.attempt_key)

    async def looked(self, look: Awaitable[T]) -> T | CannotTell:
        """What the look saw."""
        try:
            return await within(self._clock, DEADLINE, look)
        except (TimeoutError, StoreAway):
            return CannotTell(because=f"{self._called} does not answer in time.")

    async def sent(
        self,
        cleared: Cleared,
        *,
        table: Callable[[MentionKey], Community | None],
        open_: Callable[[MentionKey], Awaitable[Community | None]],
        send: Callable[[Cleared, Now], Awaitable[Delivery]],
    ) -> Delivery:
        """Handed to a moderator, unless the `table` of that channel says that our bot posts; then one attempt.

        `open_` asks anew whether that place may be written in.
        """
        if isinstance(cleared.target, ToAccount):
            return _by_hand(cleared)
        community = table(cleared.target.key)
        if community is None or not community.post_as_bot:
            return _by_hand(cleared)
        now = await self._clock.now()
        self._remember(cleared.attempt_key, now.wall)
        try:
            if await open_(cleared.target.key) is None:
                return NotSent(because=self._shut)
            return await within(self._clock, DEADLINE, send(cleared, now))
        except TimeoutError:
            return Unknown(because=f"{self._called} did not answer in time.")
        except StoreAway:
            return NotSent(because="The store cannot be reached, so nothing was sent.")

    def _remember(self, attempt: str, at: datetime) -> None:
        self._began.setdefault(attempt, at)
        while len(self._began) > _REMEMBERED:
            self._began.popitem(last=False)


def _by_hand(cleared: Cleared) -> ByHand:
    return ByHand(url=cleared.about.url if cleared.about is not None else "")


class Sends(Protocol):
    """What a network can be told to do as our bot; `text` '' takes a message of ours away."""

    async def reply(self, cleared: Cleared, about: MentionKey, text: str, now: Now) -> Delivery: ...
    async def private(self, cleared: Cleared, text: str, now: Now) -> Delivery: ...
    async def change(self, ours: MentionKey, text: str, now: Now) -> Delivery: ...


async def send(by: Sends, cleared: Cleared, now: Now) -> Delivery:
    """One attempt: a reply, a private word, a change of a message of ours, or its withdrawal."""
    text = cleared.words.text
    if not isinstance(text, str):
        return NotSent(because="The words are gone.")
    match cleared.target:
        case ToMention(key=about):
            return await by.reply(cleared, about, text, now)
        case ToAuthor():
            return await by.private(cleared, text, now)
        case ToPost(key=ours):
            return await by.change(ours, text, now)
        case _:
            return NotSent(because="A statement is posted by a moderator, in the channel it belongs to.")


class Finds(Protocol):
    """Where a network can be looked through for words of ours. `since`: when the attempt began, if anybody remembers."""

    async def replied(
        self, cleared: Cleared, about: MentionKey, text: str, since: datetime | None
    ) -> Posted | Absent | CannotTell: ...
    async def told(self, cleared: Cleared, text: str, since: datetime | None) -> Posted | Absent | CannotTell: ...
    async def corrected(self, ours: MentionKey, text: str) -> Posted | Absent | CannotTell: ...


async def find(by: Finds, cleared: Cleared, since: datetime | None) -> Posted | Absent | CannotTell:
    """Whether these words of our bot's stand there."""
    text = cleared.words.text if isinstance(cleared.words.text, str) else None
    if text is None:
        return CannotTell(because="The words are gone, so nobody can compare them.")
    match cleared.target:
        case ToAccount():
            return CannotTell(because="A moderator posts statements, so only a person can look.")
        case ToPost(key=ours):
            return await by.corrected(ours, text)
        case ToMention(key=about):
            return await by.replied(cleared, about, text, since)
        case ToAuthor():
            return await by.told(cleared, text, since)
