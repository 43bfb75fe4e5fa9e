"""The tables of `coolhead.toml`: `[policy]`, `[contacts]`, `[alarm]`, `[[watch]]`, `[[place]]`, `[[community]]`, `[roles]`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import SecretStr, ValidationError

from bot import settings_text as text
from bot.nouns.base import Noun
from bot.nouns.community import Community
from bot.nouns.team import Contacts, Grants, Place, Policy, Watch
from bot.rules.policy import faults as impossible

N = TypeVar("N", bound=Noun)

_HOURS = frozenset({"quiet_hours", "late_hours", "hours"})
_COUNTS = frozenset({"storm_count", "storm_each"})
_SWITCHES = frozenset({"notes_cross"})

#: Every key a table may hold.
TABLES: Mapping[str, frozenset[str]] = {
    "policy": frozenset(Policy.model_fields),
    "contacts": frozenset({"email", "phone", "hours"}),
    "alarm": frozenset({"webhook", "email", "smtp"}),
    "watch": frozenset(Watch.model_fields),
    "place": frozenset(Place.model_fields),
    "community": frozenset(Community.model_fields),
    "roles": frozenset(Grants.model_fields),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with `key` ('' is the table itself) of the `row`-th table of a name."""

    key: str
    because: str
    row: int = 0


def policy(table: Any, zone: str, faults: list[Fault]) -> Policy:
    """The policy, from its table or None; what cannot be read is added to `faults`."""
    given = _pairs(table, faults)
    never = {key: text.hours("", zone) for key in _HOURS & Policy.model_fields.keys()}
    read = {key: _read(key, value, zone, faults) for key, value in given.items() if key in Policy.model_fields}
    made = _made(Policy, {**never, **{key: value for key, value in read.items() if value is not None}}, faults)
    for key, _, because in (each.rstrip(".").partition(" ") for each in impossible(made)):
        faults.append(Fault(key, because))
    return made


def _read(key: str, value: Any, zone: str, faults: list[Fault]) -> Any:
    try:
        if key in _HOURS:
            return text.hours(str(value), zone)
        if key in _SWITCHES:
            return text.truth(str(value))
        return text.whole(str(value)) if key in _COUNTS else text.length(str(value))
    except ValueError as error:
        faults.append(Fault(key, str(error)))
        return None


def contacts(table: Any, zone: str, faults: list[Fault]) -> Contacts:
    """How the public may reach us."""
    said = _pairs(table, faults)
    hours = _read("hours", said["hours"], zone, faults) if said.get("hours") else None
    return Contacts(email=str(said.get("email", "")), phone=str(said.get("phone", "")), hours=hours)


def alarm(table: Any, zone: str, faults: list[Fault]) -> Mapping[str, SecretStr]:
    """What a critical mention rings outside the chat; all of it is secret, addresses with tokens in them too."""
    del zone
    return {key: SecretStr(str(value)) for key, value in _pairs(table, faults).items()}


def watches(table: Any, zone: str, faults: list[Fault]) -> tuple[Watch, ...]:
    """The keyword streams."""
    del zone
    return _each(Watch, table, faults)


def places(table: Any, zone: str, faults: list[Fault]) -> tuple[Place, ...]:
    """The places that hear them."""
    del zone
    return _each(Place, table, faults)


def communities(table: Any, zone: str, faults: list[Fault]) -> tuple[Community, ...]:
    """The communities that are a source."""
    del zone
    return _each(Community, table, faults)


def roles(table: Any, zone: str, faults: list[Fault]) -> Grants:
    """Who holds which role in the chats, each as `room:id`."""
    del zone
    given = _pairs(table, faults)
    for key, listed in given.items():
        texts = listed if isinstance(listed, list) else [listed]
        if key in Grants.model_fields and not all(isinstance(each, str) and _named(each) for each in texts):
            faults.append(Fault(key, 'it has to be a list of "room:id", the id of a person or of a group there'))
            return Grants()
    return _made(Grants, {key: listed for key, listed in given.items() if key in Grants.model_fields}, faults)


def _named(entry: str) -> bool:
    room, _, id = entry.partition(":")
    return bool(room and id)


def _each(kind: type[N], table: Any, faults: list[Fault]) -> tuple[N, ...]:
    if table is not None and not (isinstance(table, list) and all(isinstance(row, dict) for row in table)):
        faults.append(Fault("", "it has to be written with two brackets, once for each"))
        return ()
    made = []
    for number, row in enumerate(table or []):
        try:
            made.append(kind(**row))
        except ValidationError as error:
            faults += _invalid(error, number)
    return tuple(made)


def _made(kind: type[N], values: Mapping[str, Any], faults: list[Fault]) -> N:
    try:
        return kind(**values)
    except ValidationError as error:
        faults += _invalid(error, 0)
        return kind()


def _invalid(error: ValidationError, row: int) -> list[Fault]:
    found = error.errors(include_url=False, include_input=False)
    return [Fault(str(each["loc"][0]), each["msg"].removeprefix("Value error, "), row) for each in found]


def _pairs(table: Any, faults: list[Fault]) -> Mapping[str, Any]:
    if table is not None and not isinstance(table, dict):
        faults.append(Fault("", "it has to be a table"))
        return {}
    return table or {}


#: How each table is read. `policy` and `contacts` need the team's zone for their hours.
READERS: Mapping[str, Callable[[Any, str, list[Fault]], Any]] = {
    "policy": policy, "contacts": contacts, "alarm": alarm, "watch": watches, "place": places,
    "community": communities, "roles": roles,
}  # fmt: skip
