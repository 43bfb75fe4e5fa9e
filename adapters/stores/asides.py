"""What is kept aside: not forwarded, or in quarantine. Anyone can open both lists and bring something in.

An entry's particulars are locked under its author's key and lie in their hash, like the text itself, so forgetting a
person empties their place in these lists too.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.stores.away import away
from adapters.stores.blob import dump, mention_in
from adapters.stores.connect import Store
from adapters.stores.crypt import PersonKey, lock
from adapters.stores.keys import Keys
from adapters.stores.script import Script
from adapters.stores.vault import RedisVault
from bot.nouns.flag import Flag
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, News, Said, Unreadable
from bot.ports import Aside, Work

_put = Script("put_aside")
_take = Script("take_aside")
_LISTS = ("unforwarded", "quarantine")
_AT_ONCE = 1_000
_SPREAD = 100  # looked at beyond a page, in case many came in one millisecond

_CURSOR = re.compile(r"[0-9]{1,15}:[\x21-\x7e]{1,200}")  # anything else begins at the first page


class RedisAsides:
    """The port Asides. `which` is `unforwarded` or `quarantine`; newest first. Every method raises StoreAway."""

    def __init__(self, store: Store, keys: Keys, vault: RedisVault) -> None:
        self._store = store
        self._keys = keys
        self._vault = vault

    async def put(self, which: str, work: Work, flag: Flag | None, because: str) -> str:
        """Keep it aside; its ref, the same one for the same work. What was forgotten in between is not kept."""
        person = work.person or self._vault.team
        spot = self._vault.secrets.hashed("aside", which, work.id).hex()
        ref = f"{person}.{spot}"
        believed = None if work.words is None else self._vault.secrets.latest(person)
        if believed is not None and await self._put(which, work, ref, believed, flag, because):
            return ref  # as mostly: whoever sorts has just read what it is about
        key = await self._key_of(person, work)
        if key is not None:
            await self._put(which, work, ref, key, flag, because)
        return ref

    async def _put(self, which: str, work: Work, ref: str, key: PersonKey, flag: Flag | None, because: str) -> bool:
        """Whether that is the person's key, so that it lies there now."""
        row = Aside(
            ref=ref,
            at=work.arrived,
            source=source_of(work.news),
            raw=raw_of(work.news),
            flag=flag,
            because=because,
        )
        text = "" if work.words is None else work.words.ref
        blob = lock(key, ref, b'{"text":%b,"row":%b}' % (json.dumps(text).encode(), dump(row)))
        home, spot = self._keys.text(ref)
        self._store.require_space()
        put = await _put(self._store.client, [home, self._keys.aside(which)], [key.wrapped, spot, blob, _ms(row), ref])
        return put == 1

    async def _key_of(self, person: str, work: Work) -> PersonKey | None:
        """Their key; None where the text it is about was forgotten. A text is there only with its key."""
        if work.words is None:
            return await self._vault.key(person)
        text = (await self._vault.fetch([work.words.ref]))[work.words.ref]
        if text.wrapped is None or text.blob is None:
            return None
        return self._vault.secrets.key(person, text.wrapped)

    async def page(self, which: str, after: str = "", limit: int = 50) -> tuple[Sequence[Aside], str]:
        """Up to `limit` entries after what the page before handed back, and what to hand in next, '' at the end."""
        found: list[Aside] = []
        behind = after
        while len(found) <= limit:
            refs, behind = await self._refs(which, behind, limit + 1 - len(found))
            rows = await self._rows(refs)
            found += [rows[ref] for ref in refs if ref in rows]
            await self._drop(which, [ref for ref in refs if ref not in rows])
            if not behind:
                break
        page = found[:limit]
        return page, _cursor(page[-1]) if len(found) > limit else ""

    async def get(self, which: str, ref: str) -> Aside | None:
        """One entry; None where it was taken, or its author forgotten."""
        async with away():
            score = await self._store.client.execute_command("ZSCORE", self._keys.aside(which), _bytes(ref))
        return None if score is None else (await self._rows([ref])).get(ref)

    async def take(self, which: str, ref: str) -> None:
        """It no longer lies there. Its text stays in the vault for whoever brought it in."""
        if not ref.isascii():
            return
        self._store.require_space()
        home, spot = self._keys.text(ref)
        await _take(self._store.client, [home, self._keys.aside(which)], [spot, _bytes(ref)])

    async def forget(self, persons: Sequence[str]) -> int:
        """How many places of theirs lay in both lists; none of them lies there any more. Looks through both."""
        gone = 0
        for which in _LISTS:
            refs = [ref for person in persons for ref in await self._of(which, person)]
            for begin in range(0, len(refs), _AT_ONCE):
                some = refs[begin : begin + _AT_ONCE]
                async with away():
                    gone += await self._store.client.execute_command("ZREM", self._keys.aside(which), *some)
        return gone

    async def _of(self, which: str, person: str) -> Sequence[bytes]:
        """The refs in one list that are a person's."""
        found: list[bytes] = []
        cursor = 0
        while True:
            async with away():
                answer: Any = await self._store.client.zscan(
                    self._keys.aside(which), cursor, match=f"{person}.*", count=_AT_ONCE
                )
            cursor, some = answer
            found += [ref for ref, _ in some]
            if not cursor:
                return found

    async def _refs(self, which: str, after: str, limit: int) -> tuple[Sequence[str], str]:
        """The next refs, newest first, and a cursor behind the last; equal times are told apart by the ref."""
        top, _, last = after.partition(":") if _CURSOR.fullmatch(after) else ("", "", "")
        found: list[tuple[bytes, float]] = []
        offset = 0
        while len(found) <= limit:
            some = await self._some(which, top or "+inf", offset, limit + _SPREAD)
            found += [pair for pair in some if not last or pair[1] < float(top) or pair[0] < _bytes(last)]
            offset += len(some)
            if len(some) < limit + _SPREAD:
                break
        page = found[:limit]
        more = f"{int(page[-1][1])}:{page[-1][0].decode()}" if len(found) > limit else ""
        return [ref.decode() for ref, _ in page], more

    async def _some(self, which: str, top: str, offset: int, count: int) -> Sequence[tuple[bytes, float]]:
        async with away():
            found: Any = await self._store.client.zrevrangebyscore(
                self._keys.aside(which), top, "-inf", start=offset, num=count, withscores=True
            )
            return [(ref, float(score)) for ref, score in found]

    async def _rows(self, refs: Sequence[str]) -> Mapping[str, Aside]:
        """Those of which anything readable is left."""
        rows: dict[str, Aside] = {}
        texts: dict[str, str] = {}
        for ref, body in (await self._vault.bodies(refs)).items():
            if body is not None:
                held = json.loads(body)
                rows[ref] = Aside.model_validate(held["row"])
                texts[ref] = held["text"]
        bodies = await self._vault.bodies([text for text in texts.values() if text])
        for ref, text in texts.items():
            match bodies.get(text):
                case bytes(body):
                    rows[ref] = rows[ref].model_copy(update={"mention": mention_in(body)})
                case _ if text:
                    del rows[ref]
        return rows

    async def _drop(self, which: str, refs: Sequence[str]) -> None:
        """The places of forgotten persons."""
        for ref in refs:
            await self.take(which, ref)


def _bytes(ref: str) -> bytes:
    return ref.encode(errors="surrogatepass")


def _ms(row: Aside) -> int:
    return int(row.at.timestamp() * 1000)


def _cursor(row: Aside) -> str:
    return f"{_ms(row)}:{row.ref}"


def source_of(news: News) -> str:
    """Where it came from; '' where the news does not say."""
    match news:
        case Said(mention=mention) | Edited(mention=mention):
            return mention.source or mention.key.platform
        case Unreadable(source=source) | Gap(source=source):
            return source
        case Deleted(key=key) | AnsweredByUs(key=key):
            return key.platform


def raw_of(news: News) -> str:
    """What a person is shown of news that is no mention."""
    match news:
        case Said() | Edited():
            return ""
        case Unreadable(raw=raw):
            return raw
        case Deleted() | AnsweredByUs() | Gap():
            return dump(news).decode()
