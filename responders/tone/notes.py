"""A cheerful goodbye under a grievance, nobody's name, the words of last time."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level, Stage
from bot.nouns.flag import Severity
from responders.sameness import most_alike
from responders.tone.draft import Draft

_CHEER = re.compile(
    r"\b(?:have a (?:\w+ )?(?:great|good|nice|wonderful|lovely|fantastic|blessed|amazing|beautiful) (?:\w+ "
    r")?(?:day|evening|weekend|one|night|week|rest)|"
    r"happy (?:friday|monday|holidays|shopping|weekend)|enjoy (?:your|the rest of your) (?:day|evening|weekend)|"
    r"cheers|stay awesome)\b"
)
_HELPDESK = re.compile(
    r"\b(?:dear (?:valued )?(?:customer|client|user|guest)|valued customer|per my last|please be advised|kindly "
    r"(?:note|be)|at your earliest convenience|rest assured)\b"
)


def find(draft: Draft) -> Iterator[Caution]:
    """Notes, and the one warning that compares with what we said to others."""
    alike = most_alike(draft.text, draft.reading.recent)
    if alike is not None:
        yield Caution(
            code="repeated_words",
            level=Level.WARN if draft.complaint or not draft.reading.mention else Level.NOTE,
            span=alike.longest,
            because="We said nearly the same to somebody else lately. People compare.",
            instead="[the same in words for this person, with what they wrote about]",
        )
    if draft.complaint:
        for found in _CHEER.finditer(draft.low):
            yield _note(
                "cheerful",
                found.span(),
                "They are upset, and this sounds as if we had not noticed.",
                "I will stay with this.",
            )
    for found in _HELPDESK.finditer(draft.low):
        yield _note("stiff", found.span(), "It sounds like a letter from an office. Plain words stand closer.", None)
    if not draft.signature and draft.low.strip() and _wants_name(draft):
        yield _note("unsigned", (0, 0), "A name shows that a person answers.", "[your name]")


def _wants_name(draft: Draft) -> bool:
    return draft.reading.severity.rank >= Severity.HIGH.rank and draft.reading.stage is not Stage.STATEMENT


def _note(code: str, span: tuple[int, int], because: str, instead: str | None) -> Caution:
    return Caution(code=code, level=Level.NOTE, span=span, because=because, instead=instead)
