"""What every command carries."""

from bot.nouns.base import Noun


class Command(Noun):
    """What every command carries; '' where it names no incident or conversation."""

    id: str
    incident: str = ""
    conversation: str = ""
