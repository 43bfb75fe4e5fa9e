"""Links that stand in a mention: only the web's own, always shown with the host they lead to, never fetched."""

import re
from urllib.parse import quote, urlsplit

from adapters.rooms.slack.text import escape

_LONGEST = 2000
#: A name is never longer (RFC 1035); a link with its % signs takes at most so much of a line.
_HOST, _WRITTEN = 253, 2400
_REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff]")
#: Left as they are in an address; everything else that is not plain is written with %.
_SAFE = "%/:=?&#[]@!$'()*+,;~-._"


def link(url: str) -> str:
    """`url` as mrkdwn that shows its host and leads there; '' where it is anything but http or https to a named host.

    One that is too long for a line once it is written out is its host alone, in words.
    """
    if not url or len(url) > _LONGEST or _REFUSED.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    # A host that only looks like one is shown as nothing: no letters beside those of names and addresses.
    named_so = len(host) <= _HOST and re.fullmatch(r"[a-z0-9.:_-]+", host)
    if parts.scheme not in {"http", "https"} or parts.username is not None or not named_so:
        return ""
    shown = f"[{host}]" if ":" in host else host
    path = quote(f"{parts.path}{f'?{parts.query}' if parts.query else ''}", safe=_SAFE)
    fragment = f"#{quote(parts.fragment, safe=_SAFE)}" if parts.fragment else ""
    whole = _mrkdwn(f"{parts.scheme}://{shown}{port}{path}{fragment}", f"{shown}{port}")
    return whole if len(whole) <= _WRITTEN else escape(f"{shown}{port}")


def named(url: str, label: str) -> str:
    """A link to an address of our own making, under a label."""
    return _mrkdwn(url, escape(label))


def _mrkdwn(url: str, label: str) -> str:
    target = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return f"<{target}|{label}>"
