"""How people outside and the places they write in are called on a screen."""

from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Account
from bot.nouns.mention import Kept, MentionKind
from bot.screens.plain import plain, short

_PLATFORMS = {
    "x": "X",
    "twitter": "X",
    "youtube": "YouTube",
    "tiktok": "TikTok",
    "linkedin": "LinkedIn",
    "google_play": "Google Play",
    "app_store": "the App Store",
    "google_alerts": "Google Alerts",
    "alerts": "Google Alerts",
    "hackernews": "Hacker News",
    "inbox": "the inbox",
    "local": "the inbox",
}
_KINDS = {
    MentionKind.POST: "A post",
    MentionKind.CHAT: "A message",
    MentionKind.REVIEW: "A review",
    MentionKind.ARTICLE: "An article",
}


def platform(name: str) -> str:
    """A platform's name as people write it."""
    return _PLATFORMS.get(name.lower()) or plain(name).replace("_", " ").title()[:40]


def begins(source: str) -> str:
    """A source's name as a sentence begins with it."""
    name = platform(source)
    return name[:1].upper() + name[1:]


def account(ours: Account) -> str:
    """An account of ours: "@shop on Mastodon", or the platform alone where nobody named it."""
    name = plain(ours.name)
    return f"{name} on {platform(ours.platform)}" if name else platform(ours.platform)


def author(kept: Kept, nobody: str = "") -> str:
    """What to call the author of a mention; `nobody` where nothing readable is left."""
    return plain(kept.author.name or kept.author.handle)[:60] or nobody


def reader(conversation: Conversation) -> str:
    """Whom an answer would be read by: "Mara", or "they"-like words where no name is known."""
    if conversation.first is None:
        return "a stranger"
    return author(conversation.first, "its author")


def about(kept: Kept, *, stars_too: bool = True) -> str:
    """The second line of a card: "Mara on Mastodon · 1.2k followers". `stars_too`: with the rating, where there is one."""
    who = author(kept, _KINDS[kept.kind])
    parts = [f"{who} on {platform(kept.key.platform)}"]
    if kept.author.followers:
        parts.append(f"{short(kept.author.followers)} followers")
    if stars_too and kept.rating is not None:
        parts.append(stars(kept.rating))
    return " · ".join(parts)


def stars(rating: int) -> str:
    """A rating in words."""
    return "one star" if rating == 1 else f"{rating} stars"
