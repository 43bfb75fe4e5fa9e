"""What is heard in a mention together with what its author said before, and in one that others copied."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.listening.severity import REACH
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Severity
from bot.nouns.mention import Author, Mention, MentionKind, Said
from bot.nouns.watch import Watch
from bot.ports import Work
from bot.work.hearing import COPIES, Hearing, Listened
from tests.bot.build import a_mention, conversation, key, opened

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANGRY = "Eleven days and still no parcel, nobody answers and I want my money back."


def said_before(*ago: timedelta) -> Conversation:
    """A conversation with mentions that arrived so long ago."""
    found = conversation(opened(*(a_mention(id=f"b{number}") for number in range(len(ago)))))
    arrived = tuple(m.model_copy(update={"arrived": NOW - each}) for m, each in zip(found.mentions, ago, strict=True))
    return found.model_copy(update={"mentions": arrived})


def said(text: str = "Where is my parcel?", **more: object) -> Mention:
    """A mention of Mara's, or of whoever is named."""
    return Mention.model_validate({"key": key("m9"), "text": text, "author": Author(id="mara"), "at": NOW, **more})


def heard(hearing: Hearing, mention: Mention, *standing: Conversation) -> Listened:
    """What it hears in a mention that comes now."""
    return hearing(Work(id="1", news=Said(mention=mention), arrived=NOW), mention, standing)


def reasons(*standing: Conversation) -> tuple[str, ...]:
    """Why it is here."""
    return heard(Hearing(()), said(), *standing).verdict.reasons


@pytest.mark.parametrize(
    ("ago", "remark"),
    [
        ((), None),
        ((HOUR,), "second message today"),
        ((24 * HOUR,), "second message today"),
        ((24 * HOUR + timedelta(seconds=1),), None),
        ((HOUR, 2 * HOUR, 30 * HOUR), "third message today"),
    ],
)
def test_what_they_said_in_the_last_day_counts(ago: tuple[timedelta, ...], remark: str | None) -> None:
    """A third message within 24 hours weighs more than the first; last week's does not."""
    found = [each for each in (reasons(said_before(*ago)) if ago else reasons()) if each.endswith("message today")]
    assert found == ([remark] if remark else [])


def test_it_counts_over_all_that_stands_of_theirs() -> None:
    """Two conversations of one author are one person who waits."""
    assert "third message today" in reasons(said_before(HOUR), said_before(2 * HOUR))


def test_a_watch_decides_what_does_not_speak_to_us() -> None:
    """What no watch hears is not forwarded; where nobody set one up, the words alone decide."""
    aside, watched = said(ANGRY, direct=False), Hearing((Watch(name="shop", words=("parcel",)),))
    assert heard(watched, aside).verdict.forward
    assert not heard(Hearing((Watch(name="shop", words=("mill lane",)),)), aside).verdict.forward
    assert heard(Hearing(()), aside).verdict.forward


def test_a_copy_is_listened_to_once() -> None:
    """The same words of somebody else, whom few follow, are known again."""
    hearing = Hearing(())
    copied = said(ANGRY, key=key("m10"), author=Author(id="ben", followers=120))
    assert heard(hearing, said(ANGRY)) is heard(hearing, copied)


@pytest.mark.parametrize(
    "other",
    [
        {"text": f"{ANGRY} "},
        {"author": Author(id="ben", followers=REACH)},
        {"direct": False},
        {"rating": 1},
        {"media": 1},
        {"lang": "fr"},
        {"kind": MentionKind.CHAT},
        {"source": "elsewhere"},
        {"key": key("m9").model_copy(update={"platform": "elsewhere"})},
    ],
)
def test_what_makes_a_difference_is_listened_to_anew(other: dict[str, object]) -> None:
    """What was said under other circumstances is heard as if nobody had said it before."""
    hearing, mention = Hearing(()), said(ANGRY).model_copy(update=other)
    first = heard(hearing, said(ANGRY))
    assert heard(hearing, mention) is not first
    assert heard(hearing, mention) == heard(Hearing(()), mention)


def test_a_copy_of_somebody_who_wrote_before_is_listened_to_anew() -> None:
    """Their third message today is graver than somebody else's first."""
    hearing = Hearing(())
    assert heard(hearing, said(ANGRY)).verdict.severity is Severity.MEDIUM
    assert heard(hearing, said(ANGRY), said_before(HOUR, HOUR)).verdict.severity is Severity.HIGH


def test_copies_are_let_go_when_there_are_many() -> None:
    """Its memory has an end, and whoever was let go is listened to as before."""
    hearing = Hearing(())
    first = heard(hearing, said(ANGRY))
    for number in range(COPIES):
        heard(hearing, said(f"{number}"))
    assert heard(hearing, said(ANGRY)) == first
    assert heard(hearing, said(ANGRY)) is not first


def test_words_nobody_can_encode_are_heard() -> None:
    """A lone surrogate has no hash of its own in UTF-8, and stops nothing."""
    assert heard(Hearing(()), said(f"{ANGRY} \ud800")).verdict.forward
