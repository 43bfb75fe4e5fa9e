"""The managers' first page: open, waited too long, silent and why, offline without outcome, promises overdue."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from bot.nouns.conversation import (
    Conversation,
    Handoff,
    HandoffState,
    OfflineWay,
    Owner,
    Promise,
    PromiseState,
    Silence,
)
from bot.nouns.flag import Severity
from bot.nouns.team import Policy
from bot.nouns.time import QuietHours
from bot.review.reports import Away, Late, Overdue, Silent, report
from bot.rules.due import clocks
from tests.bot.build import START, a_mention, a_team, opened, words

TEAM = a_team()


def at(minutes: float) -> datetime:
    """So many minutes after START."""
    return START + timedelta(minutes=minutes)


def a_conversation(name: str, severity: Severity = Severity.MEDIUM, minutes: float = 0, **changes: Any) -> Conversation:
    """A conversation begun at that minute."""
    view = opened(a_mention(severity=severity, minutes=minutes), conversation=name)
    return view.conversations[name].model_copy(update=changes)


def test_what_is_open_is_listed_oldest_first() -> None:
    """Closed ones are not open."""
    listed = [a_conversation("c2", minutes=5), a_conversation("c1"), a_conversation("c3", closed=at(1))]
    found = report(listed, TEAM, at(6))
    assert found.open == ("c1", "c2")
    assert (found.late, found.silent, found.offline, found.overdue) == ((), (), (), ())


def test_what_waited_too_long_is_named_with_its_owner() -> None:
    """An hour without a first word, three without an answer; the longest overdue first."""
    ana = Owner(person="ana", since=START, epoch=1)
    listed = [a_conversation("c1", owner=ana), a_conversation("c2", minutes=-30, waiting_since=None)]
    assert report(listed, TEAM, at(60)).late == ()
    late = report(listed, TEAM, at(181)).late
    assert late == (
        Late("c1", "first word", START, at(60), "ana"),
        Late("c2", "answer", at(-30), at(150), ""),
        Late("c1", "answer", START, at(180), "ana"),
    )


def test_quiet_hours_wait_for_nobody_but_the_critical() -> None:
    """The team's quiet hours pause the deadlines, except for what is critical."""
    quiet = QuietHours(zone="UTC", begin=time(10, 30), end=time(12, 0))
    team = a_team(policy=Policy(quiet_hours=quiet))
    listed = [a_conversation("c1"), a_conversation("c2", Severity.CRITICAL)]
    assert [late.conversation for late in report(listed, team, at(61)).late] == ["c2"]
    assert Late("c1", "first word", START, at(150), "") in report(listed, team, at(151)).late


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("minutes", [0, 25, 95, 600])
def test_the_page_counts_as_the_reminders_do(severity: Severity, minutes: float) -> None:
    """What a manager sees as late is due when the two clocks of the conversation say so."""
    team = a_team(policy=Policy(quiet_hours=QuietHours(zone="UTC", begin=time(10, 30), end=time(12, 0))))
    c = a_conversation("c1", severity, minutes)
    found = {late.what: late.due for late in report([c], team, at(10_000)).late}
    both = clocks(c, team)
    assert found == {"first word": both.first_word_due, "answer": both.answer_due}


def test_silences_say_why_even_when_closed() -> None:
    """Who left it unanswered, why, who seconded it, and when it is looked at again."""
    first = Silence(by="ana", reason=words("A quarrel."), at=at(1), review=at(100), second="kim")
    second = first.model_copy(update={"review": at(50), "second": ""})
    listed = [a_conversation("c1", silence=first, closed=at(5)), a_conversation("c2", silence=second)]
    assert report(listed, TEAM, at(10)).silent == (
        Silent("c2", "ana", "", first.reason, at(50)),
        Silent("c1", "ana", "kim", first.reason, at(100)),
    )


def test_talks_without_an_outcome_are_listed() -> None:
    """Taken or only invited, oldest first; an ended talk has its outcome."""
    taken = Handoff(way=OfflineWay.PHONE, state=HandoffState.TAKEN, since=at(5), person="ana", next=at(60))
    invited = Handoff(way=OfflineWay.EMAIL, state=HandoffState.INVITED, since=at(2))
    ended = taken.model_copy(update={"state": HandoffState.ENDED})
    listed = [
        a_conversation("c1", handoff=taken), a_conversation("c2", handoff=invited), a_conversation("c3", handoff=ended)
    ]  # fmt: skip
    assert report(listed, TEAM, at(10)).offline == (
        Away("c2", "", OfflineWay.EMAIL, at(2), None, 0),
        Away("c1", "ana", OfflineWay.PHONE, at(5), at(60), 0),
    )


def test_promises_whose_day_has_passed_are_listed() -> None:
    """Open ones only, the longest overdue first."""
    promises = tuple(
        Promise(id=name, by="ana", words=words("Soon."), due=at(due), state=state)
        for name, due, state in (
            ("p1", 8, PromiseState.RENEGOTIATED), ("p2", 5, PromiseState.OPEN), ("p3", 5, PromiseState.KEPT),
            ("p4", 90, PromiseState.OPEN),
        )
    )  # fmt: skip
    overdue = report([a_conversation("c1", promises=promises)], TEAM, at(10)).overdue
    assert overdue == (
        Overdue("c1", "p2", "ana", at(5), words("Soon.")),
        Overdue("c1", "p1", "ana", at(8), words("Soon.")),
    )
