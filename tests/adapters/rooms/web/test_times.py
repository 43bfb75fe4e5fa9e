"""Moments in words."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.rooms.web.times import from_local_input, local_input, shown, zone

NOW = datetime(2026, 3, 2, 13, 21, tzinfo=UTC)
BERLIN = zone("Europe/Berlin")


@pytest.mark.parametrize(
    ("seconds", "clock", "far"),
    [
        (660, "14:32", "in 11 min"),
        (30, "14:21", "in less than a minute"),
        (0, "14:21", "just now"),
        (-59, "14:20", "just now"),
        (-61, "14:19", "1 min ago"),
        (-16 * 60, "14:05", "16 min ago"),
        (89 * 60, "15:50", "in 89 min"),
        (3 * 3600, "17:21", "in 3 h"),
        (11 * 3600, "Tuesday 01:21", "in 11 h"),
        (3 * 86400, "Thursday 14:21", "in 3 days"),
        (9 * 86400, "11 Mar, 14:21", "in 9 days"),
        (-86400, "1 Mar, 14:21", "24 h ago"),
        (-400 * 86400, "26 Jan 2025, 14:21", "400 days ago"),
    ],
)
def test_a_moment_is_said_in_the_readers_zone(seconds: float, clock: str, far: str) -> None:
    """The clock of the reader's zone, the day where it is another one, and how far away it is."""
    at = shown(NOW + timedelta(seconds=seconds), NOW, BERLIN)
    assert (at.clock, at.far) == (clock, far)


def test_programs_read_utc() -> None:
    """`iso` is the same instant whatever the zone."""
    assert shown(NOW, NOW, BERLIN).iso == shown(NOW, NOW, zone("Asia/Tokyo")).iso == "2026-03-02T13:21:00Z"


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "\x00"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    """Nobody's page breaks over the name of a zone."""
    assert zone(name).key == "UTC"


def test_a_local_time_comes_back_as_it_was() -> None:
    """What an input for local time shows is what it sends back, summer and winter."""
    for moment in ("2026-03-02T17:00:00+00:00", "2026-07-02T17:00:00+00:00"):
        assert from_local_input(local_input(moment, BERLIN), BERLIN) == moment


def test_a_moment_without_an_offset_is_utc_inside_and_local_outside() -> None:
    """Stored times are UTC; typed ones are the reader's own."""
    assert local_input("2026-03-02T17:00:00", BERLIN) == "2026-03-02T18:00"
    assert from_local_input("2026-03-02T18:00", BERLIN) == "2026-03-02T17:00:00+00:00"


def test_rubbish_is_handed_on() -> None:
    """What cannot be read opens as empty, and comes back as typed for the form to say so."""
    assert local_input("soon", BERLIN) == ""
    assert from_local_input("soon", BERLIN) == "soon"
