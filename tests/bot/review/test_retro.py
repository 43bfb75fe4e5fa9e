"""The look back: who did what when, how long it took, and the sentences a page begins with."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import MadeGood, OfflineWay, PromiseState
from bot.nouns.delivery import Account, Audience, Posted, ToMention, Unknown
from bot.nouns.mention import Disposition
from bot.nouns.time import Cooling
from bot.nouns.view import View
from bot.review.facts import facts, span
from bot.review.retro import Retro, look_back
from tests.bot.build import START, a_mention, after, apply, decided, done, key, opened, words


def said(minutes: float, by: str = "ana", conversation: str | None = "c1") -> dict[str, Any]:
    """What every event carries."""
    return {"incident": "i1", "conversation": conversation, "at": START + timedelta(minutes=minutes), "by": by}


def begun(name: str = "c1", minutes: float = 0) -> e.Opened:
    """A conversation begins."""
    mention = a_mention(id=f"m-{name}", person=name, minutes=minutes)
    return e.Opened(**said(minutes, "coolhead:sorter", name), mention=mention, fresh=name == "c1")


def drafted(minutes: float, version: int, *, cools: bool = True, draft: str = "d") -> e.Drafted:
    """A draft's next version, cooling for 20 min."""
    cooling = Cooling(since=after(minutes).moment, length=timedelta(minutes=20)) if cools else None
    return e.Drafted(
        **said(minutes), draft=draft, version=version, stage=Stage.RESPONSE, audience=Audience.PUBLIC,
        target=ToMention(key=key("m-c1")), words=words(f"Hello {version}."), cooling=cooling,
    )  # fmt: skip


def asked(minutes: float, version: int) -> e.SendAsked:
    """Send was pressed."""
    return e.SendAsked(
        **said(minutes), attempt="a", draft="d", version=version, stage=Stage.RESPONSE, audience=Audience.PUBLIC,
        target=ToMention(key=key("m-c1")), words=words(f"Hello {version}."),
    )  # fmt: skip


def looked_back(*events: e.Event) -> Retro:
    """The look back on these."""
    retro = look_back(events)
    assert retro is not None
    return retro


STORY = (
    begun(),
    e.Reminded(**said(30, "coolhead:clockwork"), what="unclaimed", count=1),
    e.Claimed(**said(42), owner="ana", epoch=1),
    drafted(45, 1),
    drafted(50, 2),
    e.Cooled(**said(70, "coolhead:clockwork"), draft="d", version=2),
    asked(72, 2),
    e.SentBack(**said(72, "coolhead:outbox"), attempt="a", because="She wrote again."),
    asked(75, 2),
    e.Delivered(**said(76, "coolhead:outbox"), attempt="a", delivery=Unknown(because="No answer came.")),
    e.Delivered(**said(80), attempt="a", delivery=Posted(key=key("p"))),
    e.Promised(**said(81), promise="p", words=words("By Friday."), due=START + timedelta(days=4)),
    e.TakenOffline(**said(90), way=OfflineWay.PHONE, person="ana"),
    e.Contacted(**said(95), reached=True, words=words("She is glad.")),
    e.HandoffEnded(**said(100), words=words("Sent anew."), made_good=MadeGood.REPLACED),
    e.PromiseSettled(**said(110), promise="p", state=PromiseState.KEPT),
    e.Noted(**said(111), words=words("Look at this again."), marked=True),
    e.Noted(**said(112), words=words("Only a note.")),
    e.Disposed(**said(120), disposition=Disposition.ANSWERED, mentions=(key("m-c1"),)),
    e.Closed(**said(120)),
    e.OutcomeNoted(**said(130, conversation=None), outcome="calmed"),
    e.LessonNoted(**said(131, conversation=None), words=words("Say the date first.")),
)


def test_the_story_is_told_in_lengths() -> None:
    """Everything counts from their first words: claimed, first word, answer, close; cooling and what went wrong beside it."""
    (course,) = looked_back(*STORY).courses
    minutes = timedelta(minutes=1)
    assert (course.claimed, course.unowned) == (42 * minutes, 42 * minutes)
    assert (course.first_word, course.answered, course.closed) == (80 * minutes, 80 * minutes, 120 * minutes)
    assert course.cooled == 25 * minutes
    assert (course.sent_back, course.doubtful, course.reminders, course.mentions) == (1, 1, 1, 1)


def test_the_story_is_told_in_sentences() -> None:
    """The facts a page begins with, as a colleague would say them."""
    assert looked_back(*STORY).facts == (
        "Nobody had it for 42 min.",
        "The first public word came after 1 h 20 min.",
        "The answer came after 1 h 20 min.",
        "Drafts cooled for 25 min in all.",
        "1 send was sent back to be read or pressed again.",
        "For 1 send nobody could tell whether it went out.",
        "The team was reminded once.",
        "The talk away from the public ended after 1 contact: replaced.",
        "1 promise: 1 kept, 0 broken, 0 open.",
    )


def test_every_step_is_there_with_its_name() -> None:
    """Who did what when, in order; what was marked for the review; what the incident learned."""
    retro = looked_back(*STORY)
    assert [(step.kind, step.by) for step in retro.steps[:3]] == [
        ("opened", "coolhead:sorter"), ("reminded", "coolhead:clockwork"), ("claimed", "ana"),
    ]  # fmt: skip
    assert len(retro.steps) == len(STORY)
    assert [step.words.text for step in retro.marked if step.words is not None] == ["Look at this again."]
    assert (retro.incident.outcome, len(retro.incident.lessons)) == ("calmed", 1)


def test_an_empty_timeline_has_no_look_back() -> None:
    """Nothing happened, so there is nothing to look back on."""
    assert look_back(()) is None
    assert facts(()) == ()


def test_what_did_not_come_is_said() -> None:
    """No word, no answer: it says so, and how long nobody has had it until now."""
    retro = looked_back(begun(), e.Noted(**said(200, conversation=None), words=words("Still nobody?")))
    assert retro.facts == (
        "Nobody had it for 3 h 20 min.", "The first public word did not come.", "The answer did not come.",
    )  # fmt: skip
    assert retro.courses[0].claimed is None


def test_a_pile_is_told_as_a_whole() -> None:
    """Counts and the longest waits, the storm's length, and how many went without."""
    retro = looked_back(
        begun(), begun("c2", 1), begun("c3", 2),
        e.StormBegan(**said(2, "coolhead:sorter", None)),
        e.Claimed(**said(5), owner="ana", epoch=1), e.Assigned(**said(9, "kim", "c2"), owner="ben", epoch=1),
        e.AnsweredByHand(**said(10), mention=key("m-c1"), post=key("p"), words=words("Hello.")),
        e.AnsweredByHand(**said(31, conversation="c2"), mention=key("m-c2"), post=key("q"), words=words("Hello.")),
        e.Silenced(**said(32, conversation="c3"), words=words("A quarrel."), review=START),
        e.Invited(**said(33), way=OfflineWay.EMAIL), e.TakenOffline(**said(34, conversation="c2"), way=OfflineWay.EMAIL, person="ben"),
        e.HandoffEnded(**said(40, conversation="c2"), words=words("Done."), made_good=MadeGood.NONE),
        e.StormEnded(**said(62, "coolhead:sorter", None)),
        e.StormBegan(**said(70, "coolhead:sorter", None)),
        e.SentBack(**said(71), attempt="x", because="Read it again."), e.SentBack(**said(71), attempt="x", because="Again."),
        e.Reminded(**said(72), what="answer", count=1), e.Reminded(**said(72), what="answer", count=2),
    )  # fmt: skip
    assert retro.storm == timedelta(minutes=62)
    assert retro.facts == (
        "3 conversations with 3 mentions.",
        "It stormed for 1 h 2 min.",
        "Nobody had the one that lay longest for 1 h 10 min.",
        "The first public word came after 30 min at the latest, and 1 went without.",
        "The answer came after 30 min at the latest, and 1 went without.",
        "2 sends were sent back to be read or pressed again.",
        "The team was reminded 2 times.",
        "1 conversation was left unanswered on purpose.",
        "2 talks away from the public, 1 of them ended.",
    )


def test_a_storm_that_never_began_does_not_end() -> None:
    """An end without a beginning counts nothing."""
    assert looked_back(begun(), e.StormEnded(**said(5, conversation=None))).storm == timedelta()


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([e.Invited(**said(5), way=OfflineWay.PHONE)], "We asked them to write or call; nobody took the talk."),
        (
            [e.TakenOffline(**said(5), way=OfflineWay.PHONE, person="ana")],
            "The talk away from the public has not ended; 0 contacts so far.",
        ),
        (
            [
                e.TakenOffline(**said(5), way=OfflineWay.PHONE, person="ana"),
                e.HandoffEnded(**said(6), words=words("Nothing came of it."), made_good=MadeGood.NONE),
            ],
            "The talk away from the public ended after 0 contacts; nothing was made good.",
        ),
    ],
)
def test_a_talk_is_told_as_it_stands(events: list[e.Event], sentence: str) -> None:
    """Invited, taken, ended without anything made good."""
    assert looked_back(begun(), *events).facts[-1] == sentence


def test_cooling_counts_until_it_stops() -> None:
    """A kept draft cools nothing; one thrown away or closed over cooled until then."""
    thrown = looked_back(
        begun(), drafted(5, 1, cools=False), drafted(10, 2), e.Discarded(**said(13), draft="d", version=2)
    )
    assert thrown.courses[0].cooled == timedelta(minutes=3)
    closed = looked_back(begun(), drafted(10, 1), drafted(11, 1, draft="e"), e.Closed(**said(15)))
    assert closed.courses[0].cooled == timedelta(minutes=9)


def test_nobody_having_it_counts_each_time() -> None:
    """Handed back and taken again: the longest stretch counts, and none after the close."""
    retro = looked_back(
        begun(), e.Claimed(**said(5), owner="ana", epoch=1), e.HandedBack(**said(10)),
        e.Claimed(**said(40, "ben"), owner="ben", epoch=2), e.Freed(**said(50), owner="ben"), e.Closed(**said(60)),
        e.Noted(**said(500), words=words("Long after.")),
    )  # fmt: skip
    assert retro.courses[0].unowned == timedelta(minutes=30)
    assert retro.courses[0].claimed == timedelta(minutes=5)


def moved_in(view: View, fresh: str = "i2") -> list[e.Event]:
    """What the incident `fresh` begins with, once c1 was moved there."""
    command = c.Move(id="m", conversation="c1", to=fresh, fresh=True)
    kim = view.team.people["kim"]
    answer = decided(view, command, kim, after(30))
    assert isinstance(answer, list)
    return [event for event in answer if event.incident == fresh]


def test_what_moved_in_brings_its_past_along() -> None:
    """Its lengths still count from their first words; what moved out is looked back on elsewhere."""
    view = apply(opened(), [e.Claimed(**said(4), owner="ana", epoch=1), drafted(20, 1)])
    retro = looked_back(*moved_in(view), e.Cooled(**{**said(40), "incident": "i2"}, draft="d", version=1))
    (course,) = retro.courses
    assert (course.claimed, course.cooled, course.unowned) == (timedelta(minutes=4), timedelta(minutes=20), timedelta())
    gone = looked_back(begun(), e.MovedOut(**said(30), to="i2"), e.Closed(**said(31)), e.MovedOut(**said(32), to="i2"))
    assert gone.courses == ()
    assert gone.facts == ()


def test_what_moved_in_closed_waited_for_nobody() -> None:
    """A closed conversation that nobody owned does not count as lying there."""
    close = c.Close(id="x", conversation="c1", disposition=Disposition.NOT_FOR_US)
    view = done(opened(), close, opened().team.people["kim"], after(5))
    later = e.Noted(**{**said(900), "incident": "i2", "conversation": None}, words=words("Later."))
    assert looked_back(*moved_in(view), later).courses[0].unowned == timedelta()


def test_a_statement_counts_from_its_beginning() -> None:
    """A statement has no mention and an owner from the first."""
    begins = e.StatementBegun(**said(3), account=Account(platform="mastodon"))
    (course,) = looked_back(begins, e.Closed(**said(9))).courses
    assert (course.began, course.closed, course.mentions) == (begins.at, timedelta(minutes=6), 0)
    assert (course.claimed, course.unowned) == (timedelta(), timedelta())


def test_pieces_about_what_is_not_there_are_passed_over() -> None:
    """An event of a conversation that this timeline did not begin changes no course."""
    assert (
        looked_back(begun(), e.Claimed(**said(5, conversation="c9"), owner="ana", epoch=1)).courses[0].claimed is None
    )


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0.2, "less than a minute"), (1, "1 min"), (42, "42 min"), (60, "1 h"), (80, "1 h 20 min"),
        (1440, "1 day"), (2 * 1440 + 190, "2 days 3 h"),
    ],
)  # fmt: skip
def test_a_span_is_said_as_a_colleague_would(minutes: float, text: str) -> None:
    """Minutes, hours and days, no more than two of them."""
    assert span(timedelta(minutes=minutes)) == text
