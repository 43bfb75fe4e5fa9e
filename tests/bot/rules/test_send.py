"""The press on Send."""

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Caution, Level
from bot.nouns.conversation import AttemptState, OfflineWay
from bot.nouns.events import MentionDeleted
from bot.nouns.team import Part, Teammate
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    MAX,
    SORRY,
    a_caution,
    a_mention,
    a_write,
    after,
    an_acknowledgement,
    apply,
    asked,
    cmd,
    conversation,
    done,
    drafted,
    intended,
    key,
    no,
    posted,
    press,
    ready,
    woken,
    words,
)
from tests.bot.rules.sends import BASE, attempt, unknown

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
