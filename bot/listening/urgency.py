"""What somebody should look at soon, by rules: safety, assault, discrimination, the law, security, theft, press.

A scorer that learnt what complaints sound like misses three urgent mentions in ten ("your charger caught fire in my
son's bedroom" is politely worded), and bare keywords are wrong seven times in ten ("fire stick", "steal our deal").
So each rule is a scene, in which words with a role meet (scenes.py), and says its reason the way a colleague would.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.listening.scenes import scenes
from bot.listening.tokens import HANDLE, Cut
from bot.nouns.flag import Severity

COMPLAINT = 0.5
"""The complaint score from which bare words (the list's `soft` scenes) are taken seriously."""

LONG = 60
"""Tokens. In a longer text, a review mostly, words with a role meet by chance: it rings nobody unless it complains."""

REASONS: Mapping[str, str] = {
    "hurt": "somebody could be hurt",
    "self": "somebody may be thinking of harming themselves",
    "threat": "threatens to hurt somebody",
    "crime": "says somebody was attacked or abused",
    "unfair": "says somebody was treated worse for who they are",
    "lawyer": "mentions a lawyer or a court",
    "police": "mentions the police",
    "office": "wants to report us to an authority",
    "unlawful": "says we broke the law",
    "leak": "says customers' data is exposed",
    "weakness": "reports a weakness in our systems",
    "account": "somebody else may be in their account",
    "faked": "a scam may be using our name",
    "money": "says money was moved without their consent",
    "stolen": "says one of us stole from them",
    "press": "a journalist is asking, or the press is being told",
    "public": "calls on others to act against us",
}
"""Reasons by the key the lists use."""

_CRITICAL_SCORE, _HIGH_SCORE = 0.92, 0.75
_AT = re.compile(r"@\w+")
_PRESSING = (
    "now",
    "asap",
    "urgent",
    "urgently",
    "immediately",
    "tonight",
    "today",
    "emergency",
    "stranded",
    "deadline",
)
_PRESSED = frozenset(f"{mark}{word}" for word in _PRESSING for mark in ("", "#"))


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a rule heard. `kind`: safety, assault, discrimination, legal, security, theft or press."""

    kind: str
    severity: Severity
    reason: str

    @property
    def because(self) -> str:
        """The reason in a colleague's words."""
        return REASONS[self.reason]


def alarms(ready: Cut, lang: str | None = None, complaint: float = 0.0) -> tuple[Alarm, ...]:
    """The alarms of a text in `lang` (None: not known, every language is asked), gravest first, each kind once.

    `complaint`: the scorer's score; bare words are taken seriously only in a complaint.
    """
    found = []
    gravest = Severity.HIGH if len(ready.tokens) > LONG and complaint < COMPLAINT else Severity.CRITICAL
    for scene in scenes(_named(ready), lang):
        kind, severity, reason = scene.called
        if not scene.soft or complaint >= COMPLAINT:
            found.append(Alarm(kind, min(Severity(severity), gravest, key=lambda each: each.rank), reason))
    heard: dict[str, Alarm] = {}
    for alarm in sorted(found, key=lambda alarm: -alarm.severity.rank):
        heard.setdefault(alarm.kind, alarm)
    return tuple(heard.values())


def _named(ready: Cut) -> Sequence[str]:
    """The tokens as scenes know them: handles as they were written (a newspaper that is called upon counts), the
    parts of words with a hyphen one by one, and "don't" as many write it, "dont".
    """
    if HANDLE in ready.tokens or "-" in ready.lowered or "n't" in ready.lowered:
        return tuple(_renamed(ready))
    return ready.tokens


def _renamed(ready: Cut) -> Iterator[str]:
    handles = iter(_AT.findall(ready.lowered)) if HANDLE in ready.tokens else iter(())
    for token in ready.tokens:
        if token == HANDLE:
            yield next(handles, token)
        elif "-" in token:
            yield from filter(None, token.split("-"))
        else:
            yield token.replace("n't", "nt")


def score(heard: Sequence[Alarm], complaint: float, tokens: Iterable[str]) -> float:
    """0 to 1: what the alarms say; without one at most 0.45, more for a complaint and where time presses."""
    if heard:
        gravest = _CRITICAL_SCORE if heard[0].severity is Severity.CRITICAL else _HIGH_SCORE
        return min(1.0, gravest + 0.04 * (len(heard) - 1))
    pressed = not _PRESSED.isdisjoint(tokens)
    return round(0.3 * complaint + (0.15 if pressed else 0.0), 3)
