"""The oracle is not blind: with one mechanism of the product switched off, it says so."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.nouns.evolve.changing import heard
from bot.nouns.mention import Stored
from bot.screens.shapes import Done
from tests.simulation.world import live

LIVES = 60.0


def _nothing(*given: Any, **named: Any) -> None:
    return None


async def _no_one(*given: Any, **named: Any) -> bool:
    return False


async def _told_anyway(self: Any, news: Any, cursor: Any) -> Any:
    """A false 200: it is not waited until it is on disk."""
    self._writing = asyncio.ensure_future(self._inbox.put(news, cursor))
    self._writing.add_done_callback(lambda done: done.cancelled() or done.exception())
    return [Stored() for _ in news]


def _all_is_heard(talk: Any, stage: Any, event: Any, later: Any) -> Any:
    """Whatever came meanwhile counts as answered."""
    return heard(talk, stage, event, ())


def _over(cooling: Any, now: Any) -> bool:
    return True


def _said_anyway(gesture: Any) -> Done:
    return Done("Saved.", gesture.incident, gesture.conversation)


#: What is switched off: where, what stands there instead, in which seed it shows at first, and what the oracle says then.
OFF: dict[str, tuple[tuple[str, ...], Callable[..., Any], int, str]] = {
    "the cooling-off": (("bot.nouns.time.Cooling.over",), _over, 1, "early"),
    "the hold": (("bot.rules.send.held", "bot.rules.clearing.held", "bot.work.one_attempt.held"), _nothing, 3, "held"),
    "the look for what was interrupted": (("bot.work.outbox.Outbox.settle_all",), _no_one, 6, "unasked"),
    "who pressed first": (("bot.rules.send._first",), _nothing, 0, "double"),
    "what came meanwhile waits": (("bot.nouns.evolve.sending.heard",), _all_is_heard, 0, "ignored"),
    "storing before 200": (("bot.work.intake.Intake.hear",), _told_anyway, 4, "lost on the way in"),
    "saying that nothing was saved": (("bot.work.desk._not_saved",), _said_anyway, 0, "not on disk"),
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
