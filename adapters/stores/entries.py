"""News as the inbox keeps it: dedupe id, person, and a locked body. Pure but for chance."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import NamedTuple

from adapters.stores.blob import Spoken, dump, load_news, news_in, plain_news
from adapters.stores.crypt import PersonKey, Secrets, lock, unlock
from adapters.stores.vault import Locked, RedisVault, new_ref
from bot.errors import Tampered
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, News, Said, Unreadable
from bot.nouns.words import Words
from bot.ports import Work

_INLINE = "inbox"  # the place that a body without words is bound to
_SPOT = 16  # characters of a ref behind its dot
_NO_WORDS = b"-" * (_SPOT + 64)
_pack = Struct(">IH").pack
_EPOCH = datetime.fromtimestamp(0, UTC)
_REMEMBERED = 4096
_LOST = "It was stored, and what the store gives back cannot be opened."


class Entry(NamedTuple):
    """One piece of news, ready. `ref` is '' where it has no words: then the blob stands in the entry itself.

    `fresh`: the key was made just now, and the store may not know it. (A tuple: one is made for every mention.)
    """

    news: News
    seen: bytes
    person: str
    ref: str
    seal: str
    body: bytes
    key: PersonKey
    fresh: bool
    blob: bytes

    def under(self, key: PersonKey, fresh: bool) -> "Entry":
        """The same, locked with another key of that person."""
        return self._replace(key=key, fresh=fresh, blob=lock(key, self.ref or _INLINE, self.body))

    def packed(self, number: int) -> bytes:
        """As the script takes it; `number` is its person's."""
        words = f"{self.ref[-_SPOT:]}{self.seal}".encode() if self.ref else _NO_WORDS
        return _pack(2 + len(self.seen) + len(words) + len(self.blob), number) + self.seen + words + self.blob


class Writer:
    """Makes entries. It remembers the last few thousand persons' keys, as the store had them."""

    def __init__(self, vault: RedisVault) -> None:
        self._vault = vault
        self._secrets = vault.secrets
        self._known: OrderedDict[str, tuple[PersonKey, bool]] = OrderedDict()

    def entry(self, news: News) -> Entry:
        """`news`, locked with the key we believe its person to have."""
        seen = _identity(self._secrets, news)
        match news:
            case Said(mention=mention) | Edited(mention=mention):
                return self._spoken(news, seen, self._vault.person(mention.key.platform, mention.author, mention.key))
            case AnsweredByUs():
                return self._spoken(news, seen, self._vault.team)
            case Deleted() | Unreadable() | Gap():
                key, fresh = self._key(self._vault.team)
                body = dump(news)
                return Entry(news, seen, self._vault.team, "", "", body, key, fresh, lock(key, _INLINE, body))

    def _spoken(self, news: Spoken, seen: bytes, person: str) -> Entry:
        plain = plain_news(news)
        key, fresh = self._key(person)
        ref = new_ref(person)
        return Entry(news, seen, person, ref, plain.seal, plain.body, key, fresh, lock(key, ref, plain.body))

    def _key(self, person: str) -> tuple[PersonKey, bool]:
        known = self._known.get(person)
        return self._remember(person, self._secrets.new_key(person), True) if known is None else known

    def stored(self, entry: Entry) -> None:
        """The store has confirmed this entry's key."""
        if entry.fresh and self._known.get(entry.person, (None, False))[0] is entry.key:
            self._known[entry.person] = (entry.key, False)

    def doubt(self, entry: Entry) -> None:
        """Nobody can tell whether the store has this entry's key. A new one is made if it hasn't."""
        if entry.fresh:
            self._known.pop(entry.person, None)

    def correct(self, person: str, wrapped: bytes) -> tuple[PersonKey, bool]:
        """The store has this key for the person, or none (b''): they were forgotten, and get a new one."""
        if wrapped:
            return self._remember(person, self._secrets.key(person, wrapped), False)
        return self._remember(person, self._secrets.new_key(person), True)

    def _remember(self, person: str, key: PersonKey, fresh: bool) -> tuple[PersonKey, bool]:
        self._known[person] = (key, fresh)
        self._known.move_to_end(person)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return key, fresh


def _identity(secrets: Secrets, news: News) -> bytes:
    """What makes a second arrival of the same news a duplicate, for ever."""
    match news:
        case Said(mention=mention):
            return secrets.hashed("said", mention.key.platform, mention.key.id)
        case Edited(mention=mention):
            now = (mention.text, str(mention.rating), str(mention.media))
            return secrets.hashed("edited", mention.key.platform, mention.key.id, *now)
        case Deleted(key=key):
            return secrets.hashed("deleted", key.platform, key.id)
        case AnsweredByUs(ours=ours):
            return secrets.hashed("answered", ours.platform, ours.id)
        case Unreadable(source=source, raw=raw):
            return secrets.hashed("unreadable", source, raw)
        case Gap(source=source, since=since, until=until):
            return secrets.hashed("gap", source, since.isoformat(), until.isoformat())


Fields = Mapping[bytes, bytes]


def ref_of(fields: Fields) -> str:
    """Where an entry's body lies in the vault; '' where it stands in the entry."""
    return fields.get(b"r", b"").decode()


def read(secrets: Secrets, id: str, fields: Fields, locked: Locked | None, team_key: bytes | None, tries: int) -> Work:
    """An entry as work. `locked`: what the vault holds under its ref. One that does not open is Unreadable."""
    arrived = _EPOCH + timedelta(milliseconds=int(fields[b"a"]))
    ref = ref_of(fields)
    try:
        if locked is None:
            return Work(id=id, news=_inline(secrets, fields, team_key), arrived=arrived, tries=tries)
        news = _from_vault(secrets, locked)
    except (Tampered, ValueError, RecursionError):
        return Work(id=id, news=Unreadable(source="", raw="", because=_LOST), arrived=arrived, tries=tries)
    text = news.words if isinstance(news, AnsweredByUs) else news.mention.text
    words = Words(ref=ref, seal=fields[b"s"].decode(), text=text)
    return Work(id=id, news=news, person=ref.rpartition(".")[0], words=words, arrived=arrived, tries=tries)


def _from_vault(secrets: Secrets, locked: Locked) -> Spoken:
    body = locked.open(secrets)
    news = None if body is None else news_in(body)
    if not isinstance(news, Spoken):
        raise Tampered(_LOST)
    return news


def _inline(secrets: Secrets, fields: Fields, team_key: bytes | None) -> News:
    if team_key is None:
        raise Tampered(_LOST)
    return load_news(unlock(secrets.key(RedisVault.team, team_key), _INLINE, fields[b"p"]))
