"""When an incident or a channel grows faster than the people on duty can read."""

from datetime import timedelta

import pytest

from bot.listening.storms import calmed, flooded, storming
from bot.nouns.incident import Incident
from bot.nouns.team import Policy, Team
from tests.bot.build import ANA, BEN, KIM, RAVI, START, a_team

ALONE = a_team(ANA)
THREE = a_team(ANA, BEN, KIM)


def an_incident(*minutes: float, still_open: int = 0) -> Incident:
    """An incident in which conversations began at these minutes."""
    arrivals = tuple(START + timedelta(minutes=m) for m in minutes)
    return Incident(id="i1", opened=START, arrivals=arrivals, size=still_open, open=still_open)


@pytest.mark.parametrize(
    ("incident", "team", "storms"),
    [
        (an_incident(*[1.0] * 8, still_open=1), THREE, True),
        (an_incident(*[1.0] * 7, still_open=7), THREE, False),
        (an_incident(*[0.0] * 8, still_open=1), THREE, False),
        (an_incident(still_open=9), THREE, True),
        (an_incident(still_open=8), THREE, False),
        (an_incident(still_open=3), ALONE, False),
        (an_incident(still_open=8), ALONE, True),
        (an_incident(still_open=8), a_team(ANA.model_copy(update={"on_duty": False})), True),
    ],
)
def test_a_storm_is_eight_in_ten_minutes_or_three_for_each_on_duty(
    incident: Incident, team: Team, storms: bool
) -> None:
    """Eight in ten minutes, or three waiting for each person on duty, from eight open ones on."""
    assert storming(incident, team, START + timedelta(minutes=10)) is storms


@pytest.mark.parametrize(
    ("incident", "over"),
    [
        (an_incident(*[1.0] * 4, still_open=4), True),
        (an_incident(*[1.0] * 5, still_open=4), False),
        (an_incident(still_open=5), False),
        (an_incident(still_open=0), True),
    ],
)
def test_a_storm_is_over_at_half_of_what_begins_one(incident: Incident, over: bool) -> None:
    """It ends at half the numbers that begin it, so that it does not come and go by turns."""
    assert calmed(incident, THREE, START + timedelta(minutes=10)) is over


def test_only_who_is_on_duty_ends_a_storm() -> None:
    """Four together could read it; while three of them are off duty it goes on."""
    resting = [each.model_copy(update={"on_duty": False}) for each in (BEN, KIM, RAVI)]
    five, at = an_incident(still_open=5), START + timedelta(minutes=10)
    assert calmed(five, a_team(ANA, BEN, KIM, RAVI), at)
    assert not calmed(five, a_team(ANA, *resting), at)


def test_a_channel_storms_when_its_people_cannot_read_what_begins() -> None:
    """New incidents count: as many within ten minutes as the policy says, and as the people on duty can look after."""
    eight = [START + timedelta(minutes=1)] * 8
    at = START + timedelta(minutes=10)
    assert flooded(eight, ALONE, at)
    assert not flooded(eight, THREE, at)
    assert flooded([*eight, eight[0]], THREE, at)
    assert not flooded(eight, a_team(ANA, policy=Policy(storm_within=timedelta(minutes=5))), at)
