"""The caretaker: people who left, people to be forgotten, sources that went quiet, all looked after in time."""

from typing import Any

from bot.nouns import commands as c
from bot.nouns.mention import Cursor
from bot.nouns.team import Role
from bot.work.caretaker import Caretaker
from bot.work.departures import Departures
from bot.work.quiet import Quiet
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, BEN, KIM, House
from tests.bot.work.test_forgetting import MAX, asked, forgetting
from tests.fakes.rhythms import FakeRhythms

CRITICAL = "There was glass in the bread, my child is bleeding and choking!"


def judging(house: House) -> Quiet:
    """What judges the sources of this house."""
    return Quiet(act=house.act, rhythms=FakeRhythms(), health=house.health, clock=house.clock, sources=("mastodon",))


def caretaker(house: House, quiet: Quiet | None = None) -> Caretaker:
    """Of this house."""
    common: dict[str, Any] = {"act": house.act, "health": house.health, "clock": house.clock}
    return Caretaker(
        quiet=quiet or judging(house),
        departures=Departures(act=house.act, timelines=house.timelines),
        forgetting=forgetting(house),
        **common,
    )


async def test_what_somebody_had_who_left_is_free_and_a_critical_one_rings(house: House, start: Start) -> None:
    """Within seconds it belongs to nobody; on duty are told again."""
    talk = await house.arrives(CRITICAL)
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    kept = await house.arrives("My lamp is broken.", "m2", "tom")
    await house.press(BEN, c.Claim, conversation=kept, epoch=0)
    start(caretaker(house).run(1))
    start(house.a_clockwork().run(1))
    await house.pass_time(seconds=10)
    assert "alarmed" not in await house.kinds()
    await house.press(KIM, c.RemovePerson, person="ana")
    await house.pass_time(seconds=10)
    assert (await house.talk(talk)).owner is None
    assert (await house.talk(kept)).owner is not None
    assert "alarmed" in await house.kinds()
    assert house.health.counts["handed_back"] == 1


async def test_who_is_a_guest_now_has_nothing_either(house: House, start: Start) -> None:
    """And who claimed in the very moment they left is found a minute later."""
    start(caretaker(house).run(1))
    talk = await house.arrives()
    await house.press(ANA, c.Claim, conversation=talk, epoch=0)
    fields = {**ANA.model_dump(exclude={"id"}), "roles": frozenset({Role.GUEST})}
    await house.press(KIM, c.SetPerson, person="ana", **fields)
    await house.pass_time(seconds=3)
    assert (await house.talk(talk)).owner is None
    await house.press(ANA, c.Claim, conversation=talk, epoch=1)
    await house.pass_time(seconds=10)
    assert (await house.talk(talk)).owner is not None
    await house.pass_time(seconds=60)
    assert (await house.talk(talk)).owner is None


async def test_who_asked_to_be_forgotten_is(house: House, start: Start) -> None:
    """A manager's press is enough: it is done within seconds, whoever asked."""
    await house.staffed(MAX)
    talk = await house.arrives()
    start(caretaker(house).run(1))
    await house.pass_time(seconds=3)
    await asked(house)
    await house.pass_time(seconds=3)
    found = (await house.talk(talk)).first
    assert found is not None
    assert found.words.read("gone") == "gone"
    assert house.health.counts["forgotten"] == 1


async def test_sources_are_looked_at(house: House, start: Start) -> None:
    """What a platform says of itself for five minutes comes to the timeline."""
    house.health.watchers["mastodon"] = lambda: "It answered 500."
    house.health.listening["mastodon"] = house.clock.elapsed
    await house.intake.hear([], Cursor(source="mastodon", at="1"))
    quiet = judging(house)
    start(quiet.run())
    start(caretaker(house, quiet).run(1))
    await house.pass_time(minutes=6)
    assert "source_quiet" in await house.kinds()
