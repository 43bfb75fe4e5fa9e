"""Where a mention belongs: with its author, with what it answers, with its copies, in the channel's own storm."""

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.mention import Deleted
from bot.work.ahead import ahead
from bot.work.placing import STORM, _incident, _standing
from tests.bot.work.conftest import Start
from tests.bot.work.house import KIM, House, key

COPY = "The shop on the corner sold me broken shoes and will not take them back #brokenshoes"
CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


async def incident_of(house: House, id: str) -> str:
    """The incident a mention lies in."""
    return (await house.talk(house.lies(id))).incident


async def flood(house: House, count: int, since: int = 0) -> list[str]:
    """So many things too short to be alike, from different people, ten seconds apart; the incident of each."""
    for number in range(since, since + count):
        await house.arrives(f"Bad, {number}.", f"f{number}", f"p{number}")
        house.clock.advance(10)
    return [await incident_of(house, f"f{number}") for number in range(since, since + count)]


async def test_copies_make_one_pile(house: House) -> None:
    """Another person with nearly the same words within the hour; after a restart too. A short phrase is no wave."""
    await house.arrives(COPY, "m1", "joe")
    await house.arrives(f"{COPY}!", "m2", "eve")
    assert await incident_of(house, "m1") == await incident_of(house, "m2")
    restarted = house.a_sorter()
    await restarted._arriving.begin(house.clock.wall)
    house.sorter = restarted
    await house.arrives(f"{COPY}.", "m3", "max")
    assert await incident_of(house, "m3") == await incident_of(house, "m1")
    await house.arrives("Terrible.", "m4", "kai")
    await house.arrives("Terrible.", "m5", "lou")
    assert await incident_of(house, "m4") != await incident_of(house, "m5")


async def test_copies_follow_a_merge(house: House) -> None:
    """What was merged into another incident is not brought to life by one more copy: it goes where the others went."""
    one = await house.arrives(COPY, "m1", "joe")
    two = await house.arrives("Nobody answers the telephone.", "m2", "eve")
    old, new = (await house.talk(one)).incident, (await house.talk(two)).incident
    await house.press(KIM, c.Merge, incident=old, into=new, conversations=(one,))
    await house.arrives(f"{COPY}!", "m3", "max")
    assert await incident_of(house, "m3") == new


async def test_what_answers_a_mention_lies_beside_it(house: House) -> None:
    """A bystander in somebody's thread is of the same cause; so is one under the same post of ours."""
    await house.arrives("Where is it?", "m1", "joe")
    await house.arrives("Mine never came either", "m2", "eve", in_reply_to="m1")
    assert await incident_of(house, "m2") == await incident_of(house, "m1")
    await house.arrives("What a silly poster", "m3", "max", in_reply_to="our-post")
    await house.arrives("It hurts my eyes", "m4", "kai", in_reply_to="our-post")
    assert await incident_of(house, "m4") == await incident_of(house, "m3")
    assert await incident_of(house, "m3") != await incident_of(house, "m1")


async def test_what_answers_our_reply_lies_beside_it(house: House, start: Start) -> None:
    """A stranger under our own reply joins the pile of the mention that it answered."""
    talk = await house.arrives()
    await house.asked(talk)
    start(house.an_outbox().run(1))
    await house.pass_time(seconds=1)
    assert (await house.attempt(talk)).state is AttemptState.POSTED
    await house.arrives("That helps nobody", "m2", "eve", in_reply_to="ours-s1")
    assert await incident_of(house, "m2") == (await house.talk(talk)).incident


async def test_a_storm_of_the_whole_channel_opens_an_incident_of_its_own(house: House) -> None:
    """The ninth thing in a row goes there, and nothing that stood before takes it in; what is grave stands alone."""
    before = await flood(house, 9)
    assert len(set(before)) == 9
    after = await flood(house, 9, since=9)
    assert len(set(after)) == 1
    assert after[0].startswith(STORM)
    assert after[0] not in before
    view = await house.timelines.view((after[0],))
    assert view.incidents[after[0]].storm
    await house.arrives(CRITICAL, "m1", "joe")
    assert await incident_of(house, "m1") != after[0]


async def test_a_storm_goes_on_after_a_restart(house: House) -> None:
    """Its own pile keeps it going when no new incident begins, and whoever sorts next knows it."""
    await flood(house, 9)
    storm = (await flood(house, 9, since=9))[0]
    house.clock.advance(500)
    assert set(await flood(house, 3, since=18)) == {storm}
    house.sorter = house.a_sorter()
    await house.sorter._arriving.begin(house.clock.wall)
    assert set(await flood(house, 2, since=21)) == {storm}


async def test_a_storm_that_has_calmed(house: House) -> None:
    """An hour later things stand on their own again, and the next storm is another one."""
    await flood(house, 9)
    storm = (await flood(house, 9, since=9))[0]
    house.clock.advance(3600)
    later = await flood(house, 9, since=18)
    assert len(set(later)) == 9
    assert storm not in later
    other = (await flood(house, 1, since=27))[0]
    assert other.startswith(STORM)
    assert other != storm


async def test_a_storm_that_somebody_closed_or_merged(house: House) -> None:
    """A closed one takes nothing in any more; a merged one goes on where it was merged to."""
    first = await flood(house, 9)
    storm = (await flood(house, 1, since=9))[0]
    talk = house.lies("f9")
    await house.press(KIM, c.Merge, incident=storm, into=first[0], conversations=(talk,))
    assert (await flood(house, 1, since=10))[0] == first[0]
    await house.hears(*(Deleted(key=key(f"f{number}"), at=house.clock.wall) for number in (0, 9, 10)))
    for number in (0, 9, 10):
        name = house.lies(f"f{number}")
        await house.press(KIM, c.Close, conversation=name, disposition="withdrawn")
    again = (await flood(house, 1, since=11))[0]
    assert again.startswith(STORM)
    assert again != storm


async def test_a_busy_pile_is_no_storm_of_the_channel(house: House) -> None:
    """Many with one cause are a pile that storms; what is about something else stands on its own."""
    for number in range(12):
        await house.arrives(f"{COPY}{'!' * (number % 3)}", f"m{number}", f"p{number}")
        house.clock.advance(5)
    pile = await incident_of(house, "m0")
    assert {await incident_of(house, f"m{number}") for number in range(12)} == {pile}
    assert (await house.timelines.view((pile,))).incidents[pile].storm
    await house.arrives("Who do I ask about an invoice?", "m20", "joe")
    assert await incident_of(house, "m20") != pile
    fresh = house.a_sorter()
    house.clock.advance(4000)
    await house.arrives(COPY, "m21", "ann")
    await fresh._arriving.begin(house.clock.wall)
    house.sorter = fresh
    await house.arrives("And about a receipt?", "m22", "eve")
    assert await incident_of(house, "m22") not in (pile, await incident_of(house, "m20"))


async def test_statements_and_strangers_have_no_wordings(house: House) -> None:
    """A statement of ours has nothing to compare; an author nobody knows has nothing that stands."""
    begun = {"account": {"platform": "mastodon", "name": "@shop"}, "incident": "i1", "conversation": "c1"}
    await house.press(KIM, c.BeginStatement, **begun)
    await house.a_sorter()._arriving.begin(house.clock.wall)
    found = await ahead(house.act, house.timelines, house.whereabouts, [])
    assert await found.standing("") == ()
    assert await found.standing("nobody") == ()


async def test_following_merges(house: House) -> None:
    """To where it lies now; what nobody knows lies nowhere."""
    one = await house.arrives(COPY, "m1", "joe")
    two = await house.arrives("Nobody answers the telephone.", "m2", "eve")
    old, new = (await house.talk(one)).incident, (await house.talk(two)).incident
    await house.press(KIM, c.Merge, incident=old, into=new, conversations=(one,))
    batch = await house.act.batch()
    standing = await _standing(await _incident(old, batch), batch)
    assert standing is not None
    assert standing.id == new
    assert await _standing(await _incident("i9", batch), batch) is None
