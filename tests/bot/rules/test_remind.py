"""The clockwork's wakes, and the alarm."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState, OfflineWay
from bot.nouns.delivery import Unknown
from bot.nouns.events import Event, Recounted, Reminded
from bot.nouns.flag import Severity
from bot.nouns.team import Part, Policy, Refusal, Team, Teammate
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from bot.rules.table import decide
from tests.bot.build import (
    ANA,
    BEN,
    BY_HAND,
    KIM,
    RAVI,
    START,
    a_mention,
    a_team,
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
    drafted,
    intended,
    no,
    opened,
    posted,
    ready,
    wake,
    woken,
    words,
)

CRITICAL = Severity.CRITICAL
ON_DUTY = ("ana", "ben", "kim", "ravi")


def claimed(view: View | None = None) -> View:
    """Ana has it from the start."""
    return done(view or opened(), cmd(c.Claim, epoch=0), ANA, after(0))


def told(view: View, what: str, minutes: float) -> tuple[str, ...]:
    """Whom the reminder of `what` at that minute is for."""
    answer = decided(view, wake(what), Part.CLOCKWORK, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    (event,) = answer
    assert isinstance(event, Reminded)
    return event.told


def test_nobody_is_reminded_in_the_quiet_hours_of_their_own_zone() -> None:
    """At ten in London it is five in New York: Ana sleeps, so whoever is on duty and awake is told; while all sleep, nobody
    is, until the first of those it concerns may be disturbed. A critical one rings whatever the hour."""
    night = QuietHours(zone="Europe/London", begin=time(22), end=time(7))
    far, near = ANA.model_copy(update={"zone": "America/New_York"}), BEN.model_copy(update={"zone": ""})
    asleep = near.model_copy(update={"zone": "America/Los_Angeles"})

    def woken_by(view: View, *people: Teammate) -> Any:
        team = a_team(*people, policy=Policy(quiet_hours=night))
        return decide(view, wake("no_draft"), Part.CLOCKWORK, team, after(90))

    (event,) = woken_by(claimed(), far, near)
    assert isinstance(event, Reminded)
    assert event.told == ("ben",)
    (event,) = woken_by(claimed(), far.model_copy(update={"zone": "Europe/Paris"}), near)
    assert event.told == ("ana",)
    refused = woken_by(claimed(), far, asleep)
    assert isinstance(refused, Refusal)
    assert refused.until == datetime(2026, 3, 2, 12, tzinfo=UTC)
    grave = claimed(opened(a_mention(severity=CRITICAL)))
    (event,) = woken_by(grave, far, asleep)
    assert event.told == ("ana",)


def test_only_the_clockwork_wakes() -> None:
    """A person or another part cannot make anything due, nor ring the alarm."""
    for who in (ANA, Part.OUTBOX):
        assert no(drafted(), wake("cooled:d1:1"), who, after(20)).because
        assert no(drafted(), cmd(c.RingAlarm, conversations=("c1",)), who, after(20)).because


def test_a_draft_is_ready_when_its_wait_has_really_passed() -> None:
    """On time it is ready; early it is refused with the time; twice there is nothing due any more."""
    assert no(drafted(), wake("cooled:d1:1"), Part.CLOCKWORK, after(19.9)).until == after(20).wall
    view = woken(drafted(), "cooled:d1:1", after(20))
    assert conversation(view).drafts[0].ready == after(20).wall
    assert "Nothing is due" in no(view, wake("cooled:d1:1"), Part.CLOCKWORK, after(21)).because
    assert "Nothing is due" in no(drafted(), wake("cooled:d1:2"), Part.CLOCKWORK, after(21)).because
    assert "no longer here" in no(drafted(), wake("x", conversation="c9"), Part.CLOCKWORK, after(21)).because


def test_a_wall_clock_that_jumped_wakes_nothing() -> None:
    """Where the clocks do not agree, the wake is put off until they can."""
    jumped = after(5, wall=after(60).wall, store=after(60).wall)
    refusal = no(drafted(), wake("cooled:d1:1"), Part.CLOCKWORK, jumped)
    assert refusal.until == after(75).wall


def test_a_hidden_wait_is_counted_again() -> None:
    """After a reboot without a witness what was left is counted again, less what a pulse proves."""
    rebooted = after(30, boot="boot-2", elapsed=5.0)
    answer = decided(drafted(), wake("cooled:d1:1"), Part.CLOCKWORK, rebooted)
    assert not isinstance(answer, Refusal)
    (event,) = answer
    assert isinstance(event, Recounted)
    assert event.cooling.until == after(50).wall
    counted = apply(drafted(), [event])
    assert no(counted, wake("cooled:d1:1"), Part.CLOCKWORK, after(49, boot="boot-2")).until == after(50).wall
    proven = woken(drafted(), "cooled:d1:1", rebooted, pulses=(after(12).moment,))
    cooling = conversation(proven).drafts[0].cooling
    assert cooling is not None
    assert cooling.until == after(38).wall


def test_a_witness_on_both_sides_of_a_reboot_is_enough() -> None:
    """Where a second machine agreed before and after, the wait is not counted again."""
    sure = done(opened(), a_write(), ANA, after(0, witness=START))
    late = after(21, boot="boot-2", elapsed=5.0, witness=after(21).wall)
    assert conversation(woken(sure, "cooled:d1:1", late)).drafts[0].ready is not None
    unsure = woken(drafted(), "cooled:d1:1", late)
    assert conversation(unsure).drafts[0].ready is None


def test_nobody_has_it() -> None:
    """Twice those on duty are asked, then the leads, then it is quiet."""
    view = opened()
    asked_of = []
    for minutes in (30, 60, 90):
        asked_of.append(told(view, "unclaimed", minutes))
        view = woken(view, "unclaimed", after(minutes))
    assert asked_of == [ON_DUTY, ON_DUTY, ("kim", "ravi")]
    assert "Nothing is due" in no(view, wake("unclaimed"), Part.CLOCKWORK, after(500)).because


def test_in_a_storm_the_pile_asks() -> None:
    """A storm does not ask for each of its mentions; they are asked about later."""
    view = opened()
    storm = View(
        team=view.team,
        incidents={"i1": view.incidents["i1"].model_copy(update={"storm": True})},
        conversations=view.conversations,
    )
    assert no(storm, wake("unclaimed"), Part.CLOCKWORK, after(30)).until == after(60).wall
    lost = View(team=view.team, conversations=view.conversations)
    assert told(lost, "unclaimed", 30) == ON_DUTY


def test_quiet_hours_put_reminders_off() -> None:
    """A reminder that falls into quiet hours waits for their end, but a critical one does not."""
    quiet = QuietHours(begin=time(10, 30), end=time(11))
    team = a_team(policy=Policy(quiet_hours=quiet))
    assert no(opened(team=team), wake("unclaimed"), Part.CLOCKWORK, after(30)).until == after(60).wall
    late = a_team(policy=Policy(quiet_hours=QuietHours(begin=time(10, 35), end=time(11))))
    assert no(opened(team=late), wake("unclaimed"), Part.CLOCKWORK, after(40)).until == after(60).wall
    critical = claimed(opened(a_mention(severity=CRITICAL), team=team))
    assert told(critical, "acknowledge", 40) == ("ana",)


def test_whom_each_reminder_is_for() -> None:
    """The one it concerns is asked first: owner, presser, who has the talk, who promised, who signed."""
    assert told(claimed(), "acknowledge", 60) == ("ana",)
    assert told(claimed(), "no_draft", 30) == ("ana",)
    assert told(woken(drafted(), "cooled:d1:1", after(20)), "unread:d1", 35) == ON_DUTY
    assert told(intended(reach=BY_HAND), "by_hand:s1", 37) == ("ana",)
    assert told(delivered(intended(), Unknown(because="?")), "unknown:s1", 23) == ("ana",)
    call = cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(40).wall)
    assert told(done(claimed(), call, ANA, after(1)), "contact", 40) == ("ana",)
    spoken = cmd(c.LogContact, reached=True, words=words("She will think."))
    assert told(done(done(claimed(), call, ANA, after(1)), spoken, ANA, after(2)), "talk", 1500) == ("ana",)
    promise = cmd(c.MakePromise, promise="p1", words=words("Friday."), due=after(50).wall)
    assert told(done(posted(), promise, ANA, after(30)), "promise:p1", 50) == ("ana",)
    silent = cmd(c.LeaveUnanswered, words=words("Spam."), review=after(3000).wall)
    assert told(done(opened(), silent, KIM, after(0)), "silence", 3000) == ("kim",)


def test_an_answer_is_asked_for_like_a_first_word() -> None:
    """Once we were heard, the owner is asked for the answer."""
    heard = done(opened(), an_acknowledgement(), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    assert told(posted(intended(asked(heard, draft="a1"))), "answer", 180) == ("ana",)


def test_a_reminder_for_somebody_who_left_is_for_those_on_duty() -> None:
    """Nothing is asked of a person who is gone or a guest now, and nothing of nobody."""
    view = claimed()

    def of(*people: Teammate) -> tuple[str, ...]:
        team = a_team(*people)
        return told(View(team=team, conversations=view.conversations), "no_draft", 30)

    assert of(BEN, KIM) == ("ben", "kim")
    off = [person.model_copy(update={"on_duty": False}) for person in (BEN, KIM)]
    assert of(*off) == ("kim",)
    assert of(off[0]) == ("ben",)
    assert told(View(team=Team(), conversations=view.conversations), "no_draft", 30) == ()


def test_without_leads_the_last_reminder_is_for_those_on_duty() -> None:
    """A team without leads still hears the third time."""
    view = opened(team=a_team(ANA, BEN))
    for minutes in (30, 60):
        view = woken(view, "unclaimed", after(minutes))
    assert told(view, "unclaimed", 90) == ("ana", "ben")


def test_a_claim_without_a_draft_runs_out() -> None:
    """Asked at 30 min, freed at 45; then anybody can have it."""
    view = woken(claimed(), "no_draft", after(30))
    freed = conversation(woken(view, "free", after(45)))
    assert freed.owner is None
    assert freed.owners == 1


def test_an_old_ask_is_sent_back() -> None:
    """Nobody stands behind a press that is 5 min old."""
    attempt = conversation(woken(asked(), "asked:s1", after(27))).attempts[0]
    assert attempt.state is AttemptState.SENT_BACK


def test_a_day_old_silence_asks_for_its_second_name() -> None:
    """Another lead is asked; where there is nobody else the day itself is the second."""
    silent = cmd(c.LeaveUnanswered, words=words("Spam."), review=after(9000).wall)

    def silenced(*people: Teammate) -> View:
        return done(opened(team=a_team(*people)), silent, people[0], after(0))

    assert told(silenced(ANA, BEN, KIM), "second", 1440) == ("kim",)
    assert told(silenced(KIM, BEN), "second", 1440) == ("ben",)
    alone = conversation(woken(silenced(ANA), "second", after(1440)))
    assert alone.silence is not None
    assert alone.silence.second == "coolhead:clockwork"


# The alarm


def ring(*names: str) -> c.RingAlarm:
    """One alarm for these."""
    return c.RingAlarm(id="r", conversations=names or ("c1",))


def alarm(view: View, minutes: float, *names: str) -> Event:
    """The alarm that rings."""
    answer = decided(view, ring(*names), Part.CLOCKWORK, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    return answer[0]


def test_a_critical_one_rings_wider_and_wider() -> None:
    """On duty at once, every lead 5 min later, outside the chat after that, every 10 min until somebody has it."""
    ben_off = BEN.model_copy(update={"on_duty": False})
    kim_off = KIM.model_copy(update={"on_duty": False})
    view = opened(a_mention(severity=CRITICAL), team=a_team(ANA, ben_off, kim_off, RAVI))
    rung = []
    for minutes in (0, 5, 15, 25):
        view = woken(view, "critical", after(minutes))
        event = alarm(view, minutes)
        rung.append((getattr(event, "told", None), getattr(event, "outside", None)))
        view = apply(view, [event])
    assert rung == [
        (("ana", "ravi"), False),
        (("kim",), False),
        (("ana", "ravi", "kim"), True),
        (("ana", "ravi", "kim"), True),
    ]
    have = done(view, cmd(c.Claim, epoch=0), ANA, after(26))
    assert "Nothing is due" in no(have, ring(), Part.CLOCKWORK, after(35)).because
    assert "Nothing is due" in no(have, wake("critical"), Part.CLOCKWORK, after(35)).because


def test_several_critical_ones_make_one_alarm() -> None:
    """One alarm lists them all, and nobody hears a second one within 10 min."""
    one = opened(a_mention(severity=CRITICAL))
    two = opened(a_mention(severity=CRITICAL, id="m2"), conversation="c2", incident="i2")
    calm = opened(a_mention(id="m3"), conversation="c3", incident="i3")
    both = View(
        team=one.team,
        incidents={**one.incidents, **two.incidents},
        conversations={**one.conversations, **two.conversations, **calm.conversations},
    )
    event = alarm(both, 1, "c1", "c2", "c3", "c9")
    assert getattr(event, "conversations", None) == ("c1", "c2")
    assert getattr(event, "told", None) == ON_DUTY
    after_it = apply(both, [event])
    assert no(after_it, ring("c2"), Part.CLOCKWORK, after(2)).until == after(11).wall
    assert getattr(alarm(after_it, 11, "c2"), "told", None) == ON_DUTY


@pytest.mark.parametrize("how", ["claimed", "closed", "answered", "calm"])
def test_what_somebody_has_rings_nobody(how: str) -> None:
    """Claimed, settled, answered or not critical at all: there is nothing to ring about."""
    view = opened(a_mention(severity=Severity.HIGH if how == "calm" else CRITICAL))
    hows: dict[str, dict[str, Any]] = {
        "claimed": {"owner": conversation(claimed()).owner},
        "closed": {"closed": START},
        "answered": {"waiting_since": None, "unanswered_since": None},
        "calm": {},
    }
    odd = View(team=view.team, conversations={"c1": conversation(view).model_copy(update=hows[how])})
    assert "Nothing is due" in no(odd, ring(), Part.CLOCKWORK, after(1)).because


def test_a_team_of_nobody_hears_no_alarm() -> None:
    """Without people there is nobody to tell, until it goes outside the chat."""
    view = opened(a_mention(severity=CRITICAL))
    empty = View(team=Team(), conversations=view.conversations)
    assert no(empty, ring(), Part.CLOCKWORK, after(1)).until == after(11).wall


def test_a_read_draft_is_left_alone_for_a_while() -> None:
    """Reading it puts the question off."""
    assert no(ready(), wake("unread:d1"), Part.CLOCKWORK, after(35)).until == after(36).wall
