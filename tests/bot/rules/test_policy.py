"""Whether a policy can stand."""

from datetime import timedelta

import pytest

from bot.nouns.team import Policy
from bot.rules.policy import faults


def test_the_policy_we_ship_stands() -> None:
    """The defaults have no fault."""
    assert faults(Policy()) == ()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"settle": timedelta(seconds=-1)}, "settle must be between 0 and 30 days."),
        ({"settle": timedelta(days=31)}, "settle must be between 0 and 30 days."),
        ({"response_cools": timedelta(hours=2)}, "response_cools_at_most must not be shorter than response_cools."),
        ({"alarm_every": timedelta()}, "alarm_every must be longer than 0."),
    ],
)
def test_a_fault_names_its_key(changes: dict[str, timedelta], named: str) -> None:
    """What cannot stand is said in a sentence that names the key."""
    assert faults(Policy(**changes)) == (named,)
