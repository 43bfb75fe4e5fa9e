"""Mastodon and servers that speak its API: listens by polling and streaming, answers by posts."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from aiohttp import ClientSession

from adapters.connections.secret import Secret
from adapters.platforms import mastodon_check, mastodon_look
from adapters.platforms.backoff import Backoff
from adapters.platforms.mastodon_limits import Limits
from adapters.platforms.mastodon_listen import EVERY, SLOWLY, Listening
from adapters.platforms.mastodon_parse import NAME
from adapters.platforms.mastodon_send import Request, request, verdict
from adapters.platforms.mastodon_wire import DEADLINE, ID, Wire
from bot.nouns.caution import Length
from bot.nouns.delivery import (
    Absent,
    Account,
    Cleared,
    Delivery,
    How,
    NotSent,
    Posted,
    Reach,
    ToAccount,
    ToPost,
    Unknown,
    Way,
)
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Clock, Door, Finding

#: A local name has at most 30 characters, and only the local part of a mention counts: `@`, the name and a space.
ADDRESS: Final = 32
_REMEMBERED: Final = 1000


class Mastodon:
    """One account on one server. Raises WrongSettings for an address that is none.

    `token`: one that is changed while we run counts from the next question on. `every`: seconds between two polls when the
    stream is silent.
    """

    def __init__(self, url: str, token: Secret, session: ClientSession, clock: Clock, *, every: float = EVERY) -> None:
        self._wire = Wire(url, token, session, clock)
        self._every = every
        self._limits = Limits(self._wire)
        self._began: OrderedDict[str, datetime] = OrderedDict()

    @property
    def name(self) -> str:
        """Always `mastodon`."""
        return NAME

    def trouble(self) -> str | None:
        """A sentence for health while our token is not accepted, or is of another account; else None."""
        return self._wire.trouble

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None: Mastodon has no webhooks for accounts."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Until cancelled. While the token is refused it asks every five minutes, and once it is another; `trouble` says so."""
        backoff = Backoff(first=2.0, longest=120.0)
        try:
            while not (me := await self._wire.account()):
                await self._wire.rests(SLOWLY if self._wire.trouble else backoff.next())
            await self._limits.learn()
            await Listening(self._wire, me, hear, every=self._every).run(since)
        finally:
            self._wire.forget_trouble()  # whoever listens now knows; here it would stay until somebody asks something

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The mention as it stands, with its author's later words and ours."""
        if not ID.fullmatch(key.id):
            return CannotTell(because="That is no id of a Mastodon post.")
        me = await self._wire.account()
        if not me:
            return CannotTell(because=self._wire.trouble or "Mastodon does not answer.")
        return await mastodon_look.look_again(self._wire, key, me)

    def reach(self, subject: Mention | Account) -> Reach:
        """By API; by hand while our token is not accepted. A private word needs somebody to address."""
        way = Way(how=How.API)
        if self._wire.trouble:
            way = Way(how=How.HAND, because=self._wire.trouble)
        if isinstance(subject, Mention) and subject.author.handle:
            return Reach(public=way, private=way)
        if isinstance(subject, Mention):
            nobody = Way(how=How.NONE, because="we do not know who wrote it")
            return Reach(public=Way(how=How.HAND, because=nobody.because), private=nobody)
        return Reach(public=way, private=Way(how=How.NONE, because="an account of ours has no private side"))

    def measure(self, words: str) -> Length:
        """As the server counts. Room is kept for `@name ` where the words do not begin with a mention.

        While the server has not told, it counts as most servers do and asks in the background.
        """
        self._limits.wanted()
        room = self._limits.room
        return Length(used=room.used(words), limit=room.limit - (0 if words.startswith("@") else ADDRESS))

    async def send(self, cleared: Cleared) -> Delivery:
        """One attempt within eight seconds. The attempt key goes along as Idempotency-Key, kept for an hour."""
        if not _sound(cleared):
            return NotSent(because="That is no id of a Mastodon post.")
        asked: Request | NotSent = NotSent(because="Mastodon did not answer in time.")
        try:
            async with asyncio.timeout(DEADLINE):
                if await self._wire.token() is None:
                    return NotSent(because=self._wire.trouble or "Mastodon does not answer.")
                asked = await self._request(cleared)
                if isinstance(asked, NotSent):
                    return asked
                return await self._attempt(cleared, asked)
        except TimeoutError:  # what was asked before the words were on their way has sent nothing
            return asked if isinstance(asked, NotSent) else Unknown(because="Mastodon did not answer in time.")

    async def _attempt(self, cleared: Cleared, asked: Request) -> Delivery:
        now = (await self._wire.clock.now()).wall
        self._began.setdefault(cleared.attempt_key, now)
        while len(self._began) > _REMEMBERED:
            self._began.popitem(last=False)
        got = await self._wire.ask(asked.method, asked.path, json=asked.json, headers=asked.headers)
        return verdict(asked, got, now)

    async def _request(self, cleared: Cleared) -> Request | NotSent:
        opening: str | None = ""
        if isinstance(cleared.target, ToPost) and cleared.words.text:
            opening = await mastodon_look.opening(self._wire, cleared.target.key)
        if opening is None:
            return NotSent(because="Our post could not be read, so it was not changed.")
        asked = request(cleared, self._limits.room, opening)
        if isinstance(asked, NotSent) and self._limits.known is None:  # there may be room: only the listener was told
            await self._limits.learn()
            asked = request(cleared, self._limits.room, opening)
        return asked

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Whether these words stand there already."""
        me = await self._wire.account()
        if not me or not _sound(cleared):
            return CannotTell(because=self._wire.trouble or "Mastodon does not answer.")
        return await mastodon_look.find(self._wire, cleared, me, self._began.get(cleared.attempt_key))

    async def check(self) -> Sequence[Finding]:
        """Account, scopes and limits, each with what to press where it is missing."""
        await self._limits.learn()
        return await mastodon_check.check(self._wire, self._limits.known)


def _sound(cleared: Cleared) -> bool:
    """Whether the id we are about to put into an address is one."""
    return isinstance(cleared.target, ToAccount) or bool(ID.fullmatch(cleared.target.key.id))
