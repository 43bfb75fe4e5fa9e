"""What arrives together: decided one after the other as it would be alone, written in one append, or not at all."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.errors import StoreAway
from bot.nouns import commands as c
from bot.nouns.events import Opened
from bot.nouns.mention import Deleted, Edited, Gap, Mention, News, Said
from bot.nouns.record import check
from bot.nouns.team import Part, Refusal, Watch
from bot.ports import Appended, Change, Conflict, Fenced, Query
from bot.work.arriving import BREATH
from bot.work.keeping import new_of
from bot.work.placing import STORM
from tests.bot.work.conftest import Start
from tests.bot.work.house import KIM, House, key
from tests.bot.work.through import ContestedTimelines, Crash, Fuse, ThroughTimelines
from tests.fakes.clock import START

COPY = "The shop on the corner sold me broken shoes and will not take them back #brokenshoes"
CRITICAL = "There was glass in the bread, my child is bleeding and choking!"
CALM = "I went past your shop today and looked at the new window."


def many(house: House, count: int, text: str = "Bad, {}.") -> list[News]:
    """So many mentions of different people, too short to be alike where no other text is given."""
    return [Said(mention=house.mention(text.format(n), f"m{n}", f"p{n}")) for n in range(count)]


def opened_in(change: Change) -> list[str]:
    """The mentions that an append brought in, in order."""
    return [event.mention.key.id for event in change.events if isinstance(event, Opened)]


def appends(house: House) -> list[list[str]]:
    """What each append brought in, of those that brought in anything."""
    return [opened for change in house.timelines.changes if (opened := opened_in(change))]


async def everything(house: House) -> object:
    """Where all mentions lie, all that stands there, and all that happened, in order."""
    where = {key.id: name for key, name in house.timelines.where.items()}
    rows = {name: row for name, row in house.timelines.rows.items() if name != "team"}
    kinds = {name: await house.kinds(name.removeprefix("i:")) for name in rows if name.startswith("i:")}
    return where, kinds, house.timelines.places, house.timelines.dues.keys(), house.timelines.occasions, sizes(rows)


def sizes(rows: dict[str, bytes]) -> dict[str, bytes]:
    """The rows as they are kept, but for what no two runs share: refs and seals of texts, and the hash they go into."""
    noise = ("head", "ref", "seal")
    shown = {}
    for name, row in rows.items():
        parts = row.decode().split(",")
        shown[name] = ",".join(part for part in parts if not any(f'"{each}":' in part for each in noise)).encode()
    return shown


async def test_what_arrives_together_is_written_together(house: House) -> None:
    """A page of mentions is one append with an event for each, in the order in which they came; every chain verifies."""
    await house.hears(*many(house, 40))
    assert appends(house) == [[f"m{number}" for number in range(40)]]
    for name in {(await house.talk(house.lies(f"m{number}"))).incident for number in range(40)}:
        assert list(check(await house.timelines.events(name))) == []
    assert house.health.counts["sorted"] == 40
    assert await house.inbox.work() == []
    assert (await house.timelines.find(Query(index="open", q="bad 39"))).ids == (house.lies("m39"),)


async def test_a_page_is_bounded(house: House) -> None:
    """More than a page comes in several appends, none larger than a page."""
    await house.hears(*many(house, 150))
    assert [len(each) for each in appends(house)] == [64, 64, 22]


async def test_one_alone_is_a_change_of_its_own(house: House) -> None:
    """It is not held back for others, and is known to the append under its own name."""
    await house.hears(Said(mention=house.mention("Where is it?", "m1")))
    assert house.timelines.changes[-1].command == "s:1-0"


def a_mixture(house: House, roll: random.Random, count: int) -> Sequence[Mention]:
    """Mentions as a bad day brings them: authors who go on, copies, answers to our posts and to each other, some grave."""
    made: list[Mention] = []
    texts = (COPY, f"{COPY}!", "Bad, {}.", "Where is my parcel number {}?", CRITICAL, CALM, "Refund me now, I said {}!")
    for number in range(count):
        answers = roll.choice(["", "", "our-post", "another-post", *[each.key.id for each in made[-5:]]])
        text, who = roll.choice(texts).format(number), f"p{roll.randrange(count)}"
        direct = text != CALM
        made.append(house.mention(text, f"m{number}", who, in_reply_to=answers, direct=direct))
    return made


@pytest.mark.parametrize("seed", range(8))
async def test_together_as_one_by_one(seed: int) -> None:
    """Every mention lies where it would lie had each come alone, everything stands there alike, storms begin alike."""
    found = []
    for at_once in (1, 5, 64):
        house = await House(watches=(Watch(name="name", words=("acme",)),)).staffed()
        mentions = a_mixture(house, random.Random(seed), 60)
        for begin in range(0, len(mentions), at_once):
            await house.hears(*(Said(mention=each) for each in mentions[begin : begin + at_once]))
        found.append(await everything(house))
    assert found[0] == found[1]
    assert found[0] == found[2]


async def test_a_storm_begins_at_the_right_arrival(house: House) -> None:
    """The eighth of one cause makes it a storm, whatever comes in the same append after it."""
    await house.hears(*(Said(mention=house.mention(COPY, f"m{n}", f"p{n}")) for n in range(12)))
    incident = (await house.talk(house.lies("m0"))).incident
    kinds = await house.kinds(incident)
    assert kinds == [*["opened"] * 8, "storm_began", *["opened"] * 4]
    assert len(appends(house)) == 1


async def test_the_channels_storm_begins_in_the_midst(house: House) -> None:
    """What would have begun one incident too many begins the channel's own, and the rest of the same append lies there."""
    await house.hears(*many(house, 14))
    incidents = [(await house.talk(house.lies(f"m{number}"))).incident for number in range(14)]
    storm = next(each for each in incidents if each.startswith(STORM))
    assert len(appends(house)) == 1
    before = incidents.index(storm)
    assert len(set(incidents[:before])) == before
    assert set(incidents[before:]) == {storm}


async def test_the_same_author_twice_in_one_page(house: House) -> None:
    """The second joins the conversation that the first begins, in the same append."""
    await house.hears(*(Said(mention=house.mention(f"Where is it? {n}", f"m{n}")) for n in range(3)))
    assert {house.lies(f"m{number}") for number in range(3)} == {house.lies("m0")}
    assert [kept.key.id for kept in (await house.talk(house.lies("m0"))).mentions] == ["m0", "m1", "m2"]


async def test_the_order_of_one_mention_stays(house: House) -> None:
    """An edit and a deletion that came in between find what came before them, and not what comes after."""
    news: list[News] = many(house, 4)
    news.insert(2, Edited(mention=house.mention("Worse, 1.", "m1", "p1")))
    news.insert(4, Deleted(key=key("m2"), at=house.clock.wall))
    await house.hears(*news)
    assert appends(house) == [["m0", "m1"], ["m2"], ["m3"]]
    assert (await house.talk(house.lies("m1"))).mentions[0].latest.read() == "Worse, 1."
    assert (await house.talk(house.lies("m2"))).gone


async def test_twice_in_one_page_lies_there_once(house: House) -> None:
    """The same mention heard by two ways, in one page or anew in a later one."""
    again = [Said(mention=house.mention("Bad, 1.", "m1", "p1", media=number)) for number in range(2)]
    works = await put_all(house, [*many(house, 3), *again])
    assert await house.sorter.sort_all() == works
    assert [len((await house.talk(house.lies(f"m{n}"))).mentions) for n in range(3)] == [1, 1, 1]


async def put_all(house: House, news: Sequence[News]) -> int:
    """Stored and not sorted; how many wait."""
    await house.inbox.put(news, None)
    return len(await house.inbox.work())


async def test_calm_ones_lie_aside(house: House) -> None:
    """A page of which nothing is forwarded writes nothing; one of both kinds writes what is."""
    watched = await House(watches=(Watch(name="name", words=("acme",)),)).staffed()
    calm = [Said(mention=watched.mention(CALM, f"c{n}", f"q{n}", direct=False)) for n in range(3)]
    before = len(watched.timelines.changes)
    await watched.hears(*calm)
    assert len(watched.timelines.changes) == before
    more = [Said(mention=watched.mention(CALM, f"d{n}", f"q{n}", direct=False)) for n in range(2)]
    await watched.hears(*more, *many(watched, 2))
    assert appends(watched) == [["m0", "m1"]]
    assert len((await watched.asides.page("unforwarded"))[0]) == 5


async def test_a_crash_at_any_step_sorts_each_once() -> None:
    """Wherever the process ends, the next one finds each mention lying once, in its order, and nothing is left."""
    steps = 0
    while True:
        steps += 1
        house = await House().staffed()
        news: list[News] = [*many(house, 5), Said(mention=house.mention("Bad, 9.", "m9", "p1"))]
        news.insert(3, Edited(mention=house.mention("Worse, 0.", "m0", "p0")))
        await house.inbox.put(news, None)
        fuse = Fuse(steps)
        timelines = ThroughTimelines(house.timelines, fuse)
        try:
            await house.a_sorter(act=house.acting(timelines), timelines=timelines).sort_all()
        except Crash:
            house.sorter = house.a_sorter()
            await house.sorter._arriving.begin(house.clock.wall)
            while await house.sorter.sort_all():
                pass
        assert await house.inbox.work() == []
        talks = [await house.talk(house.lies(f"m{number}")) for number in (0, 1, 2, 3, 4)]
        assert [[kept.key.id for kept in talk.mentions] for talk in talks] == [
            ["m0"],
            ["m1", "m9"],
            ["m2"],
            ["m3"],
            ["m4"],
        ]
        assert len(talks[0].mentions[0].edits) == 1
        if fuse.left > 0:
            break
    assert steps > 10


async def test_a_lost_answer_doubles_nothing(house: House) -> None:
    """It was written though nobody was told: the same page sorted again finds all of it there."""

    async def step(name: str) -> None:
        if name == "opened!":
            raise StoreAway("The answer was lost.")

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await put_all(house, many(house, 6))
    with pytest.raises(StoreAway):
        await sorter.sort_all()
    assert house.health.counts["sorted"] == 0
    assert await house.sorter.sort_all() == 6
    assert appends(house) == [[f"m{number}" for number in range(6)]]


async def test_a_batch_sent_twice_is_written_once(house: House) -> None:
    """The append knows it by all the commands it is made of; another set of them is another batch."""

    async def written(*names: str) -> bool:
        batch = await house.act.batch()
        for name in names:
            gap = c.NoteGap(id=name, source=name, since=START, until=START + timedelta(hours=1))
            assert not isinstance(await batch.decide(gap, Part.SORTER), Refusal)
        return await batch.write()

    before = len(house.timelines.changes)
    assert [await written("a", "b"), await written("a", "b"), await written("a")] == [True, True, True]
    assert [each.kind for change in house.timelines.changes[before:] for each in change.events] == ["gap_found"] * 3


@pytest.mark.parametrize("contested", [1, 2, 3, 30])
async def test_overtaken_it_is_decided_again_on_fewer(house: House, contested: int) -> None:
    """By halves, down to one alone, which is tried until it is in; each lies once, in the order in which they came."""
    crowd = ContestedTimelines(house.timelines, "opened", contested)
    sorter = house.a_sorter(act=house.acting(crowd))
    await put_all(house, many(house, 8))
    assert await sorter.sort_all() == 8
    came = [name for each in appends(house) for name in each]
    assert came == [f"m{number}" for number in range(8)]
    assert len(appends(house)) == {1: 2, 2: 3, 3: 4, 30: 4}[contested]


async def test_a_press_in_between_is_not_written_over(house: House) -> None:
    """Whoever changes the incident while a batch for it is decided has changed it; the batch is decided anew."""
    await house.hears(Said(mention=house.mention(COPY, "m0", "p0")))
    talk = house.lies("m0")
    incident = (await house.talk(talk)).incident
    pressed = False

    async def step(name: str) -> None:
        nonlocal pressed
        if name == "opened?" and not pressed:
            pressed = True
            await house.press(KIM, c.Claim, conversation=talk, epoch=0)

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await sorter._arriving.begin(house.clock.wall)
    await put_all(house, [Said(mention=house.mention(COPY, f"m{n}", f"p{n}")) for n in range(1, 5)])
    assert await sorter.sort_all() == 4
    assert await house.kinds(incident) == ["opened", "claimed", *["opened"] * 4]
    assert list(check(await house.timelines.events(incident))) == []


async def test_a_mention_brought_in_meanwhile_holds_up_no_other(house: House) -> None:
    """Its fence refuses the batch; looked at again it is found where it lies, and the others are in."""
    bring, brought = await opening(house, "m2"), False

    async def step(name: str) -> None:
        nonlocal brought
        if name == "opened?" and not brought:
            brought = True
            await house.must(house.act(bring, Part.SORTER))

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await put_all(house, many(house, 4))
    assert await sorter.sort_all() == 4
    assert house.lies("m2") == "c-other"
    assert sorted(name for each in appends(house) for name in each) == ["m0", "m1", "m2", "m3", "other"]


async def opening(house: House, id: str) -> c.Open:
    """A command that brings that mention into another conversation."""
    await house.hears(Said(mention=house.mention("Anything.", "other", "other")))
    kept = (await house.talk(house.lies("other"))).mentions[0]
    return house.command(
        c.Open, incident="i-other", conversation="c-other", mention=kept.model_copy(update={"key": key(id)})
    )


async def test_what_is_refused_holds_up_no_other(house: House) -> None:
    """A conversation of that name stands already: that one mention has no effect and is counted; the others are in."""
    bring = await opening(house, "elsewhere")
    await put_all(house, many(house, 3))
    taken = new_of((await house.inbox.work())[1])[1]
    await house.must(house.act(bring.model_copy(update={"conversation": taken}), Part.SORTER))
    assert await house.sorter.sort_all() == 3
    assert [house.lies(f"m{number}") != "" for number in range(3)] == [True, False, True]
    assert house.health.counts["sorted_without_effect"] == 1


async def test_one_alone_that_is_brought_in_meanwhile(house: House) -> None:
    """Its fence refuses it; it lies where it was brought."""
    bring, brought = await opening(house, "m1"), False

    async def step(name: str) -> None:
        nonlocal brought
        if name == "opened?" and not brought:
            brought = True
            await house.must(house.act(bring, Part.SORTER))

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await put_all(house, [Said(mention=house.mention("Where is it?", "m1"))])
    assert await sorter.sort_all() == 1
    assert house.lies("m1") == "c-other"
    assert house.health.counts["sorted_without_effect"] == 1


class Poisoned(ThroughTimelines):
    """Timelines that fall over at a change with the mention `poison` in it."""

    poison = "m3"

    async def append(self, change: Change) -> Appended | Conflict | Fenced:
        """As the port has it, but for that one."""
        if self.poison in opened_in(change):
            raise ValueError
        return await super().append(change)


async def test_poison_is_told_apart(house: House) -> None:
    """One that falls over is set aside alone after three tries; all others are in at once, what follows it waits for it."""

    async def step(name: str) -> None:
        del name

    sorter = house.a_sorter(act=house.acting(Poisoned(house.timelines, step)))
    again = Edited(mention=house.mention("Bad, 3!", "m3", "p3"))
    await put_all(house, [*many(house, 9), again, *many(house, 11)[9:]])
    assert await sorter.sort_all() == 10
    assert [house.lies(f"m{number}") != "" for number in range(11)] == [number != 3 for number in range(11)]
    assert [each.news.news for each in await house.inbox.work()] == ["said", "edited"]
    assert house.health.counts["batches_failed_ValueError"] > 0
    await sorter.sort_all()
    await sorter.sort_all()
    assert [aside.mention.key for aside in (await house.asides.page("quarantine"))[0] if aside.mention] == [key("m3")]
    assert [each.news.news for each in await house.inbox.work()] == ["edited"]
    assert not house.lies("m3")


async def test_the_store_away_leaves_all_of_it(house: House) -> None:
    """Nothing is counted or forgotten: what was placed and not written is placed anew."""
    away = True

    async def step(name: str) -> None:
        if away and name == "opened?":
            raise StoreAway

    sorter = house.a_sorter(act=house.acting(ThroughTimelines(house.timelines, step)))
    await put_all(house, many(house, 12))
    with pytest.raises(StoreAway):
        await sorter.sort_all()
    away = False
    assert [work.tries for work in await house.inbox.work()] == [0] * 12
    assert await sorter.sort_all() == 12
    incidents = [(await house.talk(house.lies(f"m{number}"))).incident for number in range(8)]
    assert len(set(incidents)) == 8  # had the first round counted, the channel's storm would have begun sooner


async def test_others_have_their_turn(house: House, start: Start) -> None:
    """While a large batch is decided, whoever presses is not kept waiting for the end of it."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    start(others())
    await asyncio.sleep(0)
    await put_all(house, many(house, 64))
    before = turns
    assert await house.sorter.sort_all() == 64
    assert turns - before >= 64 // BREATH


async def test_what_moved_on_while_it_was_read(house: House) -> None:
    """Rows read one after the other, with a press in between, are not decided on; nothing is written."""
    one, two = await house.arrives(COPY, "m1", "joe"), await house.arrives(f"{COPY}!", "m2", "eve")
    incident = (await house.talk(one)).incident
    batch = await house.act.batch((), (one,))
    await house.press(KIM, c.Claim, conversation=two, epoch=0)
    await batch.look((), (two,))
    lead = house.command(c.NameLead, incident=incident, lead="kim")
    assert isinstance(await batch.decide(lead, Part.SORTER), Refusal)
    mention = (await house.talk(one)).mentions[0]
    added = house.command(c.Add, conversation=two, mention=mention.model_copy(update={"key": key("m3")}))
    assert not isinstance(await batch.decide(added, Part.SORTER), Refusal)
    assert not await batch.write()
    assert not house.lies("m3")


async def test_it_reads_once(house: House) -> None:
    """However often a row is looked at: what is known is not asked for again, and neither is what is not there."""
    talk = await house.arrives()
    incident = (await house.talk(talk)).incident
    fuse = Fuse(10_000)
    batch = await house.acting(ThroughTimelines(house.timelines, fuse)).batch((), (talk,))
    burnt = fuse.burnt
    for _ in range(3):
        await batch.look((incident,), (talk,))
    assert fuse.burnt == burnt
    for _ in range(3):
        await batch.look(("i9",), ("c9",))
    assert fuse.burnt == burnt + 2


async def test_other_news_in_between(house: House) -> None:
    """It is sorted in its place, alone."""
    now = house.clock.wall
    news = many(house, 4)
    await house.hears(*news[:2], Gap(source="alerts", since=now, until=now + timedelta(hours=1)), *news[2:])
    kinds = [change.events[0].kind for change in house.timelines.changes][-3:]
    assert kinds == ["opened", "gap_found", "opened"]
