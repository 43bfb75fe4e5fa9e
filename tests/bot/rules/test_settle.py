"""What a person says of a send: it is there, it is not, try again, not now."""

from datetime import timedelta
from typing import Any

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.events import AnsweredByHand
from bot.nouns.team import Part
from tests.bot.build import (
    ANA,
    BEN,
    KIM,
    a_clear,
    a_write,
    after,
    apply,
    asked,
    cmd,
    conversation,
    done,
    intended,
    key,
    no,
    posted,
    press,
    ready,
    words,
)
from tests.bot.rules.sends import BASE, attempt, by_hand, unknown

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
