"""How hostile a text is: heat. Rules and hand-written words first, a little of what anger sounds like second.

Complaining is not hostile: heat asks whether the words are meant to hurt a person, because that is what wears out
whoever reads them, and what makes a hasty answer go wrong. Nothing here was fitted to labelled abuse; the points are
judgement, and `benchmarks/flagging/evaluate.py` measures what they are worth.
"""

import re
from dataclasses import dataclass
from functools import cache

from bot.listening.phrases import lines
from bot.listening.scorer import SCORED, Families, logistic
from bot.listening.tokens import Cut

_POINTS = {"slur": 3.0, "insult": 1.7, "swear": 1.3, "scorn": 0.8}
_AGAIN = 0.5  # the second word of a kind counts half as much; further ones nothing
_NAMES = {"slur": "uses a slur", "insult": "insults a person", "swear": "swears", "scorn": "speaks with contempt"}
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_AIMED = re.compile(
    r"\b(?:you|u|ur|your|you're|youre|yall|y'all|he|she|they|he's|she's|they're|these|those|this) (?:are |is |all |"
    r"r |such |a |an |"
    r"all a |are all |fucking |bloody |absolute |total |complete |lying |little |so |really |people are |guys are )*"
    r"(?:idiots?|morons?|stupid|dumb|liars?|scum|clowns?|thieves|crooks?|pathetic|useless|worthless|disgusting|"
    r"a joke|garbage|trash|"
    r"bitch\w*|assholes?|cunts?|losers?|cowards?|incompetent|evil|hypocrites?|sick|crazy|insane|ignorant|corrupt|"
    r"frauds?)\b"
    r"|\b(?:shut (?:the \w+ )?up|shame on (?:you|him|her|them)|go to hell|screw (?:you|them|him|her)|f\w*k (?:you|"
    r"off|u|them|him|her|this|your)|"
    r"piss off|get lost|drop dead|go die|eat shit|up yours|lock (?:him|her|them) up|what a (?:joke|clown|loser|moron|"
    r"idiot))\b"
)


@dataclass(frozen=True, slots=True)
class Heat:
    """`score` 0 to 1; `reasons` in words, the gravest first, never quoting the words themselves."""

    score: float
    reasons: tuple[str, ...]


def heat(ready: Cut, lang: str | None, anger: float, threatened: bool) -> Heat:
    """How hostile a text is. `anger`: what the scorer heard, 0 to 1; `threatened`: a rule heard a threat."""
    counts = _counts(ready, lang if lang in SCORED else "en")
    points = -1.6 + 2.4 * (anger - 0.5)
    points += sum(_POINTS[kind] * (1 + _AGAIN * (count > 1)) for kind, count in counts.items())
    aimed = _AIMED.search(ready.lowered) is not None
    shouted = _shouts(ready)
    points += 1.2 * aimed + 0.7 * shouted + 4.0 * threatened
    said = [_NAMES[kind] for kind in _NAMES if kind in counts and (kind != "scorn" or points >= 0)]
    if shouted:
        said.append("is written in capitals")
    return Heat(round(logistic(points), 3), tuple(said))


def _counts(ready: Cut, lang: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for kind in _hostile(lang).among(dict.fromkeys(ready.tokens)):
        if kind in _POINTS:
            counts[kind] = counts.get(kind, 0) + 1
    return counts


def _shouts(ready: Cut) -> bool:
    """Three words in capitals, and more than a third of what can be written so."""
    capitals = len(_CAPITALS.findall(ready.tidied))
    return capitals >= 3 and capitals * 3 > sum(len(token) > 2 and token.isalpha() for token in ready.tokens)


@cache
def _hostile(lang: str) -> Families:
    """The hostile words of a language; English ones count everywhere."""
    kept = [line.split(".", 1)[1] for line in lines("words.hostile.txt") if line.startswith((f"{lang}.", "en."))]
    return Families(kept)
