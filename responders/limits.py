"""How long a reply may be, for a reader who has only the platform's name.

Inside the product the platform itself measures. Numbers from the vendors' documentation as of November 2026; platforms
without a known limit are not measured.
"""

import re
import unicodedata

from bot.nouns.caution import Length

LIMITS = {
    "x": 280,
    "twitter": 280,
    "mastodon": 500,
    "bluesky": 300,
    "threads": 500,
    "instagram": 2200,
    "facebook": 8000,
    "linkedin": 1250,
    "reddit": 10000,
    "youtube": 10000,
    "google_play": 350,
    "app_store": 5970,
    "tiktok": 150,
    "trustpilot": 5000,
}
_LINK = re.compile(r"https?://\S+")
_LINK_COUNTS = {"x": 23, "twitter": 23, "mastodon": 23}


def measure(text: str, platform: str) -> Length | None:
    """The text as that platform counts it, or None where we don't know its limit."""
    limit = LIMITS.get(platform.strip().lower().replace(" ", "_").replace("-", "_"))
    return None if limit is None else Length(used=_used(text, platform.strip().lower()), limit=limit)


def _used(text: str, platform: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    each = _LINK_COUNTS.get(platform)
    if each is None:
        return len(composed)
    links = len(_LINK.findall(composed))
    rest = _LINK.sub("", composed)
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in rest) if platform != "mastodon" else 0
    return len(rest) + wide + each * links
