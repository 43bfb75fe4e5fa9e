"""The sorter: in order, once, and nothing is lost or shown that its author took away."""

import asyncio

import pytest

from bot.errors import StoreAway
from bot.nouns.delivery import ToMention
from bot.nouns.flag import Flag
from bot.nouns.mention import AnsweredByUs, Deleted, Edited, Gap, MentionKind, News, Said, Unreadable
from bot.nouns.team import Watch
from bot.ports import Work
from bot.work.keeping import keep
from bot.work.sorter import GATHER, MANY
from tests.bot.work.conftest import Start
from tests.bot.work.house import House, key
from tests.bot.work.through import ContestedTimelines, Crash, ThroughTimelines
from tests.fakes.asides import FakeAsides

CALM = "I went past your shop today and looked at the new window."


async def unforwarded(house: House, which: str = "unforwarded") -> list[str]:
    """The texts that lie aside."""
    page, _ = await house.asides.page(which)
    return [aside.mention.text if aside.mention is not None else aside.raw for aside in page]


async def test_a_mention_becomes_an_incident(house: House) -> None:
    """With its words found by a search, and nothing left in the queue."""
    talk = await house.arrives("My parcel never came.")
    found = await house.talk(talk)
    assert [kept.words.read() for kept in found.mentions] == ["My parcel never came."]
    assert await house.inbox.work() == []
    assert house.health.counts["sorted"] == 1


async def test_it_runs_by_the_bell_and_without(house: House, start: Start) -> None:
    """A ring wakes it at once; what another replica stored is found at the next nap. The store being away ends it."""
    running = start(house.sorter.run(1))
    await house.clock.settle()
    await house.intake.hear([Said(mention=house.mention("Where is it?", "m1"))], None)
    await house.clock.settle()
    await house.clock.settle()
    assert house.lies("m1")
    await house.inbox.put([Said(mention=house.mention("Nobody reads this.", "m2", "joe"))], None)
    await house.pass_time(seconds=1)
    assert house.lies("m2")
    house.inbox.away = True
    await house.pass_time(seconds=1)
    assert isinstance(running.exception(), StoreAway)


async def test_many_are_let_gather(house: House, start: Start) -> None:
    """After a page of many the sorter lets more gather for a moment; after one or two it waits for nobody."""
    start(house.sorter.run(1))
    await house.clock.settle()
    for count, waits in ((MANY - 1, False), (MANY, True)):
        many = [Said(mention=house.mention("Hello?", f"m{count}-{each}", f"a{count}-{each}")) for each in range(count)]
        for heard in (many, [Said(mention=house.mention("Anybody?", f"late{count}", f"late{count}"))]):
            await house.intake.hear(heard, None)
            await house.clock.settle()
            await house.clock.settle()
        assert house.lies(f"m{count}-0")
        assert bool(house.lies(f"late{count}")) is not waits
        await house.clock.run(GATHER)
        assert house.lies(f"late{count}")


async def test_a_crash_at_any_step_sorts_it_once() -> None:
    """Whatever was done before the process ended is not done again, and what was not is."""
    for number in range(1, 40):
        house = await House().staffed()
        left = number

        async def step(name: str) -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                raise Crash(name)

        timelines = ThroughTimelines(house.timelines, step)
        await house.inbox.put([Said(mention=house.mention("Where is it?", "m1"))], None)
        try:
            await house.a_sorter(act=house.acting(timelines), timelines=timelines).sort_all()
        except Crash:
            await house.sorter.sort_all()
            assert len((await house.talk(house.lies("m1"))).mentions) == 1
            assert await house.inbox.work() == []
            continue
        assert number > 5
        return
    pytest.fail("it never came to an end")


async def test_done_but_not_noted_as_done(house: House) -> None:
    """A process that ends between writing and taking it off the queue: the next one sees that it lies there."""
    talk = await house.arrives("Where is it?")
    again = Work(id="1-0", news=Said(mention=house.mention("Where is it?", "m1")), arrived=house.clock.wall)
    await house.sorter._sort(again)
    assert len((await house.talk(talk)).mentions) == 1


async def test_the_same_author_goes_on(house: House) -> None:
    """Their second mention joins the first; it is one conversation with two mentions, both to be found."""
    talk = await house.arrives("Where is it?")
    assert await house.arrives("Hello? Anybody?", "m2") == talk
    assert len((await house.talk(talk)).mentions) == 2


async def test_an_edit(house: House) -> None:
    """It is noted with its new words; the same words again change nothing; one that comes first opens with them."""
    talk = await house.arrives("Where is it?")
    await house.hears(Edited(mention=house.mention("Where is my bicycle?", "m1")))
    await house.hears(Edited(mention=house.mention("Where is my bicycle?", "m1", media=1)))
    assert (await house.talk(talk)).mentions[0].latest.read() == "Where is my bicycle?"
    assert len((await house.talk(talk)).mentions[0].edits) == 1
    await house.hears(Edited(mention=house.mention("Nobody answers.", "m2", "joe")))
    await house.hears(Said(mention=house.mention("Nobody ansers.", "m2", "joe")))
    joes = (await house.talk(house.lies("m2"))).mentions
    assert [(kept.latest.read(), kept.edits) for kept in joes] == [("Nobody answers.", ())]


async def test_a_deletion(house: House) -> None:
    """It is noted where the mention lies; of one nobody knows there is nothing to note."""
    talk = await house.arrives("Where is it?")
    await house.hears(Deleted(key=key(), at=house.clock.wall), Deleted(key=key("m9"), at=house.clock.wall))
    assert (await house.talk(talk)).gone


async def a_watched_house() -> House:
    """A team that watches for its name, and for what concerns glue."""
    watches = (
        Watch(name="name", words=("acme",), places=("desk",)),
        Watch(name="glue", words=("glue",), kind=MentionKind.ARTICLE),
    )
    return await House(watches=watches).staffed()


async def test_what_no_watch_hears_lies_aside() -> None:
    """It can be opened by anyone; edits show it once, with its newest words; deletion takes it away."""
    house = await a_watched_house()
    assert not await house.arrives(CALM, direct=False)
    await house.arrives("Something else again.", "m2", "joe", direct=False)
    assert sorted(await unforwarded(house)) == [CALM, "Something else again."]
    await house.hears(Edited(mention=house.mention(CALM + " Nice.", "m1", direct=False)))
    assert sorted(await unforwarded(house)) == [CALM + " Nice.", "Something else again."]
    await house.hears(Deleted(key=key(), at=house.clock.wall))
    assert await unforwarded(house) == ["Something else again."]


async def test_a_deletion_is_sought_on_every_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much lies aside."""
    monkeypatch.setattr("bot.work.sorter.PAGE", 2)
    house = await a_watched_house()
    for number in range(5):
        await house.arrives(f"{CALM} {number}", f"m{number}", f"p{number}", direct=False)
        house.clock.advance(1)
    await house.hears(Deleted(key=key("m0"), at=house.clock.wall))
    assert f"{CALM} 0" not in await unforwarded(house)
    assert len(await unforwarded(house)) == 4


async def test_an_edit_that_concerns_us_brings_it_in() -> None:
    """It is forwarded with its new words, and no longer lies aside."""
    house = await a_watched_house()
    await house.arrives(CALM, direct=False)
    await house.hears(Edited(mention=house.mention("ACME broke my door and nobody answers me!", "m1", direct=False)))
    assert house.lies("m1")
    assert await unforwarded(house) == []


async def test_watches_say_what_concerns_us_and_where() -> None:
    """A keyword is heard and shown in its place; direct ones, reviews and stars come in whatever they say."""
    house = await a_watched_house()
    heard = await house.arrives("ACME lost my parcel and nobody answers!", direct=False)
    incident = (await house.talk(heard)).incident
    assert (await house.timelines.view((incident,))).incidents[incident].places == ("desk",)
    assert await house.arrives(CALM, "m2", "joe")
    assert await house.arrives("", "m3", "eve", rating=1, direct=False, kind=MentionKind.REVIEW)
    assert not await house.arrives("A story about paper.", "m4", "a paper", direct=False, kind=MentionKind.ARTICLE)
    assert await house.arrives("A story about glue.", "m5", "a paper", direct=False, kind=MentionKind.ARTICLE)


async def test_without_watches_articles_come_in(house: House) -> None:
    """A feed is a search somebody set up; where nobody set up anything else, everything it says concerns us."""
    assert await house.arrives("A story about glue.", "m1", "a paper", direct=False, kind=MentionKind.ARTICLE)
    assert await house.arrives("Another story.", "m2", "a paper", direct=False, kind=MentionKind.ARTICLE)
    assert house.lies("m1") != house.lies("m2")


async def test_our_own_reply_is_no_answer_by_hand(house: House, start: Start) -> None:
    """Heard from the platform before or after its delivery is written down, it counts as ours."""
    talk = await house.arrives()
    asked = await house.asked(talk)
    house.platform.late = 3
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=4)
    words = f"@mara {asked.words.read()}"
    ours = AnsweredByUs(key=key(), ours=key("ours-s1"), words=words, at=house.clock.wall)
    assert asked.target == ToMention(key=key())
    await house.hears(ours)
    await house.pass_time(seconds=4)
    await house.hears(ours.model_copy(update={"url": "https://square.test/again"}))
    found = await house.talk(talk)
    assert found.ours == ()
    assert [attempt.post for attempt in found.attempts] == [key("ours-s1")]
    assert "answered_by_hand" not in await house.kinds(found.incident)


async def test_an_answer_by_another_hand(house: House) -> None:
    """A fact on the timeline; of a mention nobody knows there is nothing to note."""
    talk = await house.arrives()
    answers = [
        AnsweredByUs(key=key(id), ours=key(f"o-{id}"), words="We look into it.", at=house.clock.wall)
        for id in ("m1", "m9")
    ]
    await house.hears(*answers)
    assert (await house.talk(talk)).ours == (key("o-m1"),)


async def test_what_cannot_be_read_and_what_was_missed(house: House) -> None:
    """Both stand on the team's timeline; the unreadable lies in quarantine with what came."""
    gap = Gap(source="alerts", since=house.clock.wall, until=house.clock.wall.replace(hour=12))
    await house.hears(Unreadable(source="alerts", raw="<feed", because="It is no feed."), gap)
    assert (await house.kinds())[-2:] == ["put_aside", "gap_found"]
    assert await unforwarded(house, "quarantine") == ["<feed"]


class Poison(FakeAsides):
    """Asides that fall over at some news, as a hostile mention might make them."""

    poisonous = frozenset[str]()

    async def put(self, which: str, work: Work, flag: Flag | None, because: str) -> str:
        """Kept aside, if it can be."""
        if work.news.news in self.poisonous:
            raise ValueError
        return await super().put(which, work, flag, because)


async def test_poison_is_put_aside_after_three_tries(house: House) -> None:
    """What follows goes on meanwhile; news of the same mention waits, so that the order stays."""

    async def step(name: str) -> None:
        if name == "opened?":
            raise ValueError

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    edit = Edited(mention=house.mention("poisoned", "m1"))
    gone = Gap(source="alerts", since=house.clock.wall, until=house.clock.wall.replace(hour=12))
    await house.intake.hear([Said(mention=house.mention("poison", "m1")), edit, gone], None)
    assert await sorter.sort_all() == 1
    assert [work.news.news for work in await house.inbox.work()] == ["said", "edited"]
    assert await sorter.sort_all() == 0
    assert await sorter.sort_all() == 1
    assert await unforwarded(house, "quarantine") == ["poison"]
    assert (await house.kinds())[-1] == "put_aside"
    assert [work.news.news for work in await house.inbox.work()] == ["edited"]
    assert not house.lies("m1")


@pytest.mark.parametrize(
    ("poisonous", "aside", "left"),
    [({"said"}, [""], 0), ({"said", "unreadable"}, [], 1)],
)
async def test_what_can_hardly_be_put_aside(house: House, poisonous: set[str], aside: list[str], left: int) -> None:
    """Without its words if need be; and what can't be at all stays in the queue, and holds up nobody."""
    asides = Poison(house.vault)
    asides.poisonous = frozenset(poisonous)
    house.asides = asides

    async def step(name: str) -> None:
        if name == "opened?":
            raise ValueError

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    news: list[News] = [Said(mention=house.mention("poison", "m1")), Deleted(key=key("m2"), at=house.clock.wall)]
    await house.intake.hear(news, None)
    for _ in range(4):
        await sorter.sort_all()
    assert await unforwarded(house, "quarantine") == aside
    assert len(await house.inbox.work()) == left


@pytest.mark.parametrize("news", [Gap, AnsweredByUs])
async def test_other_news_that_cannot_be_sorted(house: House, news: type[News]) -> None:
    """It is put aside like any other, with the source it came from."""

    async def step(name: str) -> None:
        if name in ("gap_found?", "answered_by_hand?"):
            raise ValueError

    await house.arrives()
    now = house.clock.wall
    come: dict[type[News], News] = {
        Gap: Gap(source="alerts", since=now, until=now.replace(hour=12)),
        AnsweredByUs: AnsweredByUs(key=key(), ours=key("o1"), words="We look.", at=now),
    }
    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await house.intake.hear([come[news]], None)
    for _ in range(3):
        await sorter.sort_all()
    aside = (await house.events())[-1]
    assert aside.kind == "put_aside"
    assert aside.source == ("alerts" if news is Gap else "mastodon")


async def test_the_store_away_is_no_fault_of_a_mention(house: House) -> None:
    """It is not counted against it, not even while it is put aside."""

    away = True

    async def step(name: str) -> None:
        if name in ("opened?", "put_aside?"):
            raise ValueError if name == "opened?" and not away else StoreAway

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await house.intake.hear([Said(mention=house.mention("poison", "m1"))], None)
    with pytest.raises(StoreAway):
        await sorter.sort_all()
    away = False
    await sorter.sort_all()
    await sorter.sort_all()
    with pytest.raises(StoreAway):
        await sorter.sort_all()
    assert len(await house.inbox.work()) == 1


async def test_a_crowd_loses_no_mention(house: House) -> None:
    """Where everybody presses at once it is tried until it is in."""
    crowd = ContestedTimelines(house.timelines, "opened", 20)
    sorter = house.a_sorter(act=house.acting(crowd))
    await house.intake.hear([Said(mention=house.mention("Where is it?", "m1"))], None)
    assert await sorter.sort_all() == 1
    assert house.lies("m1")


async def test_only_what_is_sealed_is_kept(house: House) -> None:
    """A mention without a sealed text is a fault of ours, and goes the way of all that cannot be sorted."""
    mention = house.mention("Where is it?", "m1")
    flag = Flag.model_validate({"forward": True, "severity": "low"})
    with pytest.raises(ValueError, match="sealed"):
        keep(Work(id="1", news=Said(mention=mention), arrived=house.clock.wall), mention, flag)


async def test_news_whose_text_is_gone(house: House) -> None:
    """An edit and an answer whose words were forgotten meanwhile have nothing to note."""
    talk = await house.arrives()
    mention, now = house.mention("Where is my bicycle?", "m1"), house.clock.wall
    answer = AnsweredByUs(key=key(), ours=key("o1"), words="", at=now)
    for news in (Edited(mention=mention), answer):
        await house.sorter._sort(Work(id="9", news=news, arrived=now))
    assert (await house.talk(talk)).seen == 1


async def test_nothing_waits_for_nobody(house: House) -> None:
    """An empty queue is sorted at once."""
    assert await asyncio.wait_for(house.sorter.sort_all(), 1) == 0
