"""How grave, and why, in a colleague's words."""

import pytest

from bot.listening.hostility import Heat
from bot.listening.severity import Evidence, ordinal, reasons, severity
from bot.nouns.flag import Severity

CALM = Heat(0.1, ())


def seen(
    complaint: float = 0.1,
    *,
    heat: Heat = CALM,
    telling: tuple[str, ...] = (),
    scored: bool = True,
    rating: int | None = None,
    followers: int | None = None,
    before: int = 0,
    wordless: bool = False,
    media: int = 0,
) -> Evidence:
    """Evidence without alarms."""
    return Evidence(complaint, heat, (), telling, scored, rating, followers, before, wordless, media)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (seen(), Severity.LOW),
        (seen(0.6), Severity.MEDIUM),
        (seen(rating=2), Severity.MEDIUM),
        (seen(rating=4), Severity.LOW),
        (seen(0.6, heat=Heat(0.9, ())), Severity.HIGH),
        (seen(0.6, followers=20_000), Severity.HIGH),
        (seen(0.6, before=2), Severity.HIGH),
        (seen(0.6, before=1), Severity.MEDIUM),
        (seen(followers=20_000), Severity.LOW),
        (seen(scored=False), Severity.MEDIUM),
        (seen(wordless=True, media=1), Severity.MEDIUM),
        (seen(wordless=True, media=1, rating=5), Severity.LOW),
    ],
)
def test_severity(evidence: Evidence, expected: Severity) -> None:
    """A complaint is medium; heat, reach and repetition raise it to high and no further."""
    assert severity(evidence) is expected


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (seen(), ()),
        (seen(0.6, telling=("broken", "still")), ('reads like a complaint ("broken", "still")',)),
        (seen(0.8), ("complaint",)),
        (seen(rating=1, wordless=True), ("one star, no words",)),
        (seen(rating=3), ("three stars",)),
        (seen(heat=Heat(0.8, ("swears",))), ("swears",)),
        (seen(before=2), ("third message today",)),
        (seen(followers=12_345), ("12,345 people follow them",)),
        (seen(wordless=True, media=2), ("a picture without words; a person should look",)),
        (seen(wordless=True), ("no words",)),
    ],
)
def test_reasons(evidence: Evidence, expected: tuple[str, ...]) -> None:
    """Every reason is a plain remark."""
    assert reasons(evidence) == expected


def test_ordinals() -> None:
    """Words up to ten, then figures."""
    assert [ordinal(count) for count in (2, 10, 11, 12, 21, 22, 23, 24, 112)] == [
        "second", "tenth", "11th", "12th", "21st", "22nd", "23rd", "24th", "112th",
    ]  # fmt: skip
