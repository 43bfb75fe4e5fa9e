"""The signed inbox: whatever can send an HTTP request can tell us of a mention (`POST /hooks/inbox/{source}`)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final

from pydantic import SecretStr

from adapters.platforms.bucket import Bucket
from adapters.platforms.by_hand import ByHandPlatform
from adapters.platforms.inbox_json import Garbage, read_json
from adapters.platforms.inbox_schema import read_item
from adapters.platforms.problems import answer, later, problem
from adapters.platforms.signatures import Lock
from bot.errors import StoreAway, WrongSettings
from bot.nouns.caution import Length
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, How, Posted, Reach, Way
from bot.nouns.mention import CannotTell, Cursor, Deleted, Duplicate, Hear, Mention, MentionKey, News, Seen
from bot.nouns.team import Refusal
from bot.nouns.time import Now
from bot.ports import Clock, Door, Finding, Knock, Response

#: The largest body, in bytes, and the longest array.
LARGEST: Final = 1024 * 1024
MOST: Final = 500
#: A fuse against a runaway sender, far above what an honest one needs: requests a second, and at once.
RATE: Final = 10_000.0
BURST: Final = 20_000.0
#: When a sender may try again where nobody knows better, in seconds.
RETRY_AFTER: Final = 5.0
_JSON: Final = {"content-type": "application/json"}


class Inbox:
    """`tokens`: source -> secret; one that begins with `whsec_` wants Standard Webhooks signatures.

    A mention lies on the platform it names, else on one called like its source; those are answered by hand. Raises
    WrongSettings for a secret that cannot be used.
    """

    def __init__(
        self, tokens: Mapping[str, SecretStr], clock: Clock, *, rate: float = RATE, burst: float = BURST
    ) -> None:
        self._locks = {source: _lock(source, secret) for source, secret in tokens.items()}
        self._buckets = {source: Bucket(rate, burst) for source in tokens}
        self._clock = clock
        self._hands = ByHandPlatform("inbox")

    @property
    def name(self) -> str:
        """Always `inbox`."""
        return "inbox"

    def trouble(self) -> str | None:
        """Nothing here can fail by itself."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """The one door. It tells nobody which sources exist: without a valid secret every answer is 401."""
        return (Door("POST", "/hooks/inbox/{source}", partial(self._knocked, hear=hear)),)

    async def _knocked(self, knock: Knock, hear: Hear) -> Response:
        if len(knock.body) > LARGEST:
            return problem(413, "Too large", "A body may have at most 1 MB. Please send fewer mentions at once.")
        try:
            now = await self._clock.now()
        except StoreAway:
            return _nothing_kept("The store cannot be reached, so nothing was kept. Please try again later.")
        source = knock.values.get("source", "")
        return self._shut_out(knock, source, now) or await self._take(knock, source, now, hear)

    def _shut_out(self, knock: Knock, source: str, now: Now) -> Response | None:
        """Why this request is not read at all, or None. Nothing of the body is parsed before."""
        lock = self._locks.get(source)
        if lock is None or not lock.opens(knock.headers, knock.body, now.wall):
            if lock is None and self._holds_any(knock, now):
                return problem(404, "Unknown source", "No source of this name is set up. See COOLHEAD_INBOX_TOKENS.")
            return problem(
                401,
                "Not let in",
                "A valid bearer token or Standard Webhooks signature of this source is needed.",
                headers={"www-authenticate": "Bearer"},
            )
        wait = self._buckets[source].take(now.elapsed)
        if wait:
            return later(429, "Too many requests", "This source sends faster than it may. Please slow down.", wait)
        if not _is_json(knock.headers.get("content-type", "")):
            return problem(415, "Not JSON", "Please send application/json in UTF-8.")
        return None

    def _holds_any(self, knock: Knock, now: Now) -> bool:
        return any(each.opens(knock.headers, knock.body, now.wall) for each in self._locks.values())

    async def _take(self, knock: Knock, source: str, now: Now, hear: Hear) -> Response:
        value = read_json(knock.body)
        if isinstance(value, Garbage):
            return problem(400, "Unreadable", value.because)
        match value:
            case dict():
                items: list[Any] = [value]
            case list():
                items = value
            case _:
                return problem(422, "Not a mention", "The body must be one object or an array of them.")
        if not 1 <= len(items) <= MOST:
            return problem(422, "Wrong number", f"An array must hold 1 to {MOST} mentions.")
        news, rejected = _sift(items, source, now.wall)
        if not news:
            return problem(422, "Nothing was kept", rejected[0]["reason"], more={"rejected": rejected})
        return await _store(news, rejected, hear, now.wall)

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """We are only told: returns at once."""

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """There is nothing to ask."""
        return await self._hands.look_again(key)

    def reach(self, subject: Mention | Account) -> Reach:
        """By hand where there is an address to open."""
        public = Way(how=How.NONE, because="it came without an address")
        if isinstance(subject, Mention) and subject.url:
            public = Way(how=How.HAND, because="the inbox only listens")
        return Reach(public=public, private=Way(how=How.NONE, because="the inbox only listens"))

    def measure(self, words: str) -> Length:
        """5,000 code points."""
        return self._hands.measure(words)

    async def send(self, cleared: Cleared) -> Delivery:
        """A teammate posts it."""
        return await self._hands.send(cleared)

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """There is nothing to ask."""
        return await self._hands.find(cleared)

    async def check(self) -> Sequence[Finding]:
        """One finding: how many sources may knock."""
        count = len(self._locks)
        return (
            Finding(
                ok=count > 0,
                what=f"inbox: {count} source{'' if count == 1 else 's'} may send mentions",
                fix="" if count else "Set COOLHEAD_INBOX_TOKENS to name=token.",
            ),
        )


async def _store(news: Sequence[News], rejected: list[dict[str, Any]], hear: Hear, now: datetime) -> Response:
    heard = await hear(news, None)
    if isinstance(heard, Refusal):
        wait = (heard.until - now).total_seconds() if heard.until is not None else RETRY_AFTER
        return _nothing_kept(heard.because, wait)
    duplicates = sum([isinstance(each, Duplicate) for each in heard])
    if not rejected:
        return 200, _JSON, b'{"accepted":%d,"duplicates":%d,"rejected":[]}' % (len(heard) - duplicates, duplicates)
    return answer(200, {"accepted": len(heard) - duplicates, "duplicates": duplicates, "rejected": rejected})


def _sift(items: Sequence[Any], source: str, now: datetime) -> tuple[list[News], list[dict[str, Any]]]:
    news: list[News] = []
    rejected: list[dict[str, Any]] = []
    for index, raw in enumerate(items):
        read = read_item(raw, source, now)
        if isinstance(read, str):
            rejected.append({"index": index, "reason": read})
        else:
            news.append(read)
    return news, rejected


def _nothing_kept(because: str, seconds: float = RETRY_AFTER) -> Response:
    return later(503, "Nothing was kept", because, seconds)


@lru_cache(maxsize=64)
def _is_json(content_type: str) -> bool:
    kind, _, rest = content_type.lower().partition(";")
    kind = kind.strip()
    charset = rest.replace(" ", "").replace('"', "")
    if "charset=" in charset and "charset=utf-8" not in charset and "charset=utf8" not in charset:
        return False
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _lock(source: str, secret: SecretStr) -> Lock:
    try:
        return Lock(secret.get_secret_value())
    except ValueError as error:
        raise WrongSettings(f"COOLHEAD_INBOX_TOKENS, source {source}: {error}.") from None
