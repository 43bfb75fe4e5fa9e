"""How long words cool is said as it adds up."""

from datetime import timedelta

import pytest

from bot.nouns.time import Addition
from bot.screens.waits import cools

ARGUES = Addition(minutes=10, because="it argues with them")
LATE = Addition(minutes=0, seconds=30, because="it is late")


@pytest.mark.parametrize(
    ("minutes", "because", "says"),
    [
        (20, (), "It cools for 20 min."),
        (0.5, (), "It cools for under a minute."),
        (30, (ARGUES,), "It cools for 20 min, 10 more because it argues with them."),
        (
            30.5,
            (ARGUES, LATE),
            "It cools for 20 min, 10 more because it argues with them, 30 s more because it is late.",
        ),
        (10, (ARGUES,), "It cools for 10 min, because it argues with them."),
    ],
)
def test_a_wait_in_a_sentence(minutes: float, because: tuple[Addition, ...], says: str) -> None:
    """What was added is told where it adds up to the whole; what a ceiling cut off is only named."""
    assert cools(timedelta(minutes=minutes), because) == says
