"""The one entry of flagging: from a mention's words, and what is known of it, to a Flag.

Everything runs on the standard library, in well under a millisecond, and never raises on a text.
"""

from dataclasses import dataclass
from typing import Any

from bot.listening import language, situations
from bot.listening.hostility import heat
from bot.listening.scorer import Reading, Scorer, scorer
from bot.listening.severity import Evidence, reasons, severity
from bot.listening.tokens import Cut, cut
from bot.listening.urgency import alarms, score
from bot.nouns.flag import Flag, Scores

HEAT_FORWARDS = 0.75
"""A keyword watch forwards what is this hostile, complaint or not."""

_LONG = 240  # what no longer reads like a post is scored as a review too
_BY_STARS = {1: 0.9, 2: 0.75, 3: 0.45, 4: 0.2, 5: 0.05}
_REVIEW_PLATFORMS = frozenset({"trustpilot", "google", "googleplay", "appstore", "yelp", "tripadvisor", "amazon"})
_NO_READING = Reading({}, (), False)


@dataclass(frozen=True, slots=True)
class Judged:
    """A flag, and whether a keyword watch alone would have forwarded it."""

    flag: Flag
    watched: bool


def flag(
    text: str,
    *,
    platform: str = "",
    followers: int | None = None,
    lang: str | None = None,
    rating: int | None = None,
    kind: str = "post",
    direct: bool = False,
    media: int = 0,
    author_before: int = 0,
) -> Flag:
    """The verdict on a mention.

    `lang`: what the platform says ("pt-BR"); `rating`: 1 to 5; `kind`: post, chat, review or article; `direct`: it
    speaks to us or answers us; `media`: how many pictures and the like; `author_before`: how many mentions the same
    author sent earlier today. Direct mentions, reviews and articles are always forwarded.
    """
    review = kind == "review" or rating is not None
    judged = _judge(text, platform, followers, lang, rating, review, media, author_before)
    if judged.flag.forward or not (direct or review or kind == "article"):
        return judged.flag
    return judged.flag.model_copy(update={"forward": True})


def flag_line(said: dict[str, Any]) -> dict[str, Any]:
    """The answer of `flag --json` to one line (CONTRACTS). Raises ValueError, in words, where the line is wrong."""
    text, author = _get(said, "text", str, needed=True), _get(said, "author", dict) or {}
    rating = _get(said, "rating", int)
    if rating is not None and not 1 <= rating <= 5:
        raise ValueError("rating must be 1 to 5")
    if said.get("id") is None:
        raise ValueError("id is missing")
    platform, lang = _get(said, "platform", str) or "", _get(said, "lang", str)
    judged = _judge(text, platform, _get(author, "followers", int), lang, rating, rating is not None, 0, 0)
    return {
        "id": said["id"],
        "flagged": judged.watched,
        "severity": judged.flag.severity.value,
        "scores": judged.flag.scores.model_dump(),
        "lang": judged.flag.lang,
        "reasons": list(judged.flag.reasons),
    }


def _get(said: dict[str, Any], key: str, kind: type, *, needed: bool = False) -> Any:
    value = said.get(key)
    if value is None and not needed:
        return None
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"{key} is missing" if value is None else f"{key} has the wrong type")
    return value


def _judge(
    text: str,
    platform: str,
    followers: int | None,
    hint: str | None,
    rating: int | None,
    review: bool,
    media: int,
    before: int,
) -> Judged:
    ready = cut(text)
    lang = language.guess_cut(ready, hint)
    unscored = language.unscored(lang) if ready.tokens else None
    reader = scorer(lang or "en")
    reading = reader.read(ready) if reader and ready.tokens else _NO_READING
    complaint, watch = _complaint(reader, reading, ready, review or platform in _REVIEW_PLATFORMS)
    heard = alarms(ready, lang, complaint)
    hot = heat(ready, lang, reading.scores.get("anger", 0.5), any(alarm.reason == "threat" for alarm in heard))
    if rating is not None:
        complaint = (complaint + _BY_STARS[rating]) / 2 if reading.scores else _BY_STARS[rating]
    scores = Scores(complaint=round(complaint, 3), hostility=hot.score, urgency=score(heard, complaint, ready.tokens))
    seen = Evidence(
        complaint, hot, heard, reading.telling, unscored is None, rating, followers, before, not ready.tokens, media
    )
    watched = (
        bool(heard or unscored or (media and not ready.tokens))
        or (rating is not None and rating <= 2)
        or complaint >= watch
        or hot.score >= HEAT_FORWARDS
    )
    because = (*reasons(seen), *([unscored] if unscored else [])) or (("may be a complaint",) if watched else ())
    about = situations.guess(ready, complaint, heard, reading.glad) if reading.scores else None
    judged = Flag(forward=watched, severity=severity(seen), scores=scores, lang=lang, situation=about, reasons=because)
    return Judged(judged, watched)


def _complaint(reader: Scorer | None, reading: Reading, ready: Cut, review: bool) -> tuple[float, float]:
    """The complaint score, and the score from which a keyword watch forwards."""
    if reader is None or not reading.scores:
        return 0.0, 1.0
    names = ["post"]
    if "review" in reader.heads:
        names = ["review"] if review else ["post", "review"] if len(ready.tidied) > _LONG else names
    said = sum(reading.scores[name] for name in names) / len(names)
    return said, sum(reader.heads[name].watch for name in names) / len(names)
