"""Promises: made with a day to come, and kept, renegotiated or broken by a named person."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Promise, PromiseState
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Teammate
from bot.nouns.view import View
from tests.bot.build import ANA, BEN, GUS, START, after, done, no, opened, words

FRIDAY = START + timedelta(days=4)
MAKE = c.MakePromise(id="p", conversation="c1", promise="p1", words=words("A new one by Friday."), due=FRIDAY)


def settle(state: PromiseState, **changes: object) -> c.SettlePromise:
    """The command that says how the promise went."""
    return c.SettlePromise(id="s", conversation="c1", promise="p1", state=state).model_copy(update=changes)


def the_promise(view: View) -> Promise:
    """The one promise of these tests."""
    (promise,) = view.conversations["c1"].promises
    return promise


def test_a_promise_is_whose_press_recorded_it() -> None:
    """It holds its words, its day and who made it, and is recorded once."""
    view = done(opened(), MAKE, ANA, after(1))
    assert the_promise(view) == Promise(id="p1", by="ana", words=words("A new one by Friday."), due=FRIDAY)
    assert "already" in no(view, MAKE, ANA, after(2)).because


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"words": words(" ")}, "what was promised"),
        ({"due": START}, "a day to come"),
        ({"conversation": "c9"}, "no longer here"),
    ],
)
def test_a_promise_needs_words_and_a_day_to_come(changes: dict[str, object], because: str) -> None:
    """An empty promise, one for yesterday, and one that belongs nowhere are refused."""
    assert because in no(opened(), MAKE.model_copy(update=changes), ANA, after(1)).because


def test_a_settled_conversation_promises_nothing() -> None:
    """No promise is open where a conversation is closed, so none is made there."""
    closed = done(opened(), c.Close(id="x", conversation="c1", disposition=Disposition.THANKED), ANA, after(1))
    assert "Reopen" in no(closed, MAKE, ANA, after(2)).because


@pytest.mark.parametrize("who", [GUS, Part.CLOCKWORK])
def test_only_teammates_promise(who: Teammate | Part) -> None:
    """Neither guests nor parts of the product make promises or say how one went."""
    no(opened(), MAKE, who, after(1))
    no(done(opened(), MAKE, ANA, after(1)), settle(PromiseState.KEPT), who, after(2))


@pytest.mark.parametrize(("state", "said"), [(PromiseState.KEPT, "kept"), (PromiseState.BROKEN, "broken")])
def test_a_promise_ends_kept_or_broken_once(state: PromiseState, said: str) -> None:
    """Any teammate says how it went; what is settled stays so."""
    view = done(done(opened(), MAKE, ANA, after(1)), settle(state), BEN, after(2))
    assert (the_promise(view).state, the_promise(view).open) == (state, False)
    assert said in no(view, settle(PromiseState.KEPT), BEN, after(3)).because


def test_a_new_date_keeps_a_promise_open() -> None:
    """Renegotiated in public, it binds us on its new day, which lies ahead."""
    view = done(opened(), MAKE, ANA, after(1))
    for due in (None, START):
        assert "new date" in no(view, settle(PromiseState.RENEGOTIATED, due=due), ANA, after(2)).because
    later = FRIDAY + timedelta(days=3)
    moved = done(view, settle(PromiseState.RENEGOTIATED, due=later), ANA, after(2))
    assert (the_promise(moved).open, the_promise(moved).due) == (True, later)
    kept = done(moved, settle(PromiseState.KEPT, due=FRIDAY), ANA, after(3))
    assert (the_promise(kept).state, the_promise(kept).due) == (PromiseState.KEPT, later)


def test_what_was_not_promised_is_not_settled() -> None:
    """An unknown promise, a state that says nothing and a conversation that is gone are refused."""
    view = done(opened(), MAKE, ANA, after(1))
    assert "not part" in no(view, settle(PromiseState.KEPT, promise="p9"), ANA, after(2)).because
    assert "how it went" in no(view, settle(PromiseState.OPEN), ANA, after(2)).because
    assert "no longer here" in no(view, settle(PromiseState.KEPT, conversation="c9"), ANA, after(2)).because
