"""Public commitments with a time."""

from datetime import UTC, datetime

import pytest

from responders.promises import find_promises

#: A Monday, ten in the morning in London.
NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def due(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "phrase", "when"),
    [
        ("I will call you before four today.", "before four today", due(2, 16)),
        ("You will have it by Friday.", "by Friday", due(6, 23, 59)),
        ("We will answer within 24 hours.", "within 24 hours", due(3, 10)),
        ("I'll write tomorrow before noon.", "tomorrow before noon", due(3, 12)),
        ("I will write by noon.", "by noon", due(2, 12)),
        ("I will write by 9.", "by 9", due(3, 9)),
        ("I’ll ring you at 3 pm.", "at 3 pm", due(2, 15)),
        ("I will ring you by 12 am tomorrow.", "by 12 am tomorrow", due(3, 0)),
        ("I will ring before 17:30.", "before 17:30", due(2, 17, 30)),
        ("It will be there tonight.", "tonight", due(2, 23, 59)),
        ("It will be there by midnight.", "by midnight", due(2, 23, 59)),
        ("I will write this afternoon.", "this afternoon", due(2, 18)),
        ("I will write tomorrow morning.", "tomorrow morning", due(3, 12)),
        ("You'll have it by the end of the day.", "by the end of the day", due(2, 23, 59)),
        ("You'll have it by the end of the week.", "by the end of the week", due(6, 23, 59)),
        (
            "You'll have it by the end of the month.",
            "by the end of the month",
            due(31, 22, 59),
        ),  # summer time has begun
        ("It is due on Monday.", "on Monday", due(9, 23, 59)),
        ("It will come within two working days.", "within two working days", due(4, 23, 59)),
        ("It will come within a working week.", "within a working week", due(9, 23, 59)),
        ("I will write within an hour.", "within an hour", due(2, 11)),
        ("I will write within the hour.", "within the hour", due(2, 11)),
        ("I will write in 20 minutes.", "in 20 minutes", due(2, 10, 20)),
        ("We will open on 14 March.", "on 14 March", due(14, 23, 59)),
        ("We will open on March 1st.", "on March 1st", due(1, 23, 59, year=2027)),
        ("We will tell you by Friday at noon.", "by Friday at noon", due(6, 12)),
    ],
)
def test_a_promise_is_found_with_its_moment(text: str, phrase: str, when: datetime) -> None:
    """Its words, its place and the moment it falls due."""
    (found,) = find_promises(text, NOW, "Europe/London")
    assert (found.phrase, found.due) == (phrase, when)
    assert text[slice(*found.span)] == phrase


@pytest.mark.parametrize(
    "text",
    [
        "It will come in a few days.",
        "It will come next week.",
        "We will open on 31 February.",
        "I will ring in two working hours.",
        "I will ring by 25:00.",
        "It will come within a couple of weeks.",
    ],
)
def test_a_promise_without_a_moment_is_found_all_the_same(text: str) -> None:
    """Someone should give it a date."""
    (found,) = find_promises(text, NOW, "Europe/London")
    assert found.due is None


@pytest.mark.parametrize(
    "text",
    [
        "You waited until Friday.",
        "I called you at four today.",
        "I will look into it.",
        "",
        "We met on Monday. I will help.",
    ],
)
def test_the_past_and_the_timeless_are_no_promises(text: str) -> None:
    """Only what is still to come, with a time, is a commitment."""
    assert find_promises(text, NOW, "Europe/London") == ()


def test_a_promise_is_kept_in_its_authors_zone() -> None:
    """Four in the afternoon in Berlin is three in London."""
    (found,) = find_promises("I will call you by four.", NOW, "Europe/Berlin")
    assert found.due == due(2, 15)


def test_an_hour_is_an_hour_when_the_clocks_change() -> None:
    """On the night summer time begins, two hours are still two hours."""
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    (found,) = find_promises("I will write within two hours.", before, "Europe/London")
    assert found.due == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_several_promises_in_order() -> None:
    """A draft may commit to more than one thing."""
    found = find_promises("I will call by noon. Your parcel will be there by Friday.", NOW, "Europe/London")
    assert [one.phrase for one in found] == ["by noon", "by Friday"]


def test_the_week_ends_on_sunday_once_friday_is_over() -> None:
    """On a Saturday the end of the week is tomorrow."""
    (found,) = find_promises("You will have it this week.", datetime(2026, 3, 7, 9, tzinfo=UTC), "UTC")
    assert found.due == due(8, 23, 59)
