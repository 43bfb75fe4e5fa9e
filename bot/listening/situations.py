"""What a mention is about, from a fixed list. A guess only where it is sure: a wrong headline is worse than none."""

from collections.abc import Mapping, Sequence

from bot.listening.phrases import read
from bot.listening.tokens import Cut
from bot.listening.urgency import Alarm
from bot.nouns.situation import SITUATIONS as SITUATIONS

_BY_REASON: Mapping[str, str] = {
    "hurt": "safety",
    "self": "safety",
    "threat": "safety",
    "crime": "safety",
    "leak": "data_leak",
    "weakness": "data_leak",
    "account": "data_leak",
    "unfair": "discrimination",
    "press": "press_question",
    "lawyer": "legal_threat",
    "police": "legal_threat",
    "office": "legal_threat",
}
_SOUGHT = read("situations.txt")
_UNMEANT = read("unmeant.txt")
_CALM, _CLEARLY = 0.35, 0.5


def guess(ready: Cut, complaint: float, heard: Sequence[Alarm], glad: bool) -> str | None:
    """The situation's key, or None where two fit or none does.

    `complaint` is the score, `heard` the alarms, gravest first; `glad`: it has glad words or thanks.
    """
    found = list(dict.fromkeys(phrase.called[0] for phrase in _SOUGHT.heard(ready)))
    for alarm in heard:
        if alarm.reason in _BY_REASON:
            return _BY_REASON[alarm.reason]
    if "spam_or_wrong_name" in found:
        return "spam_or_wrong_name" if complaint < _CLEARLY else None
    if len(found) > 1:
        return _more_telling(found)
    if found:
        return found[0]
    return _mood(ready, complaint, glad)


_MORE_TELLING: Mapping[frozenset[str], str] = {
    frozenset({"parcel_lost", "no_answer"}): "parcel_lost",
    frozenset({"parcel_lost", "late_delivery"}): "late_delivery",
    frozenset({"late_delivery", "no_answer"}): "late_delivery",
    frozenset({"refund_missing", "no_answer"}): "refund_missing",
    frozenset({"charged_twice", "refund_missing"}): "charged_twice",
    frozenset({"charged_twice", "no_answer"}): "charged_twice",
    frozenset({"broken_item", "quality"}): "broken_item",
    frozenset({"broken_item", "no_answer"}): "broken_item",
    frozenset({"broken_item", "refund_missing"}): "broken_item",
    frozenset({"wrong_item", "no_answer"}): "wrong_item",
    frozenset({"outage", "no_answer"}): "outage",
    frozenset({"locked_out", "no_answer"}): "locked_out",
    frozenset({"cancelled", "refund_missing"}): "refund_missing",
    frozenset({"cancelled", "no_answer"}): "cancelled",
    frozenset({"ban_appeal", "locked_out"}): "ban_appeal",
    frozenset({"ban_appeal", "no_answer"}): "ban_appeal",
    frozenset({"ban_appeal", "unfair_moderation"}): "ban_appeal",
    frozenset({"moderator_conduct", "rude_staff"}): "moderator_conduct",
    frozenset({"moderator_conduct", "unfair_moderation"}): "moderator_conduct",
    frozenset({"no_answer", "unfair_moderation"}): "unfair_moderation",
}
"""Where two fit, the one a colleague would put in the headline; a pair that is not here stays unnamed."""


def _more_telling(found: Sequence[str]) -> str | None:
    return _MORE_TELLING.get(frozenset(found))


def _mood(ready: Cut, complaint: float, glad: bool) -> str | None:
    if complaint >= _CALM:
        return None
    if "?" in ready.tidied:
        return "question"
    return "praise" if glad and not _UNMEANT.heard(ready) else None
