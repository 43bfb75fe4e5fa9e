"""The card of a send of which nobody can tell: what was tried, what came of it, and where to look."""

from typing import Any

import pytest

from bot.nouns import events as e
from bot.nouns.conversation import Attempt, Conversation
from bot.nouns.delivery import Account, Audience, ToAccount, ToAuthor, ToMention, ToPost, Unknown
from bot.nouns.words import Forgotten
from bot.screens import notes
from bot.screens.doubt import doubtful, doubts, where_to_look
from bot.screens.shapes import Fact, Passage, Quote, Said
from tests.bot.build import OURS, START, a_team, conversation, delivered, intended, key, posted, words
from tests.bot.screens.painting import card, passage

TEAM = a_team()


def in_doubt(**changes: Any) -> tuple[Conversation, Attempt]:
    """A conversation, and its send in doubt with these changes."""
    found = conversation(delivered(intended(), Unknown(because="The answer of the platform was lost.")))
    (attempt,) = doubts(found)
    attempt = attempt.model_copy(update=changes)
    return found.model_copy(update={"attempts": (attempt,)}), attempt


def shown(**changes: Any) -> tuple[Passage, ...]:
    """What its card says of it."""
    found, attempt = in_doubt(**changes)
    return doubtful(found, attempt, TEAM)


def test_a_card_says_what_was_tried_and_where_to_look() -> None:
    """The words, whose press it was and when, what the platform said, the place, the account and the address."""
    said = "\n".join(map(passage, shown()))
    for part in (
        "We can't tell whether the reply went out. Please look and say.",
        "We are sorry. We look into it now and write to you by Friday. (ours)",
        "<https://square.test/m1>",
        "Tried: once, Ana pressed Send Mon 10:22",
        "What came of it: The answer of the platform was lost",
        "Where to look: among the replies to Mara on Mastodon, from @shop",
    ):
        assert part in said


def test_a_second_try_is_counted() -> None:
    """Whoever looks knows that there may be two answers lost."""
    assert any(isinstance(p, Fact) and p.text.startswith("twice, Ana") for p in shown(round=2))


def test_nothing_is_said_where_nothing_is_known() -> None:
    """No cause, and no account whose name we know."""
    found = shown(because="", account=Account(platform="mastodon"))
    assert "What came of it" not in [p.name for p in found if isinstance(p, Fact)]
    assert found[-1] == Fact("Where to look", "among the replies to Mara on Mastodon")
    assert shown(account=None)[-1] == found[-1]


@pytest.mark.parametrize(
    ("target", "audience", "what", "where", "url"),
    [
        (ToMention(key=key()), Audience.PUBLIC, "the reply", "among the replies to Mara", "https://square.test/m1"),
        (ToMention(key=key("m9")), Audience.PUBLIC, "the reply", "among the replies to Mara", ""),
        (
            ToAuthor(key=key()),
            Audience.PRIVATE,
            "the private word",
            "direct messages with Mara",
            "https://square.test/m1",
        ),
        (ToAccount(account=OURS), Audience.PUBLIC, "the statement", "among our own posts", ""),
        (ToPost(key=key("ours1")), Audience.PUBLIC, "the correction", "the post of ours that it corrects,", ""),
    ],
)
def test_each_target_has_its_place(target: Any, audience: Audience, what: str, where: str, url: str) -> None:
    """Nobody looks for a private word in public, or for a statement under a complaint."""
    found = shown(target=target, audience=audience)
    assert f"whether {what} went out" in passage(found[0])
    assert isinstance(found[1], Quote)
    assert found[1].url == url
    assert where in passage(found[-1])


def test_a_correction_leads_to_the_post_it_corrects() -> None:
    """By the address that our first send came back with."""
    found = conversation(posted())
    correction = found.attempts[0].model_copy(
        update={"key": "s2", "target": ToPost(key=key("ours1")), "words": words("")}
    )
    said = doubtful(found.model_copy(update={"attempts": (*found.attempts, correction)}), correction, TEAM)
    assert isinstance(said[1], Quote)
    assert (said[1].url, said[1].text) == ("https://square.test/ours1", "(no words: it withdraws what we said)")


def test_long_words_are_cut_and_forgotten_ones_say_so() -> None:
    """The whole stands in the form."""
    long = shown(words=words("We are sorry for the parcel. " * 40))[1]
    assert isinstance(long, Quote)
    assert long.more
    assert len(long.text) <= 400
    gone = shown(words=words("Sorry.").model_copy(update={"text": Forgotten()}))[1]
    assert isinstance(gone, Quote)
    assert gone.text == "(forgotten at their wish)"


def test_who_is_reminded_reads_the_same() -> None:
    """The note that asks a person holds all that the card does, and the same presses."""
    found, attempt = in_doubt()
    view = delivered(intended(), Unknown(because="The answer of the platform was lost."))
    event = e.Reminded(
        incident="i1", conversation="c1", by="coolhead:clockwork", at=START, what="unknown:s1", count=1, told=("ana",)
    )
    note = notes.reminded(view.incidents["i1"], found, event, TEAM)
    assert note.passages[:5] == doubtful(found, attempt, TEAM)
    assert "-> is_there attempt=s1" in card(note)
    settled = notes.reminded(view.incidents["i1"], conversation(posted()), event, TEAM)
    assert settled.passages[0] == Said("We can't tell whether the reply went out. Please look and say.")


def test_a_name_of_an_account_is_no_markup() -> None:
    """It stands in one line, without unseen signs."""
    found, attempt = in_doubt(account=Account(platform="mastodon", name="@shop\n\u202eevil"))
    assert where_to_look(found, attempt).text.endswith("from @shop evil")
