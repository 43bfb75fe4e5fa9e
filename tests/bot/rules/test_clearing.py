"""What stands against an asked send: team, draft, what we knew, and the way. And the one way out."""

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState, OfflineWay
from bot.nouns.delivery import Account, Audience, Posted, ToAccount, ToAuthor, ToPost, Unknown
from bot.nouns.events import AnsweredByHand, MentionDeleted, MentionEdited
from bot.nouns.mention import CannotTell
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BY_HAND,
    KIM,
    NO_REACH,
    OURS,
    a_clear,
    a_mention,
    a_write,
    after,
    apply,
    asked,
    cmd,
    conversation,
    decided,
    delivered,
    done,
    intended,
    key,
    opened,
    posted,
    press,
    ready,
    words,
)
from tests.bot.rules.looks import BASE, cleared, outcome, sent_back, set_aside

# The team


def test_a_hold_sends_back_with_its_end() -> None:
    """A hold that began after the press keeps it back."""
    hold = c.BeginHold(id="h", until=after(90).wall, words=words("Recall."))
    assert sent_back(done(asked(), hold, KIM, after(22))).until == after(90).wall


def test_an_old_ask_is_sent_back() -> None:
    """After 5 min nobody stands behind the press any more; test_ask_clocks.py tells how they are counted."""
    assert cleared(asked(), 27).state is AttemptState.INTENDED
    assert "too long" in sent_back(asked(), 27.1).because


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
    rebooted = after(22).model_copy(update={"boot": "b2"})
    fresh = draft.model_copy(update={"cooling": draft.cooling.recount(rebooted, []) if draft.cooling else None})
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
    made = cleared(asked(), reach=BY_HAND)
    assert (made.state, made.url) == (AttemptState.BY_HAND, "")  # where it stands in public is in the vault


def test_the_account_is_the_one_it_was_written_for() -> None:
    """Another platform's account, or another of ours than a statement or a correction names, sends back."""
    assert "another account" in sent_back(asked(), account=Account(platform="elsewhere")).because
    begun = done(View(team=opened().team), cmd(c.BeginStatement, account=OURS), ANA, after(0))
    view = asked(ready(begun, stage="statement", target=ToAccount(account=OURS)))
    assert cleared(view, seen=None).state is AttemptState.INTENDED
    assert "another account" in sent_back(view, seen=None, account=Account(platform="mastodon", name="@us")).because
    assert cleared(view, seen=None, account=Account(platform="mastodon")).state is AttemptState.INTENDED
    assert conversation(posted(intended(view, seen=None))).answered_at == after(22).wall


def test_the_account_is_the_one_it_was_pressed_for() -> None:
    """A reply goes out from the account that its presser spoke from, in each round; where none is named, from ours."""
    other = Account(platform="mastodon", name="@service")
    view = asked(accounts=(Account(platform="elsewhere", name="@x"), OURS))
    assert cleared(view).account == OURS
    assert "another account" in sent_back(view, account=other).because
    assert cleared(view, account=Account(platform="mastodon")).state is AttemptState.INTENDED
    assert cleared(asked(), account=other).account == other
    doubtful = delivered(intended(asked(accounts=(OURS,))), Unknown(because="It dropped."))
    again = done(doubtful, cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(23))
    assert "another account" in sent_back(again, account=other).because


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
