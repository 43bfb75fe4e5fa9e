"""Watches hear what they were told to, and nothing else."""

import pytest
from pydantic import ValidationError

from bot.listening.watches import Watch, Watches
from bot.nouns.mention import MentionKind


def heard(text: str, *watches: Watch, source: str = "", kind: str = "post", lang: str | None = None) -> list[str]:
    """Names of the watches that hear a text."""
    return [watch.name for watch in Watches(watches).hear(text, source=source, kind=kind, lang=lang)]


def test_words_any_and_none_together() -> None:
    """One of `words`, one of `any` where given, none of `none`."""
    watch = Watch(name="w", words=("Acme Kettle", "acmekettle"), any=("broken", "refund"), none=("job",))
    assert heard("my ACME kettle is broken", watch) == ["w"]
    assert heard("#AcmeKettle refund?", watch) == ["w"]
    assert heard("my acme kettle sings", watch) == []
    assert heard("broken kettle of acme", watch) == []
    assert heard("acme kettle, broken, job offer", watch) == []


def test_only_any_and_only_none() -> None:
    """A watch may live on `any` alone; one without words hears everything but what `none` says."""
    assert heard("so broken", Watch(name="a", any=("broken",))) == ["a"]
    assert heard("whatever", Watch(name="feed", none=("lottery",))) == ["feed"]
    assert heard("lottery", Watch(name="feed", none=("lottery",))) == []


def test_whole_words_and_case() -> None:
    """Part of a word is not the word; case and letter forms do not matter."""
    watch = Watch(name="w", words=("straße", "refund"))
    assert heard("STRASSE", watch) == ["w"]
    assert heard("ｒｅｆｕｎｄ", watch) == ["w"]
    assert heard("refunded", watch) == []


def test_scripts_without_spaces_are_heard_anywhere() -> None:
    """Japanese, Chinese and Thai phrases are found inside the text."""
    watch = Watch(name="w", words=("ケトル",), none=("求人",))
    assert heard("私のケトルが壊れた", watch) == ["w"]
    assert heard("ケトル求人", watch) == []
    assert heard("ケーキ", watch) == []
    assert heard("kettle", watch) == []


def test_sources_kinds_and_languages_narrow() -> None:
    """Where given, source, kind and language must fit; an unknown language is let through."""
    watch = Watch(name="w", words=("acme",), sources=("square",), kind=MentionKind.REVIEW, languages=("de",))
    german = "Die Kanne von Acme ist schon wieder kaputt und ich bin nicht froh"
    assert heard(german, watch, source="square", kind="review") == ["w"]
    assert heard(german, watch, source="elsewhere", kind="review") == []
    assert heard(german, watch, source="square", kind="post") == []
    assert heard("The acme kettle is what you should get", watch, source="square", kind="review") == []
    assert heard("acme", watch, source="square", kind="review") == ["w"]
    assert heard("acme", watch, source="square", kind="review", lang="fr") == []


def test_order_is_the_configured_one() -> None:
    """Several watches may hear one text; they come in the order they were given."""
    assert heard("acme tea", Watch(name="b", words=("tea",)), Watch(name="a", words=("acme",))) == ["b", "a"]


def test_a_phrase_without_a_word_is_refused() -> None:
    """What could never be heard is an error where it is written."""
    with pytest.raises(ValidationError, match="no word"):
        Watch(name="w", words=("!!",))


def test_ten_thousand_phrases_look_at_no_more_of_them() -> None:
    """The phrases that are compared are those whose first word occurs, however many there are."""
    many = Watches([Watch(name=str(at), words=(f"brand{at} kettle",)) for at in range(10_000)])
    assert [watch.name for watch in many.hear("my Brand77 kettle and the brand78 pot")] == ["77"]
