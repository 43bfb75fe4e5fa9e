"""What the tests of clearing share."""

from collections.abc import Sequence
from typing import Any

from bot.nouns.conversation import Attempt
from bot.nouns.events import Event, SentBack, SetAside
from bot.nouns.mention import AnsweredByUs, Author, Mention, Said
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from tests.bot.build import (
    START,
    a_clear,
    after,
    apply,
    conversation,
    decided,
    key,
)

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}


def outcome(view: View, minutes: float = 22, **seen: Any) -> Sequence[Event]:
    """What the outbox makes of it: never a refusal."""
    answer = decided(view, a_clear(**seen), Part.OUTBOX, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    return answer


def sent_back(view: View, minutes: float = 22, **seen: Any) -> SentBack:
    """It was sent back."""
    (event,) = outcome(view, minutes, **seen)
    assert isinstance(event, SentBack), event.kind
    return event


def set_aside(view: View, minutes: float = 22, **seen: Any) -> SetAside:
    """It was set aside."""
    (*_, event) = outcome(view, minutes, **seen)
    assert isinstance(event, SetAside), event.kind
    return event


def cleared(view: View, minutes: float = 22, **seen: Any) -> Attempt:
    """It may go out."""
    (event,) = outcome(view, minutes, **seen)
    assert event.kind == "intended", event
    found = conversation(apply(view, [event])).attempt("s1")
    assert found is not None
    return found


def said(text: str = "And?", id: str = "m2", author: str = "mara") -> Said:
    """Somebody spoke after the mention."""
    who = Author(id=author, handle=f"@{author}")
    return Said(mention=Mention(key=key(id), text=text, author=who, at=START))


def ours(text: str = "Hello.", id: str = "other") -> AnsweredByUs:
    """Our account spoke after the mention."""
    return AnsweredByUs(key=key(), ours=key(id), words=text, at=START)
