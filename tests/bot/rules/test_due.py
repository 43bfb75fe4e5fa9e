"""What becomes due, and when."""

from datetime import datetime, time, timedelta
from typing import Any

from bot.nouns import commands as c
from bot.nouns.conversation import MadeGood, OfflineWay, PromiseState, Reminder
from bot.nouns.delivery import Unknown
from bot.nouns.flag import Severity
from bot.nouns.team import Part, Policy, Team
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from bot.rules.due import Clocks, clocks, due
from tests.bot.build import (
    ANA,
    BY_HAND,
    KIM,
    a_mention,
    a_team,
    a_write,
    after,
    an_acknowledgement,
    asked,
    cmd,
    conversation,
    delivered,
    done,
    drafted,
    intended,
    opened,
    posted,
    ready,
    woken,
    words,
)

TEAM = a_team()
CRITICAL = Severity.CRITICAL


def dues(view: View, team: Team = TEAM) -> dict[str, float]:
    """What is due, in minutes after START."""
    return {each.what: minutes(each.at) for each in due(conversation(view), team)}


def minutes(at: datetime) -> float:
    """Minutes after START."""
    return (at - after(0).wall) / timedelta(minutes=1)


def claimed(view: View | None = None) -> View:
    """Ana has it from minute 10 on."""
    return done(view or opened(), cmd(c.Claim, epoch=0), ANA, after(10))


def reminded(view: View, *reminders: tuple[str, int, float]) -> View:
    """The same, reminded of these so often, the last time at that minute."""
    kept = tuple(Reminder(kind=what, count=count, at=after(at).wall) for what, count, at in reminders)
    changed = conversation(view).model_copy(update={"reminders": kept})
    return View(team=view.team, incidents=view.incidents, conversations={"c1": changed})


def test_a_new_one_asks_for_an_owner() -> None:
    """Nobody has it: it is asked about after 30 min, again, then a lead is told, then it is quiet."""
    assert dues(opened()) == {"unclaimed": 30}
    assert dues(reminded(opened(), ("unclaimed", 1, 30))) == {"unclaimed": 60}
    assert dues(reminded(opened(), ("unclaimed", 2, 61))) == {"unclaimed": 91}
    assert dues(reminded(opened(), ("unclaimed", 3, 91))) == {}


def test_a_claim_without_a_draft_is_asked_about_and_freed() -> None:
    """30 min after the claim its owner is asked, 15 min after that it is freed; a draft keeps it."""
    assert dues(claimed()) == {"no_draft": 40, "acknowledge": 60}
    assert dues(reminded(claimed(), ("no_draft", 1, 41)))["free"] == 56
    assert "no_draft" not in dues(drafted(claimed()))
    assert "no_draft" not in dues(drafted(claimed(), finished=False))
    assert "no_draft" not in dues(asked(ready(claimed())))


def test_a_cooling_draft_is_due_when_it_has_cooled() -> None:
    """A finished draft wakes the clockwork at its time, and nobody is reminded of the answer meanwhile."""
    assert dues(drafted()) == {"cooled:d1:1": 20}
    assert dues(drafted(finished=False)) == {"acknowledge": 60}


def test_a_draft_left_unread_is_asked_about() -> None:
    """15 min after it cooled, or after somebody last read it."""
    assert dues(woken(drafted(), "cooled:d1:1", after(20))) == {"unread:d1": 35}
    assert dues(ready()) == {"unread:d1": 36}


def test_every_open_send_has_its_time() -> None:
    """An ask lives 5 min, a send by hand is asked about once, an unknown one from when nobody could tell."""
    assert dues(asked()) == {"asked:s1": 27}
    assert dues(intended()) == {}
    by_hand = intended(reach=BY_HAND)
    assert dues(by_hand) == {"by_hand:s1": 37}
    assert dues(reminded(by_hand, ("by_hand:s1", 1, 37))) == {}
    unknown = delivered(intended(), Unknown(because="?"))
    assert dues(unknown) == {"unknown:s1": 22}
    assert dues(reminded(unknown, ("unknown:s1", 1, 23))) == {"unknown:s1": 53}


def test_deadlines_follow_the_first_word_then_the_answer() -> None:
    """Until we were heard the first word is due; after that the answer, 3 h after their words."""
    kept = done(claimed(), a_write(finished=False), ANA, after(11))
    assert dues(kept)["acknowledge"] == 60
    heard = done(opened(), an_acknowledgement(), ANA, after(0))
    heard = done(heard, cmd(c.ReadOnceMore, draft="a1", version=1), ANA, after(2))
    out = posted(intended(asked(heard, draft="a1")))
    assert dues(out) == {"answer": 180}
    assert dues(posted()) == {}


def test_a_critical_one_rings_at_once() -> None:
    """At once, 5 min later, and then every 10 min until somebody has it; then the first word is due in 15."""
    view = opened(a_mention(severity=CRITICAL))
    assert dues(view) == {"critical": 0}
    assert dues(reminded(view, ("critical", 1, 0))) == {"critical": 5}
    assert dues(reminded(view, ("critical", 9, 85))) == {"critical": 95}
    assert dues(claimed(view)) == {"acknowledge": 15, "no_draft": 40}


NIGHT = a_team(policy=Policy(quiet_hours=QuietHours(begin=time(10, 20), end=time(18))))


def test_quiet_hours_pause_clocks_and_reminders() -> None:
    """What began before them goes on after them; the critical ones do not care."""
    assert dues(opened(), NIGHT) == {"unclaimed": 8 * 60 + 10}
    assert dues(opened(a_mention(severity=CRITICAL)), NIGHT) == {"critical": 0}


def test_clocks_say_when_they_go_on() -> None:
    """A screen is told both deadlines, and when the quiet hours between end."""
    plain = clocks(conversation(opened()), TEAM)
    assert plain == Clocks(first_word_due=after(60).wall, answer_due=after(180).wall, paused_until=None)
    night = clocks(conversation(opened()), NIGHT)
    assert night.first_word_due == after(8 * 60 + 40).wall
    assert night.paused_until == after(8 * 60).wall
    inside = clocks(conversation(opened(a_mention(minutes=30))), NIGHT)
    assert inside.paused_until == after(8 * 60).wall
    before = a_team(policy=Policy(quiet_hours=QuietHours(begin=time(22), end=time(23))))
    assert clocks(conversation(opened()), before).paused_until is None
    assert clocks(conversation(opened(a_mention(severity=CRITICAL))), NIGHT).paused_until is None
    assert clocks(conversation(posted()), NIGHT) == Clocks(None, None, None)


def test_a_talk_away_from_the_public_has_its_own_time() -> None:
    """Once somebody talks with them, the next call is due, and nothing else."""
    taken = done(claimed(), cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(300).wall), ANA, after(12))
    assert dues(taken) == {"contact": 300}
    handoff = conversation(taken).handoff
    assert handoff is not None
    update = {"handoff": handoff.model_copy(update={"next": None})}
    undated = conversation(taken).model_copy(update=update)
    assert [(each.what, minutes(each.at)) for each in due(undated, TEAM)] == [("talk", 12 + 24 * 60)]


def test_a_talk_without_a_next_date_is_asked_about_after_a_waking_day() -> None:
    """Reached, and nothing agreed: after 24 waking hours somebody is asked what came of it; a new date ends that."""
    taken = done(claimed(), cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(300).wall), ANA, after(12))
    spoken = done(taken, cmd(c.LogContact, reached=True, words=words("She will think.")), ANA, after(60))
    assert dues(spoken) == {"talk": 60 + 24 * 60}
    assert dues(spoken, NIGHT) == {"talk": minutes(NIGHT.policy.quiet_hours.after(after(60).wall, timedelta(hours=24)))}
    twice = reminded(spoken, ("talk", 1, 1500))
    assert dues(twice) == {"talk": 1530}
    again = cmd(c.LogContact, reached=True, words=words("Friday."), next=after(4000).wall)
    assert dues(done(twice, again, ANA, after(1510))) == {"contact": 4000}


def test_another_talk_is_reminded_of_anew() -> None:
    """What one talk was reminded of does not silence the next."""
    taken = done(claimed(), cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(300).wall), ANA, after(12))
    ended = done(
        reminded(taken, ("contact", 3, 400)),
        cmd(c.EndHandoff, words=words("It ended."), made_good=MadeGood.NONE),
        ANA,
        after(500),
    )
    later = cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(900).wall)
    assert dues(done(ended, later, ANA, after(600)))["contact"] == 900


def test_promises_are_due_even_when_all_else_is_settled() -> None:
    """A promise keeps its date until a person says how it went."""
    made = cmd(c.MakePromise, promise="p1", words=words("Friday."), due=after(500).wall)
    view = done(posted(), made, ANA, after(30))
    closed = conversation(view).model_copy(update={"closed": after(40).wall})
    assert [each.what for each in due(closed, TEAM)] == ["promise:p1"]
    kept = done(view, cmd(c.SettlePromise, promise="p1", state=PromiseState.KEPT), ANA, after(50))
    assert dues(kept) == {}


def test_a_silence_waits_for_its_second_name_and_its_review() -> None:
    """A day later the second name is asked for; at the review date whoever signed it."""
    silent = cmd(c.LeaveUnanswered, words=words("Spam wave."), review=after(3000).wall)
    view = done(opened(), silent, ANA, after(0))
    assert dues(view) == {"second": 1440, "silence": 3000}
    seconded = done(view, cmd(c.SecondSilence), KIM, after(5))
    assert dues(seconded) == {"silence": 3000}


def test_nothing_is_due_of_what_is_settled() -> None:
    """A closed conversation is left alone."""
    closed = conversation(drafted()).model_copy(update={"closed": after(40).wall})
    assert list(due(closed, TEAM)) == []


def test_the_next_one_comes_first() -> None:
    """What is due is listed in the order of its times."""
    more: dict[str, Any] = {"mention": a_mention("And?", id="m2", minutes=1)}
    view = done(done(opened(), cmd(c.Add, **more), Part.SORTER, after(1)), cmd(c.Claim, epoch=0), ANA, after(2))
    found = due(conversation(view), TEAM)
    assert [each.at for each in found] == sorted(each.at for each in found)
