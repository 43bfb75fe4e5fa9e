"""What puts a mention where it belongs, and the names of what begins with it."""

from datetime import UTC, datetime

from bot.listening.causes import Cause, Fresh, Join, Pile
from bot.nouns import commands as c
from bot.nouns.mention import Author, Mention, Said
from bot.nouns.watch import Watch
from bot.ports import Work
from bot.work.keeping import arrival, short
from tests.bot.build import a_mention, key

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def arrives(cause: Cause, *heard: Watch) -> c.Open | c.Add:
    """What puts Mara's newest mention where it belongs."""
    mention = Mention(key=key("m9"), text="Where is it?", author=Author(id="mara"), at=NOW, in_reply_to="post-7")
    work = Work(id="w1", news=Said(mention=mention), arrived=NOW)
    return arrival(work, mention, a_mention("Where is it?", id="m9"), cause, heard)


def test_only_a_cause_of_its_own_begins_an_incident() -> None:
    """On its own: a fresh incident and conversation. In a pile: a conversation in what stands. Again: no new one."""
    alone = arrives(Fresh())
    assert isinstance(alone, c.Open)
    assert (alone.fresh, alone.incident, alone.conversation) == (True, f"i{short('w1')}", f"c{short('w1')}")
    assert alone.occasion == "post-7"
    piled = arrives(Pile("i77"))
    assert isinstance(piled, c.Open)
    assert (piled.fresh, piled.incident, piled.conversation) == (False, "i77", f"c{short('w1')}")
    again = arrives(Join("c77"))
    assert isinstance(again, c.Add)
    assert (again.conversation, again.mention.key) == ("c77", key("m9"))


def test_each_place_hears_it_once() -> None:
    """Two watches that name the same place open one thread there, in the order they were written."""
    one, two = Watch(name="one", places=("Desk", "Night")), Watch(name="two", places=("Night", "Press"))
    opens = arrives(Fresh(), one, two)
    assert isinstance(opens, c.Open)
    assert opens.places == ("Desk", "Night", "Press")


def test_the_same_news_is_the_same_command() -> None:
    """Names come from the piece of news: doing it twice does it once."""
    assert arrives(Fresh()) == arrives(Fresh())
    assert arrives(Fresh()).id == arrives(Join("c77")).id == "s:w1"
