"""Small objects as short signed texts. What comes back changed is not read at all."""

import base64
import hashlib
import hmac
import json
import zlib
from typing import Any

#: The tags of the two ways of packing. A later way gets another tag, and what was packed in an older one is not read.
_PLAIN, _SMALL = "1", "2"


class Sealer:
    """Packs under one key, for one purpose."""

    def __init__(self, secret: bytes, purpose: bytes) -> None:
        self._key = hmac.digest(secret, purpose, "sha256")

    def pack(self, told: Any, longest: int) -> str | None:
        """`told` (anything JSON can hold) in at most `longest` ASCII characters; None where it does not fit."""
        body = json.dumps(told, separators=(",", ":"))
        packed = self._sealed(_PLAIN, body)
        if len(packed) > longest:
            packed = self._sealed(_SMALL, _encode(zlib.compress(body.encode(), 9)))
        return packed if len(packed) <= longest else None

    def unpack(self, packed: str) -> Any | None:
        """What was packed, or None where it was not packed so by us."""
        tag, _, rest = packed.partition(".")
        mac, _, body = rest.partition(".")
        if not hmac.compare_digest(self._mac(tag, body).encode(), mac.encode("utf-8", "replace")):
            return None
        return json.loads(_inflated(body) if tag == _SMALL else body)

    def _sealed(self, tag: str, body: str) -> str:
        return f"{tag}.{self._mac(tag, body)}.{body}"

    def _mac(self, tag: str, body: str) -> str:
        whole = f"{tag}.{body}".encode("utf-8", "surrogatepass")
        return _encode(hmac.new(self._key, whole, hashlib.sha256).digest())


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _inflated(body: str) -> bytes:
    """Only ever called on what we signed ourselves."""
    return zlib.decompress(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
