"""The vault: texts and personal fields, encrypted with a random key for each person that a master secret wraps.

All that is known of a person lies in one hash, their wrapped key in it; deleting that hash forgets them.
"""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.stores.beat import StoreTime
from adapters.stores.blob import opened, plain_news, plain_text
from adapters.stores.connect import Store
from adapters.stores.crypt import PersonKey, Secrets, lock, unlock
from adapters.stores.erase import erase
from adapters.stores.hashes import NEWEST, Layout
from adapters.stores.keys import Keys
from adapters.stores.list_of_forgotten import note
from adapters.stores.replicas import wait_replicas
from adapters.stores.script import Argument, Script
from bot.errors import StoreAway
from bot.nouns.mention import Author, Mention, MentionKey, Said
from bot.nouns.words import Forgotten, Words
from bot.ports import Opened, Sealed

_key = Script("person_key")
_texts = Script("texts")
_GONE = Opened(text=Forgotten())


@dataclass(frozen=True, slots=True)
class Locked:
    """What the store keeps under a ref: its person's wrapped key, and the blob."""

    ref: str
    wrapped: bytes | None
    blob: bytes | None

    def open(self, secrets: Secrets) -> bytes | None:
        """What was locked; None where nothing readable is left. Raises Tampered."""
        if self.wrapped is None or self.blob is None:
            return None
        return unlock(secrets.key(self.ref.rpartition(".")[0], self.wrapped), self.ref, self.blob)


class RedisVault:
    """The port Vault. `master` is the master secret; `team` in `keys` tells teams apart under one secret.

    `forgotten`: a file outside the store in which everybody who is forgotten is listed too. `layout`: the store's.

    Every method with `await` raises StoreAway, and Tampered for what does not fit its key.
    """

    team = "team"

    def __init__(
        self,
        store: Store,
        keys: Keys,
        master: bytes,
        forgotten: Path | None = None,
        layout: Layout = NEWEST,
    ) -> None:
        self._store = store
        self._forgotten = forgotten
        self._keys = keys
        self.secrets = Secrets(master, keys.team, layout)

    def person(self, platform: str, author: Author, key: MentionKey) -> str:
        """The author's vault key, 32 hex digits: by their id, else their handle, else of this one mention."""
        match author:
            case Author(id=known) if known:
                return self.secrets.hashed("author", platform, known).hex()
            case Author(handle=handle) if handle:
                return self.secrets.hashed("handle", platform, handle.casefold()).hex()
            case _:
                return self.secrets.hashed("anonymous", key.platform, key.id).hex()

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one other use, the same on every replica."""
        return self.secrets.derive(purpose)

    def mention_ref(self, key: MentionKey) -> str:
        """What stands for a mention's id wherever ids are kept for ever; 32 hex digits."""
        return self.secrets.hashed("mention", key.platform, key.id).hex()

    def tokens(self, text: str) -> tuple[str, ...]:
        """The blind index tokens of a text's words: what a search asks for, and what `Sealed.tokens` holds."""
        return self.secrets.tokens(text)

    async def seal(self, person: str, text: str) -> Sealed:
        """A text ready to be stored. It can be searched for."""
        plain = plain_text(text)
        return await self._seal(person, plain.seal, plain.body, text, text)

    async def seal_mention(self, mention: Mention) -> Sealed:
        """A mention's text, its personal fields and its payload, in one blob. Searched by text and author."""
        person = self.person(mention.key.platform, mention.author, mention.key)
        plain = plain_news(Said(mention=mention))
        return await self._seal(person, plain.seal, plain.body, mention.text, _searched(mention))

    def index(self, words: Words, mention: Mention) -> Sealed:
        """The tokens of a mention whose text lies in the vault already, as `words`; the blob is empty."""
        person = words.ref.rpartition(".")[0]  # who lies there was worked out when it came in
        return Sealed(words=words, person=person, blob=b"", tokens=self.tokens(_searched(mention)))

    async def _seal(self, person: str, sealed: str, body: bytes, text: str, searched: str) -> Sealed:
        key = await self.key(person)
        ref = new_ref(person)
        words = Words(ref=ref, seal=sealed, text=text)
        return Sealed(words=words, person=person, blob=lock(key, ref, body), tokens=self.tokens(searched))

    async def key(self, person: str) -> PersonKey:
        """Their key; a new one where they have none, whoever else asks at the same time.

        Every replica has it: a text that is locked with a key which a failover forgot would be lost. The team's own was there
        before anything else.
        """
        self._store.require_space()
        made, primary = self.secrets.new_key(person), self._store.primary.id
        match await _key(self._store.client, [self._keys.person(person)], [made.wrapped]):
            case bytes(wrapped):
                if person != self.team and not self._store.embedded:
                    await wait_replicas(self._store, self._keys, primary)
                return self.secrets.key(person, wrapped)
            case _:
                raise StoreAway("The store gave an answer we do not know.")

    async def open(self, words: Sequence[Words]) -> Sequence[Words]:
        """The same words with their text; Forgotten where nothing readable is left."""
        found = await self.open_all([one.ref for one in words])
        return [one.model_copy(update={"text": found[one.ref].text}) for one in words]

    async def open_all(self, refs: Sequence[str]) -> Mapping[str, Opened]:
        """What lies under each ref, in one round trip. Every ref is in the answer."""
        bodies = await self.bodies(refs)
        return {ref: _GONE if body is None else opened(body) for ref, body in bodies.items()}

    async def bodies(self, refs: Sequence[str]) -> Mapping[str, bytes | None]:
        """What was locked under each ref; None where nothing readable is left."""
        return {ref: found.open(self.secrets) for ref, found in (await self.fetch(refs)).items()}

    async def fetch(self, refs: Sequence[str]) -> Mapping[str, Locked]:
        """The same, unopened, so that one that does not open stands in nobody's way."""
        spots: dict[str, list[str]] = defaultdict(list)
        for ref in dict.fromkeys(refs):
            person, _, spot = ref.rpartition(".")
            spots[person].append(spot)
        if not spots:
            return {}
        return {
            f"{person}.{spot}": Locked(f"{person}.{spot}", wrapped, blob)
            for (person, asked), (wrapped, *blobs) in zip(spots.items(), await self._ask(spots), strict=True)
            for spot, blob in zip(asked, blobs, strict=True)
        }

    async def _ask(self, spots: Mapping[str, Sequence[str]]) -> Sequence[Sequence[bytes | None]]:
        args: list[Argument] = []
        for asked in spots.values():
            args += (len(asked), *asked)
        answers: Any = await _texts(self._store.client, [self._keys.person(person) for person in spots], args)
        found: Sequence[Sequence[bytes | None]] = answers
        return found

    async def forget(self, persons: Sequence[str]) -> int:
        """Destroy their keys, texts, salts and index entries, and have the store rewrite its file.

        Returns how many of them the vault knew. May be repeated, and is to be after StoreAway.
        """
        for person in persons:
            self.secrets.forget(person)
        if self._forgotten is not None and persons:
            note(self._forgotten, persons, (await StoreTime(self._store, self._keys)()).timestamp())
        return await erase(self._store, self._keys, persons)


def new_ref(person: str) -> str:
    """A new place for a text of that person."""
    return f"{person}.{os.urandom(8).hex()}"


def _searched(mention: Mention) -> str:
    return f"{mention.text} {mention.author.name} {mention.author.handle}"
