"""A watch: what it may be made of, and which sources, kinds and languages it listens to."""

import pytest
from pydantic import ValidationError

from bot.nouns.mention import MentionKind
from bot.nouns.watch import Watch


@pytest.mark.parametrize("field", ["words", "any", "none"])
@pytest.mark.parametrize("phrase", ["", " ", "?!", "…"])
def test_a_phrase_that_nobody_can_say_is_refused(field: str, phrase: str) -> None:
    """A watch that could never hear, or never be stopped, is an error at the start and names the phrase."""
    with pytest.raises(ValidationError, match="has no word in it that could be heard") as told:
        Watch.model_validate({"name": "us", field: ("corner shop", phrase)})
    assert repr(phrase) in str(told.value)


@pytest.mark.parametrize("phrase", ["shop", "C++", "#1", "店", "ça"])
def test_any_script_and_sign_will_do_while_there_is_a_word(phrase: str) -> None:
    """Names of shops hold signs, and not every word is English."""
    assert Watch(name="us", words=(phrase,)).words == (phrase,)


def test_a_watch_that_names_nothing_listens_to_everything() -> None:
    """A feed that is a search already needs no more."""
    assert Watch(name="all").allows("alerts", MentionKind.ARTICLE, None)
    assert Watch(name="all").allows("local", MentionKind.CHAT, "pt")


@pytest.mark.parametrize(
    ("source", "kind", "lang", "heard"),
    [
        ("mastodon", MentionKind.POST, "de", True),
        ("alerts", MentionKind.POST, "de", True),
        ("local", MentionKind.POST, "de", False),
        ("mastodon", MentionKind.REVIEW, "de", False),
        ("mastodon", MentionKind.POST, "fr", False),
        ("mastodon", MentionKind.POST, None, True),
        ("local", MentionKind.POST, None, False),
    ],
)
def test_each_thing_it_names_narrows_it(source: str, kind: MentionKind, lang: str | None, heard: bool) -> None:
    """Source, kind and language must all fit; a language nobody could tell is let through rather than lost."""
    watch = Watch(name="us", sources=("mastodon", "alerts"), kind=MentionKind.POST, languages=("de", "en"))
    assert watch.allows(source, kind, lang) is heard
