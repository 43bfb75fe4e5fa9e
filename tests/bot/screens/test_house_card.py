"""The card of a source, while what was said meanwhile is fetched."""

from bot.nouns import events as e
from bot.screens.house_card import house_card
from tests.bot.build import START, a_team, after
from tests.bot.screens.painting import passage


def shown(count: int, *, whole: bool) -> list[str]:
    """What it says."""
    until = after(30).wall if count else None
    event = e.SourceFetched(
        at=START, by="coolhead:clockwork", source="mastodon", since=START, until=until, count=count, whole=whole
    )
    return [passage(each) for each in house_card(event, a_team()).passages]


def test_it_counts_while_the_rest_is_fetched() -> None:
    """How many, and how far they reach."""
    assert shown(140, whole=False) == [
        "* Not heard since:  Mon 10:00",
        "* Fetched so far: 140 mentions, the newest of Mon 10:30",
        "- The rest is being fetched.",
    ]


def test_it_says_the_end() -> None:
    """That it was all, or that there was nothing."""
    assert shown(1, whole=True)[1:] == [
        "* Fetched: one mention, the newest of Mon 10:30",
        "- That is all it has of that time.",
    ]
    assert shown(0, whole=True)[1:] == ["- Nothing was said there meanwhile."]
