"""Where a new mention belongs: with what its author said before, with its cause, or on its own."""

from datetime import timedelta
from typing import Any

import pytest

from bot.listening.causes import Around, Fresh, Join, Pile, Wording, belongs, fingerprint_for_copies
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Severity
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept, MentionKind
from tests.bot.build import START, a_mention, key, opened

WAVE = "Your app deleted all my photos last night and support does not answer"
COPIED = "Your app deleted all my photos last night and support does not answer!!! @shop https://x.test/1"


def standing(name: str, person: str = "mara", minutes: float = 0, **changes: Any) -> Conversation:
    """A conversation of that person that began at that minute with the mention of its own name."""
    view = opened(a_mention(id=f"m-{name}", person=person, minutes=minutes), conversation=name)
    return view.conversations[name].model_copy(update=changes)


def coming(minutes: float = 60, **changes: Any) -> Kept:
    """A new mention."""
    return a_mention(**{"id": "new", "minutes": minutes, **changes})


def before(days: float) -> Any:
    """A moment so many days before START plus an hour."""
    return START + timedelta(hours=1) - timedelta(days=days)


def test_who_wrote_before_goes_on() -> None:
    """The author's open conversation is joined, the newest of several."""
    around = Around(standing=(standing("c1"), standing("c2", minutes=5), standing("c3", minutes=2)))
    assert belongs(coming(), 0, around) == Join("c2")


def test_what_they_answer_goes_before_what_is_newer() -> None:
    """An answer to something in a conversation belongs there: to their own words, to a reply of ours sent or by hand."""
    newer = standing("c2", minutes=5)
    assert belongs(coming(in_reply_to="m-c1"), 0, Around(standing=(standing("c1"), newer))) == Join("c1")
    by_hand = standing("c1", ours=(key("our-post"),))
    assert belongs(coming(in_reply_to="our-post"), 0, Around(standing=(by_hand, newer))) == Join("c1")


def test_an_open_one_goes_before_a_closed_one() -> None:
    """What is settled is taken up again only where nothing is open, and only for 14 days."""
    closed = standing("c2", minutes=5, closed=before(1))
    assert belongs(coming(), 0, Around(standing=(standing("c1"), closed))) == Join("c1")
    assert belongs(coming(), 0, Around(standing=(closed,))) == Join("c2")
    assert belongs(coming(), 0, Around(standing=(standing("c2", closed=before(14)),))) == Fresh()


@pytest.mark.parametrize("changes", [{"person": "tom"}, {"platform": "forum"}, {"kind": MentionKind.ARTICLE}])
def test_another_person_platform_or_an_article_does_not_join(changes: dict[str, Any]) -> None:
    """Only the same person on the same platform goes on; a newspaper writes about many things."""
    assert belongs(coming(**changes), 0, Around(standing=(standing("c1"),))) == Fresh()


def test_what_answers_one_post_of_ours_lies_together() -> None:
    """The incident about that post takes it in, or the one it went over into; an old one does not."""
    about = Incident(id="i7", opened=START)
    assert belongs(coming(), 0, Around(occasion=about)) == Pile("i7")
    merged = about.model_copy(update={"merged_into": "i8", "closed": before(1)})
    assert belongs(coming(), 0, Around(occasion=merged)) == Pile("i8")
    assert belongs(coming(), 0, Around(occasion=about.model_copy(update={"closed": before(20)}))) == Fresh()


def wording(text: str, minutes: float = 30, person: str = "tom", incident: str = "i5") -> Wording:
    """What is kept of a recent mention's words."""
    return Wording(incident, person, fingerprint_for_copies(text), START + timedelta(minutes=minutes))


def test_a_wave_of_copies_lies_together() -> None:
    """Nearly the same words of somebody else within the hour: that pile, the newest of equals."""
    copied = fingerprint_for_copies(COPIED)
    assert belongs(coming(), copied, Around(lately=(wording(WAVE),))) == Pile("i5")
    two = (wording(WAVE, 40, "kit", "i6"), wording(WAVE))
    assert belongs(coming(), copied, Around(lately=two)) == Pile("i6")


@pytest.mark.parametrize(
    ("text", "lately"),
    [
        (COPIED, wording(WAVE, minutes=-1)),
        (COPIED, wording(WAVE, minutes=61)),
        (COPIED, wording(WAVE, person="mara")),
        (COPIED, wording("The queue at your shop in town was far too long on Saturday morning")),
        (COPIED, wording("Terrible")),
        ("Terrible", wording("Terrible")),
    ],
)
def test_what_is_no_copy_stands_on_its_own(text: str, lately: Wording) -> None:
    """Too old, from the future, the same author's, other words, or too short to tell: no wave."""
    assert belongs(coming(), fingerprint_for_copies(text), Around(lately=(lately,))) == Fresh()


def test_a_storm_takes_in_what_is_not_grave() -> None:
    """While the channel storms, calm ones lie in its own incident; grave ones keep a card of their own."""
    assert belongs(coming(), 0, Around(storm="i9")) == Pile("i9")
    for severity in (Severity.HIGH, Severity.CRITICAL):
        assert belongs(coming(severity=severity), 0, Around(storm="i9")) == Fresh()
