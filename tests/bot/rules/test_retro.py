"""Notes for the team, and what is learned when looking back."""

from datetime import time, timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.commands import Command
from bot.nouns.events import Noted
from bot.nouns.team import Part, Policy, Refusal, Team
from bot.nouns.time import QuietHours
from bot.nouns.view import View
from bot.rules.table import decide
from bot.rules.who import Who
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    MAX,
    RAVI,
    START,
    a_mention,
    a_team,
    after,
    decided,
    done,
    no,
    opened,
    words,
)

NOTE = c.Note(id="n", incident="i1", words=words("She called the shop this morning."))
OUTCOME = c.NoteOutcome(id="o", incident="i1", outcome="better_rating")
LESSON = c.NoteLesson(id="l", incident="i1", words=words("Say the date first."))
ACTION = c.AgreeAction(
    id="a",
    incident="i1",
    action="a1",
    owner="ben",
    words=words("A page on late parcels."),
    due=START + timedelta(days=7),
)
FINISH = c.FinishAction(id="f", incident="i1", action="a1")


def test_a_note_stands_on_the_timeline() -> None:
    """A line for the team, on the incident or on one of its conversations, may be marked for the review."""
    events = decided(opened(), NOTE.model_copy(update={"conversation": "c1", "marked": True}), ANA, after(1))
    assert not isinstance(events, Refusal)
    assert events == [
        Noted(incident="i1", conversation="c1", at=after(1).wall, by="ana", words=NOTE.words, marked=True)
    ]
    done(opened(), NOTE, ANA, after(1))


def asked_of(asks: tuple[str, ...], team: Team) -> tuple[str, ...]:
    """Whom a note of Ana's asks, at 11:01 in Paris."""
    events = decide(opened(), NOTE.model_copy(update={"asks": asks}), ANA, team, after(1))
    assert not isinstance(events, Refusal)
    (noted,) = events
    assert isinstance(noted, Noted)
    return noted.asks


def test_a_note_may_ask_teammates_for_something() -> None:
    """Nobody who may not act, nobody unknown, and not its writer; none of them twice."""
    assert asked_of(("kim", "ana", "gus", "nobody", "ravi", "kim"), a_team()) == ("kim", "ravi")


def test_whoever_is_awake_is_asked_first() -> None:
    """By their own clock; where it is quiet for all of them, the question goes to all."""
    far = KIM.model_copy(update={"zone": "Asia/Tokyo"})
    quiet = Policy(quiet_hours=QuietHours(begin=time(18), end=time(8)))
    assert asked_of(("kim", "ravi"), a_team(ANA, far, RAVI, policy=quiet)) == ("ravi",)
    assert asked_of(("kim",), a_team(ANA, far, RAVI, policy=quiet)) == ("kim",)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"words": words(" \n")}, "nothing written"),
        ({"incident": "i9"}, "no longer here"),
        ({"conversation": "c9"}, "no longer here"),
        ({"incident": "i2", "conversation": "c1"}, "no longer here"),
    ],
)
def test_a_note_needs_words_and_a_place(changes: dict[str, object], because: str) -> None:
    """An empty note, and one on what is not there or lies in another incident, are refused."""
    more = c.Open(id="o", incident="i2", conversation="c2", mention=a_mention(id="m2"))
    view = done(opened(), more, Part.SORTER, after(0))
    assert because in no(view, NOTE.model_copy(update=changes), ANA, after(1)).because


@pytest.mark.parametrize("command", [NOTE, OUTCOME, LESSON, ACTION, FINISH])
def test_guests_and_parts_learn_nothing(command: Command) -> None:
    """Neither guests nor parts of the product write into the review; a manager does, but leaves the notes to the team."""
    view = done(opened(), ACTION, MAX, after(1))
    barred: list[Who] = [GUS, Part.CLOCKWORK, *([MAX] if command is NOTE else [])]
    for who in barred:
        assert isinstance(decided(view, command, who, after(2)), Refusal)


@pytest.mark.parametrize("command", [OUTCOME, LESSON, ACTION, FINISH])
def test_what_is_gone_is_not_reviewed(command: Command) -> None:
    """An incident that can't be seen has no review."""
    assert "no longer here" in no(View(team=a_team()), command, ANA, after(1)).because


def test_an_outcome_is_one_of_a_list() -> None:
    """The outcome is one of those we count; the same again changes nothing, another one does."""
    view = done(opened(), OUTCOME, MAX, after(1))
    assert view.incidents["i1"].outcome == "better_rating"
    assert "already" in no(view, OUTCOME, ANA, after(2)).because
    assert "none of the outcomes" in no(view, OUTCOME.model_copy(update={"outcome": "great"}), ANA, after(2)).because
    assert done(view, OUTCOME.model_copy(update={"outcome": "worse"}), ANA, after(2)).incidents["i1"].outcome == "worse"


def test_lessons_add_up() -> None:
    """Each lesson is kept in its words."""
    view = done(
        done(opened(), LESSON, ANA, after(1)), LESSON.model_copy(update={"words": words("Two.")}), MAX, after(2)
    )
    assert [lesson.text for lesson in view.incidents["i1"].lessons] == ["Say the date first.", "Two."]
    assert "in a sentence" in no(view, LESSON.model_copy(update={"words": words("")}), ANA, after(3)).because


def test_an_action_is_agreed_and_done() -> None:
    """What changes has somebody who sees to it and may be worded anew until it is done."""
    view = done(opened(), ACTION, ANA, after(1))
    view = done(view, ACTION.model_copy(update={"owner": "ana", "due": None}), BEN, after(2))
    (action,) = view.incidents["i1"].actions
    assert (action.by, action.due, action.done) == ("ana", None, None)
    view = done(view, FINISH, BEN, after(3))
    assert view.incidents["i1"].actions[0].done == after(3).wall
    for command in (FINISH, ACTION):
        assert "has changed already" in no(view, command, ANA, after(4)).because
    assert "Nothing of that kind" in no(view, FINISH.model_copy(update={"action": "a9"}), ANA, after(4)).because


@pytest.mark.parametrize(
    ("changes", "because"),
    [({"words": words("")}, "what changes"), ({"owner": "noa"}, "of the team"), ({"due": START}, "a day to come")],
)
def test_an_action_needs_words_a_person_and_a_day_to_come(changes: dict[str, object], because: str) -> None:
    """Without these it is a wish."""
    assert because in no(opened(), ACTION.model_copy(update=changes), ANA, after(1)).because
