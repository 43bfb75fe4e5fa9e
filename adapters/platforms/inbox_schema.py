"""What the inbox takes: one mention, edit or deletion, as CONTRACTS lists its keys. Unknown keys stay with the raw mention."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal, Required

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict  # pydantic asks for this one before Python 3.12

from bot.nouns.mention import Deleted, Edited, MentionKey, MentionKind, News, Said

#: The longest text of one mention, in code points.
LONGEST_TEXT: Final = 100_000
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _moment(value: object) -> datetime | None:
    """An RFC 3339 date-time in UTC; the sender's clock may be wrong by years, so nothing is ordered by it."""
    if value is None:
        return None
    found = _RFC3339.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("must be a date-time as in RFC 3339, with its offset: 2026-03-02T09:00:00Z")
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", found[0])
    if shortened[17:19] == "60":  # a leap second, which Python's clock has no place for
        shortened = f"{shortened[:17]}59.999999{found[2]}"
    try:
        return datetime.fromisoformat(shortened.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is no date and time that exists") from None


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("must be a number")
    return value


def _web(value: object) -> object:
    if isinstance(value, str) and value and not value.lower().startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value


Short = Annotated[str, StringConstraints(max_length=512)]
Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_. -]*$")]
Web = Annotated[str, BeforeValidator(_web), StringConstraints(max_length=4096)]
When = Annotated[datetime | None, BeforeValidator(_moment)]
Number = Annotated[int, BeforeValidator(_number)]


#: Numbers may stand where text is wanted, as form builders send them.
_INCOMING = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


@with_config(_INCOMING)
class Writer(TypedDict, total=False):
    """`author`."""

    id: Short | None
    name: Short | None
    handle: Short | None
    followers: Annotated[Number, Field(ge=0, le=10**12)] | None


@with_config(_INCOMING)
class Item(TypedDict, total=False):
    """One object of the body, as it came. `id` is the sender's own, unique within `platform`.

    A dictionary, which costs a third of what a model does: one is made for every mention.
    """

    id: Required[Annotated[str, StringConstraints(min_length=1, max_length=512)]]
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None
    url: Web | None
    platform: Name | None
    author: Writer | None
    lang: Annotated[str, StringConstraints(max_length=35)] | None
    at: When
    in_reply_to: Short | None
    rating: Annotated[Number, Field(ge=1, le=5)] | None
    media: Annotated[Number, Field(ge=0, le=1000)] | None
    kind: MentionKind | None
    direct: bool | None
    event: Literal["created", "edited", "deleted"] | None


# The validators themselves: what pydantic lays around them costs a tenth of the whole reading.
_read: Callable[[Any], Item] = TypeAdapter(Item).validator.validate_python
_said: Callable[[Any], Said] = Said.__pydantic_validator__.validate_python
_edited: Callable[[Any], Edited] = Edited.__pydantic_validator__.validate_python
#: What a mention takes over as it came; absent, null and empty are the same.
_TAKEN_OVER: Final = ("text", "url", "lang", "in_reply_to", "rating", "media")


def read_item(raw: Any, source: str, now: datetime) -> News | str:
    """The news one object tells, or, as a string, why it is rejected: a sentence that repeats nothing of it."""
    if not isinstance(raw, dict):
        return "must be an object"
    try:
        item = _read(raw)
    except ValidationError as error:
        return _reason(error)
    key = {"platform": (item.get("platform") or source).lower(), "id": item["id"]}
    at = item.get("at") or now
    event = item.get("event")
    if event == "deleted":
        return Deleted(key=MentionKey(**key), at=at)
    mention: dict[str, Any] = {name: value for name in _TAKEN_OVER if (value := item.get(name))}
    if not ("text" in mention or "rating" in mention or "media" in mention):
        return "text: may be empty only where rating or media is given, or the event is deleted"
    kind = item.get("kind") or (MentionKind.REVIEW if "rating" in mention else MentionKind.POST)
    mention |= {"key": key, "at": at, "kind": kind, "direct": item.get("direct") is not False, "source": source}
    mention |= {"author": _author(item.get("author")), "raw": raw}
    # One call that builds the news and all that is in it, in place of four.
    return (_edited if event == "edited" else _said)({"mention": mention})


def _author(writer: Writer | None) -> dict[str, Any]:
    return {name: value for name, value in (writer or {}).items() if value is not None}


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"] if isinstance(part, str))
    said = first["msg"].removeprefix("Value error, ")
    return f"{where}: {said[:1].lower()}{said[1:]}"
