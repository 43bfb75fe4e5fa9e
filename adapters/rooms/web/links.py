"""Links that stand in a mention: only the web's own, always shown with their host, never fetched."""

from dataclasses import dataclass
from urllib.parse import urlsplit

_LONGEST = 2048


@dataclass(frozen=True, slots=True)
class Link:
    """Where it leads, and the host a reader sees. A host in other letters is shown in ASCII, so it cannot pose."""

    href: str
    host: str


def link(url: str) -> Link | None:
    """`url` as a link, or None where it is anything but plain http or https to a named host."""
    if not url or len(url) > _LONGEST or any(ord(c) <= 0x20 or 0x7F <= ord(c) <= 0x9F or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return None
    return Link(url, f"{host.removeprefix('www.')}{port}")
