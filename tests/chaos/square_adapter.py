"""The port Platform for the public square, one class a shape, written as a real one is: definite no's are listed,
everything else is Unknown, and only what the square shows is found."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.nouns.caution import Length
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, How, NotSent, Posted, Reach, ToAccount, Unknown, Way
from bot.nouns.mention import AnsweredByUs, Author, CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Clock, Door, Finding
from tests.chaos.square_world import Asked, Said, Shape

#: The whole of one question, in seconds.
DEADLINE = 7.5
_API = Reach(public=Way(how=How.API), private=Way(how=How.API))


@dataclass(frozen=True, slots=True)
class Lost:
    """No whole answer came."""

    because: str


#: How a question gets there: by HTTP, or inside a simulation.
Ask = Callable[[Asked], Awaitable[Said | Lost]]


def over_http(session: ClientSession, url: str, seconds: float = DEADLINE) -> Ask:
    """One attempt, on a connection of its own so that nothing asks a second time; a deadline of so many real seconds."""

    async def ask(asked: Asked) -> Said | Lost:
        headers = {"Authorization": f"Bearer {asked.token}", "Idempotency-Key": asked.key, "Connection": "close"}
        try:
            async with session.request(
                asked.method,
                url + asked.path,
                json=dict(asked.body),
                headers=headers,
                timeout=ClientTimeout(total=seconds, ceil_threshold=60),
                allow_redirects=False,
            ) as answer:
                return Said(answer.status, await answer.json())
        except TimeoutError:
            return Lost("The square did not answer in time.")
        except (ClientError, ValueError) as error:
            return Lost(f"The connection to the square broke ({type(error).__name__}).")

    return ask


class Findable:
    """Shows what we posted to whoever searches by words and place; honours no key."""

    def __init__(self, name: str, ask: Ask, clock: Clock) -> None:
        self._name = name
        self.ask = ask
        self._clock = clock
        self.token = "good"

    @property
    def name(self) -> str:
        """Of the platform."""
        return self._name

    def trouble(self) -> str | None:
        """Nothing it knows of."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """It is only told."""
        del since, hear

    def reach(self, subject: Mention | Account) -> Reach:
        """By API."""
        del subject
        return _API

    def measure(self, words: str) -> Length:
        """In code points."""
        return Length(len(words), 500)

    async def check(self) -> Sequence[Finding]:
        """Nothing is missing."""
        return ()

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The mention as it stands, with our answers under it where they are shown."""
        got = await self.ask(Asked("GET", f"/mentions/{key.id}", token=self.token))
        match got:
            case Said(status=200, body=dict() as body):
                return Seen(mention=_mention(key, body), after=tuple(_ours(key, each) for each in body["after"]))
            case Said(status=404):
                return Deleted(key=key, at=(await self._clock.now()).wall)
            case _:
                return CannotTell(because=_why(got))

    async def send(self, cleared: Cleared) -> Delivery:
        """One attempt."""
        text = cleared.words.text
        if not isinstance(text, str):
            return NotSent(because="The words are gone, so there is nothing to send.")
        body = self.body(cleared, text)
        try:
            async with asyncio.timeout(DEADLINE):
                got = await self.ask(Asked("POST", "/posts", body, cleared.attempt_key, self.token))
        except TimeoutError:
            return Unknown(because="The square did not answer in time.")
        return self._verdict(got, (await self._clock.now()).wall)

    def body(self, cleared: Cleared, text: str) -> Mapping[str, Any]:
        """What is asked for, or looked for."""
        return {"to": _to(cleared), "words": text}

    def _verdict(self, got: Said | Lost, now: datetime) -> Delivery:
        """Definite no's, each given before anything is written: 401 (token), 404 (what we answer is gone), 422 (too long),
        429 (slow down)."""
        match got:
            case Said(status=200, body={"id": str(id)}):
                return Posted(key=MentionKey(platform=self._name, id=id))
            case Said(status=401, body={"error": "invalid_token"}):
                return NotSent(because="The square no longer accepts our token.")
            case Said(status=404, body={"error": "not_found"}):
                return NotSent(because="What we wanted to answer is no longer there.")
            case Said(status=422, body={"error": "too_long"}):
                return NotSent(because="It is too long for the square.")
            case Said(status=429, body={"error": "slow_down", "seconds": float(seconds)}):
                return NotSent(because="The square asks us to slow down.", until=now + timedelta(seconds=seconds))
            case _:
                return Unknown(because=_why(got))

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Whether these words of ours stand there."""
        body = self.body(cleared, cleared.words.read(""))
        got = await self.ask(Asked("GET", "/posts", body, token=self.token))
        match got:
            case Said(status=200, body=[{"id": str(id)}, *_]):
                return Posted(key=MentionKey(platform=self._name, id=id))
            case Said(status=200, body=[]):
                return Absent(because="No such post of ours stands there.")
            case _:
                return CannotTell(because=_why(got))


class Idempotent(Findable):
    """Honours the attempt's key, too: the square makes of a second post with it the first one, for its window."""


class Upsert(Findable):
    """One reply a mention. Its look shows what would be overwritten."""


class Blind(Findable):
    """Nothing of ours can be read again."""

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Nobody can tell."""
        del cleared
        return CannotTell(because="The square shows nothing of ours.")


ADAPTERS: Mapping[Shape, type[Findable]] = {
    Shape.IDEMPOTENT: Idempotent,
    Shape.FINDABLE: Findable,
    Shape.BLIND: Blind,
    Shape.UPSERT: Upsert,
}


def _to(cleared: Cleared) -> str:
    return "" if isinstance(cleared.target, ToAccount) else cleared.target.key.id


def _mention(key: MentionKey, body: Mapping[str, Any]) -> Mention:
    author = Author(id=body["author"], name=body["author"].title(), handle=f"@{body['author']}")
    at = datetime.fromtimestamp(body["at"], UTC)
    return Mention(key=key, text=body["words"], author=author, at=at, source=key.platform)


def _ours(key: MentionKey, each: Mapping[str, Any]) -> AnsweredByUs:
    ours = MentionKey(platform=key.platform, id=each["id"])
    return AnsweredByUs(key=key, ours=ours, words=each["words"], at=datetime.fromtimestamp(each["at"], UTC))


def _why(got: Said | Lost) -> str:
    return got.because if isinstance(got, Lost) else f"The square answered {got.status}, which tells nothing."
