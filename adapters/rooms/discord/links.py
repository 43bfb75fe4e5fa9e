"""Where a link may lead: only to the web, always with its host in view, never fetched by us."""

from urllib.parse import urlsplit

#: Discord takes no longer one on a button.
LONGEST = 512


def host(url: str) -> str:
    """The host a reader sees, in ASCII so that it cannot pose; '' where `url` is nothing that may be opened."""
    if not url or len(url) > LONGEST or not url.isascii() or not url.isprintable() or {*' \\"<>'} & {*url}:
        return ""
    try:
        parts = urlsplit(url)
        name = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or not name or parts.username is not None:
        return ""
    return f"{name.removeprefix('www.')}{port}"
