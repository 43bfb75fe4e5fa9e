"""Lines about what came from the public."""

from bot.nouns import events as e
from bot.screens.lines.told import Told
from bot.screens.shapes import Line
from bot.screens.why import why

#: How the first line of a thread begins.
ARRIVED = "Arrived"


def opened(event: e.Opened, told: Told) -> Line:
    text = _arrived(event, told)
    return told.line(event, text if told.text else f"{text}.", quote=told.text)


def _arrived(event: e.Opened, told: Told) -> str:
    if event.brought:
        return f"{told.who(event)} brought it in"
    if not event.fresh:
        return "One more with the same cause"
    return f"{ARRIVED}. {why(event.mention.flag)}".rstrip(". ")


def wrote_again(event: e.WroteAgain, told: Told) -> Line:
    text = "They wrote again; it is open once more" if event.reopens else "They wrote again"
    return told.line(event, text, quote=told.text)


def edited(event: e.MentionEdited, told: Told) -> Line:
    return told.line(event, "They edited it", quote=told.text)


def deleted(event: e.MentionDeleted, told: Told) -> Line:
    return told.line(event, "They deleted it.")


def answered_by_hand(event: e.AnsweredByHand, told: Told) -> Line:
    return told.line(event, "A colleague answered by hand", quote=told.text, ours=True)
