"""What lies close together and is not the same: the other draft, the other audience, the exact second, one too many."""

from datetime import time
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import OfflineWay
from bot.nouns.delivery import Audience, Target, ToAccount, ToAuthor, ToMention
from bot.nouns.events import Alarmed, Freed
from bot.nouns.flag import Severity
from bot.nouns.team import Part, Policy, Refusal
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from bot.nouns.words import Forgotten, Words
from bot.rules.close import AT_ONCE
from bot.rules.due import clocks
from bot.rules.standing import empty
from tests.bot.build import (
    ANA,
    KIM,
    OURS,
    SORRY,
    a_mention,
    a_team,
    a_write,
    after,
    an_acknowledgement,
    cmd,
    conversation,
    decided,
    done,
    drafted,
    key,
    no,
    opened,
    ready,
    wake,
    woken,
    words,
)
from tests.bot.rules.drafts import draft


def only(view: View, command: c.Command, who: Any, minutes: float) -> Any:
    """The one event that is decided."""
    answer = decided(view, command, who, after(minutes))
    assert not isinstance(answer, Refusal), answer.because
    (event,) = answer
    return event


def test_the_draft_that_was_named_is_the_one_that_cooled() -> None:
    """Two drafts cool beside each other; a wake for one leaves the other as it is."""
    view = done(drafted(), an_acknowledgement(), ANA, after(19))
    acknowledged = woken(view, "cooled:a1:1", after(21))
    assert draft(acknowledged).ready is None
    response = woken(view, "cooled:d1:1", after(21))
    other = conversation(response).draft("a1")
    assert other is not None
    assert (draft(response).ready, other.ready) == (after(21).wall, None)


def test_who_had_it_is_written_down_when_it_is_freed() -> None:
    """A claim that ran out names its owner, so that a manager sees whose it was."""
    claimed = done(opened(), cmd(c.Claim, epoch=0), ANA, after(0))
    event = only(woken(claimed, "no_draft", after(30)), wake("free"), Part.CLOCKWORK, 45)
    assert isinstance(event, Freed)
    assert event.owner == "ana"


def test_an_alarm_has_come_as_far_as_the_one_that_waited_longest() -> None:
    """A new critical one does not call back an alarm that had reached the world outside."""
    waited = opened(a_mention(severity=Severity.CRITICAL))
    for minutes in (0, 5, 15):
        waited = woken(waited, "critical", after(minutes))
    fresh = opened(a_mention(severity=Severity.CRITICAL, id="m2"), conversation="c2", incident="i2")
    both = View(team=waited.team, conversations={**waited.conversations, **fresh.conversations})
    event = only(both, c.RingAlarm(id="r", conversations=("c2", "c1")), Part.CLOCKWORK, 16)
    assert isinstance(event, Alarmed)
    assert event.outside


def test_words_that_were_forgotten_are_told_from_new_ones_by_their_seal() -> None:
    """An edit is news where the seals differ, and none where they are the same, whatever can still be read."""
    view = opened()
    standing = conversation(view).mentions[0]
    bare = standing.model_copy(update={"words": standing.words.model_copy(update={"text": Forgotten()})})
    found = conversation(view).model_copy(update={"mentions": (bare,)})
    view = View(team=view.team, incidents=view.incidents, conversations={"c1": found})
    same = cmd(c.NoteEdit, mention=key(), words=words("My parcel never came.", standing.words.ref))
    assert "as we have them" in no(view, same, Part.SORTER, after(1)).because
    other = cmd(c.NoteEdit, mention=key(), words=words("It came."))
    assert only(view, other, Part.SORTER, 1).kind == "mention_edited"


def test_forgotten_words_had_been_written() -> None:
    """Blanks are nothing; what can no longer be read is something."""
    assert empty(None)
    assert empty(words(" \n"))
    assert not empty(words("x"))
    assert not empty(Words(ref="r", seal="s"))
    assert not empty(Words(ref="r", seal="s", text=Forgotten()))


def test_quiet_hours_that_begin_at_the_deadline_pause_nothing() -> None:
    """A first word due at eleven is not put off by a night that begins at eleven."""
    for begins, paused in ((time(11), None), (time(10, 59), after(8 * 60).wall)):
        night = a_team(policy=Policy(quiet_hours=QuietHours(begin=begins, end=time(18))))
        assert clocks(conversation(opened()), night).paused_until == paused


def test_nobody_was_reached_and_the_next_call_is_agreed_anew() -> None:
    """A new date stands whether they were reached or not; without one the old date stays."""
    take = cmd(c.TakeOffline, way=OfflineWay.PHONE, next=after(40).wall)
    taken = done(opened(), take, ANA, after(0))
    missed: dict[str, Any] = {"reached": False, "words": words("She did not pick up.")}
    for next_, stands in ((after(90).wall, after(90).wall), (None, after(40).wall)):
        talked = conversation(done(taken, cmd(c.LogContact, **missed, next=next_), ANA, after(39)))
        assert talked.handoff is not None
        assert talked.handoff.next == stands


def test_a_small_repair_under_another_mention_is_no_repair() -> None:
    """Nearly the same words to somebody else are thought over as if they were new."""
    view = ready(opened(a_mention(), a_mention("Hello?", id="m2")))
    small = SORRY.replace("Friday", "Monday")
    here = draft(done(view, a_write(small, based_on=1), ANA, after(30)))
    there = draft(done(view, a_write(small, based_on=1, target=ToMention(key=key("m2"))), ANA, after(30)))
    assert (here.repair, there.repair) == (True, False)
    assert here.cooling is not None
    assert there.cooling is not None
    assert here.cooling.length < there.cooling.length


def test_a_kept_draft_is_no_repair() -> None:
    """Words that were only kept are not told as a repair of what cooled before."""
    view = ready()
    assert not draft(
        done(view, a_write(SORRY.replace("Friday", "Monday"), based_on=1, finished=False), ANA, after(30))
    ).repair


def test_as_many_as_one_press_moves_are_moved() -> None:
    """The most is the most: exactly so many go, one more is refused with the number."""
    source, target = opened(), opened(a_mention(id="x"), conversation="c0", incident="i2")
    one = conversation(source)
    pile = {f"n{number}": one.model_copy(update={"id": f"n{number}"}) for number in range(AT_ONCE + 1)}
    view = View(
        team=source.team,
        incidents={**source.incidents, **target.incidents},
        conversations={**pile, **target.conversations},
    )
    names = tuple(pile)
    assert str(AT_ONCE) in no(view, cmd(c.Merge, into="i2", conversations=names), KIM, after(1)).because
    moved = decided(view, cmd(c.Merge, into="i2", conversations=names[:AT_ONCE]), KIM, after(1))
    assert not isinstance(moved, Refusal)


def test_an_alarm_that_was_never_told_begins_with_those_on_duty() -> None:
    """A lead who is off duty is left in peace until nobody took it."""
    off = KIM.model_copy(update={"on_duty": False})
    view = opened(a_mention(severity=Severity.CRITICAL), team=a_team(ANA, off))
    event = only(view, c.RingAlarm(id="r", conversations=("c1",)), Part.CLOCKWORK, 0)
    assert isinstance(event, Alarmed)
    assert event.told == ("ana",)


def test_author_and_owner_may_each_discard_alone() -> None:
    """Who has the conversation may throw away what a lead wrote in it, and who wrote may after it changed hands."""
    discard = cmd(c.Discard, draft="d1", version=1)
    claimed = done(opened(), cmd(c.Claim, epoch=0), ANA, after(0))
    by_kim = done(claimed, a_write(), KIM, after(1))
    assert conversation(done(by_kim, discard, ANA, after(2))).drafts == ()
    assigned = done(drafted(), cmd(c.Assign, to="ben", epoch=1), KIM, after(1))
    assert conversation(done(assigned, discard, ANA, after(2))).drafts == ()


@pytest.mark.parametrize(
    ("stage", "audience", "target"),
    [
        (Stage.RESPONSE, Audience.PRIVATE, ToAuthor(key=key())),
        (Stage.STATEMENT, Audience.PRIVATE, ToAccount(account=OURS)),
        (Stage.RESPONSE, Audience.PUBLIC, ToAccount(account=OURS)),
        (Stage.ACKNOWLEDGEMENT, Audience.PUBLIC, ToAuthor(key=key())),
    ],
)
def test_stage_audience_and_target_must_all_agree(stage: Stage, audience: Audience, target: Target) -> None:
    """A public stage is not whispered, a private one not called out, and a reply is no statement."""
    statement = conversation(opened()).model_copy(update={"statement": True, "account": OURS})
    for found in (opened(), View(team=a_team(), incidents=opened().incidents, conversations={"c1": statement})):
        forged = a_write(stage=stage, audience=audience, target=target)
        assert "do not belong" in no(found, forged, ANA, after(1)).because
