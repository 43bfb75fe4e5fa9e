"""Texts as each platform counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.platforms.counting import graphemes, mastodon, measure, weighted
from adapters.platforms.graphemes import clusters

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("e\u0301", 1),
        (FAMILY, 1),
        (FAMILY * 100, 100),
        ("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 2),
        ("\U0001f44d\U0001f3fd", 1),
        ("\r\n", 1),
        ("\n\u0301", 2),
        ("\u1112\u1161\u11ab", 1),
        ("\u2764\ufe0f", 1),
        ("a\u200db", 2),
    ],
)
def test_graphemes(text: str, count: int) -> None:
    """What a reader takes for one character counts once."""
    assert graphemes(text) == count


@given(st.text())
def test_clusters_lose_nothing(text: str) -> None:
    """Put together again, the clusters are the text."""
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 280, 280),
        ("日" * 140, 280),
        (FAMILY, 2),
        ("see https://example.com/a/long/path?with=query", 27),
        ("see example.com now", 31),
        ("e\u0301", 1),
        ("\u201cquoted\u201d", 8),
        ("ends.here", 9),
    ],
)
def test_x_weighs(text: str, count: int) -> None:
    """Links weigh 23, CJK and pictures 2, most letters 1, after NFC."""
    assert weighted(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@alice@social.example hi", 9),
        ("https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaa", 23),
        ("mail me@shop.example", 20),
    ],
)
def test_mastodon_counts(text: str, count: int) -> None:
    """Only the local part of a mention counts, and any link 23."""
    assert mastodon(text) == count


@pytest.mark.parametrize(
    ("platform", "limit"),
    [("x", 280), ("Bluesky", 300), ("google play", 350), ("app-store", 5970), ("nobody", 5000), ("tiktok", 150)],
)
def test_limits_by_name(platform: str, limit: int) -> None:
    """Names are found however they are written; an unknown platform has a generous limit."""
    assert measure(platform, "a").limit == limit
    assert measure(platform, "a" * limit).fits
    assert not measure(platform, "a" * (limit + 1)).fits


def test_google_counts_bytes() -> None:
    """A review's answer is measured in UTF-8."""
    assert measure("google", "ä" * 2048).fits
    assert not measure("google", "ä" * 2049).fits
