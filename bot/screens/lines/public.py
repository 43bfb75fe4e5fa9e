"""Lines about what came from the public."""

from bot.nouns import events as e
from bot.screens.lines.told import Told
from bot.screens.shapes import Line


def opened(event: e.Opened, told: Told) -> Line:
    if event.brought:
        return told.line(event, f"{told.who(event)} brought it in.")
    if not event.fresh:
        return told.line(event, "One more with the same cause", quote=told.text)
    why = ", ".join(reason.rstrip(".") for reason in event.mention.flag.reasons)
    return told.line(event, f"Arrived. {why[:1].upper()}{why[1:]}." if why else "Arrived.")


def wrote_again(event: e.WroteAgain, told: Told) -> Line:
    text = "They wrote again; it is open once more" if event.reopens else "They wrote again"
    return told.line(event, text, quote=told.text)


def edited(event: e.MentionEdited, told: Told) -> Line:
    return told.line(event, "They edited it", quote=told.text)


def deleted(event: e.MentionDeleted, told: Told) -> Line:
    return told.line(event, "They deleted it.")


def answered_by_hand(event: e.AnsweredByHand, told: Told) -> Line:
    return told.line(event, "A colleague answered by hand", quote=told.text, ours=True)
