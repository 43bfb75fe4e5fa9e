"""Listening to a community, over a network of the tests' own: what fails, what is missed, and how it is said."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from adapters.platforms.community_ground import Ground
from adapters.platforms.community_listen import Listening
from adapters.platforms.community_live import Live
from adapters.platforms.community_mark import Mark
from adapters.platforms.community_network import Away, Came, Changed, Closed, Gone, Page, Removed, Reported
from adapters.platforms.community_post import Post, key
from adapters.platforms.community_voices import Voices
from bot.errors import StoreAway
from bot.nouns.mention import (
    AnsweredByUs,
    Author,
    CannotTell,
    Deleted,
    Edited,
    Gap,
    MentionKey,
    Said,
    Seen,
    Unreadable,
)
from bot.nouns.refusal import Refusal
from bot.nouns.team import Place
from tests.adapters.platforms.communities import discord_table, nobody_waits
from tests.adapters.platforms.ears import Ears, QuickClock

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def post(id: int, text: str = "Why?", channel: str = "11", author: str = "5", **more: object) -> Post:
    """Something somebody said."""
    return Post("discord", channel, str(id), Author(id=author), AT, text, **more)  # type: ignore[arg-type]  # a test names the fields it gives


class Network:
    """`said` by channel; pages of two. `closed` and `away` by channel, used up in turn; `fetched` by id."""

    platform = "discord"

    def __init__(self) -> None:
        self.me = "1"
        self.trouble: str | None = None
        self.said: dict[str, list[Post]] = {"11": [], "12": []}
        self.closed: set[str] = set()
        self.away: dict[str, int] = {}
        self.cut: set[str] = set()
        self.fetched: dict[str, Post | Gone | Closed | Away] = {}
        self.store_away = 0
        self.asked = 0

    async def newest(self) -> str | Away:
        """The newest of all."""
        if self.away.get("newest", 0):
            self.away["newest"] -= 1
            return Away("not now")
        return max((each.id for posts in self.said.values() for each in posts), key=int, default="0")

    async def channels(self, floor: str) -> Sequence[str] | Away:
        """Both."""
        return list(self.said)

    async def page(self, channel: str, after: str) -> Page | Closed | Away:
        """Two messages at most."""
        self.asked += 1
        if self.away.get(channel, 0):
            self.away[channel] -= 1
            return Away("not now")
        if channel in self.closed:
            return Closed("shut")
        found = [each for each in self.said[channel] if int(each.id) > int(after)]
        last = found[:2][-1].id if found else after
        return Page(found[:2], last, more=len(found) > 2, cut=channel in self.cut)

    async def fetch(self, channel: str, id: str) -> Post | Gone | Closed | Away:
        """As the test said."""
        return self.fetched[id]

    async def named(self, said: Post) -> Post:
        """As it is."""
        return said

    def parent(self, channel: str) -> str:
        """No threads here."""
        return ""

    async def places(self) -> Sequence[Place]:
        """The team sits nowhere; now and then nobody can tell."""
        if self.store_away:
            self.store_away -= 1
            raise StoreAway("The store cannot be reached.")
        return ()


class Town:
    """Listening with everything around it."""

    def __init__(self) -> None:
        self.network = Network()
        self.ears = Ears()
        self.clock = QuickClock()
        self.looked: Mapping[MentionKey, Seen | Deleted] = {}
        ground = Ground("discord", [discord_table("11", "12", moderators=("9",))], self.network.places)
        live = Live(self.network, ground, Voices(nobody_waits), self.clock)
        self.listening = Listening(
            network=self.network, live=live, clock=self.clock, hear=self.ears, look=self._look, every=5
        )

    async def _look(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        return self.looked.get(key, CannotTell(because="nobody knows"))

    @asynccontextmanager
    async def on(self, mark: Mark | None = None) -> AsyncIterator[None]:
        """Listening until the end of the block."""
        before = self.ears.cursor
        task = asyncio.create_task(self.listening.run(mark.cursor("discord") if mark is not None else None))
        await self.ears.until(lambda ears: ears.cursor is not before)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def texts(self, count: int) -> list[str]:
        """What was said, once so many said something."""
        await self.ears.until(lambda ears: len(ears.of(Said)) >= count)
        return [each.mention.text for each in self.ears.of(Said)]

    async def walks(self) -> None:
        """Until the next walk is over."""
        beats = self.ears.beats
        await self.ears.until(lambda ears: ears.beats > beats + 1)


async def test_page_after_page_nothing_is_missed() -> None:
    """In each channel, from the mark on, oldest first."""
    town = Town()
    town.network.said = {"11": [post(n, f"a{n}") for n in range(1, 8)], "12": [post(n, f"b{n}", "12") for n in (5, 9)]}
    async with town.on(Mark(floor="3", at=AT)):
        assert await town.texts(6) == ["a4", "a5", "a6", "a7", "b5", "b9"]


async def test_what_comes_live_moves_no_mark() -> None:
    """A live message does not hide an earlier one that only the history has."""
    town = Town()
    async with town.on():
        town.network.said["11"] = [post(4, "only in the history"), post(5, "live")]
        town.listening.came(Came(post(5, "live")))
        assert await town.texts(2) == ["live", "only in the history"]


async def test_a_channel_without_an_answer_holds_up_no_other() -> None:
    """It is asked again, and then nothing of it is missing."""
    town = Town()
    town.network.away = {"11": 3, "newest": 1}
    async with town.on():
        town.network.said["12"].append(post(7, "b", "12"))
        town.network.said["11"].append(post(6, "a"))
        assert sorted(await town.texts(2)) == ["a", "b"]


async def test_a_closed_channel_is_said_and_read_once_it_opens() -> None:
    """Its mark stays where it was; without a break of the live connection there is no gap to tell of."""
    town = Town()
    async with town.on():
        town.network.closed.add("11")
        town.network.said["11"].append(post(6, "behind the door"))
        town.network.said["12"].append(post(8, "open", "12"))
        await town.texts(1)
        await town.walks()
        assert town.listening.trouble == "shut"
        town.network.closed.clear()
        assert await town.texts(2) == ["open", "behind the door"]
        await town.walks()
        assert town.listening.trouble is None
    assert town.ears.of(Gap) == []


async def test_what_history_cannot_tell_is_a_gap() -> None:
    """A channel that is shut after a break, and one that was cut off."""
    town = Town()
    town.network.closed.add("11")
    async with town.on(Mark(floor="3", at=AT)):
        await town.ears.until(lambda ears: ears.of(Gap))
        town.network.closed.clear()
        town.network.cut.add("12")
        await town.ears.until(lambda ears: len(ears.of(Gap)) > 1)
    assert town.ears.of(Gap)[0].since == AT
    assert all(gap.source == "discord" for gap in town.ears.of(Gap))


async def test_after_a_break_the_latest_are_looked_at_again() -> None:
    """What was edited or deleted while nobody told us; what cannot be told stays as it is."""
    town = Town()
    async with town.on():
        for number in (1, 2, 3):
            town.listening.came(Came(post(number, f"m{number}")))
        await town.texts(3)
        edited = post(1, "m1, changed").mention(direct=False)
        gone = key("discord", "11", "2")
        town.looked = {edited.key: Seen(mention=edited), gone: Deleted(key=gone, at=AT)}
        town.listening.lost()
        await town.ears.until(lambda ears: ears.of(Edited) and ears.of(Deleted))
    assert town.ears.of(Edited)[0].mention.text == "m1, changed"
    assert town.ears.of(Deleted)[0].key == gone


async def test_a_store_that_is_away_loses_nothing() -> None:
    """Neither what comes live nor what a walk finds, whoever notices that it is away."""
    town = Town()
    async with town.on():
        town.network.store_away = 2
        town.listening.came(Came(post(4, "live")))
        town.listening.came(Removed(key("discord", "11", "3"), "11"))
        await town.texts(1)
        await town.ears.until(lambda ears: ears.of(Deleted))
        town.ears.deaf = Refusal(because="The store is full.")
        town.network.said["11"].append(post(5, "walked"))
        await town.ears.until(lambda ears: ears.refused)
        town.network.store_away = 3
        town.ears.deaf = None
        assert await town.texts(2) == ["live", "walked"]


async def test_a_flood_while_nothing_can_be_stored_is_left_to_the_walks() -> None:
    """The memory it takes is bounded, and what was let go is found in the history."""
    town = Town()
    async with town.on():
        town.ears.deaf = Refusal(because="The store is full.")
        for number in range(1, 5_004):
            town.listening.came(Came(post(number, str(number))))
        town.network.said["11"] = [post(number, str(number)) for number in (1, 2, 3)]
        town.ears.deaf = None
        await town.ears.until(lambda ears: len(ears.of(Said)) == 5_003)


async def test_who_speaks() -> None:
    """Our bot's and moderators' answers are facts; programs and moderators' own talk are nothing."""
    town = Town()
    async with town.on():
        town.listening.came(Came(post(1, "ours", author="1", human=False, answers="9")))
        town.listening.came(Came(post(2, "a moderator's", author="9", answers="8")))
        town.listening.came(Came(post(3, "among themselves", author="9")))
        town.listening.came(Came(post(4, "beep", author="4", human=False, answers="8")))
        town.listening.came(Came(post(5, "ours, to nobody", author="1", human=False)))
        town.listening.came(Changed(post(2, "a moderator's, changed", author="9", answers="8")))
        town.listening.came(Came(post(6, "elsewhere", channel="99")))
        town.listening.came(Changed(post(6, "elsewhere", channel="99")))
        town.listening.came(Removed(key("discord", "99", "6"), "99"))
        town.listening.came(Came(post(7, "@us", named=frozenset({"9"}))))
        town.listening.came(Came(post(8, "to the bot", answers="1", answered="1")))
        await town.texts(2)
    assert [each.words for each in town.ears.of(AnsweredByUs)] == ["ours", "a moderator's"]
    assert [each.mention.direct for each in town.ears.of(Said)] == [True, True]
    assert len(town.ears.news) == 4


async def test_a_report_is_never_lost() -> None:
    """What cannot be read is put before a person, what is gone is gone, our own words are no complaint."""
    town = Town()
    town.network.fetched = {
        "1": post(1, "reported"),
        "2": Gone(),
        "3": Closed("shut"),
        "4": Away("never"),
        "5": post(5, "ours", author="1"),
    }
    async with town.on():
        for number in ("2", "5", "3", "4", "1"):
            town.listening.came(Reported("11", number))
        town.listening.came(Reported("99", "7"))
        await town.texts(1)
    assert town.ears.of(Said)[0].mention.direct
    assert [each.raw for each in town.ears.of(Unreadable)] == ["11-3", "11-4"]


async def test_a_refused_report_is_told_later() -> None:
    """And one that had been heard before is told as an edit."""
    town = Town()
    async with town.on():
        town.listening.came(Came(post(1, "nasty")))
        await town.texts(1)
        town.ears.deaf = Refusal(because="The store is full.")
        town.listening.came(Reported("11", "1", post(1, "nasty")))
        await town.ears.until(lambda ears: ears.refused)
        town.ears.deaf = None
        await town.ears.until(lambda ears: ears.of(Edited))
    assert town.ears.of(Edited)[0].mention.direct
