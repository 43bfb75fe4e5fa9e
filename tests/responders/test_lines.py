"""One line of `coolhead caution --json`."""

from typing import Any

import pytest

from bot.errors import WrongUse
from responders.limits import measure
from responders.lines import caution_line


def test_a_line_answers_exactly_as_promised() -> None:
    """Keys, order of cautions and the name `try` are what outside programs rely on."""
    answer = caution_line({"id": "a1", "text": "We will give you a £10 voucher.", "mention": "late again", "extra": 1})
    assert list(answer) == ["id", "cautions"]
    assert answer["id"] == "a1"
    offer = next(one for one in answer["cautions"] if one["code"] == "public_offer")
    assert list(offer) == ["code", "level", "span", "because", "try"]
    assert offer["level"] == "stop"
    assert offer["span"] == [0, 31]


def test_the_platform_sets_the_length() -> None:
    """A known platform's limit is kept, an unknown one is not guessed."""
    long = {"id": "a", "text": "word " * 60}
    assert "too_long" in [one["code"] for one in caution_line({**long, "platform": "X"})["cautions"]]
    assert "too_long" not in [one["code"] for one in caution_line({**long, "platform": "fax"})["cautions"]]


def test_recent_replies_are_compared() -> None:
    """The list of recent replies reaches the reader."""
    text = "I am sorry your parcel is late and will write by noon."
    found = caution_line({"id": "a", "text": text, "mention": "late", "recent": [text]})
    assert "repeated_words" in [one["code"] for one in found["cautions"]]
    assert caution_line({"id": "a", "text": "Thanks.", "recent": None, "mention": None})["cautions"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"id": "a"},
        {"id": 1, "text": "x"},
        {"id": "a", "text": 1},
        {"id": "a", "text": "x", "mention": 1},
        {"id": "a", "text": "x", "recent": "y"},
        {"id": "a", "text": "x", "recent": [1]},
    ],
)
def test_a_bad_line_is_refused_by_name(wrong: dict[str, Any]) -> None:
    """The error names the key and quotes nothing of what was written."""
    with pytest.raises(WrongUse, match='"(id|text|mention|recent)"'):
        caution_line(wrong)


def test_platforms_count_in_their_own_way() -> None:
    """Links, wide letters and composed letters as each platform counts them."""
    link = "see https://shop.example/a/very/long/way"
    for text, platform, used in (
        (link, "x", 27),
        (link, "mastodon", 27),
        (link, "bluesky", len(link)),
        ("日本", "x", 4),
        ("日本", "mastodon", 2),
        ("e\u0301", "threads", 1),
    ):
        length = measure(text, platform)
        assert length is not None
        assert length.used == used, (text, platform)
    assert measure("x", "fax") is None
