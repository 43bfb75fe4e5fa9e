"""What a form sends back, read: the letter before a field's name says how (paint_form.py gives it).

`f.` a text · `a.` one of several ticks · `m.` a moment in the reader's own zone · `n.` an amount with its unit in `u.`
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from adapters.rooms.web.paint_form import WORDS
from adapters.rooms.web.times import from_local_input

_MOST_FIELDS = 500
_UNITS = frozenset("mhd")


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it came. A name that came twice keeps its first value in `one`."""

    pairs: Sequence[tuple[str, str]]
    one: Mapping[str, str]


def posted(content_type: str, body: bytes) -> Posted | None:
    """A form's body, or None where it is none."""
    if content_type.split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return None
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="replace",
        )
    except ValueError:
        return None
    return Posted(pairs, dict(reversed(pairs)))


def filled(form: Posted, zone: ZoneInfo) -> Mapping[str, str]:
    """The fields' values by their own names, as a `Gesture` carries them."""
    values: dict[str, str] = {}
    for key, value in form.pairs:
        letter, dot, name = key.partition(".")
        if not dot or not name:
            continue
        text = value.replace("\r\n", "\n")
        match letter:
            case "f":
                values.setdefault(name, text)
            case "a":
                values[name] = f"{values[name]}\n{text}" if name in values else text
            case "m":
                values.setdefault(name, from_local_input(text, zone))
            case "n":
                unit = form.one.get(f"u.{name}", "m")
                values.setdefault(name, f"{text}{unit}" if text and unit in _UNITS else text)
            case _:
                continue
    return values


def improved(values: Mapping[str, str], form: Posted) -> Mapping[str, str]:
    """The values after a press that takes a suggestion's text or a caution's better wording, if it was one."""
    if (text := form.one.get("take")) is not None:
        return {**values, WORDS: text.replace("\r\n", "\n")}
    if (better := form.one.get("instead")) is not None:
        return {**values, WORDS: _instead(values.get(WORDS, ""), better)}
    return values


def _instead(words: str, better: str) -> str:
    """The better wording where the words it means still stand; with no words of its own it comes at the end."""
    try:
        asked = json.loads(better)
        was, at, now = str(asked["was"]), int(asked["at"]), str(asked["now"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return words
    if not was:
        return f"{words.rstrip()} {now}".strip()
    if words[at : at + len(was)] != was:
        at = words.find(was)
    if at < 0:
        return words
    before, after = words[:at], words[at + len(was) :]
    return f"{before}{now}{after}" if now else f"{before.rstrip(' ')}{after}"
