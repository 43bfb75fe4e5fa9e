"""*Hold all posting*."""

from typing import Any

from bot.nouns import commands as c
from bot.nouns.team import Part
from bot.nouns.view import View
from tests.bot.build import ANA, BEN, GUS, KIM, a_team, after, done, no, words


def begin(minutes: float = 60, text: str = "Product recall.", **changes: Any) -> c.BeginHold:
    """A hold until so many minutes after START."""
    return c.BeginHold(**{"id": "h", "until": after(minutes).wall, "words": words(text), **changes})


def held() -> View:
    """Ana began a hold of an hour."""
    return done(View(team=a_team()), begin(beyond=("The newsletter at five.",)), ANA, after(0))


def test_anyone_of_the_team_holds_all_posting() -> None:
    """A hold stands from its press to its end, counted so that a send can be fenced by it."""
    team = held().team
    assert team.hold is not None
    assert (team.hold.by, team.holds) == ("ana", 1)
    assert team.holding(after(59)) is not None
    assert team.holding(after(60)) is None
    for who in (GUS, Part.OUTBOX):
        assert no(View(team=a_team()), begin(), who, after(0)).because


def test_the_product_holds_posting_in_a_store_that_was_brought_back() -> None:
    """By itself, because nobody there can know what was sent since the backup; it says why, and a lead ends it."""
    held_by_it = done(View(team=a_team()), begin(text="Restored from a backup."), Part.CLOCKWORK, after(0))
    hold = held_by_it.team.holding(after(1))
    assert hold is not None
    assert hold.by == "coolhead:clockwork"
    assert done(held_by_it, c.EndHold(id="e"), KIM, after(2)).team.holding(after(2)) is None


def test_one_clock_that_jumps_does_not_end_a_hold() -> None:
    """Wall and store must agree that it is over."""
    assert held().team.holding(after(10, wall=after(70).wall)) is not None
    assert held().team.holding(after(10, store=after(70).wall)) is not None


def test_a_hold_has_an_end_and_a_reason() -> None:
    """An end that is past, or more than a week away, and an empty reason are refused."""
    for minutes in (0, -5, 7 * 24 * 60 + 1):
        assert "seven days" in no(View(team=a_team()), begin(minutes), ANA, after(0)).because
    assert "why" in no(View(team=a_team()), begin(text=" "), ANA, after(0)).because


def test_a_standing_hold_is_lengthened_by_anyone_and_shortened_by_leads() -> None:
    """Two people press at once: the second is told; longer is always possible."""
    refusal = no(held(), begin(60), BEN, after(1))
    assert (refusal.because, refusal.until) == ("Ana holds all posting already, until then.", after(60).wall)
    longer = done(held(), begin(90), BEN, after(1)).team.hold
    assert longer is not None
    assert longer.until == after(90).wall
    shorter = done(held(), begin(30), KIM, after(1)).team.hold
    assert shorter is not None
    assert shorter.until == after(30).wall


def test_a_lead_ends_a_hold() -> None:
    """Only a lead ends it before its time, once; in a team without leads any teammate."""
    end = c.EndHold(id="e", words=words("We return with a statement."))
    assert done(held(), end, KIM, after(5)).team.holding(after(5)) is None
    assert no(held(), end, ANA, after(5)).because.endswith("Ask Kim or Ravi.")
    assert no(held(), end, GUS, after(5)).because
    assert "Nothing is on hold" in no(held(), end, KIM, after(61)).because
    few = done(View(team=a_team(ANA, BEN)), begin(), ANA, after(0))
    assert done(few, end, BEN, after(5)).team.holds == 2
