"""Lines about words before they go. A draft that is only kept is nobody else's business."""

from datetime import timedelta

from bot.nouns import events as e
from bot.screens.lines.told import Told
from bot.screens.shapes import Line
from bot.screens.words_of import STAGES, code_name

#: A wait that is counted once more is told again only if it moved by so much: times are shown to the minute.
_SHOWN = timedelta(minutes=1)


def drafted(event: e.Drafted, told: Told) -> Line | None:
    if event.cooling is None:
        return None
    what = f"{told.who(event)}'s {STAGES[event.stage.value]}"
    text = f"{what} had a small repair and cools until" if event.repair else f"{what} cools until"
    return told.line(event, text, moment=event.cooling.until)


def discarded(event: e.Discarded, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} discarded the draft.")


def stop_lifted(event: e.StopLifted, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} lifted a stop ({code_name(event.code)})", quote=told.text, ours=True)


def released(event: e.Released, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} released it early", quote=told.text, ours=True)


def cooled(event: e.Cooled, told: Told) -> Line:
    return told.line(event, "It has cooled and waits to be read once more.")


def recounted(event: e.Recounted, told: Told) -> Line | None:
    if event.was is not None and abs(event.cooling.until - event.was) < _SHOWN:
        return None
    text = "The clock was in doubt, so the wait is counted again. It cools until"
    return told.line(event, text, moment=event.cooling.until)
