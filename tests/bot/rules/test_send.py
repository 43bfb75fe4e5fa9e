"""From the press on Send to what became of it."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Caution, Level
from bot.nouns.conversation import Attempt, AttemptState, HandoffState, OfflineWay
from bot.nouns.delivery import Cleared, NotSent, Posted, Unknown
from bot.nouns.events import AnsweredByHand, MentionDeleted
from bot.nouns.team import Contacts, Part, Teammate
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BEN,
    BY_HAND,
    GUS,
    KIM,
    MAX,
    OURS,
    SORRY,
    a_caution,
    a_clear,
    a_mention,
    a_team,
    a_write,
    after,
    an_acknowledgement,
    apply,
    asked,
    cmd,
    conversation,
    delivered,
    done,
    drafted,
    intended,
    key,
    no,
    opened,
    posted,
    press,
    ready,
    woken,
    words,
)

BASE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}


def attempt(view: View, name: str = "s1") -> Attempt:
    """The attempt s1."""
    found = conversation(view).attempt(name)
    assert found is not None
    return found


def unknown(view: View | None = None) -> View:
    """Nobody can tell whether it went out."""
    return delivered(view or intended(), Unknown(because="The connection dropped."))


def by_hand() -> View:
    """Ana is to post it by hand."""
    return intended(reach=BY_HAND)


# The press


def test_a_press_on_exactly_these_words_is_an_ask() -> None:
    """What was read is asked for: version, words, target and presser."""
    view = asked()
    made = attempt(view)
    draft = conversation(view).drafts[0]
    assert (made.by, made.version, made.words.seal, made.target) == ("ana", 1, draft.words.seal, draft.target)
    assert (made.state, draft.sends) == (AttemptState.ASKED, 1)


@pytest.mark.parametrize("who", [GUS, MAX, Part.OUTBOX, Part.CLOCKWORK])
def test_only_teammates_press(who: Teammate | Part) -> None:
    """A guest, a manager alone or a part of the product sends nothing, settles nothing and tries nothing again."""
    assert no(ready(), press(ready()), who, after(22)).because
    for command in (
        cmd(c.SettleAttempt, attempt="s1", there=True),
        cmd(c.TryAgain, attempt="s1", round=1, absent=True),
        cmd(c.TakeBackAsk, attempt="s1"),
    ):
        assert no(unknown(), command, who, after(30)).because


def test_too_early_is_refused_with_the_time() -> None:
    """Send before the wait has passed is answered with when it will have."""
    early = no(drafted(), press(drafted()), ANA, after(10))
    assert early.because.startswith("Not yet.")
    assert early.until == after(20).wall


def test_other_words_than_were_read_are_refused() -> None:
    """A press on another version, or with another seal, sends nothing."""
    view = ready()
    assert "meanwhile" in no(view, press(view, version=2), ANA, after(22)).because
    assert "meanwhile" in no(view, press(view, seal="0" * 64), ANA, after(22)).because
    kept = drafted(finished=False)
    assert "Finish it" in no(kept, press(kept), ANA, after(99)).because


def test_it_is_read_once_more_by_whoever_presses() -> None:
    """Unread words, or words read before something new came, are refused until they are read."""
    cooled = woken(drafted(), "cooled:d1:1", after(20))
    assert "as they would" in no(cooled, press(cooled), ANA, after(21)).because
    wrote = done(ready(), cmd(c.Add, mention=a_mention("Well?", id="m2", minutes=21)), Part.SORTER, after(21))
    assert "Something new" in no(wrote, press(wrote), ANA, after(22)).because


def test_the_author_the_owner_or_anybody_in_time_sends() -> None:
    """Another teammate waits until it was left unread, reads it, and sends it as themselves."""
    view = ready()
    assert no(view, press(view), BEN, after(22)).until == after(36).wall
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=1), BEN, after(36))
    assert attempt(done(read, press(read), BEN, after(37))).by == "ben"


def test_a_second_press_is_told_who_was_first() -> None:
    """Double clicks, two people, a repeated request: one ask, and the others hear who pressed first."""
    view = asked()
    for again in (press(view), press(view, attempt="s2")):
        assert no(view, again, ANA, after(22)).because == "Ana pressed first."
    out = posted(intended(view))
    late = press(view, attempt="s3")
    assert no(out, late, BEN, after(23)).because == "Ana pressed first."
    gone = cmd(c.Send, draft="d9", version=1, seal="x", attempt="s4")
    assert "meanwhile" in no(out, gone, BEN, after(23)).because


def test_other_words_of_a_stage_wait_for_the_first() -> None:
    """While one response is on its way, an edited one cannot overtake it; an acknowledgement can go."""
    edited = done(unknown(), a_write(based_on=1, words=words(SORRY + " Truly.")), ANA, after(23))
    cooled = woken(edited, "cooled:d1:2", after(43))
    read = done(cooled, cmd(c.ReadOnceMore, draft="d1", version=2), ANA, after(44))
    assert "still on its way" in no(read, press(read, attempt="s2"), ANA, after(45)).because
    heard = done(asked(), an_acknowledgement(), ANA, after(22))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(25))
    assert attempt(done(heard, press(heard, "a1", attempt="s2"), ANA, after(25)), "s2").stage == "acknowledgement"


def test_a_hold_keeps_public_words_back() -> None:
    """During a hold Send is refused with reason, name and end; a private word is not public."""
    hold = c.BeginHold(id="h", until=after(90).wall, words=words("Product recall, wait for the statement."))
    held = done(ready(), hold, KIM, after(21))
    refusal = no(held, press(held), ANA, after(22))
    assert refusal.because == "Posting is on hold until then: Product recall, wait for the statement (Kim)."
    assert refusal.until == after(90).wall
    assert attempt(done(held, press(held), ANA, after(90))).state is AttemptState.ASKED
    one_clock = after(22, wall=after(95).wall)
    assert no(held, press(held), ANA, one_clock).until == after(90).wall
    blank = View(
        team=held.team.model_copy(
            update={"hold": held.team.hold.model_copy(update={"reason": words(" ")}) if held.team.hold else None}
        ),
        conversations=held.conversations,
    )
    assert no(blank, press(held), ANA, after(22)).because == "Posting is on hold until then (Kim)."


def test_a_stop_that_stands_is_not_sent() -> None:
    """Were a finished draft to carry a stop after all, Send refuses it."""
    view = ready()
    draft = conversation(view).drafts[0]
    stopped = draft.model_copy(
        update={"marks": drafted(finished=False, cautions=(a_stop(),)).conversations["c1"].drafts[0].marks}
    )
    odd = View(team=view.team, conversations={"c1": conversation(view).model_copy(update={"drafts": (stopped,)})})
    assert "sarcasm" in no(odd, press(odd), ANA, after(22)).because


def a_stop() -> Caution:
    """A stop for sarcasm."""
    return a_caution("sarcasm", Level.STOP)


def test_nothing_is_said_to_who_left_or_is_on_the_phone() -> None:
    """A deleted mention, or a talk that somebody has away from the public, refuses the reply with the way out."""
    gone = apply(ready(), [MentionDeleted(**BASE, at=after(21).wall, mention=key())])
    assert "deleted by its author" in no(gone, press(gone), ANA, after(22)).because
    taken = done(ready(), cmd(c.TakeOffline, way=OfflineWay.PHONE), ANA, after(21))
    assert no(taken, press(taken), ANA, after(22)).because.startswith("Ana is talking with them")


def test_an_odd_clock_is_named() -> None:
    """After a reboot nobody bears witness of, the refusal says that the clock is doubtful."""
    assert "doubtful" in no(drafted(), press(drafted()), ANA, after(40, boot="boot-2")).because


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


def test_a_post_stops_the_clocks_and_spends_its_draft() -> None:
    """Once it is out the draft is gone, and both clocks stand."""
    found = conversation(posted())
    assert (found.drafts, found.waiting_since, found.unanswered_since) == ((), None, None)
    assert (attempt(posted()).state, attempt(posted()).post) == (AttemptState.POSTED, key("ours1"))


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


# A person's word


def test_posted_by_hand_is_closed_by_a_persons_word() -> None:
    """*I posted it* closes it, with the address where there is one; an address that is none is refused."""
    there = cmd(c.SettleAttempt, attempt="s1", there=True, url=" https://square.test/9 ")
    settled = attempt(done(by_hand(), there, BEN, after(23)))
    assert (settled.state, settled.url) == (AttemptState.POSTED, "https://square.test/9")
    assert settled.standing == key("https://square.test/9")
    bare = attempt(done(by_hand(), cmd(c.SettleAttempt, attempt="s1", there=True), ANA, after(23)))
    assert (bare.state, bare.standing) == (AttemptState.POSTED, None)
    for url in ("javascript:alert(1)", "https://" + "x" * 2000):
        bad = cmd(c.SettleAttempt, attempt="s1", there=True, url=url)
        assert "whole address" in no(by_hand(), bad, ANA, after(23)).because
    absent = cmd(c.SettleAttempt, attempt="s1", there=False, url="whatever")
    assert attempt(done(by_hand(), absent, ANA, after(22))).state is AttemptState.NOT_SENT


def test_what_nobody_could_tell_a_person_settles() -> None:
    """It is there at once; that it is not there only after it had time to appear."""
    assert attempt(done(unknown(), cmd(c.SettleAttempt, attempt="s1", there=True), BEN, after(22))).state == "posted"
    absent = cmd(c.SettleAttempt, attempt="s1", there=False)
    assert no(unknown(), absent, BEN, after(22.4)).until == after(22).wall + timedelta(seconds=28)
    assert attempt(done(unknown(), absent, BEN, after(22.5))).state is AttemptState.NOT_SENT
    assert "settled already" in no(posted(), absent, BEN, after(23)).because
    for view in (asked(), intended()):
        assert "on its way" in no(view, absent, BEN, after(23)).because
    assert "no longer here" in no(ready(), absent, BEN, after(23)).because


def try_again(**changes: Any) -> c.TryAgain:
    """*Try again* on the first round, after a fresh look saw nothing."""
    return cmd(c.TryAgain, **{"attempt": "s1", "round": 1, "absent": True, **changes})


def test_trying_again_keeps_the_key_and_the_words() -> None:
    """A second round is the same send: same key, same words, and it is looked at before it goes."""
    view = done(unknown(), try_again(), ANA, after(23))
    again = attempt(view)
    assert (again.state, again.round, again.words.seal) == (AttemptState.ASKED, 2, attempt(unknown()).words.seal)
    assert len(conversation(view).attempts) == 1
    assert attempt(done(view, a_clear(), Part.OUTBOX, after(23))).state is AttemptState.INTENDED


def test_trying_again_waits_for_a_look_and_the_settle_time() -> None:
    """Too soon, without a fresh look, for another round, or when it is settled, nothing is tried again."""
    assert no(unknown(), try_again(), ANA, after(22.4)).until == after(22).wall + timedelta(seconds=28)
    assert "could not say" in no(unknown(), try_again(absent=False), ANA, after(23)).because
    assert "meanwhile" in no(unknown(), try_again(round=2), ANA, after(23)).because
    assert "settled already" in no(posted(), try_again(), ANA, after(23)).because
    assert "no longer here" in no(unknown(), try_again(attempt="s9"), ANA, after(23)).because


def test_trying_again_is_the_pressers() -> None:
    """Whoever pressed, wrote or has it may try again; the others look and say."""
    assert no(unknown(), try_again(), BEN, after(23)).because.startswith("Ana pressed Send on this.")
    given = done(unknown(), cmd(c.Assign, to="ben", epoch=1), KIM, after(23))
    assert attempt(done(given, try_again(), BEN, after(24))).by == "ben"
    back = done(unknown(), cmd(c.HandBack), ANA, after(23))
    assert no(back, try_again(), BEN, after(24)).because
    assert attempt(done(back, try_again(), ANA, after(24))).round == 2


def test_trying_again_obeys_every_other_rule() -> None:
    """Edited or discarded words, a hold and a talk away from the public stand against a second round as well."""
    edited = done(unknown(), a_write(based_on=1), ANA, after(23))
    assert "meanwhile" in no(edited, try_again(), ANA, after(24)).because
    hold = c.BeginHold(id="h", until=after(90).wall, words=words("Recall."))
    assert "on hold" in no(done(unknown(), hold, KIM, after(23)), try_again(), ANA, after(24)).because


def test_not_now_takes_back_a_send_by_hand() -> None:
    """Its presser, the owner or a lead says it was not posted after all; the draft stays ready."""
    back = cmd(c.TakeBackAsk, attempt="s1")
    for who in (ANA, KIM):
        view = done(by_hand(), back, who, after(23))
        assert attempt(view).state is AttemptState.NOT_SENT
        assert conversation(view).drafts[0].ready is not None
    assert no(by_hand(), back, BEN, after(23)).because.startswith("Ana has it to post by hand.")
    unowned = done(by_hand(), cmd(c.HandBack), ANA, after(23))
    assert attempt(done(unowned, back, ANA, after(24))).state is AttemptState.NOT_SENT
    assert "settled already" in no(posted(), back, ANA, after(23)).because


def test_answers_by_another_hand_are_counted() -> None:
    """An answer of ours outside the product is a fact the next reader has to know."""
    answer = AnsweredByHand(**BASE, at=after(21).wall, mention=key(), post=key("hand1"), words=words("Hello."))
    view = apply(ready(), [answer])
    assert (conversation(view).ours, conversation(view).ours_seen) == ((key("hand1"),), 2)
    assert "Something new" in no(view, press(view), ANA, after(22)).because
