"""Signed heads: what makes a cut tail visible."""

import json
from datetime import datetime

from bot.nouns.base import Noun


class Anchor(Noun):
    """`hash` stood at `version` of a timeline `at` that moment. `incident` None: the team's own.

    `key` is the public key that `signature` was made with, both in hex (Ed25519).
    """

    incident: str | None
    version: int
    hash: str
    at: datetime
    key: str = ""
    signature: str = ""

    def covered(self) -> bytes:
        """The bytes that are signed: everything but key and signature, as canonical JSON."""
        plain = self.model_dump(mode="json", include={"incident", "version", "hash", "at"})
        return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode("ascii")
