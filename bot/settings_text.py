"""How a setting's text becomes a value: lengths of time, hours, lists, tokens. Each raises ValueError with the fix."""

import re
from collections.abc import Mapping
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.nouns.time import QuietHours

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")
_URL = re.compile(r"https?://[^\s/]")
_PORTS = 65535
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")


def length(text: str) -> timedelta:
    """`"90s"`, `"2m"`, `"1h"`, `"1h 30m"`, `"2d"`."""
    found = list(_LENGTH.finditer(text))
    if not found or _LENGTH.sub("", text).strip():
        raise ValueError(f'{text!r} is no length of time; write it like "90s", "2m" or "1h"')
    try:
        return sum((timedelta(**{_UNITS[m[2]]: float(m[1])}) for m in found), timedelta())
    except OverflowError as error:
        raise ValueError("that is longer than anybody can wait") from error


def in_words(value: timedelta) -> str:
    """A length as it is written in the settings."""
    seconds = int(value.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def hours(text: str, zone: str) -> QuietHours:
    """`"22:00-07:00"`; `""` is never."""
    if not text.strip():
        return QuietHours(zone=zone)
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'{text!r} are no hours; write them like "22:00-07:00"')
    begin, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    return QuietHours(zone=zone, begin=begin, end=end)


def zone(text: str) -> str:
    """A name of the IANA time zone database."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f'{text!r} is no time zone; write it like "Europe/Berlin"') from error
    return text


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError as error:
        raise ValueError("it has to be a whole number") from error


def port(text: str) -> int:
    """0 to 65535; 0 takes any free one."""
    if not 0 <= (number := whole(text)) <= _PORTS:
        raise ValueError(f"a port is a whole number from 0 to {_PORTS}")
    return number


def level(text: str) -> str:
    """How much is logged."""
    if text.upper() not in _LEVELS:
        raise ValueError(f"it is one of {', '.join(_LEVELS)}")
    return text.upper()


def url(text: str) -> str:
    """A web address, or ''. An error never holds it: there may be a token in it."""
    if text and not _URL.match(text):
        raise ValueError("it has to begin with https:// or http://")
    return text


def urls(text: str) -> tuple[str, ...]:
    """Web addresses, comma separated."""
    for place, each in enumerate(listed(text), start=1):
        if not _URL.match(each):
            raise ValueError(f"entry {place} has to begin with https:// or http://")
    return listed(text)


def listed(text: str) -> tuple[str, ...]:
    """Comma separated, blanks dropped."""
    return tuple(each.strip() for each in text.split(",") if each.strip())


#: How long a name of ours may be.
LONGEST = 120


def tokens(text: str) -> Mapping[str, SecretStr]:
    """`name=token,…`. The text of an error never holds a token."""
    found: dict[str, SecretStr] = {}
    for place, each in enumerate(listed(text), start=1):
        name, equals, token = each.partition("=")
        if not equals or not _NAME.fullmatch(name.strip()) or not token.strip():
            raise ValueError(f"entry {place} is not name=token")
        found[name.strip()] = SecretStr(token.strip())
    return found


def names(text: str) -> Mapping[str, str]:
    """`platform=name,…`: how something is called on each platform."""
    found: dict[str, str] = {}
    for place, each in enumerate(listed(text), start=1):
        platform, equals, name = (part.strip() for part in each.partition("="))
        if not equals or not _NAME.fullmatch(platform) or not name or not name.isprintable() or len(name) > LONGEST:
            raise ValueError(f"entry {place} is not platform=name")
        found[platform] = name
    return found


def truth(text: str) -> bool:
    """`yes` or `no`, `true` or `false`, `1` or `0`."""
    match text.strip().lower():
        case "yes" | "true" | "1" | "on":
            return True
        case "no" | "false" | "0" | "off" | "":
            return False
        case _:
            raise ValueError(f"{text!r} is neither yes nor no")
