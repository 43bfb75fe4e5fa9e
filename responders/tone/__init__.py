"""The second reader: cautions on a draft, one file for each family."""

from collections.abc import Callable, Iterator, Sequence

from bot.nouns.caution import Caution, Level, Reading
from responders.tone import (
    apologies,
    argument,
    asks,
    blame,
    defensive,
    form,
    leaks,
    legal,
    listening,
    notes,
    offers,
    rude,
    sarcasm,
)
from responders.tone.draft import Draft, prepare

FAMILIES: tuple[Callable[[Draft], Iterator[Caution]], ...] = (
    form.find,
    leaks.find,
    asks.find,
    offers.find,
    rude.find,
    sarcasm.find,
    legal.find,
    apologies.find,
    blame.find,
    argument.find,
    defensive.find,
    notes.find,
)
_RANK = {Level.STOP: 2, Level.WARN: 1, Level.NOTE: 0}


def read(reading: Reading) -> tuple[Caution, ...]:
    """All cautions on a draft, in the order of their place; those on the whole draft, at (0, 0), come first.

    Of one code only the gravest stands on the same words, and a note gives way to anything graver on them.
    """
    draft = prepare(reading)
    found = [one for family in FAMILIES for one in family(draft)]
    found.extend(listening.find(draft, found))
    return tuple(sorted(_settled(found), key=lambda one: (one.span, -_RANK[one.level])))


def _settled(found: Sequence[Caution]) -> list[Caution]:
    kept: list[Caution] = []
    for one in sorted(found, key=lambda each: (-_RANK[each.level], each.span)):
        if not any(_covers(better, one) for better in kept):
            kept.append(one)
    return kept


def _covers(better: Caution, one: Caution) -> bool:
    overlap = better.span[0] < one.span[1] and one.span[0] < better.span[1] or better.span == one.span
    return overlap and (better.code == one.code or one.level is Level.NOTE and one.span != (0, 0))
