"""A chat that only a person can mend: the leads learn it another way, once a day, and nobody is told of what passes."""

from collections.abc import Sequence

import pytest

from bot.ports import Broken, Finding
from bot.work.outages import LASTS, Outages
from bot.work.telling import Telling
from tests.bot.work.conftest import Start
from tests.bot.work.house import ANA, KIM, House
from tests.fakes.room import FakeRoom

REVOKED = "The token was revoked. Install the app again."


class Outer:
    """The alarm outside; `rung`: what it was told, `hears` whether anybody is there."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, Sequence[str], str]] = []
        self.hears = True

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """Somebody may hear it."""
        self.rung.append((headline, lines, key))
        return self.hears

    async def check(self) -> Sequence[Finding]:
        """All is well."""
        return ()


class Team:
    """A house with a chat and another room; Kim leads."""

    def __init__(self, house: House, link: str = "https://desk.test") -> None:
        self.house, self.outer = house, Outer()
        self.chat, self.other = FakeRoom("chat"), FakeRoom("other")
        telling = Telling(
            act=house.act,
            timelines=house.timelines,
            threads=house.threads,
            roster=house.roster,
            rooms={"chat": self.chat, "other": self.other},
            clock=house.clock,
            link=link,
        )
        self.outages = Outages(
            act=house.act,
            telling=telling,
            alarm=self.outer,
            rooms=("chat",),
            clock=house.clock,
            health=house.health,
            link=link,
        )

    def told(self, room: FakeRoom) -> list[tuple[str, str]]:
        """Whom that room told what."""
        return [(to, str(note.passages[0])) for to, note in room.notes.values()]


@pytest.fixture
async def team() -> Team:
    """Ana is a teammate, Kim a lead."""
    return Team(await House().staffed(ANA, KIM))


async def test_a_lead_is_told_another_way(team: Team, start: Start) -> None:
    """By the next room that can and by the alarm outside, with what to do; Ana, who leads nothing, is left alone."""
    start(team.outages.run())
    team.chat.broken = Broken(because=REVOKED)
    team.house.health.trouble("chat token", REVOKED)
    await team.house.pass_time(seconds=LASTS - 60)
    assert team.outer.rung == []
    await team.house.pass_time(seconds=120)
    ((to, said),) = team.told(team.other)
    assert to == "kim"
    assert REVOKED in said
    assert [(headline, list(lines)) for headline, lines, _ in team.outer.rung] == [
        ("Chat needs a person", [REVOKED, "https://desk.test"])
    ]


async def test_it_is_told_once(team: Team, start: Start) -> None:
    """Hours of it are one note; another part of the same room adds none, and what comes back the same day neither."""
    start(team.outages.run())
    team.house.health.trouble("room chat c1", "The channel is archived.")
    await team.house.pass_time(hours=2)
    team.house.health.trouble("chat token", REVOKED)
    await team.house.pass_time(minutes=30)
    team.house.health.reasons.clear()
    await team.house.pass_time(minutes=1)
    team.house.health.trouble("chat token", REVOKED)
    await team.house.pass_time(minutes=30)
    assert len(team.chat.notes) == 1
    assert len({key for _, _, key in team.outer.rung}) == 1


async def test_what_passes_by_itself_is_not_told(team: Team, start: Start) -> None:
    """A socket that is renewed, a part of something else, a room that nobody watches."""
    start(team.outages.run())
    team.house.health.trouble("alarm", "Nobody heard it.")
    team.house.health.trouble("chatter", "Another one.")
    for _ in range(5):
        team.house.health.trouble("chat socket", "It is being opened again.")
        await team.house.pass_time(minutes=3)
        team.house.health.well("chat socket")
        await team.house.pass_time(minutes=1)
    assert (team.chat.notes, team.other.notes, team.outer.rung) == ({}, {}, [])


async def test_nobody_to_be_had_yet(team: Team, start: Start) -> None:
    """Where every room is away for a while, or the store, it is tried again until a lead was told."""
    start(team.outages.run())
    for room in (team.chat, team.other):
        room.broken = Broken(because="It is slow.", until=team.house.clock.wall)
    team.house.health.trouble("chat socket", "It is down.")
    await team.house.pass_time(minutes=10)
    assert team.told(team.other) == []
    assert len(team.outer.rung) == 1
    team.house.timelines.away = True
    await team.house.pass_time(minutes=2)
    team.house.timelines.away, team.other.broken = False, None
    await team.house.pass_time(minutes=2)
    assert len(team.told(team.other)) == 1


async def test_nobody_outside_hears_it_yet(team: Team, start: Start) -> None:
    """It is rung again as long as no lead was told either."""
    start(team.outages.run())
    team.outer.hears = False
    for room in (team.chat, team.other):
        room.broken = Broken(because="It is slow.", until=team.house.clock.wall)
    team.house.health.trouble("chat socket", "It is down.")
    await team.house.pass_time(minutes=7)
    assert len(team.outer.rung) > 2


async def test_a_team_without_leads(start: Start) -> None:
    """Everybody who answers is told; without an address from outside no link is given."""
    team = Team(await House().staffed(ANA), link="")
    start(team.outages.run())
    team.house.health.trouble("chat token", REVOKED)
    await team.house.pass_time(minutes=10)
    assert [to for to, _ in team.told(team.chat)] == ["ana"]
    assert team.outer.rung[0][1] == [REVOKED]


async def test_the_cards_of_other_rooms_say_that_one_is_away(team: Team, start: Start) -> None:
    """Once it has lasted, until it has worked for a minute; a channel that is archived is not the whole room."""
    start(team.outages.run())

    async def away() -> bool:
        return "chat" in (await team.house.act.team()).away

    team.house.health.trouble("room chat c1", "The channel is archived.")
    await team.house.pass_time(minutes=10)
    assert not await away()
    team.house.health.trouble("chat", "The chat cannot be reached.")
    await team.house.pass_time(minutes=6)
    assert await away()
    team.house.health.well("chat")
    await team.house.pass_time(seconds=31)
    assert await away()
    await team.house.pass_time(minutes=2)
    assert not await away()
    assert [kind for kind in await team.house.kinds() if kind.startswith("room")] == ["room_away", "room_back"]


async def test_a_short_outage_changes_no_card(team: Team, start: Start) -> None:
    """A socket that is opened anew is none."""
    start(team.outages.run())
    team.house.health.trouble("chat socket", "It is down.")
    await team.house.pass_time(minutes=4)
    team.house.health.well("chat socket")
    await team.house.pass_time(minutes=10)
    assert not [kind for kind in await team.house.kinds() if kind.startswith("room")]
