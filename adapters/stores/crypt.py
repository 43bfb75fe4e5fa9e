"""The vault's cryptography: what is derived from the master secret, and how a text becomes a blob. Asks nobody.

A master secret gives three keys by HKDF-SHA256: one wraps the persons' keys, one hashes ids, one hashes words for the
blind index. Everything is AES-256-GCM with a random 12-byte nonce; a ciphertext is bound to the place it was made for,
so one that was moved somewhere else is refused. Ids and words are hashed as the store's layout says: with keyed BLAKE2b
(RFC 7693), a pseudorandom function as HMAC is one at a third of its price, or as 0.1.0 did, with HMAC-SHA256.
"""

import os
import re
from collections import OrderedDict
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from adapters.stores.hashes import NEWEST, Layout, keyed
from bot.errors import Tampered

_NONCE = 12
_KEY = 32
_FORM = b"\x01"  # how what follows is made; another byte is another way
_FENCED = b"\x02"  # the same, in a store that a version without layouts must not open
_SHORT = 16  # bytes of an id's keyed hash
_TOKEN = 8  # bytes of a word's
_WORD = re.compile(r"[^\W_]+")
_MOST_TOKENS = 400  # distinct words of one text that can be searched for
_KEPT = 4096  # persons whose keys are kept unwrapped
_KEPT_WORDS = 20_000  # words whose tokens are remembered, as many as the listeners keep: in a storm all use the same


class PersonKey(NamedTuple):
    """One person's key: as the store keeps it, and unwrapped. (A tuple: one is made for every newcomer.)

    Thousands are remembered, so it is the bare 32 bytes: a cipher that is ready for use is larger by far, and making
    one takes a microsecond.
    """

    wrapped: bytes
    secret: bytes


class Secrets:
    """What one team's vault derives from the master secret. Texts may hold anything, lone surrogates too."""

    def __init__(self, master: bytes, team: str, layout: Layout = NEWEST) -> None:
        derived = HKDF(SHA256(), 3 * _KEY, salt=None, info=b"coolhead vault 1 " + team.encode()).derive(master)
        self._wrapping = AESGCM(derived[:_KEY])
        self._ids = derived[_KEY : 2 * _KEY]
        self._hash = keyed(layout, self._ids, _SHORT)
        self._index = keyed(layout, derived[2 * _KEY :], _TOKEN)
        self._token = lru_cache(maxsize=_KEPT_WORDS)(self._hidden)
        self._unwrapped: OrderedDict[tuple[str, bytes], PersonKey] = OrderedDict()
        self._latest: dict[str, PersonKey] = {}

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one other use, told apart by `purpose`."""
        return HKDF(SHA256(), _KEY, salt=None, info=b"coolhead use 1 " + purpose.encode()).derive(self._ids)

    def hashed(self, kind: str, first: str, second: str, *more: str) -> bytes:
        """16 bytes that stand for these parts and tell nothing of them. Different parts give different bytes."""
        told = f"{kind}\n{len(first)}:{first}\n{len(second)}:{second}"
        if more:
            told += "".join([f"\n{len(part)}:{part}" for part in more])
        return self._hash(told.encode("utf-8", "surrogatepass"))

    def tokens(self, text: str) -> tuple[str, ...]:
        """The blind index tokens of a text's first 400 distinct words, in order, 16 hex digits each."""
        words = dict.fromkeys(_WORD.findall(text.casefold()))
        return tuple(map(self._token, islice(words, _MOST_TOKENS)))

    def _hidden(self, word: str) -> str:
        return self._index(word.encode("utf-8", "surrogatepass")).hex()

    def new_key(self, person: str) -> PersonKey:
        """A fresh random key for a person, wrapped."""
        chance = os.urandom(_KEY + _NONCE)
        key, nonce = chance[:_KEY], chance[_KEY:]
        return PersonKey(_FORM + nonce + self._wrapping.encrypt(nonce, key, person.encode()), key)

    @staticmethod
    def fenced(wrapped: bytes) -> bytes:
        """The same wrapped key, in a form that versions without layouts do not open."""
        return _FENCED + wrapped[1:]

    def key(self, person: str, wrapped: bytes) -> PersonKey:
        """A person's key as the store keeps it, made ready. Raises Tampered where the master secret does not open it."""
        known = self._unwrapped.get((person, wrapped))
        if known is not None:
            self._unwrapped.move_to_end((person, wrapped))
            return known
        plain = _FORM + wrapped[1:] if wrapped.startswith(_FENCED) else wrapped
        key = _open(self._wrapping, plain, person.encode(), "The master secret does not fit the vault's keys.")
        made = PersonKey(wrapped, key)
        self._unwrapped[person, wrapped] = self._latest[person] = made
        if len(self._unwrapped) > _KEPT:
            (gone, _), _ = self._unwrapped.popitem(last=False)
            self._latest.pop(gone, None)
        return made

    def latest(self, person: str) -> PersonKey | None:
        """The person's key as it was unwrapped last, if it is still remembered. They may have another by now."""
        return self._latest.get(person)

    def forget(self, person: str) -> None:
        """No unwrapped key of that person is left in memory, and none of the words that were hashed."""
        self._token.cache_clear()
        self._latest.pop(person, None)
        for known in [known for known in self._unwrapped if known[0] == person]:
            del self._unwrapped[known]


def lock(key: PersonKey, place: str, plain: bytes) -> bytes:
    """`plain` as a blob that opens only with that key, at that place."""
    nonce = os.urandom(_NONCE)
    return _FORM + nonce + AESGCM(key.secret).encrypt(nonce, plain, place.encode())


def unlock(key: PersonKey, place: str, blob: bytes) -> bytes:
    """What `lock` was given. Raises Tampered for anything else."""
    return _open(AESGCM(key.secret), blob, place.encode(), "A text in the vault does not fit its key or its place.")


def _open(cipher: AESGCM, blob: bytes, place: bytes, otherwise: str) -> bytes:
    if not blob.startswith(_FORM) or len(blob) <= len(_FORM) + _NONCE:
        raise Tampered(otherwise)
    body = blob[len(_FORM) :]
    try:
        return cipher.decrypt(body[:_NONCE], body[_NONCE:], place)
    except InvalidTag:
        raise Tampered(otherwise) from None
