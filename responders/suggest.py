"""Words others found good: at most three calm replies that fit, best first, each with its reason."""

import re
from collections.abc import Sequence

from bot.nouns.caution import Asking, Stage, Suggestion
from bot.nouns.flag import Severity
from responders.phrasebook import Entry, entries

MOST = 3
#: From this many public answers of ours on, more of them only carry the complaint further (Golmohammadi et al. 2021).
TURNS_ENOUGH = 2
_ANSWERS = ("first answer", "second answer", "one more answer")
_OUTSIDE = {
    Stage.ACKNOWLEDGEMENT: "a first word",
    Stage.PRIVATE: "a private word",
    Stage.STATEMENT: "a statement",
}
_BY_HAND = {"signature": "your name", "contact": "our contact"}
_SLOT = re.compile(r"\[([^\[\]\n]+)\]")
_FIELD = re.compile(r"(, )?\{(name|signature|contact)\}(, )?(\w?)")
_NAME = re.compile(r"[^\W\d_]{2,20}(?:['’-][^\W\d_]{1,20})?")
_NOBODY = frozenset(
    {
        "the",
        "an",
        "mr",
        "mrs",
        "ms",
        "dr",
        "user",
        "customer",
        "anonymous",
        "guest",
        "a",
        "my",
        "not",
        "your",
        "just",
        "somebody",
        "someone",
        "unknown",
        "deleted",
    }
)


async def suggest(asking: Asking) -> Sequence[Suggestion]:
    """What may be suggested for this; empty where nothing fits or their language is not ours."""
    return choose(asking)


def choose(asking: Asking) -> tuple[Suggestion, ...]:
    """The same, without a loop: it depends on nothing but its argument."""
    if asking.lang not in {None, "en"}:
        return ()
    wanted = _situation(asking)
    ranked = sorted(
        (one for one in entries() if _may(one, asking, wanted)), key=lambda one: (*_rank(one, asking), one.key)
    )
    made = (_fill(one, asking) for one in ranked)
    return tuple(one for one in made if one is not None)[:MOST]


def _situation(asking: Asking) -> str:
    if not asking.mention.strip() and asking.rating is not None:
        return "praise" if asking.rating >= 4 else "no_words"
    return asking.situation or "other"


def _may(entry: Entry, asking: Asking, wanted: str) -> bool:
    """Fit for stage and severity at all? Under something critical only what was written for it may stand."""
    if asking.severity is Severity.CRITICAL and not entry.grave:
        return False
    if asking.severity is Severity.HIGH and "other" in entry.situations and not entry.invites:
        return False
    if entry.turn == "later" and not asking.turns:
        return False
    return entry.stage is asking.stage and wanted in entry.situations


def _rank(entry: Entry, asking: Asking) -> tuple[int, int]:
    enough = asking.turns >= TURNS_ENOUGH
    turn = "later" if asking.turns else "first"
    return (
        int(entry.invites is not enough),
        int(entry.turn not in {"any", turn}) + int(entry.turn != turn),
    )


def _fill(entry: Entry, asking: Asking) -> Suggestion | None:
    """The longest form that fits, or None if none does."""
    for form in (entry.text, entry.short):
        text = _filled(form, asking)
        if form and (asking.limit is None or len(text) <= asking.limit):
            slots = tuple(_SLOT.findall(text))
            return Suggestion(entry.key, text, _fits(entry, asking), slots, invites=entry.invites)
    return None


def _filled(form: str, asking: Asking) -> str:
    """Fields replaced in one pass, so that nothing in a name or a contact can be taken for a field."""

    def put(found: re.Match[str]) -> str:
        before, field, comma, after = found[1] or "", found[2], found[3] or "", found[4]
        value = {
            "name": _called(asking.author),
            "signature": asking.signature.strip(),
            "contact": asking.contact.strip(),
        }[field]
        if value:
            return f"{before}{value}{comma}{after}"
        return after.upper() if field == "name" else f"{before}[{_BY_HAND[field]}]{comma}{after}"

    return _FIELD.sub(put, form)


def _called(author: str) -> str:
    """How to address them: a first name if it looks like one, else nothing. A display name may hold anything."""
    first = author.strip().split()[:1]
    plain = first[0] if first and _NAME.fullmatch(first[0]) and first[0].lower() not in _NOBODY else ""
    return plain if plain[:1].isupper() and not plain.isupper() else ""


def _fits(entry: Entry, asking: Asking) -> str:
    return f"Fits: {entry.fits}, {_OUTSIDE.get(asking.stage) or _answer(entry, asking.turns)}"


def _answer(entry: Entry, turns: int) -> str:
    return "takes it out of public" if entry.invites else _ANSWERS[min(turns, TURNS_ENOUGH)]
