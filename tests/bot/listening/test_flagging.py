"""The one entry: from a mention to its flag."""

from typing import Any

import pytest

from bot.listening.flagging import flag, flag_line
from bot.nouns.flag import Severity

COMPLAINT = "Three weeks and my blender still hasn't come, nobody answers my emails, terrible service"
CHATTER = "Lovely morning by the lake with the kids"


def test_a_watch_forwards_complaints_and_not_chatter() -> None:
    """The score filters keyword watches."""
    assert flag(COMPLAINT).forward
    assert flag(COMPLAINT).severity is Severity.MEDIUM
    assert not flag(CHATTER).forward
    assert flag(CHATTER).severity is Severity.LOW


def test_what_a_watch_forwards_always_has_a_reason() -> None:
    """Below the balanced point, but near enough to be forwarded, the reason says that it is a guess."""
    unsure = flag("My order says Tuesday, is that right?")
    assert unsure.scores.complaint < 0.5
    assert (unsure.forward, unsure.reasons) == (True, ("may be a complaint",))


@pytest.mark.parametrize("known", [{"direct": True}, {"kind": "review"}, {"kind": "article"}, {"rating": 5}])
def test_direct_mentions_reviews_and_articles_are_always_forwarded(known: dict[str, Any]) -> None:
    """The score only orders these."""
    assert flag(CHATTER, **known).forward


@pytest.mark.parametrize("rating", [1, 2])
def test_one_and_two_stars_are_always_forwarded_and_at_least_medium(rating: int) -> None:
    """Whatever the words say, and without any."""
    assert flag("great", rating=rating).forward
    assert flag("", rating=rating).severity.rank >= Severity.MEDIUM.rank
    assert flag_line({"id": "1", "text": "", "rating": rating})["flagged"] is True


def test_words_are_not_needed() -> None:
    """A picture is for a person to look at; nothing at all is not forwarded."""
    assert flag("", media=1).forward
    assert flag("", media=1).severity is Severity.MEDIUM
    assert not flag("").forward
    assert flag("", rating=1).scores.complaint == 0.9
    assert flag("", direct=True).forward


def test_urgent_words_are_forwarded_and_critical() -> None:
    """A polite sentence about a fire is critical."""
    found = flag("Hello, the charger you sent caught fire in my son's bedroom")
    assert (found.forward, found.severity, found.reasons[0]) == (True, Severity.CRITICAL, "somebody could be hurt")
    assert found.scores.urgency > 0.9


def test_hostile_words_are_forwarded_though_nothing_is_wrong() -> None:
    """Hate without a complaint is still ours to see."""
    found = flag("you people are disgusting scum, pathetic idiots, fuck you all")
    assert found.forward
    assert found.heat > 0.75


def test_a_threat_is_critical_and_hot() -> None:
    """Threats ring people."""
    found = flag("I will burn down your shop, watch your back")
    assert found.severity is Severity.CRITICAL
    assert "threatens to hurt somebody" in found.reasons


def test_reach_and_repetition_raise_a_complaint() -> None:
    """Many followers, or the third message today."""
    assert flag(COMPLAINT, followers=50_000).severity is Severity.HIGH
    again = flag(COMPLAINT, author_before=2)
    assert (again.severity, again.reasons[-1]) == (Severity.HIGH, "third message today")


def test_a_language_nobody_reads_by_machine_goes_to_a_person() -> None:
    """It is forwarded with the reason; urgent English words in it are still heard."""
    found = flag("荷物がまだ届きません")
    assert (found.forward, found.lang, found.severity) == (True, "ja", Severity.MEDIUM)
    assert found.reasons == ("not scored: nobody here reads Japanese by machine; a person should look",)


def test_other_scored_languages_are_scored() -> None:
    """German complaints are complaints."""
    found = flag("Schon wieder kaputt, niemand meldet sich bei mir, so ein schlechter Service, ich bin sauer")
    assert (found.lang, found.forward) == ("de", True)
    assert found.scores.complaint > 0.5


def test_reviews_are_read_as_reviews() -> None:
    """Stars, a review platform or length bring in what was learnt from reviews."""
    text = "Good but the paper is thin"
    assert flag(text, platform="yelp").scores != flag(text).scores
    assert flag(text, rating=4).scores != flag(text).scores
    assert flag("This lamp is fine and I like it. " * 12).scores.complaint < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "\ud800\udc00\ud800 broken",
        "\x00\x01\x02",
        "\u202egnp.exe\u202c is your parcel late",
        "e\u0301" * 5_000,
        "😡" * 10_000,
        "a" * 1_000_000,
        "refund " * 150_000,
        "((((" * 50_000,
        "@" * 10_000,
        "&#x110000;&#0;&bogus;",
        "\ufdfa" * 3_000,
    ],
)
def test_no_text_is_too_odd(text: str) -> None:
    """Surrogates, NUL, direction marks, a megabyte, ten thousand emoji: an answer, never an error."""
    found = flag(text)
    assert 0 <= found.scores.complaint <= 1
    assert found.model_dump_json()


def test_the_same_text_gives_the_same_flag() -> None:
    """Nothing depends on what was read before."""
    assert flag(COMPLAINT) == flag(COMPLAINT)


def test_a_line_gives_exactly_the_promised_keys() -> None:
    """CONTRACTS: id, flagged, severity, scores, lang, reasons."""
    said = {"id": "a1", "text": COMPLAINT, "platform": "mastodon", "author": {"followers": 12}, "lang": "en", "x": 1}
    found = flag_line(said)
    assert list(found) == ["id", "flagged", "severity", "scores", "lang", "reasons"]
    assert list(found["scores"]) == ["complaint", "hostility", "urgency"]
    assert (found["id"], found["flagged"], found["severity"], found["lang"]) == ("a1", True, "medium", "en")


def test_five_stars_with_praise_are_not_what_a_watch_forwards() -> None:
    """`flagged` is a keyword watch's answer; that reviews always come through is another matter."""
    assert flag_line({"id": 7, "text": "Lovely, thank you", "rating": 5})["flagged"] is False


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({"id": "1"}, "text is missing"),
        ({"text": "x"}, "id is missing"),
        ({"id": "1", "text": 5}, "text has the wrong type"),
        ({"id": "1", "text": "x", "rating": True}, "rating has the wrong type"),
        ({"id": "1", "text": "x", "rating": 9}, "rating must be 1 to 5"),
        ({"id": "1", "text": "x", "author": []}, "author has the wrong type"),
        ({"id": "1", "text": "x", "author": {"followers": "many"}}, "followers has the wrong type"),
        ({"id": "1", "text": "x", "lang": 3}, "lang has the wrong type"),
    ],
)
def test_a_wrong_line_is_refused_in_words(said: dict[str, object], because: str) -> None:
    """The command line can say what is wrong with it."""
    with pytest.raises(ValueError, match=because):
        flag_line(said)
