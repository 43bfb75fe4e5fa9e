"""The oracle is not blind: with one mechanism of the product switched off, it says so. Simulated."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.screens.shapes import Done
from tests.simulation.world import live

LIVES = 60.0


def _nothing(*given: Any, **named: Any) -> None:
    return None


def _over(cooling: Any, now: Any) -> bool:
    return True


def _said_anyway(gesture: Any) -> Done:
    return Done("Saved.", gesture.incident, gesture.conversation)


#: What is switched off: where, what stands there instead, in which seed it shows at first, and what the oracle says then.
OFF: dict[str, tuple[tuple[str, ...], Callable[..., Any], int, str]] = {
    "the cooling-off": (("bot.nouns.time.Cooling.over",), _over, 1, "early"),
    "the hold": (("bot.rules.send.held", "bot.rules.clearing.held", "bot.work.one_attempt.held"), _nothing, 3, "held"),
    "who pressed first": (("bot.rules.send._first",), _nothing, 5, "is said to stand there"),
    "saying that nothing was saved": (("bot.work.desk._not_saved",), _said_anyway, 2, "not on disk"),
}
#: So many seeds are tried.
MORE = 25
#: One of them in every run, all in the trials.
SHORT = [pytest.param(name, marks=() if name == "the cooling-off" else (pytest.mark.chaos,)) for name in OFF]


@pytest.mark.parametrize("name", SHORT)
def test_what_is_switched_off_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seeds in which nothing is found find it then."""
    where, instead, first, word = OFF[name]
    for each in where:
        monkeypatch.setattr(each, instead)
    found = (live(seed, lives=LIVES).faults for seed in range(first, first + MORE))
    assert any(word in fault for faults in found for fault in faults)
