"""Public commitments with a time in them, so that the team can be asked to record them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from responders.moments import moment

_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|a couple of)"
_HOUR = (
    r"(?:noon|midday|midnight|\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.|p\.m\.|o'clock|h)?|(?:one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve)(?: o'clock)?)"
)
_WEEKDAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|"
    r"jul|"
    r"aug|sept?|oct|nov|dec)"
)
_DAY = (
    rf"(?:today|tonight|tomorrow(?: (?:morning|afternoon|evening|night))?|this (?:morning|afternoon|evening|week)|"
    rf"(?:(?:next|this|on) )?{_WEEKDAY}(?: (?:morning|afternoon|evening))?|"
    rf"(?:the )?end of (?:the |this )?(?:day|week|month)|close of business|next week|\d{{1,2}}(?:st|nd|rd|th)? "
    rf"(?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
)
_WHEN = re.compile(
    rf"\b(?:within (?:the next )?(?:the|{_NUMBER}) (?:working |business )?(?:minutes?|hours?|days?|"
    rf"weeks?)|in (?:the next )?{_NUMBER} (?:working |business )?(?:minutes?|hours?|days?|weeks?)|"
    rf"(?:(?:by|before|until|till|no later than|at|on|from) )?{_DAY}(?:,? (?:by|before|at|until|around) {_HOUR})?|"
    rf"(?:by|before|until|no later than|at|around) {_HOUR}(?:,? (?:on )?{_DAY})?)(?!\w)",
    re.IGNORECASE,
)
_COMMITS = re.compile(
    r"(?:\b\w+(?:'ll| will| shall)\b|\b(?:going to|promise\w*|guarantee\w*|commit\w*|"
    r"expects?|expected|aim to|due|plan to|"
    r"on (?:its|the|their|his|her) (?:way|van)|scheduled|should (?:be|have|arrive|reach)|let me|(?:call|writ|send|"
    r"answer|fix|reply)ing you)\b|"
    r"\b(?:an?|our|my|the) (?:answer|reply|update|call|fix|decision|result)\b(?! (?:was|came|took)))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*(?:[.!?]+|\n|$)")


@dataclass(frozen=True, slots=True)
class Found:
    """`span` in code points of the text; `due` in UTC, or None where the words name no moment ("in a few days")."""

    span: tuple[int, int]
    phrase: str
    due: datetime | None


def find_promises(text: str, now: datetime, zone: str) -> tuple[Found, ...]:
    """Every commitment with a time that a draft makes, in order. `zone` is the IANA zone its author lives in.

    A day without an hour is kept until its last minute; "four" without more is the afternoon's.
    """
    local = now.astimezone(ZoneInfo(zone))
    return tuple(_found(text.replace("’", "'"), text, local))


def _found(plain: str, text: str, local: datetime) -> Iterator[Found]:
    for sentence in _SENTENCE.finditer(plain):
        if _COMMITS.search(sentence.group()):
            for when in _WHEN.finditer(plain, sentence.start(), sentence.end()):
                due = moment(when.group(), local)
                phrase = text[when.start() : when.end()].rstrip()
                yield Found((when.start(), when.start() + len(phrase)), phrase, due.astimezone(UTC) if due else None)
