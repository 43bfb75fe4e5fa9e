"""The tables of `coolhead.toml`: `[policy]`, `[contacts]`, `[alarm]`, `[[watch]]`, `[[place]]`."""

from collections.abc import Mapping
from typing import Any

from pydantic import SecretStr

from bot import settings_text as text
from bot.nouns.team import Contacts, Place, Policy, Watch

_HOURS = frozenset({"quiet_hours", "late_hours"})
_COUNTS = frozenset({"storm_count", "storm_each"})

#: Every key a table may hold.
TABLES: Mapping[str, frozenset[str]] = {
    "policy": frozenset(Policy.model_fields),
    "contacts": frozenset({"email", "phone", "hours"}),
    "alarm": frozenset({"webhook", "email", "smtp"}),
    "watch": frozenset(Watch.model_fields),
    "place": frozenset(Place.model_fields),
}


def policy(table: Any, zone: str) -> Policy:
    """The policy, from its table or None. Raises ValueError naming the key."""
    return Policy(**{key: _rule(key, value, zone) for key, value in _pairs(table)}, **_zones(table, zone))


def _zones(table: Any, zone: str) -> dict[str, Any]:
    return {key: text.hours("", zone) for key in _HOURS if key not in (table or {})}


def _rule(key: str, value: Any, zone: str) -> Any:
    try:
        if key in _HOURS:
            return text.hours(str(value), zone)
        return int(value) if key in _COUNTS else text.length(str(value))
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from error


def contacts(table: Any, zone: str) -> Contacts:
    """How the public may reach us."""
    said = dict(_pairs(table))
    hours = said.get("hours")
    return Contacts(
        email=str(said.get("email", "")),
        phone=str(said.get("phone", "")),
        hours=text.hours(str(hours), zone) if hours else None,
    )


def alarm(table: Any, zone: str) -> Mapping[str, SecretStr]:
    """What a critical mention rings outside the chat; all of it is secret, addresses with tokens in them too."""
    del zone
    return {key: SecretStr(str(value)) for key, value in _pairs(table)}


def watches(table: Any, zone: str) -> tuple[Watch, ...]:
    """The keyword streams."""
    del zone
    return tuple(Watch(**row) for row in _rows(table))


def places(table: Any, zone: str) -> tuple[Place, ...]:
    """The places that hear them."""
    del zone
    return tuple(Place(**row) for row in _rows(table))


def _pairs(table: Any) -> list[tuple[str, Any]]:
    if table is not None and not isinstance(table, dict):
        raise ValueError("it has to be a table")
    return list((table or {}).items())


def _rows(table: Any) -> list[dict[str, Any]]:
    if table is not None and not (isinstance(table, list) and all(isinstance(row, dict) for row in table)):
        raise ValueError("it has to be written with two brackets, once for each")
    return list(table or [])
