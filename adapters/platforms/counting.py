"""How long each platform takes a text to be. Limits from the vendors' documentation, as of November 2026.

Where the vendor says nothing, the figure is the one its users report; it only warns, for there we send by hand.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from adapters.platforms.graphemes import clusters, is_emoji
from bot.nouns.caution import Length

#: For a platform nobody has told us about.
GENERIC: Final = 5000
#: X counts every link as this many; Mastodon too, unless its server says otherwise.
LINK: Final = 23

_LINK = re.compile(r"https?://[^\s<>\"]+")
_ENDINGS = "com|org|net|io|co|de|fr|es|it|uk|eu|app|dev|info|me"
_BARE = re.compile(rf"(?<![\w@.])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:{_ENDINGS})\b(?:/[^\s<>\"]*)?)", re.I)
_MENTION = re.compile(r"(?<![\w/])@([a-zA-Z0-9_]+(?:[a-zA-Z0-9_.-]*[a-zA-Z0-9_])?)@[\w.-]+\w")
#: X: code points in these ranges weigh 1, all others 2 (twitter-text configuration 3).
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


def graphemes(text: str) -> int:
    """As Bluesky counts: what readers take for characters."""
    return sum(1 for _ in clusters(text))


def weighted(text: str) -> int:
    """As X counts: links 23, most letters 1, CJK and others 2, a picture 2, after NFC."""
    rest, links = _BARE.subn("", unicodedata.normalize("NFC", text))
    return links * LINK + sum(2 if is_emoji(each) else sum(map(_weight, each)) for each in clusters(rest))


def mastodon(text: str, link: int = LINK) -> int:
    """As Mastodon counts: graphemes, each link `link`, of a mention only its local part."""
    rest, links = _LINK.subn("", text)
    return links * link + graphemes(_MENTION.sub(r"@\1", rest))


def utf8(text: str) -> int:
    """Bytes, as Google Business Profile counts."""
    return len(text.encode("utf-8", "backslashreplace"))


def utf16(text: str) -> int:
    """UTF-16 units, as stores and networks written in Java or JavaScript count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


_RULES: dict[str, tuple[Callable[[str], int], int]] = {
    "x": (weighted, 280),
    "twitter": (weighted, 280),
    "bluesky": (graphemes, 300),
    "mastodon": (mastodon, 500),
    "threads": (utf16, 500),
    "instagram": (utf16, 2200),
    "facebook": (utf16, 8000),
    "linkedin": (utf16, 1250),
    "google": (utf8, 4096),
    "google_business": (utf8, 4096),
    "google_reviews": (utf8, 4096),
    "play": (utf16, 350),
    "google_play": (utf16, 350),
    "appstore": (utf16, 5970),
    "app_store": (utf16, 5970),
    "trustpilot": (len, 5000),
    "tiktok": (utf16, 150),
    "youtube": (utf16, 10_000),
    "reddit": (len, 10_000),
    "discord": (len, 2000),
    "slack": (len, 4000),
}


def measure(platform: str, words: str) -> Length:
    """`words` as `platform` counts them; an unknown platform counts code points up to 5,000."""
    count, limit = _RULES.get(platform.lower().replace("-", "_").replace(" ", "_"), (len, GENERIC))
    return Length(used=count(words), limit=limit)


def _weight(char: str) -> int:
    return 1 if any(first <= ord(char) <= last for first, last in _LIGHT) else 2
