"""Nobody signs what they were not shown: an end counts for what had come when it was pressed for."""

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import OfflineWay
from bot.nouns.mention import Disposition
from bot.nouns.team import Part
from bot.nouns.view import View
from bot.rules.standing import NEWS
from tests.bot.build import ANA, GUS, KIM, a_mention, after, conversation, done, key, no, opened, words

CLOSE = c.Close(id="c", conversation="c1", disposition=Disposition.NOT_FOR_US)
LEAVE = c.LeaveUnanswered(id="l", conversation="c1", words=words("They only want a quarrel."))


def twice() -> View:
    """Mara wrote, and wrote again: two things came."""
    mention = a_mention(id="m9", person="p1")
    return done(opened(), c.Add(id="a", conversation="c1", mention=mention), Part.SORTER, after(1))


def pile() -> View:
    """Two conversations, in the first of which something came again."""
    more = c.Open(id="o2", incident="i1", conversation="c2", mention=a_mention(id="m2", person="p2"), fresh=False)
    return done(twice(), more, Part.SORTER, after(1))


def test_what_came_since_is_not_signed() -> None:
    """One message was shown and two are there: nothing ends; who may not end anything is told that, as ever."""
    old = CLOSE.model_copy(update={"seen": {"c1": 1}})
    assert no(twice(), old, ANA, after(2)) == NEWS
    assert no(twice(), old, GUS, after(2)) != NEWS
    assert no(twice(), LEAVE.model_copy(update={"seen": 1}), ANA, after(2)) == NEWS
    assert conversation(done(twice(), LEAVE.model_copy(update={"seen": 2}), ANA, after(2))).silence is not None
    closed = conversation(done(twice(), CLOSE.model_copy(update={"seen": {"c1": 2}}), ANA, after(2)))
    assert [kept.signed is not None for kept in closed.mentions] == [True, True]


@pytest.mark.parametrize(
    "news",
    [
        c.NoteEdit(id="e", conversation="c1", mention=key(), words=words("Twelve days.")),
        c.NoteDeletion(id="d", conversation="c1", mention=key()),
    ],
)
def test_an_edit_and_a_deletion_are_news(news: c.Command) -> None:
    """Their words are not what they were when the form was shown."""
    view = done(opened(), news, Part.SORTER, after(1))
    assert no(view, CLOSE.model_copy(update={"seen": {"c1": 1}}), ANA, after(2)) == NEWS


def test_what_we_do_ourselves_is_no_news() -> None:
    """A claim and a note meanwhile make no end stale."""
    view = done(opened(), c.Claim(id="x", conversation="c1", epoch=0), ANA, after(1))
    note = c.Note(id="n", incident="i1", conversation="c1", words=words("She called."))
    view = done(view, note, KIM, after(1))
    assert conversation(done(view, CLOSE.model_copy(update={"seen": {"c1": 1}}), ANA, after(2))).closed == after(2).wall


def test_of_a_list_only_what_has_news_stays_open() -> None:
    """The other one is closed and signed; where all have news, nothing is."""
    listed = c.Close(id="c", conversations=("c1", "c2"), disposition=Disposition.NOT_FOR_US, seen={"c1": 1, "c2": 1})
    found = done(pile(), listed, ANA, after(2)).conversations
    assert [found[name].closed is None for name in ("c1", "c2")] == [True, False]
    assert found["c1"].unsigned == found["c1"].mentions
    assert no(pile(), listed.model_copy(update={"seen": {"c1": 1, "c2": 0}}), ANA, after(2)) == NEWS


def test_what_has_news_keeps_no_other_open() -> None:
    """That it could not be closed anyway does not count against the list."""
    taken = done(pile(), c.TakeOffline(id="t", conversation="c1", way=OfflineWay.PHONE), ANA, after(2))
    listed = c.Close(id="c", conversations=("c1", "c2"), disposition=Disposition.NOT_FOR_US, seen={"c1": 1, "c2": 1})
    assert done(taken, listed, KIM, after(3)).conversations["c2"].closed is not None
