"""What proves that a press was handed out by us, to this person, with exactly these values (failures C8)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

_PRESS = b"coolhead web press"
_SAID = b"coolhead web said"


@dataclass(frozen=True, slots=True)
class Acted:
    """What a press acts on: everything its signature covers but the person."""

    act: str
    incident: str
    conversation: str
    values: Mapping[str, str]

    @property
    def packed(self) -> str:
        """The values as they travel in a page."""
        return json.dumps(dict(sorted(self.values.items())), separators=(",", ":"))


class Signer:
    """Signs with keys of its own, derived from `secret`."""

    def __init__(self, secret: bytes) -> None:
        self._press = hmac.digest(secret, _PRESS, "sha256")
        self._said = hmac.digest(secret, _SAID, "sha256")

    def press(self, person: str, acted: Acted) -> str:
        """The signature of a press in the hands of `person`."""
        parts = [person, acted.act, acted.incident, acted.conversation, acted.packed]
        return _mac(self._press, json.dumps(parts))

    def holds(self, signature: str, person: str, acted: Acted) -> bool:
        """Whether `signature` is that press's."""
        return hmac.compare_digest(self.press(person, acted).encode(), signature.encode("utf-8", "replace"))

    def said(self, session: str, text: str) -> str:
        """The signature of a line that is shown once, on the next page of `session`."""
        return _mac(self._said, json.dumps([session, text]))

    def was_said(self, signature: str, session: str, text: str) -> bool:
        """Whether we wrote that line."""
        return hmac.compare_digest(self.said(session, text).encode(), signature.encode("utf-8", "replace"))


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def unpack(packed: str) -> Mapping[str, str] | None:
    """Values as they came back, or None where they are no flat object of texts."""
    try:
        values = json.loads(packed)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        return None
    return values
