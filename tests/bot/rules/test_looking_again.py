"""Looking again: what is new to whoever pressed, and what is not."""

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Posted, Unknown
from bot.nouns.events import AnsweredByHand
from bot.nouns.mention import About, Author, CannotTell, Deleted, Kept, Mention, Said
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from bot.nouns.words import Forgotten
from tests.bot.build import (
    ANA,
    BY_HAND,
    START,
    a_clear,
    a_mention,
    a_write,
    after,
    an_acknowledgement,
    apply,
    asked,
    cmd,
    conversation,
    decided,
    delivered,
    done,
    intended,
    key,
    looked,
    opened,
    posted,
    press,
    ready,
    words,
)
from tests.bot.rules.looks import BASE, cleared, ours, outcome, said, sent_back, set_aside

# The look


def test_nothing_new_lets_it_go() -> None:
    """The mention stands as it was, and only strangers spoke after it."""
    assert cleared(asked()).state is AttemptState.INTENDED
    others = looked(after=(said(id="x1", author="somebody"),))
    assert cleared(asked(), seen=others).state is AttemptState.INTENDED
    spaced = looked(text=" My parcel  never came.\n")
    assert cleared(asked(), seen=spaced).state is AttemptState.INTENDED


def test_a_deletion_seen_is_written_down_too() -> None:
    """The look finds the mention gone: both facts are recorded."""
    events = outcome(asked(), seen=Deleted(key=key(), at=START))
    assert [event.kind for event in events] == ["mention_deleted", "set_aside"]
    assert conversation(apply(asked(), events)).gone


def test_their_new_words_send_it_back() -> None:
    """An edit, or another post of the same author, is read first."""
    assert sent_back(asked(), seen=looked(text="My parcel came, thank you.")).changed
    assert sent_back(asked(), seen=looked(after=(said(),))).changed


def test_an_edit_of_another_mention_of_theirs_is_new_as_well() -> None:
    """Their later words changed, though those answered did not: that is read first, too."""
    view = asked(ready(opened(a_mention(), a_mention("And?", id="m2"))))
    assert cleared(view, seen=looked(after=(said("And?"),))).state is AttemptState.INTENDED
    assert sent_back(view, seen=looked(after=(said("It came, thank you."),))).changed


def test_the_same_words_posted_before_are_no_second_round() -> None:
    """An earlier post of ours with the same words is known by its key, and proves nothing about this send."""
    again = done(posted(), a_write(draft="d2", finished=True), ANA, after(23))
    again = done(again, cmd(c.ReadOnceMore, draft="d2", version=1), ANA, after(43))
    again = done(again, press(again, "d2", attempt="s2"), ANA, after(43))
    unknown = delivered(done(again, a_clear("s2"), Part.OUTBOX, after(43)), Unknown(because="?"), 43, "s2")
    view = done(unknown, cmd(c.TryAgain, attempt="s2", round=1, absent=True), ANA, after(44))
    first = ours("We are sorry. We look into it now and write to you by Friday.", id="ours1")
    answer = decided(view, a_clear("s2", seen=looked(after=(first,))), Part.OUTBOX, after(44))
    assert not isinstance(answer, Refusal)
    assert answer[0].kind == "intended"


@pytest.mark.parametrize(
    ("known", "shown", "theirs"),
    [
        ({"id": "mara"}, {"id": "mara"}, True),
        ({"id": "mara"}, {"id": "zoe"}, False),
        ({"handle": "@mara"}, {"handle": "@mara"}, True),
        ({"handle": "@mara"}, {"handle": "@zoe"}, False),
        ({"handle": "@mara"}, {"id": "zoe"}, True),
        ({}, {"id": "zoe", "handle": "@zoe"}, True),
    ],
)
def test_where_nobody_can_tell_who_speaks_it_may_be_them(
    known: dict[str, str], shown: dict[str, str], theirs: bool
) -> None:
    """Authors are compared by id, else by handle; an unknown one counts as theirs."""
    view = asked()
    first = conversation(view).mentions[0].model_copy(update={"about": About(author=Author(**known))})
    view = View(team=view.team, conversations={"c1": conversation(view).model_copy(update={"mentions": (first,)})})
    spoke = Said(mention=Mention(key=key("m2"), text="And?", author=Author(**shown), at=START))
    (event,) = outcome(view, seen=looked(after=(spoke,)))
    assert (event.kind == "sent_back") is theirs


def test_what_is_on_the_timeline_already_is_not_new() -> None:
    """Words of theirs that the reader knew, our own acknowledgement, and an answer by hand that we knew."""
    view = opened(a_mention(), a_mention("And?", id="m2"))
    answer = AnsweredByHand(**BASE, at=after(0).wall, mention=key(), post=key("h1"), words=words("Hello."))
    view = asked(ready(apply(view, [answer])))
    assert cleared(view, seen=looked(after=(said(), ours(id="h1")))).state is AttemptState.INTENDED


def test_our_own_acknowledgement_is_not_new() -> None:
    """By its key where we know it; by its words where a person posted it by hand."""
    for reach, shown in ((None, ours(id="ours1")), (BY_HAND, ours("@mara We  heard you."))):
        heard = done(opened(), an_acknowledgement(), ANA, after(0))
        heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
        heard = done(heard, press(heard, "a1", attempt="s0"), ANA, after(2))
        heard = done(heard, a_clear("s0", **({"reach": reach} if reach else {})), Part.OUTBOX, after(2))
        if reach is None:
            heard = delivered(heard, Posted(key=key("ours1")), 2, "s0")
        else:
            heard = done(heard, cmd(c.SettleAttempt, attempt="s0", there=True), ANA, after(3))
        assert cleared(asked(ready(heard)), seen=looked(after=(shown,))).state is AttemptState.INTENDED


def test_an_answer_of_ours_that_we_did_not_know_sets_it_aside() -> None:
    """Somebody answered from our account another way."""
    assert "another way" in set_aside(asked(), seen=looked(after=(ours(),))).because


def test_a_second_round_that_finds_itself_was_posted() -> None:
    """The look before a second round shows the first one: it is there, and nothing is sent."""
    view = delivered(intended(), Unknown(because="?"))
    view = done(view, cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(23))
    shown = ours("@mara We are sorry. We look into it now and write to you by Friday.")
    (event,) = outcome(view, 23, seen=looked(after=(shown,)))
    assert event.kind == "delivered"
    found = conversation(apply(view, [event])).attempt("s1")
    assert found is not None
    assert (found.state, found.post) == (AttemptState.POSTED, key("other"))
    assert "another way" in set_aside(view, 23, seen=looked(after=(ours(),))).because


def test_which_of_two_sends_made_a_post_only_a_person_can_say() -> None:
    """A post with the words of two sends in doubt is neither believed nor doubled: it is asked about again."""
    heard = done(opened(), an_acknowledgement(text := "We are sorry."), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    heard = done(heard, press(heard, "a1", attempt="s0"), ANA, after(2))
    doubt = delivered(done(heard, a_clear("s0"), Part.OUTBOX, after(2)), Unknown(because="?"), 2, "s0")
    doubt = delivered(intended(asked(ready(doubt, words=words(text, ref="again")))), Unknown(because="?"))
    view = done(doubt, cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(23))
    (event,) = outcome(view, 23, seen=looked(after=(ours("@mara We are sorry."),)))
    made = conversation(apply(view, [event])).attempt("s1")
    assert made is not None
    assert (made.state, made.round) == (AttemptState.UNKNOWN, 2)


@pytest.mark.parametrize("seen", [CannotTell(because="It timed out."), None])
def test_where_nobody_can_look_the_presser_looks(seen: CannotTell | None) -> None:
    """Without a look the presser is asked; "I looked, nothing changed" lets it go."""
    assert "look yourself" in sent_back(asked(), seen=seen).because
    assert cleared(asked(looked=True), seen=seen).looked


def test_words_of_theirs_that_were_forgotten_cannot_be_compared() -> None:
    """Where no readable copy is left, the presser is asked to look."""
    view = asked()
    lost = forgotten(view)
    assert "no readable copy" in sent_back(lost, seen=looked()).because
    assert cleared(forgotten(asked(looked=True)), seen=looked()).state is AttemptState.INTENDED


def forgotten(view: View) -> View:
    """The same, with the first mention's words forgotten."""
    first: Kept = conversation(view).mentions[0]
    lost = first.model_copy(update={"words": first.words.model_copy(update={"text": Forgotten()})})
    return View(team=view.team, conversations={"c1": conversation(view).model_copy(update={"mentions": (lost,)})})


def test_our_words_that_cannot_be_read_match_no_answer() -> None:
    """Without readable words of an attempt, an unknown answer of ours is another answer."""
    view = asked()
    made = conversation(view).attempts[0]
    bare = made.model_copy(update={"key": "s0", "state": AttemptState.POSTED, "words": made.words.bare(), "version": 0})
    both = conversation(view).model_copy(update={"attempts": (bare, made)})
    assert (
        "another way"
        in set_aside(View(team=view.team, conversations={"c1": both}), seen=looked(after=(ours(),))).because
    )
