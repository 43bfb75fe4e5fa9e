"""Fifty thousand steps of the core as a state machine: people, clocks that jump, news, deliveries, in any order (failures A7).

Of thought alone: the machine is that of `tests/bot/test_machine.py`, which every run plays for a while.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.bot.machine.wire import Wire
from tests.chaos.summary import say

STEPS, EACH = 50_000, 50


class Counted(Wire):
    """The same, and it is counted how often it was looked at: once before the first step, and after each."""

    looks = 0
    lives = 0

    def __init__(self) -> None:
        super().__init__()
        Counted.lives += 1

    @invariant()
    def counted(self) -> None:
        """Always."""
        Counted.looks += 1


@pytest.mark.parametrize(
    "steps", [pytest.param(200, id="cut"), pytest.param(STEPS, id="whole", marks=pytest.mark.chaos)]
)
@pytest.mark.timeout(3600)
def test_no_order_of_steps_breaks_a_promise(steps: int) -> None:
    """Nothing goes out early, twice, in other words, without a right to, against a hold; every mention has a way to its end."""
    Counted.looks = Counted.lives = 0
    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=10 + 7 * steps // (5 * EACH),  # some end sooner
            stateful_step_count=EACH,
            derandomize=True,
            deadline=None,
            report_multiple_bugs=False,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    done = Counted.looks - Counted.lives
    say(
        "never early",
        "people, clocks that jump, news and deliveries in any order",
        "simulated",
        done,
        "0 faults",
        "none",
    )
    assert done >= steps
