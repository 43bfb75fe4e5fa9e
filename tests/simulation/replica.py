"""One process of the bot: the product's own composition of its parts, over ports of the simulation."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from adapters.notary import signer
from bot.__main__ import WORDS
from bot.nouns.team import Grants, Place, Policy, Team
from bot.ports import Finding, Platform
from bot.screens.shapes import Answer, Gesture
from bot.settings import Settings, read
from bot.work.act import Act
from bot.work.forgetting import Forgetting
from bot.work.health import Health
from bot.work.lifecycle import live
from bot.work.means import Outside, Stores
from bot.work.running import Running
from tests.chaos.square_world import Shape
from tests.chaos.virtual import Process
from tests.simulation.machine import Machine
from tests.simulation.platform import ADAPTERS, moment
from tests.simulation.room import Chat, ChatRoom, Desk
from tests.simulation.square import Wire
from tests.simulation.store import Reached, Store
from tests.simulation.trace import Trace

#: Lengths are a minute's day: everything that takes minutes in life takes seconds here.
POLICY = Policy(
    acknowledgement_cools=timedelta(seconds=3),
    response_cools=timedelta(seconds=6),
    private_cools=timedelta(seconds=3),
    acknowledgement_cools_at_most=timedelta(seconds=8),
    response_cools_at_most=timedelta(seconds=25),
    repair_cools=timedelta(seconds=4),
    heat_adds=timedelta(seconds=3),
    caution_adds=timedelta(seconds=3),
    third_turn_adds=timedelta(seconds=2),
    acknowledge_within=timedelta(seconds=60),
    answer_within=timedelta(seconds=180),
    critical_claim_within=timedelta(seconds=15),
    critical_acknowledge_within=timedelta(seconds=45),
    alarm_every=timedelta(seconds=30),
    remind_unclaimed_after=timedelta(seconds=40),
    ask_owner_after=timedelta(seconds=40),
    free_claim_after=timedelta(seconds=60),
    anyone_sends_after=timedelta(seconds=20),
    ask_by_hand_after=timedelta(seconds=30),
    send_ask_lives=timedelta(seconds=60),
    silence_review_after=timedelta(minutes=3),
    storm_count=30,
    storm_each=12,
)
PLACES = (Place(room="chat", id="team", name="Team"), Place(room="web", id="desk", name="Desk"))
GRANTS = Grants(teammate=("chat:ana", "chat:ben"), lead=("chat:kim", "chat:ravi"))
#: The team's own signing key, the same on every replica.
SIGN = signer(b"simulation".ljust(32, b"."))


def settings(data: Path) -> Settings:
    """The settings in force; `data` is a folder that is thrown away."""
    given = {
        "COOLHEAD_DATA_DIR": str(data),
        "COOLHEAD_PUBLIC_URL": "https://desk.example",
        "COOLHEAD_ACCOUNTS": ",".join(f"{shape.value}=@shop" for shape in Shape),
    }
    return replace(read(given), policy=POLICY, places=PLACES, roles=GRANTS)


class Siren:
    """The port Alarm: everything is taken."""

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool:
        """Taken."""
        del headline, lines, key
        return True

    async def check(self) -> Sequence[Finding]:
        """All is well."""
        return ()


class Replica:
    """`process` runs it; `hear` and `hear_news` of `running` are what the world outside reaches."""

    def __init__(
        self,
        name: str,
        machine: Machine,
        store: Store,
        chat: Chat,
        wires: Mapping[Shape, Wire],
        polls: Mapping[Shape, bool],
        dice: random.Random,
        trace: Trace,
        given: Settings,
    ) -> None:
        self.name = name
        self.machine = machine
        self.process = Process()
        self.health = Health()
        self.stop = asyncio.Event()
        reached = store.reached()
        self._clock = machine.clock(reached.time)
        date = partial(_date, asyncio.get_running_loop())
        platforms: dict[str, Platform] = {
            shape.value: ADAPTERS[shape](shape.value, wire, self._clock, polls=polls[shape], date=date)
            for shape, wire in wires.items()
        }
        outside = Outside(
            clock=self._clock,
            health=self.health,
            platforms=platforms,
            platform=platforms.__getitem__,
            chats={"chat": ChatRoom(chat, machine, dice, trace)},
            desk=Desk("web"),
            changed=lambda incident: None,
            alarm=Siren(),
            sign=SIGN,
        )
        act = Act(reached.timelines, self._clock, partial(_lay, given))
        self.running = Running(given, _stores(reached, act), outside, WORDS)

    def start(self) -> None:
        """Run every part, until killed or told to stop."""
        self.process.start(live(self.running.parts(), self._clock, self.health, self.stop))

    @property
    def up(self) -> bool:
        """Whether it can be reached at all."""
        return not (self.process.dead or self.stop.is_set())

    async def hear(self, gesture: Gesture) -> Answer:
        """What somebody did here."""
        return await self.running.hear(gesture)


def _stores(reached: Reached, act: Act) -> Stores:
    forgetting = Forgetting(
        act=act,
        timelines=reached.timelines,
        threads=reached.threads,
        asides=reached.asides,
        vault=reached.vault,
        notes=reached.notes,
    )
    return Stores(
        act=act,
        forgetting=forgetting,
        timelines=reached.timelines,
        whereabouts=reached.whereabouts,
        inbox=reached.inbox,
        asides=reached.asides,
        dues=reached.dues,
        rhythms=reached.rhythms,
        threads=reached.threads,
        anchors=reached.anchors,
        pulse=reached.pulse,
        roster=reached.roster,
        sessions=reached.roster,
        leases=reached.leases,
        vault=reached.vault,
    )


def _date(loop: asyncio.AbstractEventLoop) -> datetime:
    return moment(loop.time())


def _lay(given: Settings, team: Team) -> Team:
    """The settings in force, laid over the team."""
    return team.model_copy(update={"policy": given.policy, "places": given.places})
