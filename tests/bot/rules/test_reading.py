"""Lifting a stop, and reading once more."""

from datetime import timedelta
from typing import Any

from bot.nouns import commands as c
from bot.nouns.caution import Level
from tests.bot.build import (
    ANA,
    BEN,
    KIM,
    RAVI,
    SORRY,
    a_caution,
    a_team,
    a_write,
    after,
    cmd,
    done,
    drafted,
    no,
    opened,
    ready,
    woken,
    words,
)
from tests.bot.rules.drafts import STOP, draft, length, rewritten

# Stops


def lift(**changes: Any) -> c.LiftStop:
    """The press that lifts the public offer of the first version."""
    return cmd(
        c.LiftStop, **{"draft": "d1", "version": 1, "code": "public_offer", "words": words("Agreed."), **changes}
    )


def test_a_lifted_stop_lets_the_same_words_be_finished() -> None:
    """A lead lifts it with a reason; then the author finishes exactly those words, and it cools longer for it."""
    view = done(drafted(finished=False, cautions=(STOP,)), lift(), KIM, after(1))
    assert draft(view).stops() == ()
    finished = rewritten(view, SORRY, 2, cautions=(STOP,))
    assert draft(finished).stops() == ()
    assert length(finished) == timedelta(minutes=30)
    other = a_write("Other words with an offer.", based_on=1, cautions=(STOP,))
    assert "stopped" in no(view, other, ANA, after(2)).because
    assert no(view, lift(), RAVI, after(2)).because == "Kim lifted it already."


def test_who_may_lift_a_stop() -> None:
    """A lead on duty who did not write it; without one, any second teammate; never alone."""
    view = drafted(finished=False, cautions=(STOP,))
    assert "Ask Kim or Ravi" in no(view, lift(), BEN, after(1)).because
    off = [lead.model_copy(update={"on_duty": False}) for lead in (KIM, RAVI)]
    night = drafted(opened(team=a_team(ANA, BEN, *off)), finished=False, cautions=(STOP,))
    assert draft(done(night, lift(), BEN, after(1))).stops() == ()
    assert "somebody who didn't write it" in no(night, lift(), ANA, after(1)).because
    alone = drafted(opened(team=a_team(ANA)), finished=False, cautions=(STOP,))
    assert "alone" in no(alone, lift(), ANA, after(1)).because


def test_some_stops_are_never_lifted_and_every_lift_needs_a_reason() -> None:
    """A leak is repaired in the words; a lift without reason, of another version or of no stop is refused."""
    leak = drafted(finished=False, cautions=(a_caution("pii_leak", Level.STOP),))
    assert "Nobody can lift" in no(leak, lift(code="pii_leak"), KIM, after(1)).because
    view = drafted(finished=False, cautions=(STOP,))
    assert "why" in no(view, lift(words=words("")), KIM, after(1)).because
    assert "meanwhile" in no(view, lift(version=2), KIM, after(1)).because
    assert "No such stop" in no(view, lift(code="sarcasm"), KIM, after(1)).because


# Reading once more


def read(version: int = 1) -> c.ReadOnceMore:
    """The cooled draft is opened."""
    return cmd(c.ReadOnceMore, draft="d1", version=version)


def test_it_is_read_once_more_when_it_has_cooled() -> None:
    """The author reads it, and what they knew then is kept."""
    view = ready()
    assert (draft(view).reader, draft(view).known) == ("ana", 1)
    assert no(drafted(), read(), ANA, after(19)).until == after(20).wall
    assert "meanwhile" in no(view, read(2), ANA, after(22)).because


def test_reading_before_the_clockwork_came_makes_it_ready() -> None:
    """Where all clocks agree that it is over, the reader need not wait for the clockwork."""
    view = done(drafted(), read(), ANA, after(20))
    assert (draft(view).ready, draft(view).reader) == (after(20).wall, "ana")


def test_left_unread_anybody_may_read_it() -> None:
    """After 15 min any teammate may; before that the refusal says from when on."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    assert no(view, read(), BEN, after(34)).until == after(35).wall
    assert draft(done(view, read(), BEN, after(35))).reader == "ben"
    assert no(drafted(), read(), BEN, after(34)).until == after(35).wall
    assert no(ready(), read(), BEN, after(35)).until == after(36).wall
