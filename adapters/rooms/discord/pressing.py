"""What proves that a press was painted by us and says what it said then (failures C8). A press works for anybody who
may act, whoever it was shown to: whether they may is the desk's to say.

A `custom_id` is one of three: `1` and signs (a button; an option of *More* carries the same), `1m:` (the list *More*
itself, which says nothing), `1f:` and signs (a form's window).
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

from adapters.rooms.discord.packing import Pressed, from_bytes, from_signs, to_bytes, to_signs

#: What Discord takes.
LONGEST = 100
TEMPLATE = re.compile(r"1[!-~]{10,99}")
MORE = re.compile(r"1m:[0-9]{1,3}")
FORM = re.compile(r"1f:[!-~]{10,97}")
_PROOF = 8
_PURPOSE = b"coolhead discord press"
_TYPED = b"coolhead discord typed"


class Signer:
    """Signs with keys of its own, derived from `secret`."""

    def __init__(self, secret: bytes) -> None:
        self._press = hmac.digest(secret, _PURPOSE, "sha256")
        self._typed = hmac.digest(secret, _TYPED, "sha256")

    def pack(self, one: Pressed) -> str:
        """The press as a button's `custom_id`. ValueError where it does not fit; nothing is ever cut."""
        return self._signed("1", b"press", one)

    def unpack(self, custom_id: str) -> Pressed | None:
        """The press of that `custom_id`; None where it is not one of ours, or was changed by a single sign."""
        return self._proved("1", b"press", custom_id)

    def pack_form(self, one: Pressed) -> str:
        """What a form's window acts on, as its `custom_id`."""
        return self._signed("1f:", b"form", one)

    def unpack_form(self, custom_id: str) -> Pressed | None:
        """What that window acts on; None where it is not ours."""
        return self._proved("1f:", b"form", custom_id)

    def seal(self, typed: Mapping[str, str]) -> str:
        """Sixteen hexadecimal digits that stand for what was typed into a form, name by name."""
        parts = "\x00".join(f"{name}\x01{typed[name]}" for name in sorted(typed))
        return hmac.new(self._typed, parts.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:16]

    def _proof(self, purpose: bytes, body: bytes) -> bytes:
        return hmac.digest(self._press, purpose + b"\x00" + body, "sha256")[:_PROOF]

    def _signed(self, start: str, purpose: bytes, one: Pressed) -> str:
        body = to_bytes(one)
        packed = start + to_signs(body + self._proof(purpose, body))
        if len(packed) > LONGEST:
            raise ValueError(f"a press of {one.act} does not fit into {LONGEST} characters")
        return packed

    def _proved(self, start: str, purpose: bytes, custom_id: str) -> Pressed | None:
        if not custom_id.startswith(start) or len(custom_id) > LONGEST:
            return None
        try:
            whole = from_signs(custom_id.removeprefix(start))
        except ValueError:
            return None
        body, proof = whole[:-_PROOF], whole[-_PROOF:]
        if not hmac.compare_digest(self._proof(purpose, body), proof):
            return None
        return from_bytes(body)
