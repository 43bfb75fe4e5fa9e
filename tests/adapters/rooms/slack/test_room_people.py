"""Who people are, asked as often as it takes and no more."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from adapters.connections.slack_answers import Lost, Refused
from adapters.rooms.slack.people import member
from bot.nouns import commands as c
from bot.nouns.team import Grants, Handle, Part, Policy, Refusal, Teammate
from bot.nouns.time import QuietHours
from bot.ports import Broken, Member
from bot.work.members import COPY_LASTS, Members
from tests.adapters.rooms.slack.virtual import Virtual
from tests.bot.work.house import House

ANA = {"id": "U1", "team_id": "T1", "name": "ana", "tz": "Europe/Berlin", "profile": {"display_name": "Ana"}}
HANDLE = Handle(room="slack", id="U1")


@pytest.fixture
def slack() -> Virtual:
    """A workspace with Ana in a group."""
    made = Virtual()
    made.world.users["U1"] = dict(ANA)
    made.world.groups = [
        {"id": "S1", "handle": "care-leads", "users": ["U1"]},
        {"id": "S2", "handle": "it", "users": ["U2"]},
    ]
    return made


async def _who(slack: Virtual) -> Member | Broken:
    return await slack.done(slack.room.who(HANDLE))


async def test_name_zone_and_groups(slack: Virtual) -> None:
    """A group counts by its id and by its handle."""
    assert await _who(slack) == Member(name="Ana", groups=("S1", "care-leads"), zone="Europe/Berlin")


@pytest.mark.parametrize(
    "more",
    [
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_stranger": True},
        {"is_bot": True},
        {"team_id": "T2"},
    ],
    ids=str,
)
def test_guests(more: dict[str, Any]) -> None:
    """Guests of the workspace, people of a shared channel, of another workspace, and other apps."""
    assert member({**ANA, **more}, (), "T1").guest
    assert not member(ANA, (), "T1").guest


@pytest.mark.parametrize("name", ["Nowhere/Land", "../etc/passwd", "", None])
def test_a_zone_that_nobody_knows_is_none(name: str | None) -> None:
    """A name of a zone that this machine does not have breaks no press."""
    assert member({**ANA, "tz": name}, (), "T1").zone == ""


async def test_who_left_is_nobody(slack: Virtual) -> None:
    """A deactivated account is no member, and neither is one that never was."""
    slack.world.users["U1"]["deleted"] = True
    assert isinstance(await _who(slack), Broken)
    assert isinstance(await slack.done(slack.room.who(Handle(room="slack", id="U9"))), Broken)


async def test_a_group_left_is_noticed_at_once(slack: Virtual) -> None:
    """Whoever is taken out of a group no longer holds its role the next time anybody asks."""
    await _who(slack)
    slack.world.groups = []
    told = await _who(slack)
    assert isinstance(told, Member)
    assert told.groups == ()


async def test_many_questions_are_few_calls(slack: Virtual) -> None:
    """A hundred who ask for one person at the same time ask once; for pages a copy of a few seconds is good enough."""
    await slack.all(*(slack.room.who(HANDLE) for _ in range(100)))
    await slack.all(*(slack.room._people.who("U1") for _ in range(100)))
    assert (slack.world.calls["users.info"], slack.world.calls["usergroups.list"]) == (1, 1)


async def test_while_slack_does_not_answer(slack: Virtual) -> None:
    """For pages a copy of the last minute is good, an older one is not; whoever asks for a role gets no copy."""
    await _who(slack)
    slack.world.faults["users.info"].extend([Lost("The line broke.")] * 9)
    await slack.clock.run(30)
    assert isinstance(await slack.done(slack.room._people.who("U1")), Member)
    await slack.clock.run(35)
    assert isinstance(await slack.done(slack.room._people.who("U1")), Lost)
    told = await _who(slack)
    assert isinstance(told, Broken)
    assert told.until is not None


async def test_groups_that_are_not_told_are_none(slack: Virtual) -> None:
    """A workspace without user groups, or an app that may not read them: nobody is in any."""
    slack.world.standing["usergroups.list", ""] = "missing_scope"
    told = await _who(slack)
    assert isinstance(told, Member)
    assert told.groups == ()


async def test_groups_that_cannot_be_asked_for_let_nobody_in(slack: Virtual) -> None:
    """While it is unknown who is in a group, nobody is taken for a member without their roles."""
    slack.world.faults["usergroups.list"].append(Lost("The line broke."))
    assert isinstance(await _who(slack), Broken)
    assert isinstance(await _who(slack), Member)


async def test_many_people_share_the_question_for_groups(slack: Virtual) -> None:
    """Ten people who press at once, and forty more within half a minute: each is known, with their groups."""
    slack.world.users |= {f"P{n}": {**ANA, "id": f"P{n}"} for n in range(50)}
    slack.world.groups[0]["users"] = [f"P{n}" for n in range(50)]
    people = [Handle(room="slack", id=f"P{n}") for n in range(50)]
    told = await slack.all(*(slack.room.who(one) for one in people[:10]))
    for one in people[10:]:
        await slack.clock.run(0.7)
        told.append(await slack.done(slack.room.who(one)))
    assert [one.groups for one in told if isinstance(one, Member)] == [("S1", "care-leads")] * 50


async def test_limits_are_kept(slack: Virtual) -> None:
    """Five hundred different people at once: whoever cannot be asked for in time is told later, and Slack says no to
    nobody."""
    slack.world.users |= {f"P{n}": {**ANA, "id": f"P{n}"} for n in range(500)}
    told = await slack.all(*(slack.room.who(Handle(room="slack", id=f"P{n}")) for n in range(500)))
    assert slack.world.limited.total() == 0
    assert {type(one) for one in told} == {Member, Broken}
    assert all(one.until is not None for one in told if isinstance(one, Broken))


async def test_slack_says_no(slack: Virtual) -> None:
    """A no that has nothing to do with the person is told as what it is."""
    slack.world.faults["users.info"].append(Refused("missing_scope"))
    told = await _who(slack)
    assert isinstance(told, Broken)
    assert "coolhead check" in told.because


async def test_a_zone_is_taken_anew_when_somebody_presses(slack: Virtual) -> None:
    """Who travels is not woken at night by the clock of the city they left; once a day at the most."""
    night = QuietHours(zone="UTC", begin=time(22), end=time(7))
    house = House(policy=Policy(quiet_hours=night), clock=slack.clock)
    members = Members(
        act=house.act, roster=house.roster, clock=house.clock, rooms={"slack": slack.room}, grants=Grants()
    )

    async def presses() -> Teammate:
        found = await slack.done(members.who(HANDLE, await house.act.team()))
        assert found is not None
        assert (await house.act.team()).people[found.id] == found
        return found

    assert (await presses()).zone == "Europe/Berlin"
    slack.world.users["U1"]["tz"] = "Asia/Tokyo"
    slack.clock.advance(COPY_LASTS + 1)
    assert (await presses()).zone == "Europe/Berlin"
    slack.clock.advance(86_400)
    assert (await presses()).zone == "Asia/Tokyo"
    assert await house.kinds() == ["person_set", "person_set"]
    talk = await house.arrives()
    slack.clock.advance(6 * 3600)  # in Tokyo it is past midnight, and in Berlin the middle of the afternoon
    wake = c.Wake(id="w", conversation=talk, what="unclaimed")
    asleep = await house.act(wake, Part.CLOCKWORK)
    assert isinstance(asleep, Refusal)
    assert (asleep.because, asleep.until) == ("It is quiet where they are.", datetime(2026, 3, 3, 22, tzinfo=UTC))
