"""Sends that look alike: the other way, the other mention, the other post with the same words, the exact second."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import AttemptState, OfflineWay
from bot.nouns.delivery import Audience, How, NotSent, Posted, Reach, ToAccount, ToAuthor, Way
from bot.nouns.events import AnsweredByHand, Event, Intended, SentBack
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Refusal
from bot.nouns.view import View
from bot.rules.due import due
from tests.bot.build import (
    ANA,
    OURS,
    SORRY,
    a_clear,
    a_mention,
    a_team,
    after,
    an_acknowledgement,
    asked,
    cmd,
    conversation,
    decided,
    delivered,
    done,
    intended,
    key,
    looked,
    no,
    opened,
    posted,
    press,
    ready,
    words,
)
from tests.bot.rules.looks import cleared, ours, set_aside
from tests.bot.rules.sends import attempt, by_hand, unknown

API, HAND = Way(how=How.API), Way(how=How.HAND, because="There is no API here.")


def only(view: View, command: c.Command, who: Any, minutes: float) -> Any:
    """The one event that is decided."""
    answer = decided(view, command, who, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    (event,) = answer
    return event


@pytest.mark.parametrize(
    ("reach", "private_by_hand"),
    [(Reach(public=API, private=HAND), True), (Reach(public=HAND, private=API), False)],
)
def test_a_private_word_goes_the_private_way(reach: Reach, private_by_hand: bool) -> None:
    """Where only one of the two ways is by hand, each audience's own way says who posts it."""
    private: dict[str, Any] = {"stage": Stage.PRIVATE, "audience": Audience.PRIVATE, "target": ToAuthor(key=key())}
    for audience, expected in ((private, private_by_hand), ({}, not private_by_hand)):
        event = only(asked(ready(**audience)), a_clear(reach=reach, looked=True), Part.OUTBOX, 22)
        assert isinstance(event, Intended)
        assert event.by_hand is expected


def test_a_send_may_be_called_absent_from_the_very_second_it_settled() -> None:
    """A tenth of a second before, it may still appear; then a person's word is taken."""
    view = unknown()
    gone = cmd(c.SettleAttempt, attempt="s1", there=False)
    settled = 22 + 28 / 60
    assert no(view, gone, ANA, after(settled - 0.1 / 60)).until == after(settled).wall
    assert attempt(done(view, gone, ANA, after(settled))).state is AttemptState.NOT_SENT


@pytest.mark.parametrize("state", ["posted", "by hand", "not sent", "asked"])
def test_the_outbox_finds_only_what_nobody_could_tell(state: str) -> None:
    """What is settled, what a person has to post, and what was never begun, is not found to be out by a machine."""
    views = {
        "posted": posted(),
        "by hand": by_hand(),
        "not sent": delivered(intended(), NotSent(because="Too long.")),
        "asked": asked(),
    }
    view = views[state]
    late = cmd(c.Deliver, attempt="s1", delivery=Posted(key=key("ours2")))
    assert "nothing left" in no(view, late, Part.OUTBOX, after(30)).because


def test_the_same_words_under_another_mention_are_another_answer() -> None:
    """Our words stand under their second post; the send that nobody could tell of went to the first, and stays open."""
    view = unknown(intended(asked(ready(opened(a_mention(), a_mention("Hello?", id="m2"))))))
    seen = cmd(c.NoteOurAnswer, mention=key("m2"), post=key("p1"), words=words(f"@mara {SORRY}"), url="u")
    assert isinstance(only(view, seen, Part.SORTER, 23), AnsweredByHand)
    first = seen.model_copy(update={"mention": key()})
    assert attempt(done(view, first, Part.SORTER, after(23))).state is AttemptState.POSTED


def test_a_talk_away_from_the_public_stops_only_public_replies() -> None:
    """While somebody talks with them, a private word to the same person may go, and no reply in public may."""
    talk = cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(300).wall)
    private = ready(stage=Stage.PRIVATE, audience=Audience.PRIVATE, target=ToAuthor(key=key()))
    taken = done(private, talk, ANA, after(21))
    assert attempt(done(taken, press(taken), ANA, after(22))).state is AttemptState.ASKED
    public = done(ready(), talk, ANA, after(21))
    assert "talking with them" in no(public, press(public), ANA, after(22)).because


def test_a_post_by_hand_is_asked_about_from_when_it_could_be_made() -> None:
    """Fifteen minutes run from the moment the words were cleared, not from the press before it."""
    view = done(asked(), a_clear(reach=Reach(public=HAND, private=HAND), looked=True), Part.OUTBOX, after(24))
    assert [(each.what, each.at) for each in due(conversation(view), view.team)] == [("by_hand:s1", after(39).wall)]


def test_a_statement_nobody_can_tell_of_was_not_published() -> None:
    """Sent is not published: only what stands in public for sure may end as published."""
    begun = done(View(team=a_team()), cmd(c.BeginStatement, account=OURS), ANA, after(0))
    written = ready(begun, stage=Stage.STATEMENT, target=ToAccount(account=OURS))
    sent = intended(asked(written))
    publish = cmd(c.Dispose, disposition=Disposition.PUBLISHED)
    assert "not published" in no(unknown(sent), publish, ANA, after(30)).because
    assert only(posted(sent), publish, ANA, 30).kind == "disposed"


def test_only_their_own_news_is_said_to_have_changed() -> None:
    """Sent back for a hold, nothing of theirs changed; sent back for their edit, the difference is told."""
    held = done(asked(), c.BeginHold(id="h", words=words("The news."), until=after(60).wall), ANA, after(22))
    for view, seen, changed in ((held, looked(), False), (asked(), looked(text="It came."), True)):
        back = next(e for e in _events(view, a_clear(seen=seen)) if isinstance(e, SentBack))
        assert back.changed is changed


def _events(view: View, command: c.Command) -> Sequence[Event]:
    answer = decided(view, command, Part.OUTBOX, after(22))
    assert not isinstance(answer, Refusal), answer.because
    return answer


def test_the_same_words_said_twice_are_two_posts() -> None:
    """Our acknowledgement is known by its key; a second post with its words was made by somebody else."""
    heard = done(opened(), an_acknowledgement(), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    heard = done(heard, press(heard, "a1", attempt="s0"), ANA, after(2))
    heard = delivered(done(heard, a_clear("s0"), Part.OUTBOX, after(2)), Posted(key=key("ours1")), 2, "s0")
    view = asked(ready(heard))
    assert cleared(view, seen=looked(after=(ours("@mara We heard you.", id="ours1"),))).state is AttemptState.INTENDED
    twice = looked(after=(ours("@mara We heard you.", id="ours2"),))
    assert "another way" in set_aside(view, seen=twice).because
