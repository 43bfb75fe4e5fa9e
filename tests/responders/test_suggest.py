"""Which words are offered, and which never."""

import pytest

from bot.nouns.caution import Asking, Stage
from bot.nouns.flag import Severity
from responders import suggest
from responders.phrasebook import entries
from responders.suggest import choose

BY_KEY = {one.key: one for one in entries()}


async def test_suggest_is_choose_behind_a_door() -> None:
    """The port's coroutine says what the pure function says."""
    asking = Asking(mention="my parcel is lost", stage=Stage.RESPONSE, situation="parcel_lost")
    assert await suggest(asking) == choose(asking)


def test_the_best_comes_first_with_its_reason() -> None:
    """A first answer to a lost parcel, filled in, with its open places named."""
    asking = Asking(
        mention="lost",
        stage=Stage.RESPONSE,
        situation="parcel_lost",
        author="Mara Lind",
        signature="Ben",
        contact="help@shop.example",
    )
    first = choose(asking)[0]
    assert (first.key, first.fits) == ("parcel_found", "Fits: lost parcel, first answer")
    assert first.text.startswith("Mara, I am sorry")
    assert first.text.endswith("help@shop.example. Ben")
    assert first.slots == ("place", "day", "hour")


def test_at_most_three() -> None:
    """Three are a choice, more are a list."""
    assert all(
        len(choose(Asking(mention="m", stage=stage, situation=situation, turns=turns))) <= 3
        for stage in Stage
        for situation in (None, "quality", "safety")
        for turns in (0, 1, 2, 5)
    )


def test_a_second_answer_is_another_one() -> None:
    """What claims an earlier answer is only offered after one."""
    first = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost"))
    second = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost", turns=1))
    assert "parcel_second" not in [one.key for one in first]
    assert (second[0].key, second[0].fits) == ("parcel_second", "Fits: lost parcel, second answer")


def test_after_two_public_answers_private_comes_first() -> None:
    """More answers in public only carry it further."""
    found = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost", turns=2))
    assert BY_KEY[found[0].key].invites
    assert found[0].fits.endswith("takes it out of public")
    assert found[1].fits.endswith("one more answer")


@pytest.mark.parametrize(
    ("stage", "words"),
    [(Stage.ACKNOWLEDGEMENT, "a first word"), (Stage.PRIVATE, "a private word"), (Stage.STATEMENT, "a statement")],
)
def test_every_stage_has_its_own(stage: Stage, words: str) -> None:
    """A stage is offered its own words and says so."""
    found = choose(Asking(mention="m", stage=stage, situation="other"))
    assert found
    assert all(one.fits.endswith(words) and BY_KEY[one.key].stage is stage for one in found)


def test_no_words_in_a_language_that_is_not_theirs() -> None:
    """Nothing is better than the wrong language."""
    assert choose(Asking(mention="Paket weg", stage=Stage.RESPONSE, situation="parcel_lost", lang="de")) == ()
    assert choose(Asking(mention="lost", stage=Stage.RESPONSE, situation="parcel_lost", lang="en"))


def test_under_something_critical_stands_no_stock_line() -> None:
    """Only what was written for the grave is offered there."""
    for situation in ("safety", "parcel_lost", None):
        found = choose(Asking(mention="m", stage=Stage.RESPONSE, situation=situation, severity=Severity.CRITICAL))
        assert all(BY_KEY[one.key].grave for one in found)
        assert bool(found) is (situation == "safety")


def test_under_something_high_the_general_words_are_not_offered() -> None:
    """What would fit anything fits nothing grave."""
    found = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="other", severity=Severity.HIGH))
    assert all(BY_KEY[one.key].invites for one in found)


@pytest.mark.parametrize(("rating", "key"), [(1, "no_words"), (5, "praise")])
def test_stars_without_words(rating: int, key: str) -> None:
    """Few stars ask what fell short, many are thanked."""
    assert choose(Asking(mention=" ", stage=Stage.RESPONSE, rating=rating))[0].key == key


def test_the_limit_is_kept() -> None:
    """The long form, else the short one, else nothing."""
    asking = Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost")
    long = len(choose(asking)[0].text)
    short = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost", limit=long - 1))
    assert all(len(one.text) < long for one in short)
    assert short[0].key == "parcel_found"
    assert choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost", limit=20)) == ()


@pytest.mark.parametrize(
    "author", ["", "xX_slayer_Xx", "{contact}", "THE SHOPPER", "the queen", "mara", "[day]", "@mara", "123"]
)
def test_a_name_that_is_none_is_left_out(author: str) -> None:
    """A display name may hold anything; what does not look like a name is not used."""
    text = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="parcel_lost", author=author))[0].text
    assert text.startswith("I am sorry")
    praise = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="praise", author=author))[0].text
    assert praise.startswith("Thank you. I will tell")


def test_what_is_not_known_stays_open() -> None:
    """Without signature and contact their places are slots to fill in by hand."""
    found = choose(Asking(mention="m", stage=Stage.RESPONSE, situation="rude_staff"))[0]
    assert {"our contact", "your name"} <= set(found.slots)
    assert "{" not in found.text
