"""What a thread is called, and a forum post's tags: its mood, its severity, and whether it waits too long."""

from adapters.rooms.discord import text
from bot.nouns.flag import Severity
from bot.screens.moods import word
from bot.screens.shapes import Card

#: Discord takes no longer name.
_NAME = 100
#: The tags a team's forum needs, by name; a tag holds 20 characters, a forum 20 tags.
MOODS = ("Waiting", "Cooling", "Ready", "Settled", "Storm", "Offline")
SEVERITIES = {each: each.value.capitalize() for each in Severity}
PRESSING = ("Too long",)
ALL = (*MOODS, *SEVERITIES.values(), *PRESSING)


def thread_name(one: Card) -> str:
    """The headline, in plain signs: a thread's name is shown as it is."""
    about = f" · {text.one_line(one.about)}" if one.about else ""
    return text.label(f"{text.one_line(one.headline)}{about}", _NAME)


def tags(one: Card) -> tuple[str, ...]:
    """The names of the tags that hold for it now, the mood first."""
    return (word(one), SEVERITIES[one.severity], *(PRESSING if one.late else ()))
