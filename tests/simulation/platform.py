"""The port Platform for those squares: the adapters of the trials, which listen here too, and show who wrote on in a thread."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.nouns.mention import (
    AnsweredByUs,
    Author,
    CannotTell,
    Cursor,
    Deleted,
    Edited,
    Hear,
    Mention,
    MentionKey,
    News,
    Seen,
)
from bot.nouns.mention import Said as SaidNews
from bot.nouns.team import Refusal
from bot.ports import Clock
from tests.chaos.square_adapter import Ask, Blind, Findable, Idempotent, Lost, Upsert
from tests.chaos.square_world import Asked, Said, Shape
from tests.fakes.clock import START

#: Seconds between two questions for what is new; so many entries are asked for once more each time.
EVERY, OVERLAP = 2.0, 2


class Listening(Findable):
    """`polls`: it asks for what is new; else it is only told. `date`: the time of the square's machine."""

    def __init__(self, name: str, ask: Ask, clock: Clock, *, polls: bool, date: Callable[[], datetime]) -> None:
        async def dated(asked: Asked) -> Said | Lost:
            got = await ask(asked)
            if isinstance(got, Said):  # every answer of a server shows the time of its machine
                clock.bear_witness(date())
            return got

        super().__init__(name, dated, clock)
        self._polls = polls

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Ask for what is new, until cancelled."""
        at = int(since.at) if since is not None else 0
        while self._polls:
            at = await self._news(at, hear)
            await self._clock.sleep(EVERY)

    async def _news(self, at: int, hear: Hear) -> int:
        asked_from = max(0, at - OVERLAP)
        got = await self.ask(Asked("GET", "/news", {"since": asked_from}, token=self.token))
        if not (isinstance(got, Said) and got.status == 200):
            return at
        news = [news_of(self.name, each) for each in got.body]
        new = max(at, asked_from + len(news))
        heard = await hear(news, Cursor(source=self.name, at=str(new)))
        return at if isinstance(heard, Refusal) else new

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """The mention and what follows it: our posts, and what its author wrote on."""
        got = await self.ask(Asked("GET", f"/mentions/{key.id}", token=self.token))
        match got:
            case Said(status=200, body=dict() as body):
                said = [SaidNews(mention=_mention(key.platform, each)) for each in body["said"]]
                ours = [_ours(key, each) for each in body["after"]]
                return Seen(mention=_mention(key.platform, body), after=(*said, *ours))
            case Said(status=404):
                return Deleted(key=key, at=(await self._clock.now()).wall)
            case _:
                return CannotTell(because="The square gave no answer that tells.")


class ListeningIdempotent(Listening, Idempotent):
    """Honours the attempt's key."""


class ListeningBlind(Listening, Blind):
    """Nothing of ours can be read again."""


class ListeningUpsert(Listening, Upsert):
    """One reply a mention."""


ADAPTERS: Mapping[Shape, type[Listening]] = {
    Shape.IDEMPOTENT: ListeningIdempotent,
    Shape.FINDABLE: Listening,
    Shape.BLIND: ListeningBlind,
    Shape.UPSERT: ListeningUpsert,
}


def news_of(platform: str, entry: Mapping[str, Any]) -> News:
    """An entry of a square's feed."""
    key = MentionKey(platform=platform, id=entry["id"])
    match entry["kind"]:
        case "said":
            return SaidNews(mention=_mention(platform, entry))
        case "edited":
            return Edited(mention=_mention(platform, entry))
        case "deleted":
            return Deleted(key=key, at=moment(entry["at"]))
        case _:
            to = MentionKey(platform=platform, id=entry["to"])
            return AnsweredByUs(key=to, ours=key, words=entry["words"], at=moment(entry["at"]))


def _mention(platform: str, body: Mapping[str, Any]) -> Mention:
    author = Author(id=body["author"], name=body["author"].title(), handle=f"@{body['author']}")
    key = MentionKey(platform=platform, id=body["id"])
    under = body.get("under") or ""
    return Mention(
        key=key, text=body["words"], author=author, at=moment(body["at"]), in_reply_to=under, source=platform
    )


def _ours(key: MentionKey, each: Mapping[str, Any]) -> AnsweredByUs:
    ours = MentionKey(platform=key.platform, id=each["id"])
    return AnsweredByUs(key=key, ours=ours, words=each["words"], at=moment(each["at"]))


def moment(true: float) -> datetime:
    """A true time as a moment."""
    return datetime.fromtimestamp(START.timestamp() + true, UTC)
