"""A private note as a direct message: what it is about in one small line, what it says, its presses."""

from adapters.rooms.slack.card import fitted
from adapters.rooms.slack.message import FALLBACK, Message, context, numbered
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.text import brief, clip_marked, escape
from bot.screens.moods import marked
from bot.screens.shapes import Card, Said


def note(one: Card, signer: Signer) -> Message:
    """The note. It begins with what it says, so that a notification tells it."""
    about = " · ".join(part for part in (brief(one.headline, 600), brief(one.about, 600)) if part)
    said = next((escape(passage.text) for passage in one.passages if isinstance(passage, Said)), "")
    head = [context(f"*{marked(one)}*{f' · {about}' if about else ''}")]
    text = f"{said} ({about})" if said and about else said or about or marked(one)
    return Message(clip_marked(text, FALLBACK), tuple(numbered(fitted(one, head, signer))))
