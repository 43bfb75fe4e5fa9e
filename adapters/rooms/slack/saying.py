"""What a press is answered: a sentence for whoever pressed, as an ephemeral message or in a small modal."""

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.message import FALLBACK, Block, Message, section
from adapters.rooms.slack.text import brief, clip_marked
from adapters.rooms.slack.views import modal
from bot.nouns.team import Refusal
from bot.screens.shapes import Done

#: Answered while the store takes its time; what comes of it follows.
SAVING = Done("Saving it. What came of it is said here in a moment.")
#: A press that did not come from us as we handed it out, or came from an older version of ours.
STALE = Refusal(
    because="That press no longer fits what stands here, so nothing was done. Look at it as it is now, and press again."
)
#: Whatever went wrong on our side, without a word of how.
FAILED = Refusal(because="Something went wrong here, so it may not be saved. Please look, and press again.")


def said(answer: Done | Refusal) -> str:
    """The sentence, escaped."""
    match answer:
        case Done(said=text):
            return brief(text, 2800) or "–"
        case Refusal(because=because, until=until):
            when = f" ({date(until)})" if until is not None else ""
            return f"{brief(because, 2800)}{when}"


def saying(answer: Done | Refusal) -> Message:
    """As an ephemeral message."""
    return Message(clip_marked(said(answer), FALLBACK), (section(said(answer)),))


def saying_view(answer: Done | Refusal) -> Block:
    """As a modal, where a form or a page stood before."""
    title = "One moment" if answer == SAVING else "Done" if isinstance(answer, Done) else "Coolhead"
    return modal("said", title, [section(said(answer))])
