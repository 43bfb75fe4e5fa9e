"""What somebody should look at soon, by rules: safety, assault, discrimination, the law, security, theft, press.

A scorer that learnt what complaints sound like misses three urgent mentions in ten ("your charger caught fire in my
son's bedroom" is politely worded), and bare keywords are wrong seven times in ten ("fire stick", "steal our deal").
So each rule is a phrase with its context, and says its reason the way a colleague would. The rules are in
`urgent_rules`, `urgent_claims`, `urgent_wider`, `urgent_loose` and, for other languages, `urgent_abroad`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.listening.phrases import Phrases
from bot.listening.tokens import Cut
from bot.listening.urgent_abroad import ABROAD
from bot.listening.urgent_claims import CLAIMS
from bot.listening.urgent_loose import LOOSE
from bot.listening.urgent_rules import DANGERS
from bot.listening.urgent_wider import WIDER
from bot.listening.urgent_words import Rule
from bot.nouns.flag import Severity

COMPLAINT = 0.5
CRITICAL_SCORE, HIGH_SCORE = 0.92, 0.75
_SPOKEN_AWAY = frozenset({"es", "fr", "de", "pt", "it"})
_PRESSED = frozenset("now asap urgent urgently immediately tonight today emergency stranded deadline quickly".split())


class Listed:
    """Rules with their phrases made ready."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Prepares the phrases once."""
        self._rules = tuple(rules)
        self._phrases = Phrases((rule.triggers, rule.phrase, rule.unless) for rule in rules)

    def heard(self, ready: Cut) -> list[Rule]:
        """The rules that hear something."""
        return [self._rules[at] for at in self._phrases.heard(ready)]


_HOME = Listed((*DANGERS, *CLAIMS, *WIDER, *LOOSE))
_AWAY = Listed(ABROAD)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a rule heard. `kind` is one of safety, assault, discrimination, legal, security, theft, press."""

    kind: str
    severity: Severity
    because: str


def alarms(ready: Cut, lang: str | None = None, complaint: float = 0.0) -> tuple[Alarm, ...]:
    """The alarms of a text in `lang` (None: not known, every rule is asked), gravest first, each kind once.

    `complaint`: the scorer's score; bare words are taken seriously only in a complaint.
    """
    heard: dict[str, Alarm] = {}
    rules = [] if lang in _SPOKEN_AWAY else _HOME.heard(ready)
    if lang is None or lang in _SPOKEN_AWAY:
        rules += _AWAY.heard(ready)
    meant = [rule for rule in rules if not rule.soft or complaint >= COMPLAINT]
    for rule in sorted(meant, key=lambda rule: -rule.severity.rank):
        heard.setdefault(rule.kind, Alarm(rule.kind, rule.severity, rule.because))
    return tuple(heard.values())


def score(heard: Sequence[Alarm], complaint: float, tokens: Iterable[str]) -> float:
    """0 to 1: what the alarms say; without one at most 0.45, more for a complaint and where time presses."""
    if heard:
        gravest = CRITICAL_SCORE if heard[0].severity is Severity.CRITICAL else HIGH_SCORE
        return min(1.0, gravest + 0.04 * (len(heard) - 1))
    pressed = not _PRESSED.isdisjoint(token.lstrip("#") for token in tokens)
    return round(0.3 * complaint + (0.15 if pressed else 0.0), 3)
