"""Headlines, shortening, counting, names: the small words of every screen."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.listening.situations import SITUATIONS
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Account
from bot.nouns.incident import Incident
from bot.nouns.mention import About, Author, MentionKind
from bot.nouns.outcome import Outcome
from bot.nouns.words import Forgotten
from bot.screens import called, forms, headline, pages, pile, plain
from bot.screens.clocks import next_due
from bot.screens.offers import READ_ONCE_MORE
from bot.screens.shapes import Section
from tests.bot.build import START, a_mention, a_team, conversation, opened, words
from tests.bot.screens.states import closed
from tests.linear import MOST, growth

INCIDENT = Incident(id="i1", opened=START)


def about(text: str, incident: Incident = INCIDENT, **changes: Any) -> tuple[str, str]:
    """Headline and second line of a mention."""
    return headline.headline(incident, conversation(opened(a_mention(text, **changes))))


def test_first_words_stand_in_quotes() -> None:
    """Where no situation is sure, their first words; cut at a word."""
    assert about("My parcel never came.")[0] == "“My parcel never came.”"
    assert about("One two three four five six seven eight nine ten")[0] == "“One two three four five six seven eight…”"
    assert about("x" * 400)[0] == "“" + "x" * 70 + "…”"


def test_a_mention_without_words_has_a_headline() -> None:
    """Stars, pictures, or nothing at all."""
    assert about("", rating=1)[0] == "One star, no words"
    assert about("", rating=4)[0] == "Four stars, no words"
    assert about("", media=2)[0] == "Pictures, no words"
    assert about("\u202e\u200b")[0] == "No words"


def test_stars_are_said_once() -> None:
    """Where the headline says them, the second line does not."""
    assert about("", rating=1)[1] == "Mara on Mastodon"
    assert about("It broke.", rating=1)[1] == "Mara on Mastodon · one star"
    renamed = Incident(id="i1", opened=START, renamed=words("The lamp"))
    assert about("", renamed, rating=1) == ("The lamp", "Mara on Mastodon · one star")


def test_somebodys_own_name_for_it_comes_first() -> None:
    """Renamed wins, at most twelve words; one that is empty does not."""
    long = Incident(id="i1", opened=START, renamed=words(" ".join(["word"] * 20)))
    assert about("x", long)[0] == " ".join(["word"] * 12)
    blank = Incident(id="i1", opened=START, renamed=words("  "), situation="outage")
    assert about("x", blank)[0] == "It is down"
    assert about("Why?", Incident(id="i1", opened=START, situation="question"))[0] == "“Why?”"


def test_statements_and_nothing_have_a_headline() -> None:
    """A statement of ours names its account; an emptied incident says so."""
    state = Conversation(id="c", incident="i", opened=START, statement=True, account=Account(platform="x"))
    assert headline.headline(INCIDENT, state) == ("A statement of ours", "X")
    assert headline.headline(INCIDENT, None) == ("Nothing here any more", "")


def test_the_situations_are_the_ears() -> None:
    """Both layers name the same situations alike."""
    assert dict(SITUATIONS) == headline.SITUATIONS


def test_the_outcomes_are_those_that_are_counted() -> None:
    """The form offers every outcome and no other."""
    assert [value for value, _ in forms.OUTCOMES] == [outcome.value for outcome in Outcome]


def test_people_outside_are_called_by_what_is_known() -> None:
    """A name, a handle, the kind of word it was; followers and stars where they are known."""
    kept = a_mention("x", rating=2).model_copy(
        update={"about": About(author=Author(handle="@m", followers=12_345)), "kind": MentionKind.REVIEW}
    )
    assert called.about(kept) == "@m on Mastodon · 12.3k followers · 2 stars"
    gone = kept.model_copy(update={"about": Forgotten(), "rating": 1})
    assert called.about(gone) == "A review on Mastodon · one star"
    found = conversation(opened()).model_copy(update={"mentions": (gone,)})
    assert called.reader(found) == "its author"
    assert called.platform("some_new_place") == "Some New Place"


@pytest.mark.parametrize(
    ("count", "said"),
    [(9, "9"), (1000, "1k"), (1234, "1.2k"), (123_456, "123k"), (3_400_000, "3.4m"), (200_000_000, "200m")],
)
def test_large_counts_are_short(count: int, said: str) -> None:
    """Nobody needs the last digit of a number of followers."""
    assert plain.short(count) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "under a minute"), (6, "6 min"), (119, "119 min"), (180, "3 h"), (4320, "3 days")]
)
def test_lengths_as_people_say_them(minutes: int, said: str) -> None:
    """Minutes, hours, days."""
    assert plain.lasting(timedelta(minutes=minutes)) == said


def test_counts_and_lists() -> None:
    """Once, twice, three times; Ana, Ben and Kim."""
    assert [plain.times(n) for n in (1, 2, 3)] == ["once", "twice", "three times"]
    assert plain.listed(["Ana", "Ben", "Kim"]) == "Ana, Ben and Kim"
    assert plain.listed(["Ana"]) == "Ana"
    assert plain.number(13) == "13"
    assert plain.counted(2, "person", "people") == "two people"


@pytest.mark.parametrize("unit", [".", '!"', "…)", ". ", "\n", "a"])
def test_a_long_text_is_cut_as_much_later_as_it_is_longer(unit: str) -> None:
    """Whatever it is made of: a post of nothing but points stopped the whole house while its words were looked at."""
    assert growth(lambda text: plain.excerpt(f"{text}x {text}", len(text) + 1), unit) < MOST
    assert growth(plain.plain, unit) < MOST


def test_an_excerpt_ends_with_a_sentence() -> None:
    """At a sentence's end where there is one, else at a word's, else where it must."""
    assert plain.excerpt("One. Two.", 400) == ("One. Two.", False)
    assert plain.excerpt("A first sentence. A second one that is longer.", 30) == ("A first sentence.", True)
    assert plain.excerpt("no end in sight here at all", 12) == ("no end in…", True)
    assert plain.excerpt("x" * 20, 10) == ("x" * 10 + "…", True)


@settings(deadline=None)
@given(st.text(max_size=600), st.integers(min_value=1, max_value=400))
def test_an_excerpt_is_never_too_long(text: str, limit: int) -> None:
    """Whatever somebody wrote, it fits, and what is shown is the beginning of it."""
    shown, more = plain.excerpt(text, limit)
    assert len(shown) <= limit + 1
    assert text.strip().startswith(shown.removesuffix("…").rstrip()) or not more


@settings(deadline=None)
@given(st.text(max_size=300))
def test_a_headline_holds_whatever_comes(text: str) -> None:
    """Any words make a headline of one line and at most twelve words, without unseen signs."""
    title, _ = about(text)
    assert 0 < len(title.split()) <= 12
    assert title.isprintable() or "\u200c" in title or "\u200d" in title


@pytest.mark.parametrize(
    ("counts", "answer"),
    [
        ((2, 0, 0, 0), "Two people are waiting for a first word. Nothing else is urgent."),
        ((1, 1, 0, 0), "One person is waiting for a first word. One has waited too long."),
        ((0, 2, 2, 2), "Nobody is waiting for a first word. Two have waited too long. "
                       "Two sends have to be looked at. Two drafts are ready to be sent."),
        ((0, 0, 0, 0), "Nobody is waiting for a first word. Nothing is urgent."),
    ],
)  # fmt: skip
def test_now_in_a_sentence(counts: tuple[int, int, int, int], answer: str) -> None:
    """The page's question is answered in its second line."""
    assert pages.now_answer(*counts) == answer


def test_more_than_were_counted() -> None:
    """Where a page could not count them all, it says so."""
    assert pages.now_answer(100, 0, 0, 0, more=True).startswith("More than 100 people are waiting")


def test_mine_in_a_sentence() -> None:
    """What is in somebody's hands."""
    assert pages.mine_answer(2, 2, 1) == "You have two conversations. Two have cooled. You promised one thing."


def test_an_empty_page_says_so() -> None:
    """Without rows a page has one part that says there is nothing."""
    assert pages.listed("offline", {}, "").parts == (Section("", empty="Nothing is away from the public."),)


def test_a_closed_one_has_no_deadline() -> None:
    """Nothing is due of what is settled, nor where no clock is given."""
    assert next_due(conversation(closed()), None) is None


def test_a_settled_one_in_a_pile_has_no_owner_to_name() -> None:
    """It is only said how it ended; an emptied mention stands without a quote."""
    assert pile.stands_where(conversation(closed()), a_team()) == "answered"


def test_a_press_without_its_draft_carries_nothing() -> None:
    """A choice made where no draft stands names none, and is refused as stale later."""
    assert READ_ONCE_MORE.choice(conversation(opened())).values == {}
