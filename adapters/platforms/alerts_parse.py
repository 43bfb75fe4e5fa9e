"""A Google Alerts feed (Atom), read without fetching anything it names."""

import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit
from xml.parsers import expat

import feedparser

from adapters.platforms.html_text import html_text
from bot.nouns.mention import Author, Mention, MentionKey, MentionKind

SOURCE: Final = "alerts"
_TRACKING = re.compile(r"(utm_\w+|gclid|fbclid|mc_cid|mc_eid|igshid)", re.IGNORECASE)
_LONGEST_ID: Final = 512
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Broken:
    """It is no feed that we read."""

    because: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One article: `id` is the feed's own name for it."""

    id: str
    mention: Mention


def parse(body: bytes, content_type: str, now: datetime) -> tuple[Entry, ...] | Broken:
    """The entries, in the feed's order. `now` stands where an entry has no time.

    A document type is refused unread: no honest Atom feed has one, and its entities are how a small file becomes a huge
    one. So is what is not well-formed: the parser that guesses at such needs minutes for a hostile feed.
    """
    broken = _flaw(body)
    if broken:
        return Broken(broken)
    feed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type or "application/atom+xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not feed.get("version"):
        return Broken("What came is not an Atom or RSS feed.")
    return tuple(_entry(each, now) for each in feed["entries"])


class _Refused(Exception):
    """The text says why."""


def _flaw(body: bytes) -> str:
    """Why the XML is not even handed to the feed parser, or ''."""
    depth = 0

    def opened(name: str, attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _Refused("The feed is nested too deep.")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*ignored: object) -> None:
        raise _Refused("The feed declares a document type, which no honest feed does.")

    reader = expat.ParserCreate()
    reader.StartElementHandler, reader.EndElementHandler = opened, closed
    reader.StartDoctypeDeclHandler = declared
    try:
        reader.Parse(body, True)
    except _Refused as refused:
        return str(refused)
    except (expat.ExpatError, ValueError, LookupError):
        return "What came is not well-formed XML."
    return ""


def target(link: str) -> str:
    """Where a link leads once Google's redirect is taken off; '' unless it is http or https."""
    try:
        parts = urlsplit(link.strip())
        if _google(parts.hostname or "") and parts.path == "/url":
            query = parse_qs(parts.query)
            parts = urlsplit((query.get("url") or query.get("q") or [""])[0])
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in ("http", "https") and parts.hostname else ""


def canonical(url: str) -> str:
    """The same article under one name: host in lower case, no fragment, no trackers. At most 512 characters."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]
    plain = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", urlencode(kept), ""))
    return plain if len(plain) <= _LONGEST_ID else f"sha256:{hashlib.sha256(plain.encode()).hexdigest()}"


def _entry(raw: Mapping[str, Any], now: datetime) -> Entry:
    title, summary = html_text(_text(raw, "title")), html_text(_content(raw))
    url = target(_text(raw, "link"))
    name = _text(raw, "id") or url or hashlib.sha256(f"{title}\n{summary}".encode()).hexdigest()
    mention = Mention(
        key=MentionKey(platform=SOURCE, id=canonical(url) if url else name[:_LONGEST_ID]),
        text=f"{title}\n\n{summary}".strip() if summary != title else title,
        author=Author(name=urlsplit(url).hostname or ""),
        url=url,
        at=_when(raw, now),
        kind=MentionKind.ARTICLE,
        direct=False,
        source=SOURCE,
        raw={key: _text(raw, key) for key in ("id", "title", "link", "published", "updated", "summary")},
    )
    return Entry(name, mention)


def _google(host: str) -> bool:
    return host == "google.com" or bool(re.fullmatch(r"(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?", host))


def _content(raw: Mapping[str, Any]) -> str:
    parts = raw.get("content") or ()
    return next((said for part in parts if (said := _text(part, "value"))), _text(raw, "summary"))


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else ""


def _when(raw: Mapping[str, Any], now: datetime) -> datetime:
    moment = raw.get("published_parsed") or raw.get("updated_parsed")
    if moment is None:
        return now
    try:
        year, month, day, hour, minute, second = moment[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return now
