"""The pace of a lane: learnt from how long its edits take."""

import pytest

from bot.work.pace import MOST, Pace

HERE, THERE = "chat a", "chat b"


def test_a_lane_that_holds_nobody_up_has_none() -> None:
    """Nothing is known at first, and edits that take as long as ever make nobody wait."""
    pace = Pace()
    assert pace.due(HERE) == float("-inf")
    for began in (0.0, 1.0, 2.0):
        pace.showed(HERE, began, began + 0.3)
    assert pace.due(HERE) <= 2.3


def test_who_was_held_up_waits_the_next_time() -> None:
    """Edits let through every second: the next picture is taken a second after the last was shown, there alone."""
    pace = Pace()
    pace.showed(HERE, 0.0, 0.0)
    pace.showed(HERE, 0.1, 1.0)
    pace.showed(HERE, 1.0, 2.0)
    assert pace.due(HERE) == 3.0
    assert pace.due(THERE) == float("-inf")


def test_it_may_become_quicker() -> None:
    """An edit that was not held up brings the next one forward; a long break is no pace."""
    pace = Pace()
    pace.showed(HERE, 0.0, 0.0)
    pace.showed(HERE, 0.1, 1.0)
    pace.showed(HERE, 2.0, 2.0)
    assert 2.5 < pace.due(HERE) < 3.0
    pace.showed(HERE, 500.0, 501.0)
    assert pace.due(HERE) == 501.0 + MOST


def test_not_too_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forum whose every post is a lane costs no more memory than so many; what is forgotten is learnt again."""
    monkeypatch.setattr("bot.work.pace.MOST_KNOWN", 2)
    pace = Pace()
    for lane in (HERE, THERE):
        pace.showed(lane, 0.0, 0.0)
        pace.showed(lane, 0.1, 1.0)
    pace.showed("chat c", 0.0, 0.0)
    assert pace.due(HERE) == pace.due(THERE) == float("-inf")
