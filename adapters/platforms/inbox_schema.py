"""What the inbox takes: one mention, edit or deletion, as CONTRACTS lists its keys. Unknown keys stay with the raw mention."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from bot.nouns.mention import Author, Deleted, Edited, Mention, MentionKey, MentionKind, News, Said

#: The longest text of one mention, in code points.
LONGEST_TEXT: Final = 100_000
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def _moment(value: object) -> datetime | None:
    """An RFC 3339 date-time in UTC; the sender's clock may be wrong by years, so nothing is ordered by it."""
    if value is None:
        return None
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("must be a date-time as in RFC 3339, with its offset: 2026-03-02T09:00:00Z")
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", value)
    try:
        return datetime.fromisoformat(shortened.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is no date and time that exists") from None


def _web(value: object) -> object:
    if isinstance(value, str) and value and not value.lower().startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value


Short = Annotated[str, StringConstraints(max_length=512)]
Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9][A-Za-z0-9_. -]*$")]
Web = Annotated[str, BeforeValidator(_web), StringConstraints(max_length=4096)]
When = Annotated[datetime | None, BeforeValidator(_moment)]


class Incoming(BaseModel):
    """The base: numbers may stand where text is wanted, as form builders send them."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class Writer(Incoming):
    """`author`."""

    id: Short | None = None
    name: Short | None = None
    handle: Short | None = None
    followers: Annotated[int, Field(ge=0, le=10**12)] | None = None


class Item(Incoming):
    """One object of the body. `id` is the sender's own, unique within `platform`."""

    id: Annotated[str, StringConstraints(min_length=1, max_length=512)]
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    url: Web | None = None
    platform: Name | None = None
    author: Writer | None = None
    lang: Annotated[str, StringConstraints(max_length=35)] | None = None
    at: When = None
    in_reply_to: Short | None = None
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    media: Annotated[int, Field(ge=0, le=1000)] | None = None
    kind: MentionKind | None = None
    direct: bool | None = None
    event: Literal["created", "edited", "deleted"] | None = None


def read_item(raw: Any, source: str, now: datetime) -> News | str:
    """The news one object tells, or, as a string, why it is rejected: a sentence that repeats nothing of it."""
    if not isinstance(raw, dict):
        return "must be an object"
    try:
        item = Item.model_validate(raw)
    except ValidationError as error:
        return _reason(error)
    key = MentionKey(platform=(item.platform or source).lower(), id=item.id)
    if item.event == "deleted":
        return Deleted(key=key, at=item.at or now)
    if not (item.text or item.rating or item.media):
        return "text: may be empty only where rating or media is given, or the event is deleted"
    mention = Mention(
        key=key,
        text=item.text or "",
        author=_author(item.author),
        url=item.url or "",
        lang=item.lang or None,
        at=item.at or now,
        in_reply_to=item.in_reply_to or "",
        rating=item.rating,
        media=item.media or 0,
        kind=item.kind or (MentionKind.REVIEW if item.rating is not None else MentionKind.POST),
        direct=item.direct is not False,
        source=source,
        raw=raw,
    )
    return Edited(mention=mention) if item.event == "edited" else Said(mention=mention)


def _author(writer: Writer | None) -> Author:
    if writer is None:
        return Author()
    return Author(id=writer.id or "", name=writer.name or "", handle=writer.handle or "", followers=writer.followers)


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"] if isinstance(part, str))
    said = first["msg"].removeprefix("Value error, ")
    return f"{where}: {said[:1].lower()}{said[1:]}"
