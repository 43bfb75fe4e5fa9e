"""What the outbox saw, against what the presser knew: every way back, and the one way out."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Attempt, AttemptState, OfflineWay
from bot.nouns.delivery import Account, Audience, Posted, ToAccount, ToAuthor, ToPost, Unknown
from bot.nouns.events import AnsweredByHand, Event, MentionDeleted, MentionEdited, SentBack, SetAside
from bot.nouns.mention import About, AnsweredByUs, Author, CannotTell, Deleted, Kept, Mention, Said
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from bot.nouns.words import Forgotten
from tests.bot.build import (
    ANA,
    BY_HAND,
    KIM,
    NO_REACH,
    OURS,
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

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}


def outcome(view: View, minutes: float = 22, **seen: Any) -> Sequence[Event]:
    """What the outbox makes of it: never a refusal."""
    answer = decided(view, a_clear(**seen), Part.OUTBOX, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    return answer


def sent_back(view: View, minutes: float = 22, **seen: Any) -> SentBack:
    """It was sent back."""
    (event,) = outcome(view, minutes, **seen)
    assert isinstance(event, SentBack), event.kind
    return event


def set_aside(view: View, minutes: float = 22, **seen: Any) -> SetAside:
    """It was set aside."""
    (*_, event) = outcome(view, minutes, **seen)
    assert isinstance(event, SetAside), event.kind
    return event


def cleared(view: View, minutes: float = 22, **seen: Any) -> Attempt:
    """It may go out."""
    (event,) = outcome(view, minutes, **seen)
    assert event.kind == "intended", event
    found = conversation(apply(view, [event])).attempt("s1")
    assert found is not None
    return found


def said(text: str = "And?", id: str = "m2", author: str = "mara") -> Said:
    """Somebody spoke after the mention."""
    who = Author(id=author, handle=f"@{author}")
    return Said(mention=Mention(key=key(id), text=text, author=who, at=START))


def ours(text: str = "Hello.", id: str = "other") -> AnsweredByUs:
    """Our account spoke after the mention."""
    return AnsweredByUs(key=key(), ours=key(id), words=text, at=START)


# The team


def test_a_hold_sends_back_with_its_end() -> None:
    """A hold that began after the press keeps it back."""
    hold = c.BeginHold(id="h", until=after(90).wall, words=words("Recall."))
    assert sent_back(done(asked(), hold, KIM, after(22))).until == after(90).wall


def test_an_old_ask_is_sent_back() -> None:
    """After 5 min nobody stands behind the press any more; by either clock."""
    assert cleared(asked(), 27).state is AttemptState.INTENDED
    assert "too long" in sent_back(asked(), 27.1).because
    late = decided(asked(), a_clear(), Part.OUTBOX, after(22, store=after(28).wall))
    assert not isinstance(late, Refusal)
    assert late[0].kind == "sent_back"


def test_whoever_lost_the_right_sends_nothing() -> None:
    """The roles are asked anew, and no answer is a no."""
    assert sent_back(asked(), allowed=False).because.startswith("Ana may not send now")


# The draft


def test_other_words_than_pressed_are_sent_back() -> None:
    """An edit or a discard between the press and the send sends it back."""
    edited = done(asked(), a_write("New words altogether.", based_on=1), ANA, after(22))
    assert "changed after the press" in sent_back(edited).because
    view = asked()
    gone = View(team=view.team, conversations={"c1": conversation(view).model_copy(update={"drafts": ()})})
    assert "changed after the press" in sent_back(gone).because


def test_words_that_have_not_cooled_are_sent_back() -> None:
    """Were the wait counted again after the press, nothing goes out before it has passed."""
    view = asked()
    draft = conversation(view).drafts[0].model_copy(update={"ready": None})
    fresh = draft.model_copy(update={"cooling": draft.cooling.recount(after(22), None) if draft.cooling else None})
    later = View(team=view.team, conversations={"c1": conversation(view).model_copy(update={"drafts": (fresh,)})})
    assert sent_back(later).until == after(42).wall


def test_a_settled_conversation_sets_it_aside() -> None:
    """What was closed meanwhile says nothing more."""
    view = asked()
    closed = conversation(view).model_copy(update={"closed": after(22).wall})
    assert set_aside(View(team=view.team, conversations={"c1": closed})).because == "It was settled meanwhile."


# What we knew by then


def test_news_after_the_press_is_read_first() -> None:
    """They wrote again, or edited, while it was on its way to the outbox: the author reads it first."""
    wrote = done(asked(), cmd(c.Add, mention=a_mention("And?", id="m2")), Part.SORTER, after(22))
    assert sent_back(wrote).changed
    edited = apply(asked(), [MentionEdited(**BASE, at=after(22).wall, mention=key(), words=words("It came."))])
    assert sent_back(edited).changed
    back = apply(edited, [sent_back(edited)])
    assert "Something new" in refusal(back, press(back, attempt="s2"))


def refusal(view: View, command: c.Command) -> str:
    """Why Ana's command is refused at minute 23."""
    answer = decided(view, command, ANA, after(23))
    assert isinstance(answer, Refusal)
    return answer.because


def test_a_deletion_a_talk_and_an_answer_set_it_aside() -> None:
    """Known by then: nothing is left to answer, somebody talks with them, or a colleague answered by hand."""
    gone = apply(asked(), [MentionDeleted(**BASE, at=after(22).wall, mention=key())])
    assert "deleted" in set_aside(gone).because
    taken = done(asked(), cmd(c.TakeOffline, way=OfflineWay.PHONE), ANA, after(22))
    assert "away from the public" in set_aside(taken).because
    answer = AnsweredByHand(**BASE, at=after(22).wall, mention=key(), post=key("h1"), words=words("Hello."))
    assert "by hand" in set_aside(apply(asked(), [answer])).because


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


# The way


def test_no_way_sends_back_with_why() -> None:
    """Closed replies, or nothing said of the way: it goes back to its presser."""
    assert sent_back(asked(), reach=NO_REACH).because == "The replies are closed."
    private = a_write(stage="private", audience=Audience.PRIVATE, target=ToAuthor(key=key()))
    view = done(opened(), private, ANA, after(0))
    view = done(view, cmd(c.ReadOnceMore, draft="d1", version=1), ANA, after(2))
    assert "no way" in sent_back(asked(view), reach=NO_REACH).because


def test_by_hand_is_cleared_the_same_way() -> None:
    """Copy and Open appear only once every rule is passed."""
    made = cleared(asked(), reach=BY_HAND, url="https://square.test/m1")
    assert (made.state, made.url) == (AttemptState.BY_HAND, "https://square.test/m1")


def test_the_account_is_the_one_it_was_written_for() -> None:
    """Another platform's account, or another of ours than a statement or a correction names, sends back."""
    assert "another account" in sent_back(asked(), account=Account(platform="elsewhere")).because
    begun = done(View(team=opened().team), cmd(c.BeginStatement, account=OURS), ANA, after(0))
    view = asked(ready(begun, stage="statement", target=ToAccount(account=OURS)))
    assert cleared(view, seen=None).state is AttemptState.INTENDED
    assert "another account" in sent_back(view, seen=None, account=Account(platform="mastodon", name="@us")).because
    assert cleared(view, seen=None, account=Account(platform="mastodon")).state is AttemptState.INTENDED
    assert conversation(posted(intended(view, seen=None))).answered_at == after(22).wall


def test_a_correction_goes_out_where_its_post_stands() -> None:
    """A correction needs no look, keeps to the account of its post, and answers nothing anew."""
    wrote = done(posted(), cmd(c.Add, mention=a_mention("And?", id="m2", minutes=23)), Part.SORTER, after(23))
    begun = done(wrote, cmd(c.Correct, attempt="s1", draft="d2", words=words("We were wrong.")), ANA, after(24))
    read = done(begun, cmd(c.ReadOnceMore, draft="d2", version=1), ANA, after(44))
    view = done(read, press(read, "d2", attempt="s2"), ANA, after(44))
    other = a_clear("s2", seen=None, account=Account(platform="mastodon", name="@other"))
    answer = decided(view, other, Part.OUTBOX, after(44))
    assert not isinstance(answer, Refusal)
    assert answer[0].kind == "sent_back"
    out = delivered(done(view, a_clear("s2", seen=None), Part.OUTBOX, after(44)), Posted(key=key("ours1")), 44, "s2")
    assert conversation(out).waiting_since == after(23).wall
    assert isinstance(conversation(out).attempts[-1].target, ToPost)


def test_what_is_sent_back_is_read_and_pressed_again() -> None:
    """After a way back the draft keeps its wait, is read once more, and goes out under another key."""
    view = apply(asked(), outcome(asked(), seen=CannotTell(because="It timed out.")))
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=1), ANA, after(24))
    again = done(read, press(read, attempt="s2", looked=True), ANA, after(24))
    event = decided(again, a_clear("s2", seen=None), Part.OUTBOX, after(24))
    assert not isinstance(event, Refusal)
    assert event[0].kind == "intended"
