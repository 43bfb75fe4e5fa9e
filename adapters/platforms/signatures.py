"""Who knocks: a bearer token, or a Standard Webhooks signature (standardwebhooks.com). Every comparison takes constant time."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

#: A signed request older or newer than this is refused; within it the store's memory of ids answers "duplicate".
TOLERANCE: Final = 300.0
PREFIX: Final = "whsec_"


class Lock:
    """One source's secret. One that begins with `whsec_` wants signatures, any other a bearer token.

    Raises ValueError where what follows `whsec_` is not base64 or holds fewer than 16 bytes.
    """

    __slots__ = ("_key", "_signed")

    def __init__(self, secret: str) -> None:
        self._signed = secret.startswith(PREFIX)
        if self._signed:
            self._key = _decode(secret.removeprefix(PREFIX))
        else:
            self._key = hashlib.sha256(_bytes(secret)).digest()

    def opens(self, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
        """Whether this request holds the secret. Header names in lower case; `now` is aware."""
        return self._verify(headers, body, now) if self._signed else self._bears(headers)

    def _bears(self, headers: Mapping[str, str]) -> bool:
        scheme, _, token = headers.get("authorization", "").strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return False
        return hmac.compare_digest(hashlib.sha256(_bytes(token.strip())).digest(), self._key)

    def _verify(self, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
        name, stamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not name or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            return False
        if abs(now.timestamp() - int(stamp)) > TOLERANCE:
            return False
        signed = hmac.new(self._key, _bytes(f"{name}.{stamp}.") + body, hashlib.sha256).digest()
        good = False
        for each in headers.get("webhook-signature", "").split(" ")[:16]:
            version, _, value = each.partition(",")
            good |= version == "v1" and hmac.compare_digest(base64.b64encode(signed), _bytes(value))
        return good


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _decode(text: str) -> bytes:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise ValueError("what follows whsec_ is not base64") from None
    if len(key) < 16:
        raise ValueError("what follows whsec_ holds fewer than 16 bytes")
    return key
