"""How soon somebody should look, and the reasons in a colleague's words.

Rules say what is critical; nothing else does. A complaint is MEDIUM, and a heated one, a widely followed author or
somebody who keeps writing today raises it by one, to HIGH at most.
"""

from collections.abc import Iterable
from typing import NamedTuple

from bot.listening.hostility import Heat
from bot.listening.urgency import Alarm
from bot.nouns.flag import Severity

COMPLAINT = 0.5
CLEAR = 0.75
HEATED = 0.85
REACH = 10_000
"""Followers from which a complaint is raised: about what one in a hundred accounts has."""

_ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_STARS = {1: "one star", 2: "two stars", 3: "three stars", 4: "four stars", 5: "five stars"}


class Evidence(NamedTuple):
    """What was heard in a mention, and what is known of it. `scored` False: nobody here reads its language.

    (A tuple: one is made for every mention.)
    """

    complaint: float
    heat: Heat
    alarms: tuple[Alarm, ...]
    telling: tuple[str, ...]
    scored: bool
    rating: int | None
    followers: int | None
    before: int
    wordless: bool
    media: int


def severity(seen: Evidence) -> Severity:
    """The severity of a mention."""
    if seen.alarms:
        return seen.alarms[0].severity
    low_stars = seen.rating is not None and seen.rating <= 2
    if not seen.scored or (seen.wordless and seen.media and seen.rating is None):
        return Severity.MEDIUM
    if seen.complaint < COMPLAINT and not low_stars:
        return Severity.LOW
    return Severity.HIGH if any(_raises(seen)) else Severity.MEDIUM


def _raises(seen: Evidence) -> Iterable[bool]:
    yield seen.heat.score >= HEATED
    yield (seen.followers or 0) >= REACH
    yield seen.before >= 2


def reasons(seen: Evidence) -> tuple[str, ...]:
    """Short remarks, the gravest first, in lower case and without a full stop, to be joined by commas."""
    found = [alarm.because for alarm in seen.alarms]
    if seen.rating is not None:
        found.append(_STARS[seen.rating] + (", no words" if seen.wordless else ""))
    found += _complaint(seen)
    found += [reason for reason in seen.heat.reasons if reason not in found]
    if seen.before:
        found.append(f"{ordinal(seen.before + 1)} message today")
    if (seen.followers or 0) >= REACH:
        found.append(f"{seen.followers:,} people follow them")
    if seen.wordless and seen.rating is None:
        found.append("a picture without words; a person should look" if seen.media else "no words")
    return tuple(found)


def _complaint(seen: Evidence) -> list[str]:
    if seen.wordless or seen.complaint < COMPLAINT:
        return []
    listed = ", ".join(f'"{word}"' for word in seen.telling)
    kind = "complaint" if seen.complaint >= CLEAR else "reads like a complaint"
    return [f"{kind} ({listed})" if listed else kind]


def ordinal(count: int) -> str:
    """ "second", "third" … "tenth", then "11th"; starts at two."""
    if count - 2 < len(_ORDINALS):
        return _ORDINALS[count - 2]
    ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"
