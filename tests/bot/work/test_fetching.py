"""What was said while nobody heard a source: fetched, counted, and said how far it is and when it is all here."""

from datetime import timedelta

import pytest

from bot.nouns import events as e
from bot.nouns.conversation import Mood
from bot.nouns.mention import Cursor, News, Said
from bot.nouns.team import Place, Refusal
from bot.screens.shapes import Fact
from bot.screens.shapes import Said as Sentence
from bot.work.fetching import Fetching
from bot.work.quiet import Quiet
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.rhythms import FakeRhythms
from tests.fakes.room import FakeRoom

CHANNEL = Place(room="chat", id="c1", name="shop")


class Source:
    """A platform that is asked, and whoever says what is fetched of it."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.rhythms = FakeRhythms()
        self.asked = 0
        self.fetching = self.another()
        self.quiet = Quiet(
            act=house.act, rhythms=self.rhythms, health=house.health, clock=house.clock, sources=("mastodon",)
        )

    def another(self) -> Fetching:
        """One more, as after a restart or on another replica."""
        house = self.house
        return Fetching(act=house.act, rhythms=self.rhythms, clock=house.clock, hear=house.intake.hear)

    def says(self, *ids: str) -> list[News]:
        """Said at this moment, to be heard whenever it is."""
        return [Said(mention=self.house.mention("Where is it?", id, f"p{id}")) for id in ids]

    async def answers(self, *news: News) -> None:
        """A page of what was said, or nothing more."""
        self.asked += 1
        heard = await self.fetching.hear(news, Cursor(source="mastodon", at=str(self.asked)))
        assert not isinstance(heard, Refusal)

    async def looks(self) -> None:
        """Everybody looks once, fifteen seconds later."""
        self.house.clock.advance(15)
        await self.quiet.note()
        await self.quiet.look()
        await self.fetching.tell()

    async def said(self) -> list[tuple[int, bool]]:
        """What the team's timeline has of it: how many, and whether that was all."""
        return [(it.count, it.whole) for it in await self.house.events() if isinstance(it, e.SourceFetched)]


@pytest.fixture
async def house() -> House:
    """A house whose team sits in a chat."""
    made = await House(places=(CHANNEL,)).staffed()
    made.rooms["chat"] = FakeRoom("chat")
    return made


@pytest.fixture
async def source(house: House) -> Source:
    """It was heard a moment ago."""
    made = Source(house)
    for _ in range(10):
        await made.answers()
        await made.looks()
    return made


async def test_what_was_missed_is_counted_until_it_is_all_here(source: Source) -> None:
    """Page by page, each time it has grown; once nothing more comes that was all of it."""
    since = source.house.clock.wall - timedelta(seconds=15)
    source.house.clock.advance(300)
    missed = source.says("1", "2", "3")
    source.house.clock.advance(600)
    await source.answers(*missed[:2])
    await source.looks()
    await source.looks()
    assert await source.said() == [(2, False)]
    await source.answers(missed[2])
    await source.answers()
    await source.looks()
    await source.looks()
    assert await source.said() == [(2, False), (3, True)]
    last = [it for it in await source.house.events() if isinstance(it, e.SourceFetched)][-1]
    assert (last.since, last.until) == (since, missed[2].mention.at if isinstance(missed[2], Said) else None)


async def test_who_goes_on_writing_does_not_keep_it_open(source: Source) -> None:
    """What was said after it was heard again ends it, and does not count; what was here already counts neither."""
    source.house.clock.advance(300)
    missed = source.says("1", "2")
    source.house.clock.advance(300)
    await source.answers(*missed)
    source.house.clock.advance(5)
    await source.answers(*missed, *source.says("3"))
    await source.looks()
    assert await source.said() == [(2, True)]


async def test_a_short_pause_is_no_news(source: Source) -> None:
    """Nor is a longer one in which nothing was said, where nobody was told that it is quiet."""
    source.house.clock.advance(280)
    await source.answers(*source.says("1"))
    await source.looks()
    source.house.clock.advance(600)
    await source.answers()
    await source.looks()
    assert await source.said() == []
    source.house.clock.advance(600)
    await source.answers(*source.says("2"))
    await source.looks()
    assert await source.said() == []


async def test_who_was_told_of_the_silence_is_told_its_end(source: Source) -> None:
    """Even where nothing was said meanwhile; and that it is back comes first."""
    for _ in range(30):
        await source.looks()
    await source.answers()
    await source.fetching.tell()
    assert await source.said() == []
    await source.looks()
    assert await source.said() == [(0, True)]
    kinds = [kind for kind in await source.house.kinds() if kind.startswith("source")]
    assert kinds == ["source_quiet", "source_back", "source_fetched"]


async def test_a_new_process_knows_when_the_source_was_last_heard(source: Source) -> None:
    """A night in which nothing ran is fetched and said in the morning."""
    source.house.clock.advance(8 * 3600)
    missed = source.says("1")
    source.house.clock.advance(3600)
    source.fetching = source.another()
    await source.answers(*missed)
    await source.answers()
    await source.looks()
    assert await source.said() == [(1, True)]


async def test_where_nobody_knows_when_it_was_heard_nothing_is_said(source: Source) -> None:
    """A source that is new, and a store that is away when it is asked; it is asked again."""
    source.house.clock.advance(3600)
    source.rhythms.away = True
    source.fetching = source.another()
    await source.answers(*source.says("1"))
    source.rhythms.away = False
    await source.fetching.tell()
    assert await source.said() == []
    new = source.another()
    await new.hear(source.says("2"), Cursor(source="elsewhere", at="1"))
    await new.tell()
    assert await source.said() == []


async def test_what_is_not_stored_is_not_fetched(source: Source) -> None:
    """What a stream brings is of this moment; what was refused comes again, and counts once."""
    source.house.clock.advance(3600)
    missed = source.says("1")
    source.house.clock.advance(60)
    assert not isinstance(await source.fetching.hear(source.says("live"), None), Refusal)
    source.house.inbox.away = True
    refused = await source.fetching.hear(missed, Cursor(source="mastodon", at="9"))
    assert isinstance(refused, Refusal)
    source.house.inbox.away = False
    await source.answers(*missed)
    await source.looks()
    assert await source.said() == [(1, False)]


async def test_it_is_said_on_the_card_of_the_source(source: Source, start: Start) -> None:
    """The card counts while it goes on; one line beneath it says the end."""
    house, chat = source.house, source.house.rooms["chat"]
    assert isinstance(chat, FakeRoom)
    start(house.a_painter().run(0))
    for _ in range(30):
        await source.looks()
    missed = source.says("1", "2")
    for _ in range(2):
        await source.looks()
    await source.answers(missed[0])
    await source.looks()
    await source.looks()
    await house.pass_time(seconds=1)
    (card,) = chat.cards.values()
    assert card.headline == "Mastodon is heard again"
    facts = {it.name: it.text for it in card.passages if isinstance(it, Fact)}
    assert facts["Fetched so far"] == "one mention, the newest of"
    assert card.passages[-1] == Sentence("The rest is being fetched.")
    await source.answers(missed[1])
    await source.answers()
    await source.looks()
    await house.pass_time(seconds=1)
    (card,) = chat.cards.values()
    assert card.mood is Mood.SETTLED
    assert [it.name for it in card.passages if isinstance(it, Fact)] == ["Not heard since", "Fetched"]
    assert chat.said() == [
        "Mastodon has gone quiet. Last heard",
        "Mastodon is heard again. What was said meanwhile is being fetched.",
        "Two mentions from Mastodon fetched: all that was said since",
    ]


async def test_it_goes_on_by_itself(source: Source, start: Start) -> None:
    """Every fifteen seconds, as a part of the house."""
    source.house.clock.advance(3600)
    missed = source.says("1")
    source.house.clock.advance(60)
    await source.answers(*missed)
    await source.answers()
    start(source.fetching.run())
    await source.house.pass_time(seconds=16)
    assert await source.said() == [(1, True)]
