"""How long words cool, and why, as a sentence."""

from collections.abc import Sequence
from datetime import timedelta

from bot.nouns.time import Addition
from bot.screens.plain import lasting

EDIT = "You can edit while it cools; it starts again from the last change."


def cools(length: timedelta, because: Sequence[Addition]) -> str:
    """Such as: It cools for 20 min, 10 more because it argues with them.

    Where a ceiling cut the additions, they no longer add up to the whole and are not told one by one.
    """
    added = sum((timedelta(minutes=more.minutes, seconds=more.seconds) for more in because), timedelta())
    if because and length > added:
        more = "".join(f", {_amount(each)} more because {each.because}" for each in because)
        return f"It cools for {lasting(length - added)}{more}."
    return f"It cools for {lasting(length)}" + "".join(f", because {each.because}" for each in because) + "."


def _amount(more: Addition) -> str:
    if not more.seconds:
        return str(more.minutes)
    return f"{more.minutes} min {more.seconds} s" if more.minutes else f"{more.seconds} s"
