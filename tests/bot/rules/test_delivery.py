"""What is cleared, and what became of it."""

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState, HandoffState, Mood, OfflineWay
from bot.nouns.delivery import Cleared, NotSent, Posted, Unknown
from bot.nouns.mention import Disposition, MentionKind
from bot.nouns.team import Contacts, Part
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    OURS,
    a_clear,
    a_mention,
    a_team,
    after,
    an_acknowledgement,
    asked,
    cmd,
    conversation,
    delivered,
    done,
    intended,
    key,
    no,
    opened,
    posted,
    press,
    words,
)
from tests.bot.rules.sends import attempt, unknown

# Clear and deliver


def test_what_is_cleared_is_bound() -> None:
    """The intent binds words, target, account, audience and key; the call begins only then."""
    view = intended()
    made = attempt(view)
    bound = Cleared(
        words=made.words, target=made.target, account=OURS, audience=made.audience, attempt_key="s1"
    ).binding()
    assert (made.state, made.binding, made.account) == (AttemptState.INTENDED, bound, OURS)
    assert made.intended == after(22).wall


def test_only_the_outbox_clears_and_only_what_is_asked() -> None:
    """Nobody else clears; an attempt that is not asked any more has nothing left to do."""
    assert no(asked(), a_clear(), ANA, after(22)).because
    assert no(asked(), a_clear(), Part.CLOCKWORK, after(22)).because
    assert "nothing left" in no(intended(), a_clear(), Part.OUTBOX, after(22)).because
    assert "nothing left" in no(asked(), a_clear("s9"), Part.OUTBOX, after(22)).because
    elsewhere = a_clear(conversation="c9")
    assert "no longer here" in no(asked(), elsewhere, Part.OUTBOX, after(22)).because


def test_in_an_older_copy_nobody_knows_of_what_was_asked() -> None:
    """It may have gone out since the copy was made: a person is asked, and nothing sends it. No other word is believed."""
    doubt = delivered(asked(), Unknown(because="Restored from a backup."))
    assert (attempt(doubt).state, attempt(doubt).because) == (AttemptState.UNKNOWN, "Restored from a backup.")
    assert "nothing left" in no(doubt, a_clear(), Part.OUTBOX, after(22)).because
    for told in (Posted(key=key("ours1")), NotSent(because="No.")):
        answer = no(asked(), cmd(c.Deliver, attempt="s1", delivery=told), Part.OUTBOX, after(22))
        assert "nothing left" in answer.because


def test_a_post_stops_the_clocks_and_spends_its_draft() -> None:
    """Once it is out the draft is gone, and both clocks stand."""
    found = conversation(posted())
    assert (found.drafts, found.waiting_since, found.unanswered_since) == ((), None, None)
    assert (attempt(posted()).state, attempt(posted()).post) == (AttemptState.POSTED, key("ours1"))


@pytest.mark.parametrize("sent", [Posted(key=key("ours1")), Unknown(because="The connection dropped.")])
def test_what_came_while_the_words_went_out_is_not_answered_by_them(sent: Posted | Unknown) -> None:
    """They wrote after the last look: the reply does not know of it, so both clocks run from there."""
    crossing = cmd(c.Add, mention=a_mention("It did not come.", id="m2", minutes=22))
    view = delivered(done(intended(), crossing, Part.SORTER, after(22)), sent, 22.1)
    if not isinstance(sent, Posted):
        view = delivered(view, Posted(key=key("ours1")), 30)
    found = conversation(view)
    assert (found.waiting_since, found.unanswered_since) == (after(22).wall, after(22).wall)
    assert (found.mood, found.answered_at is not None) == (Mood.WAITING, True)


@pytest.mark.parametrize("end", ["deleted", "signed"])
def test_what_came_meanwhile_and_was_seen_to_keeps_nobody_waiting(end: str) -> None:
    """Deleted by its author, or signed by one of us, it needs no answer any more."""
    crossing = cmd(c.Add, mention=a_mention("Never mind.", id="m2", minutes=22))
    view = done(intended(), crossing, Part.SORTER, after(22))
    match end:
        case "deleted":
            view = done(view, cmd(c.NoteDeletion, mention=key("m2")), Part.SORTER, after(22.05))
        case _:
            view = done(view, cmd(c.Dispose, mentions=(key("m2"),), disposition=Disposition.THANKED), ANA, after(22.05))
    found = conversation(delivered(view, Posted(key=key("ours1")), 22.1))
    assert (found.waiting_since, found.unanswered_since) == (None, None)


def test_a_definite_no_leaves_the_draft_ready() -> None:
    """NotSent ends the attempt; the same person may press again, under another key."""
    view = delivered(intended(), NotSent(because="Too many requests.", until=after(30).wall))
    assert attempt(view).state is AttemptState.NOT_SENT
    assert attempt(done(view, press(view, attempt="s2"), ANA, after(31)), "s2").state is AttemptState.ASKED
    assert no(view, press(view), ANA, after(31)).because == "Ana pressed first."


def test_the_outbox_can_only_find_what_nobody_could_tell() -> None:
    """An unknown delivery may turn out posted; that it is not there only a person says."""
    assert attempt(delivered(unknown(), Posted(key=key("ours1")), 30)).state is AttemptState.POSTED
    for delivery in (NotSent(because="?"), Unknown(because="?")):
        late = cmd(c.Deliver, attempt="s1", delivery=delivery)
        assert "nothing left" in no(unknown(), late, Part.OUTBOX, after(30)).because
    assert no(intended(), cmd(c.Deliver, attempt="s1", delivery=Posted()), ANA, after(30)).because


def test_a_delivery_of_something_else_is_not_believed() -> None:
    """A result for other words than were cleared is refused, so the attempt stays open for a person."""
    made = attempt(intended())
    fitting = Cleared(words=made.words, target=made.target, account=OURS, audience=made.audience, attempt_key="s1")
    other = fitting.model_copy(update={"words": words("Never approved.")})
    wrong = cmd(c.Deliver, attempt="s1", delivery=Posted(), cleared=other)
    assert "not what was cleared" in no(intended(), wrong, Part.OUTBOX, after(23)).because
    right = cmd(c.Deliver, attempt="s1", delivery=Posted(), cleared=fitting)
    assert attempt(done(intended(), right, Part.OUTBOX, after(23))).state is AttemptState.POSTED


@pytest.mark.parametrize(
    ("contacts", "way"),
    [
        (Contacts(), OfflineWay.DIRECT),
        (Contacts(email="help@shop.test"), OfflineWay.EMAIL),
        (Contacts(email="help@shop.test", phone="555 0100"), OfflineWay.PHONE),
        (Contacts(email="help@shop.test", phone="555 0100", hours=QuietHours()), OfflineWay.EMAIL),
    ],
)
def test_words_that_invite_have_invited_once_they_are_out(contacts: Contacts, way: OfflineWay) -> None:
    """A posted invitation is an invitation by the way that our listed contact points to just then."""
    view = opened(team=a_team(contacts=contacts))
    heard = done(view, an_acknowledgement(invites=True), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    out = posted(intended(asked_a(heard)))
    handoff = conversation(out).handoff
    assert handoff is not None
    assert (handoff.way, handoff.state) == (way, HandoffState.INVITED)


@pytest.mark.parametrize(
    ("text", "kind", "way"),
    [
        ("Please call 555 0100.", MentionKind.POST, OfflineWay.PHONE),
        ("Please write to help@shop.test.", MentionKind.POST, OfflineWay.EMAIL),
        ("We heard you.", MentionKind.POST, OfflineWay.EMAIL),
        ("We heard you.", MentionKind.CHAT, OfflineWay.DIRECT),
        ("Please call 555 0100.", MentionKind.CHAT, OfflineWay.PHONE),
    ],
)
def test_the_words_themselves_say_by_which_way_they_invite(text: str, kind: MentionKind, way: OfflineWay) -> None:
    """What the posted words name is the way they invite to, whatever the hour is now; in a community it is a direct message
    where they name none."""
    listed = Contacts(email="help@shop.test", phone="555 0100", hours=QuietHours())
    heard = done(
        opened(a_mention(kind=kind), team=a_team(contacts=listed)),
        an_acknowledgement(text, invites=True),
        ANA,
        after(0),
    )
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    handoff = conversation(posted(intended(asked_a(heard)))).handoff
    assert handoff is not None
    assert handoff.way is way


def asked_a(view: View) -> View:
    """Ana pressed Send on the acknowledgement."""
    return done(view, press(view, "a1"), ANA, after(22))


def test_an_invitation_does_not_undo_that_somebody_has_the_talk() -> None:
    """Was the talk taken while the invitation was on the wire, it stays taken."""
    heard = done(opened(), an_acknowledgement(invites=True), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    wire = done(intended(asked_a(heard)), cmd(c.TakeOffline, way=OfflineWay.PHONE), ANA, after(22))
    handoff = conversation(posted(wire)).handoff
    assert handoff is not None
    assert handoff.state is HandoffState.TAKEN
