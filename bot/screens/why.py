"""Why something is here, in the words of a colleague. The reasons of a flag are short remarks for programs too."""

import re
from collections.abc import Sequence

from bot.nouns.flag import Flag

#: A complaint as the ears note it, with the words that told: "reads like a complaint (\"still\", \"hung\")".
_COMPLAINT = re.compile(r"\A((?:reads like a |may be a )?complaint)(?: \(.*\))?\Z", re.DOTALL)
_SAID = {
    "complaint": "It is a complaint.",
    "reads like a complaint": "It sounds like a complaint.",
    "may be a complaint": "It may be a complaint.",
}
#: What headline and second line of a card say already.
_SHOWN = re.compile(r"\A(?:(?:one|two|three|four|five) stars?(?:, no words)?|no words)\Z")
_NOT_SCORED = "not scored: "


def why(flag: Flag, *, on_card: bool = False) -> str:
    """One to three sentences, '' where there is no reason. `on_card`: without what the card's head shows anyway."""
    reasons = [each for each in _plain(flag.reasons) if not (on_card and _SHOWN.fullmatch(each))]
    complaint = [_SAID[each] for each in reasons if each in _SAID]
    others = _sentence([each for each in reasons if each not in _SAID])
    parts = [*complaint, others] if reasons and reasons[0] in _SAID else [others, *complaint]
    return " ".join(part for part in parts if part)


def veil(flag: Flag) -> str:
    """What stands in the place of hostile words: "Complaint, insults a person"."""
    return _sentence(_plain(flag.reasons))[:-1] or "Hostile words"


def _plain(reasons: Sequence[str]) -> list[str]:
    """Each remark without what only a program counts."""
    bare = (reason.rstrip(".").removeprefix(_NOT_SCORED) for reason in reasons)
    return [found[1] if (found := _COMPLAINT.fullmatch(reason)) else reason for reason in bare]


def _sentence(reasons: Sequence[str]) -> str:
    whole = ", ".join(reasons)
    return f"{whole[:1].upper()}{whole[1:]}." if whole else ""
