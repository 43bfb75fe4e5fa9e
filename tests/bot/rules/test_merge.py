"""Which incident a conversation lies in, and what an incident is called and who leads it."""

from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.commands import Command
from bot.nouns.events import Claimed, Event, Merged, MovedIn, MovedOut
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Refusal, Teammate
from bot.nouns.view import View
from bot.nouns.words import Words
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    RAVI,
    START,
    a_mention,
    a_team,
    after,
    apply,
    decided,
    done,
    no,
    opened,
    words,
)

MOVE = c.Move(id="m", conversation="c1", to="i2")
MERGE = c.Merge(id="g", incident="i1", into="i2", conversations=("c1", "c2"))
RENAME = c.Rename(id="r", incident="i1", words=words("The lost parcels"))
LEAD = c.NameLead(id="l", incident="i1", lead="ana")


def begun(view: View, name: str, incident: str, *, fresh: bool) -> View:
    """The view after another conversation began in `incident`."""
    mention = a_mention(id=name, person=name)
    command = c.Open(id=name, incident=incident, conversation=name, mention=mention, fresh=fresh, places=("web:desk",))
    return done(view, command, Part.SORTER, after(0))


def two() -> View:
    """Two incidents: c1 and c2 lie in i1, c3 in i2."""
    return begun(begun(opened(), "c2", "i1", fresh=False), "c3", "i2", fresh=True)


def events(view: View, command: Command, who: Teammate = KIM) -> list[Event]:
    """What the command leads to."""
    answer = decided(view, command, who, after(9))
    assert not isinstance(answer, Refusal)
    return list(answer)


def close(view: View, name: str) -> View:
    """The view after that conversation was closed."""
    return done(view, c.Close(id="x", conversation=name, disposition=Disposition.THANKED), KIM, after(5))


def texts(value: Any) -> list[str]:
    """Every text that a value still carries."""
    match value:
        case Words():
            return [value.text] if isinstance(value.text, str) else []
        case tuple():
            return [text for item in value for text in texts(item)]
        case _ if hasattr(value, "__pydantic_fields__"):
            return [text for name in value.__pydantic_fields__ for text in texts(getattr(value, name))]
        case _:
            return []


def test_a_move_is_written_in_both_timelines() -> None:
    """The old incident counts one less, the new one more, and the conversation keeps its id and its past, without texts."""
    out, into = events(two(), MOVE)
    assert isinstance(out, MovedOut)
    assert isinstance(into, MovedIn)
    assert (out.incident, out.to, into.incident, into.origin) == ("i1", "i2", "i2", "i1")
    assert texts(into.state) == []
    assert into.state.mentions[0].about is None
    view = apply(two(), [out, into])
    assert view.conversations["c1"].incident == "i2"
    assert view.conversations["c1"].mentions[0].words.text == "My parcel never came."
    assert [(i.size, i.open) for i in view.incidents.values()] == [(1, 1), (2, 2)]


def test_a_conversation_may_begin_an_incident_of_its_own() -> None:
    """A fresh incident begins with it, in the places of the old one, and knows what it is about."""
    view = done(two(), MOVE.model_copy(update={"to": "i9", "fresh": True}), KIM, after(9))
    assert (view.incidents["i9"].size, view.incidents["i9"].places) == (1, ("web:desk",))
    assert view.incidents["i9"].severity is view.conversations["c1"].severity


def test_an_incident_that_is_left_empty_ends_in_the_other() -> None:
    """With its last conversation an incident goes over into the other one."""
    view = done(two(), MOVE.model_copy(update={"conversation": "c3", "to": "i1"}), KIM, after(9))
    gone = view.incidents["i2"]
    assert (gone.merged_into, gone.size, gone.open, gone.closed) == ("i1", 0, 0, after(9).wall)


def test_a_closed_conversation_stays_closed_where_it_goes() -> None:
    """Moving it opens nothing: neither it, nor a settled incident; the counts stay right."""
    view = close(close(two(), "c1"), "c3")
    moved = done(view, MOVE, KIM, after(9))
    assert [(i.size, i.open) for i in moved.incidents.values()] == [(1, 1), (2, 0)]
    assert moved.incidents["i2"].closed == after(5).wall
    fresh = done(view, MOVE.model_copy(update={"to": "i9", "fresh": True}), KIM, after(9))
    assert (fresh.incidents["i9"].open, fresh.incidents["i9"].closed) == (0, after(5).wall)
    back = done(moved, MOVE.model_copy(update={"conversation": "c2"}), KIM, after(10))
    assert (back.incidents["i2"].open, back.incidents["i2"].closed) == (1, None)


def test_moving_the_last_open_one_settles_what_is_left() -> None:
    """Where only closed conversations stay behind, the incident is settled and may be moved on from."""
    view = done(close(two(), "c2"), MOVE, KIM, after(9))
    assert (view.incidents["i1"].size, view.incidents["i1"].closed) == (1, after(9).wall)
    assert view.incidents["i1"].merged_into == ""


def test_an_owner_or_a_lead_moves() -> None:
    """Others take it first or ask a lead; where nobody leads, any teammate moves."""
    assert "read here" in no(two(), MOVE, GUS, after(9)).because
    assert "or ask Kim or Ravi" in no(two(), MOVE, ANA, after(9)).because
    owned = apply(two(), [Claimed(incident="i1", conversation="c1", at=START, by="ana", owner="ana", epoch=1)])
    done(owned, MOVE, ANA, after(9))
    assert "or ask" in no(owned, MOVE, BEN, after(9)).because
    few = View(team=a_team(ANA, BEN), incidents=two().incidents, conversations=two().conversations)
    done(few, MOVE, BEN, after(9))


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"to": "i1"}, "already"),
        ({"to": "i9"}, "no longer here"),
        ({"fresh": True}, "no longer here"),
        ({"conversation": "c9"}, "no longer here"),
    ],
)
def test_a_move_needs_somewhere_to_go(changes: dict[str, object], because: str) -> None:
    """Into itself, into what is not there, into a fresh one that stands, or of what is gone: refused."""
    assert because in no(two(), MOVE.model_copy(update=changes), KIM, after(9)).because


def test_nothing_moves_into_what_has_ended_elsewhere() -> None:
    """An incident that went over into another takes nothing in; one that can't be seen gives nothing away."""
    view = done(two(), MOVE.model_copy(update={"conversation": "c3", "to": "i1"}), KIM, after(9))
    assert "another one" in no(view, MOVE, KIM, after(10)).because
    assert "no longer here" in no(View(team=view.team, conversations=view.conversations), MOVE, KIM, after(10)).because


def test_two_incidents_become_one() -> None:
    """All that is open goes over, each written in both timelines, and the old incident ends in the new one."""
    found = events(two(), MERGE)
    assert [event.kind for event in found] == ["moved_out", "moved_in"] * 2 + ["merged"]
    view = apply(two(), found)
    assert (view.incidents["i1"].merged_into, view.incidents["i1"].open) == ("i2", 0)
    assert view.incidents["i2"].open == 3
    assert "lies in another one" in no(view, MERGE, KIM, after(10)).because


def test_what_came_after_the_list_stays() -> None:
    """Only the listed ones go; the old incident lives on with what is left, and what is gone is passed over."""
    part = MERGE.model_copy(update={"conversations": ("c1", "c1", "c3", "c9")})
    found = events(two(), part)
    assert not any(isinstance(event, Merged) for event in found)
    view = apply(two(), found)
    assert (view.incidents["i1"].open, view.incidents["i1"].merged_into) == (1, "")


def test_closed_ones_may_stay_behind_and_live_again() -> None:
    """A merge leaves closed ones where they are; one that its author takes up again makes its incident live again."""
    view = done(close(two(), "c2"), MERGE.model_copy(update={"conversations": ("c1",)}), KIM, after(9))
    assert view.incidents["i1"].merged_into == "i2"
    again = c.Add(id="a", conversation="c2", mention=a_mention(id="m9", person="c2", minutes=20))
    lives = done(view, again, Part.SORTER, after(20)).incidents["i1"]
    assert (lives.merged_into, lives.open, lives.closed) == ("", 1, None)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"into": "i9"}, "no longer here"),
        ({"incident": "i9"}, "no longer here"),
        ({"into": "i1"}, "one and the same"),
        ({"conversations": ("c3",)}, "no longer here"),
        ({"conversations": tuple(f"c{n}" for n in range(501))}, "at most 500"),
    ],
)
def test_a_merge_needs_two_incidents_and_a_list(changes: dict[str, object], because: str) -> None:
    """Missing incidents, one and the same, a list that lies elsewhere or is too long: refused."""
    assert because in no(two(), MERGE.model_copy(update=changes), KIM, after(9)).because


def test_a_lead_merges() -> None:
    """Bringing incidents together is a lead's, or any teammate's in a team without leads."""
    assert no(two(), MERGE, ANA, after(9)).because == "Only a lead can bring two incidents together. Ask Kim or Ravi."
    assert "read here" in no(two(), MERGE, GUS, after(9)).because
    few = View(team=a_team(ANA, BEN), incidents=two().incidents, conversations=two().conversations)
    done(few, MERGE, BEN, after(9))


def test_anyone_of_the_team_gives_a_better_headline() -> None:
    """A teammate renames it with a word or two; guests don't."""
    renamed = done(two(), RENAME, ANA, after(9)).incidents["i1"].renamed
    assert renamed is not None
    assert renamed.text == "The lost parcels"
    assert "word or two" in no(two(), RENAME.model_copy(update={"words": words(" ")}), ANA, after(9)).because
    assert "no longer here" in no(two(), RENAME.model_copy(update={"incident": "i9"}), ANA, after(9)).because
    assert "read here" in no(two(), RENAME, GUS, after(9)).because


def test_an_incident_has_a_lead() -> None:
    """Any teammate takes it where nobody leads; after that a lead gives it to a teammate."""
    view = done(two(), LEAD, ANA, after(9))
    assert view.incidents["i1"].lead == "ana"
    assert "Ana leads this already" in no(view, LEAD, KIM, after(10)).because
    assert "Only a lead" in no(view, LEAD.model_copy(update={"lead": "ben"}), BEN, after(10)).because
    assert "Only a lead" in no(two(), LEAD.model_copy(update={"lead": "ben"}), ANA, after(10)).because
    assert done(view, LEAD.model_copy(update={"lead": "ben"}), RAVI, after(10)).incidents["i1"].lead == "ben"
    assert "Only a teammate" in no(view, LEAD.model_copy(update={"lead": "max"}), RAVI, after(10)).because
    assert "no longer here" in no(two(), LEAD.model_copy(update={"incident": "i9"}), ANA, after(9)).because
    assert "read here" in no(two(), LEAD, GUS, after(9)).because
