"""All settings in force, with where each came from; secrets as dots."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from bot.nouns.base import Noun
from bot.nouns.time import QuietHours
from bot.settings_text import in_words

DOTS = "••••"


def plain(value: Any) -> str:
    """A value as a person would write it; a secret as dots, an absent one as ''."""
    match value:
        case SecretStr():
            return DOTS if value else ""
        case timedelta():
            return in_words(value)
        case QuietHours():
            return "" if value.begin == value.end else f"{value.begin:%H:%M}-{value.end:%H:%M} {value.zone}"
        case Mapping():
            return ", ".join(f"{name}={plain(each)}" for name, each in value.items())
        case tuple():
            return ", ".join(plain(each) for each in value)
        case Noun():
            return " ".join(plain(each) for _, each in value if each)
        case None:
            return ""
        case _:
            return str(value)


def of_noun(table: str, noun: Noun, origin: str) -> dict[str, dict[str, str]]:
    """The fields of one table, by `[table] field`. What differs from the default came from the file."""
    shown = {}
    for name, value in noun:
        same = value == type(noun).model_fields[name].default
        shown[f"[{table}] {name}"] = {"value": plain(value), "from": "default" if same else origin}
    return shown
