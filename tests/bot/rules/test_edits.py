"""Edits, repairs and discarded words."""

from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns.delivery import ToMention
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from bot.nouns.words import Forgotten
from tests.bot.build import (
    ANA,
    BEN,
    KIM,
    SORRY,
    a_caution,
    a_mention,
    a_team,
    a_write,
    after,
    cmd,
    conversation,
    decided,
    done,
    drafted,
    intended,
    key,
    no,
    opened,
    woken,
    words,
)
from tests.bot.rules.drafts import AS_BEN, SIGNED, draft, length, rewritten

# Edits


def test_the_same_words_keep_their_wait() -> None:
    """Finishing the same words again while they cool changes nothing of their wait."""
    view = rewritten(drafted(), SORRY, 10)
    assert draft(view).version == 2
    assert draft(view).cooling == draft(drafted()).cooling


def test_other_words_start_again() -> None:
    """Any other edit while it cools starts the whole wait from the edit."""
    cooling = draft(rewritten(drafted(), SORRY + " Truly.", 10)).cooling
    assert cooling is not None
    assert cooling.until == after(30).wall


def test_another_target_starts_again() -> None:
    """The same words for another mention are other words."""
    view = opened(a_mention(), a_mention(id="m2", minutes=0))
    moved = rewritten(drafted(view), SORRY, 10, target=ToMention(key=key("m2")))
    cooling = draft(moved).cooling
    assert cooling is not None
    assert cooling.until == after(30).wall


def test_a_signature_may_change_hands() -> None:
    """Unread for 15 min, any teammate may sign and send it: the wait is kept, and it is still ready."""
    view = woken(drafted(words=words(SIGNED)), "cooled:d1:1", after(20))
    as_ben = a_write(AS_BEN, based_on=1)
    assert no(view, as_ben, BEN, after(34)).because.startswith("Ana has this.")
    signed = done(view, as_ben, BEN, after(35))
    assert (draft(signed).author, draft(signed).ready) == ("ben", after(20).wall)
    assert no(view, a_write("Words of my own.", based_on=1), BEN, after(35)).because.startswith("Ana has this.")


def test_a_stranger_who_left_may_still_have_signed() -> None:
    """The signature of an author who left the team is not known any more, so it is part of the words."""
    view = drafted(words=words(SIGNED), view=opened(team=a_team(ANA, KIM)))
    left = View(team=a_team(KIM), incidents=view.incidents, conversations=view.conversations)
    signed = done(left, a_write(f"{SORRY}\n— Kim", based_on=1), KIM, after(5))
    cooling = draft(signed).cooling
    assert cooling is not None
    assert cooling.until == after(25).wall


def test_an_early_release_outlives_a_change_of_signature() -> None:
    """What a lead released stays released when only the name under it changes."""
    release = cmd(c.ReleaseEarly, draft="d1", version=1, words=words("Urgent."))
    view = done(drafted(words=words(SIGNED)), release, KIM, after(3))
    signed = rewritten(view, f"{SORRY}\n— Kim", 4, who=KIM)
    assert (draft(signed).ready, draft(signed).released) == (after(3).wall, "kim")


def test_a_small_repair_after_a_full_wait_costs_five_minutes() -> None:
    """What has cooled in full and is changed a little cools 5 min; changed a lot, all of it."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    repaired = rewritten(view, SORRY.replace("Friday", "Monday"), 25)
    assert (length(repaired), draft(repaired).repair) == (timedelta(minutes=5), True)
    assert length(rewritten(view, "Quite other words, never thought over.", 25)) == timedelta(minutes=20)


def test_before_the_full_wait_no_repair_is_small() -> None:
    """While it still cools, even a comma starts the wait again."""
    assert length(rewritten(drafted(), SORRY.replace("Friday", "Monday"), 19)) == timedelta(minutes=20)


def test_repairs_are_measured_from_what_cooled_in_full() -> None:
    """A chain of small repairs cannot walk away from the words that were thought over."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    once = rewritten(view, SORRY.replace("Friday", "Monday"), 21)
    twice = woken(once, "cooled:d1:2", after(26))
    third = rewritten(twice, SORRY.replace("Friday", "Monday").replace("We look", "We will do look"), 27)
    assert length(third) == timedelta(minutes=20)
    back = rewritten(twice, SORRY, 27)
    assert length(back) == timedelta(minutes=5)


def test_a_caution_followed_is_a_small_repair() -> None:
    """Taking the better wording of a caution after the full wait costs 5 min, however long it is."""
    text = f"{SORRY} You should have asked us first about that. {SORRY}"
    view = woken(drafted(words=words(text), cautions=(a_caution(),)), "cooled:d1:1", after(30))
    better = text.replace("You should have asked us first", "We should have asked you first of all")
    assert length(rewritten(view, better, 31)) == timedelta(minutes=5)


def test_words_that_cannot_be_read_any_more_are_no_measure() -> None:
    """Where the older words were forgotten, nothing is a small repair and nothing is unchanged."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    old = draft(view)
    lost = old.model_copy(update={"words": old.words.model_copy(update={"text": Forgotten()})})
    forgot = conversation(view).model_copy(update={"drafts": (lost,)})
    bare = View(team=view.team, incidents=view.incidents, conversations={"c1": forgot})
    assert length(rewritten(bare, SORRY, 21)) == timedelta(minutes=20)


def test_new_words_of_theirs_start_a_changed_draft_again() -> None:
    """Once they wrote again, a repair is no longer small; unchanged words keep their wait."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    add = cmd(c.Add, mention=a_mention("And now?", id="m2", minutes=21))
    wrote = done(view, add, Part.SORTER, after(21))
    assert length(rewritten(wrote, SORRY.replace("Friday", "Monday"), 22)) == timedelta(minutes=20)
    assert draft(rewritten(wrote, SORRY, 22)).ready == after(20).wall


# Discard


def test_a_draft_is_discarded_by_author_owner_or_lead() -> None:
    """Nobody else's draft is thrown away, and no version that was not seen."""
    discard = cmd(c.Discard, draft="d1", version=1)
    for who in (ANA, KIM):
        assert conversation(done(drafted(), discard, who, after(1))).drafts == ()
    assert no(drafted(), discard, BEN, after(1)).because.startswith("Ana wrote this.")
    assert "meanwhile" in no(drafted(), cmd(c.Discard, draft="d1", version=2), ANA, after(1)).because
    gone = View(team=a_team(BEN), conversations=drafted().conversations)
    assert not isinstance(decided(gone, discard, BEN, after(1)), Refusal)


def test_words_on_their_way_are_not_discarded() -> None:
    """While nobody knows what becomes of a send, its words stay."""
    assert "on its way" in no(intended(), cmd(c.Discard, draft="d1", version=1), ANA, after(23)).because
