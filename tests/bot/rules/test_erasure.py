"""Forgetting a person at their wish: who may ask for it, and what the team's timeline keeps of it."""

import pytest

from bot.nouns import commands as c
from bot.nouns.team import Part, Teammate
from bot.nouns.view import View
from tests.bot.build import ANA, KIM, MAX, a_team, after, done, no

MARA, TOM = "a" * 32, "b" * 32
EVERYBODY = View(team=a_team())
ASK = c.Forget(id="f", persons=(MARA,))


@pytest.mark.parametrize("who", [MAX, Part.CLOCKWORK])
def test_a_manager_or_the_machines_owner_may_ask(who: Teammate | Part) -> None:
    """From then on the team knows who is to be forgotten, until it is done."""
    view = done(EVERYBODY, ASK, who, after(1))
    assert view.team.erasing == (MARA,)
    assert done(view, c.NoteErased(id="n", persons=(MARA,)), Part.CLOCKWORK, after(2)).team.erasing == ()


@pytest.mark.parametrize("who", [ANA, KIM])
def test_nobody_else_may(who: Teammate) -> None:
    """Neither a teammate nor a lead who is no manager."""
    assert "manager" in no(EVERYBODY, ASK, who, after(1)).because


@pytest.mark.parametrize("persons", [(), ("team",), (MARA, "mara"), ("A" * 32,), (f"{MARA}\n",)])
def test_only_persons_from_outside_can_be_forgotten(persons: tuple[str, ...]) -> None:
    """Not the team itself, and nothing that is no person's key."""
    assert "nobody" in no(EVERYBODY, c.Forget(id="f", persons=persons), MAX, after(1)).because


def test_asking_twice_is_asking_once_and_more_may_be_asked_meanwhile() -> None:
    """Who is being forgotten already needs no second ask; another person does."""
    view = done(EVERYBODY, ASK, MAX, after(1))
    assert "already" in no(view, ASK, MAX, after(2)).because
    both = done(view, c.Forget(id="g", persons=(MARA, TOM)), MAX, after(2))
    assert both.team.erasing == (MARA, TOM)
    assert done(both, c.NoteErased(id="n", persons=(MARA, "c" * 32)), Part.CLOCKWORK, after(3)).team.erasing == (TOM,)


def test_only_the_product_says_that_it_is_done_and_once() -> None:
    """What was not asked for or is noted already is not noted."""
    noted = c.NoteErased(id="n", persons=(MARA,))
    no(EVERYBODY, noted, MAX, after(1))
    assert "already" in no(EVERYBODY, noted, Part.CLOCKWORK, after(1)).because
