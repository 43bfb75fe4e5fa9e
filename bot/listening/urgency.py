"""What somebody should look at soon, by rules: safety, assault, discrimination, the law, security, theft, press.

A scorer that learnt what complaints sound like misses three urgent mentions in ten ("your charger caught fire in my
son's bedroom" is politely worded), and bare keywords are wrong seven times in ten ("fire stick", "steal our deal").
So each rule is a phrase with its context, and says its reason the way a colleague would. The rules are in
`lists/urgent.txt` and, for five more languages, `lists/urgent.abroad.txt`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.listening.phrases import lines, read
from bot.listening.scenes import scenes
from bot.listening.scorer import Families
from bot.listening.tokens import Cut
from bot.nouns.flag import Severity

COMPLAINT = 0.5
"""The complaint score from which bare words (the lists' `soft` rules) are taken seriously."""

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
_SURE, _VERY_SURE = 3, 4
"""Points of hinting words that make an alarm: in a complaint, and elsewhere."""

_SHORT = 70  # tokens; in a long review such words meet by chance

_KINDS: Mapping[str, str] = {
    "hurt": "safety",
    "crime": "assault",
    "unfair": "discrimination",
    "lawyer": "legal",
    "office": "legal",
    "account": "security",
    "stolen": "theft",
    "press": "press",
}
_CALM = frozenset({"calm", "smile"})
_HINTS = Families(lines("words.urgent.txt"))
_HOME, _AWAY = read("urgent.txt"), read("urgent.abroad.txt")
_SPOKEN_AWAY = frozenset({"es", "fr", "de", "pt", "it"})
_PRESSED = frozenset(
    {"now", "asap", "urgent", "urgently", "immediately", "tonight", "today", "emergency", "stranded", "deadline"}
)


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
    """The alarms of a text in `lang` (None: not known, every rule is asked), gravest first, each kind once.

    `complaint`: the scorer's score; bare words are taken seriously only in a complaint.
    """
    phrases = [] if lang in _SPOKEN_AWAY else _HOME.heard(ready)
    if lang is None or lang in _SPOKEN_AWAY:
        phrases += _AWAY.heard(ready)
    found = []
    for one in (*phrases, *scenes(ready.tokens, lang)):
        kind, severity, reason = one.called
        if not one.soft or complaint >= COMPLAINT:
            found.append(Alarm(kind, Severity(severity), reason))
    if not found:
        found = _hinted(ready, complaint)
    heard: dict[str, Alarm] = {}
    for alarm in sorted(found, key=lambda alarm: -alarm.severity.rank):
        heard.setdefault(alarm.kind, alarm)
    return tuple(heard.values())


def _hinted(ready: Cut, complaint: float) -> list[Alarm]:
    """An alarm from words that together mean more than each alone, in a short text that no rule heard."""
    if len(ready.tokens) > _SHORT:
        return []
    hints = [hint for token in dict.fromkeys(ready.tokens) for hint in _HINTS.of(token)]
    if not _CALM.isdisjoint(hints):
        return []
    points: dict[str, int] = {}
    for hint in hints:
        reason, dot, worth = hint.partition(".")
        if dot:
            points[reason] = points.get(reason, 0) + int(worth)
    if sum(points.values()) < (_SURE if complaint >= COMPLAINT else _VERY_SURE):
        return []
    reason = max(points, key=lambda reason: points[reason])
    return [Alarm(_KINDS[reason], Severity.HIGH, reason)]


def score(heard: Sequence[Alarm], complaint: float, tokens: Iterable[str]) -> float:
    """0 to 1: what the alarms say; without one at most 0.45, more for a complaint and where time presses."""
    if heard:
        gravest = _CRITICAL_SCORE if heard[0].severity is Severity.CRITICAL else _HIGH_SCORE
        return min(1.0, gravest + 0.04 * (len(heard) - 1))
    pressed = not _PRESSED.isdisjoint(token.lstrip("#") for token in tokens)
    return round(0.3 * complaint + (0.15 if pressed else 0.0), 3)
