"""Lines about a send. What led up to it is bookkeeping; what became of it is a fact."""

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.delivery import ByHand, NotSent, Posted
from bot.screens.lines.told import Told
from bot.screens.shapes import Line

_SAID = {
    Stage.ACKNOWLEDGEMENT: "We said we heard",
    Stage.RESPONSE: "We answered",
    Stage.PRIVATE: "We wrote to them privately",
    Stage.STATEMENT: "We said in public",
}
UNSURE = "We can't tell whether the reply went out. Please look and say."


def asked(event: e.SendAsked, told: Told) -> Line | None:
    return told.line(event, f"{told.who(event)} looked, and it is tried once more.") if event.again else None


def sent_back(event: e.SentBack, told: Told) -> Line:
    if event.until is not None:
        return told.line(event, f"Not sent: {event.because.rstrip('.')}. It may go from", moment=event.until)
    return told.line(event, f"Not sent: {event.because.rstrip('.')}.")


def set_aside(event: e.SetAside, told: Told) -> Line:
    return told.line(event, f"Not sent: {event.because.rstrip('.')}.")


def delivered(event: e.Delivered, told: Told) -> Line:
    match event.delivery:
        case Posted():
            return _posted(event, told)
        case ByHand():
            return told.line(event, "It passed every rule and is to be posted by hand.")
        case NotSent(because=because):
            return told.line(event, f"It did not go out: {because.rstrip('.')}.")
        case _:
            return told.line(event, UNSURE)


def _posted(event: e.Delivered, told: Told) -> Line:
    sent = told.sent
    if sent is None:
        return told.line(event, "Our words went out.")
    if sent.corrects:
        text = "We corrected what we said" if sent.text.strip() else "We withdrew what we said"
    else:
        text = _SAID[sent.stage]
    return told.line(event, text, by=told.team.name(sent.by), quote=sent.text, ours=True)
