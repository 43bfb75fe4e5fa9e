"""A press on Send counts for five minutes that really passed, whatever the clocks showed then or show now."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Unknown
from bot.nouns.events import Event, SentBack
from bot.nouns.team import Part, Refusal
from bot.nouns.time import Now
from bot.nouns.view import View
from tests.bot.build import ANA, a_clear, after, asked, cmd, decided, done, no, press, ready, wake
from tests.bot.rules.sends import attempt, unknown

TOO_LONG = "It waited too long after the press. Read it once more and press again."
NOBODY_KNOWS = (
    "Nobody can tell how long ago it was pressed: the machine began anew, or its clock was set. "
    "Read it once more and press again."
)
WRONG = [timedelta(hours=-5), timedelta(hours=5)]


def wrong(now: Now, by: timedelta) -> Now:
    """The same instant, as clocks show it that are wrong by so much."""
    return now.model_copy(update={"wall": now.wall + by, "store": now.store + by})


def asked_at(now: Now) -> View:
    """Ana pressed Send then."""
    return done(ready(), press(ready()), ANA, now)


def events(view: View, command: c.Command, who: Part, now: Now) -> Sequence[Event]:
    """What is decided; it must be no refusal."""
    answer = decided(view, command, who, now)
    assert not isinstance(answer, Refusal), answer.because
    return answer


def because(view: View, now: Now) -> str:
    """Why the outbox sends it back then; '' where it goes out."""
    (event,) = events(view, a_clear(), Part.OUTBOX, now)
    return event.because if isinstance(event, SentBack) else ""


@pytest.mark.parametrize("by", WRONG)
def test_a_clock_that_was_wrong_at_the_press_neither_lengthens_nor_shortens_it(by: timedelta) -> None:
    """Pressed while the clocks stood hours ahead or behind, and set right since: five minutes, and not one more."""
    view = asked_at(wrong(after(22), by))
    assert because(view, after(27)) == ""
    assert because(view, after(27.1)) == TOO_LONG


@pytest.mark.parametrize("by", WRONG)
def test_a_clock_that_is_wrong_by_now_neither_lengthens_nor_shortens_it(by: timedelta) -> None:
    """Pressed by right clocks that somebody has set since: the same."""
    assert because(asked(), wrong(after(27), by)) == ""
    assert because(asked(), wrong(after(27.1), by)) == TOO_LONG


@pytest.mark.parametrize("by", WRONG)
def test_the_clockwork_sends_it_back_after_the_time_that_passed(by: timedelta) -> None:
    """Not by the moment that was written down: where it is not old enough yet, it says when it will be."""
    view = asked_at(wrong(after(22), by))
    early = no(view, wake("asked:s1"), Part.CLOCKWORK, after(26))
    assert early.until == after(27).wall
    (event,) = events(view, wake("asked:s1"), Part.CLOCKWORK, after(27))
    assert isinstance(event, SentBack)
    assert event.because == TOO_LONG


@pytest.mark.parametrize("clocks", [{"elapsed": 5.0}, {"elapsed": 359.0}, {"elapsed": 5.0, "witness": after(23).wall}])
def test_after_a_reboot_it_comes_back(clocks: dict[str, Any]) -> None:
    """Nobody bore witness both times, so nobody can tell how long the machine was away: a person presses again."""
    rebooted = after(23, boot="boot-2", **clocks)
    assert because(asked(), rebooted) == NOBODY_KNOWS
    (event,) = events(asked(), wake("asked:s1"), Part.CLOCKWORK, rebooted)
    assert isinstance(event, SentBack)
    assert event.because == NOBODY_KNOWS


def test_a_wrong_clock_that_was_set_right_by_a_reboot_makes_nothing_late() -> None:
    """Pressed two hours ahead, and the machine came back two hours later: the clocks say it was a moment ago."""
    view = asked_at(wrong(after(22), timedelta(hours=2)))
    back = after(22 + 121, boot="boot-2", elapsed=30.0)
    assert because(view, back) == NOBODY_KNOWS
    assert because(view, after(23, boot="boot-2", elapsed=30.0)) == NOBODY_KNOWS


def test_another_machine_that_was_up_all_along_goes_by_the_clocks() -> None:
    """Pressed on one host and sent by another, as replicas do; a press from the future is believed by nobody."""
    assert because(asked(), after(27, boot="boot-2")) == ""
    assert because(asked(), after(27.1, boot="boot-2")) == TOO_LONG
    assert because(asked(), after(22, store=after(28).wall, boot="boot-2")) == TOO_LONG
    assert because(asked_at(wrong(after(22), timedelta(minutes=5))), after(22, boot="boot-2")) == NOBODY_KNOWS


def test_two_witnesses_prove_it_across_machines() -> None:
    """What they may both be out by is taken off, so that nothing is late: ten seconds before the five minutes."""
    view = asked_at(after(22, witness=after(22).wall))

    def there(minutes: float) -> Now:
        return after(minutes, boot="boot-2", elapsed=5.0, witness=after(minutes).wall)

    assert because(view, there(26.8)) == ""
    assert because(view, there(26.9)) == TOO_LONG


def test_trying_again_is_a_press_of_its_own() -> None:
    """It counts from then on."""
    again = done(unknown(), cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(30))
    assert attempt(again).pressed == after(30).moment
    assert because(again, after(34)) == ""


def test_a_press_of_a_version_that_kept_no_moment() -> None:
    """An older version's is judged by the clocks, as that version did; one from the future is believed by nobody."""

    def old(view: View) -> View:
        made = attempt(view).model_copy(update={"pressed": None})
        found = view.conversations["c1"].model_copy(update={"attempts": (made,)})
        return View(team=view.team, incidents=view.incidents, conversations={"c1": found})

    assert because(old(asked()), after(27)) == ""
    assert because(old(asked()), after(27.1)) == TOO_LONG
    assert because(old(asked()), after(22, store=after(28).wall)) == TOO_LONG
    assert because(old(asked_at(wrong(after(22), WRONG[1]))), after(23)) == NOBODY_KNOWS


def test_an_ask_that_went_on_is_not_sent_back() -> None:
    """Nothing is due of what is no ask any more."""
    gone = done(asked(), a_clear(), Part.OUTBOX, after(22))
    assert attempt(gone).state is AttemptState.INTENDED
    doubted = done(gone, cmd(c.Deliver, attempt="s1", delivery=Unknown(because="It dropped.")), Part.OUTBOX, after(23))
    for view in (gone, doubted):
        assert "Nothing is due" in no(view, wake("asked:s1"), Part.CLOCKWORK, after(40)).because
