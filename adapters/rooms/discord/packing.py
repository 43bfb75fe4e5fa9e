"""A press in as few bytes as it takes: what it means, what it acts on, and nothing cut.

Discord gives a button 100 characters. Written with the 94 printable ASCII signs, 99 of them hold 81 bytes: a two-byte
head, the values, and eight bytes that prove the press is ours. Ids are hexadecimal, so each takes half its letters.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from adapters.rooms.discord.shapes import PREFIXES, SHAPES, WORDS

_FIRST_SIGN, _SIGNS = 0x21, 94


class How(IntEnum):
    """What a press is for. PRESS and ASK are gestures; the others work on a form's message (see reading.py)."""

    PRESS = 0
    ASK = 1
    OPEN = 2
    FINISH = 3
    KEEP = 4
    TAKE = 5
    INSTEAD = 6


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a press says. `slot` tells presses apart that mean the same in one message."""

    how: How
    act: str
    incident: str = ""
    conversation: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    slot: int = 0


_BY_KEY = {(shape[0], frozenset(shape[1:])): place for place, shape in enumerate(SHAPES)}

_PLAIN_SHAPE, _SLOTTED = 0xFFF, 0x1000
# Tags of a value: 0-127 is that number itself.
_HEX16, _HEX12, _HEX64, _WORD, _TEXT, _EMPTY, _SAME, _LARGER, _PAIR = (
    0x80,
    0x90,
    0xA0,
    0xB0,
    0xD0,
    0xD1,
    0xD2,
    0xD3,
    0xD4,
)
_ID = re.compile(r"(storm-|[a-z]?)([0-9a-f]{16}|[0-9a-f]{12})")
_INCIDENT = re.compile(r"i[0-9a-f]{16}")
_CONVERSATION = re.compile(r"c[0-9a-f]{16}")
_SEAL = re.compile(r"[0-9a-f]{64}")
_SMALL = re.compile(r"0|[1-9][0-9]{0,2}")


def to_bytes(one: Pressed) -> bytes:
    """The press as bytes. ValueError where a text of it is longer than 255 bytes."""
    key = _BY_KEY.get((one.act, frozenset(one.values)))
    head = one.how << 13 | (_SLOTTED if one.slot else 0) | (_PLAIN_SHAPE if key is None else key)
    parts = [head.to_bytes(2), *([bytes([one.slot])] if one.slot else [])]
    parts.append(_about(one.incident, one.conversation))
    if key is None:
        parts.append(_value(one.act))
        parts += [_value(text) for name in sorted(one.values) for text in (name, one.values[name])]
    else:
        parts += [_value(one.values[name]) for name in SHAPES[key][1:]]
    return b"".join(parts)


def from_bytes(packed: bytes) -> Pressed:
    """The same press. ValueError where it is none: only ever given what was proved to be ours."""
    reader = _Reader(packed)
    head = reader.number(2)
    slot = reader.number(1) if head & _SLOTTED else 0
    incident, conversation = reader.about()
    if (key := head & 0xFFF) == _PLAIN_SHAPE:
        act, values = reader.value(), dict[str, str]()
        while not reader.done:
            name = reader.value()
            values[name] = reader.value()
    else:
        act, *names = SHAPES[key]
        values = {name: reader.value() for name in names}
    return Pressed(How(head >> 13), act, incident, conversation, values, slot)


def _about(incident: str, conversation: str) -> bytes:
    """Both ids. An incident that opened with its conversation carries the same digits; most others are a pair."""
    if _INCIDENT.fullmatch(incident) and _CONVERSATION.fullmatch(conversation):
        if incident[1:] == conversation[1:]:
            return bytes([_SAME]) + bytes.fromhex(incident[1:])
        return bytes([_PAIR]) + bytes.fromhex(incident[1:] + conversation[1:])
    return _value(incident) + _value(conversation)


def _value(text: str) -> bytes:
    if not text:
        return bytes([_EMPTY])
    if text in WORDS:
        return bytes([_WORD + WORDS.index(text)])
    if _SMALL.fullmatch(text) and int(text) < _HEX16 + 0x100:
        return bytes([int(text)]) if int(text) < _HEX16 else bytes([_LARGER, int(text) - _HEX16])
    if _SEAL.fullmatch(text):
        return bytes([_HEX64]) + bytes.fromhex(text)
    if (found := _ID.fullmatch(text)) and found[1] in PREFIXES:
        tag = _HEX16 if len(found[2]) == 16 else _HEX12
        return bytes([tag + PREFIXES.index(found[1])]) + bytes.fromhex(found[2])
    body = text.encode("utf-8", "surrogatepass")
    if len(body) > 0xFF:
        raise ValueError("a value of a press is too long to be carried")
    return bytes([_TEXT, len(body)]) + body


class _Reader:
    def __init__(self, packed: bytes) -> None:
        self._left = packed

    @property
    def done(self) -> bool:
        return not self._left

    def take(self, count: int) -> bytes:
        if len(self._left) < count:
            raise ValueError("the press ends early")
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size))

    def about(self) -> tuple[str, str]:
        match self._left[:1]:
            case b"\xd2":
                digits = self.take(9)[1:].hex()
                return f"i{digits}", f"c{digits}"
            case b"\xd4":
                digits = self.take(17)[1:].hex()
                return f"i{digits[:16]}", f"c{digits[16:]}"
            case _:
                return self.value(), self.value()

    def value(self) -> str:
        tag = self.number(1)
        if tag < _HEX16:
            return str(tag)
        if tag < _HEX12:
            return PREFIXES[tag - _HEX16] + self.take(8).hex()
        if tag < _HEX64:
            return PREFIXES[tag - _HEX12] + self.take(6).hex()
        if tag == _HEX64:
            return self.take(32).hex()
        if tag < _TEXT:
            return WORDS[tag - _WORD]
        if tag == _TEXT:
            return self.take(self.number(1)).decode("utf-8", "surrogatepass")
        if tag == _LARGER:
            return str(self.number(1) + _HEX16)
        return ""


def to_signs(body: bytes) -> str:
    """Bytes as printable ASCII signs; how many there are tells how many bytes."""
    number, signs = int.from_bytes(body), list[str]()
    for _ in range(_count(len(body))):
        number, sign = divmod(number, _SIGNS)
        signs.append(chr(_FIRST_SIGN + sign))
    return "".join(signs)


def from_signs(signs: str) -> bytes:
    """The same bytes. ValueError where no bytes are written so."""
    number = 0
    for sign in reversed(signs):
        if not 0 <= ord(sign) - _FIRST_SIGN < _SIGNS:
            raise ValueError("a sign that none of ours is")
        number = number * _SIGNS + ord(sign) - _FIRST_SIGN
    size = int(len(signs) * math.log2(_SIGNS) // 8)
    if _count(size) != len(signs) or number >= 1 << 8 * size:
        raise ValueError("written as we never write")
    return number.to_bytes(size)


def _count(size: int) -> int:
    """How many signs so many bytes take."""
    return math.ceil(8 * size / math.log2(_SIGNS))
