"""Every zone there is, around every change of its clock from 2020 to 2037 (failures A8). Of thought alone.

`tests/bot/nouns/test_time.py` plays the same in every run; here it is counted.
"""

import zoneinfo

import pytest

from tests.bot.nouns.test_time import ZONES, change, check, transitions
from tests.chaos.summary import say


@pytest.mark.parametrize("step", [pytest.param(60, id="cut"), pytest.param(1, id="whole", marks=pytest.mark.chaos)])
@pytest.mark.timeout(1800)
def test_no_change_of_a_clock_makes_anything_early(step: int) -> None:
    """Nothing is due early, or within quiet hours by the clock on the wall."""
    changes, zones = 0, ZONES[::step]
    for name in zones:
        zone = zoneinfo.ZoneInfo(name)
        for near in transitions(zone):
            check(name, zone, change(zone, near))
            changes += 1
    say(
        "never early",
        f"{len(zones)} zones, each change of their clocks 2020–2037",
        "exhaustive",
        changes,
        "0 early",
        "none",
    )
    assert changes > len(zones)
