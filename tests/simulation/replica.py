"""One process of the bot: every part, wired as the composition root wires it, over ports of the simulation."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import cast

import responders
from adapters.notary import signer
from bot.nouns.delivery import Account
from bot.nouns.team import Grants, Place, Policy, Team
from bot.ports import Platform, Room
from bot.work.act import Act
from bot.work.alone import alone
from bot.work.caretaker import Caretaker
from bot.work.clockwork import Clockwork
from bot.work.departures import Departures
from bot.work.desk import Desk
from bot.work.ears import Ears
from bot.work.forgetting import Forgetting
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.lifecycle import keep_alive, live
from bot.work.members import Members
from bot.work.notary import Notary
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from bot.work.quiet import Quiet
from bot.work.sorter import Sorter
from bot.work.waiting import together
from responders import care, offline, promises, summary
from tests.chaos.square_world import Shape
from tests.chaos.virtual import Process
from tests.simulation.machine import Machine
from tests.simulation.platform import ADAPTERS, moment
from tests.simulation.room import Chat, ChatRoom
from tests.simulation.room import Desk as DeskRoom
from tests.simulation.square import Wire
from tests.simulation.store import Store
from tests.simulation.trace import Trace

#: Lengths are a minute's day: everything that takes minutes in life takes seconds here.
POLICY = Policy(
    acknowledgement_cools=timedelta(seconds=4),
    response_cools=timedelta(seconds=10),
    private_cools=timedelta(seconds=4),
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
)
PLACES = (Place(room="chat", id="team", name="Team"), Place(room="web", id="desk", name="Desk"))
GRANTS = Grants(teammate=("chat:ana", "chat:ben"), lead=("chat:kim", "chat:ravi"))
#: The team's own signing key, the same on every replica.
SIGN = signer(b"simulation".ljust(32, b"."))
URL = "https://desk.example/"


class Replica:
    """`process` runs it; `intake` and `desk` are what the world outside may reach of it. `rung`: what it rang outside."""

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
    ) -> None:
        self.name = name
        self.machine = machine
        self.process = Process()
        self.health = Health()
        self.stop = asyncio.Event()
        self.rung: list[str] = []
        reached = store.reached()
        self._reached = reached
        self._clock = machine.clock(reached.time)
        clock, health = self._clock, self.health
        self._act = Act(reached.timelines, clock, _lay)
        self.platforms: Mapping[str, Platform] = {
            shape.value: ADAPTERS[shape](
                shape.value, wire, clock, polls=polls[shape], date=lambda: moment(asyncio.get_running_loop().time())
            )
            for shape, wire in wires.items()
        }
        accounts = {name: Account(platform=name, name="@shop") for name in self.platforms}
        self._rooms: Mapping[str, Room] = {"chat": ChatRoom(chat, machine, dice, trace)}
        self.web = DeskRoom("web")
        members = Members(act=self._act, roster=reached.roster, clock=clock, rooms=self._rooms, grants=GRANTS)
        self.intake = Intake(reached.inbox, health, clock)
        self._ears = Ears(inbox=reached.inbox, hear=self.intake.hear, health=health, clock=clock)
        self._quiet = Quiet(
            act=self._act, rhythms=reached.rhythms, health=health, clock=clock, sources=(*self.platforms,)
        )
        self._caretaker = Caretaker(
            act=self._act,
            quiet=self._quiet,
            departures=Departures(act=self._act, timelines=reached.timelines),
            forgetting=Forgetting(
                act=self._act,
                timelines=reached.timelines,
                threads=reached.threads,
                asides=reached.asides,
                vault=reached.vault,
                notes=reached.notes,
            ),
            clock=clock,
            health=health,
        )
        self._sorter = Sorter(
            act=self._act,
            inbox=reached.inbox,
            whereabouts=reached.whereabouts,
            timelines=reached.timelines,
            asides=reached.asides,
            vault=reached.vault,
            clock=clock,
            health=health,
            bell=self.intake.bell,
            watches=(),
        )
        self._outbox = Outbox(
            act=self._act,
            timelines=reached.timelines,
            platform=self.platforms.__getitem__,
            clock=clock,
            health=health,
            ask_roles=members.anew,
            accounts=accounts,
        )
        self._clockwork = Clockwork(
            act=self._act,
            dues=reached.dues,
            pulse=reached.pulse,
            timelines=reached.timelines,
            clock=clock,
            health=health,
            ring=self._ring,
        )
        self._painter = self._paints({"web": self.web}, {})
        self._teller = self._paints({}, {**self._rooms, "web": self.web})
        self._chat_painter = self._paints(self._rooms, {})
        self._notary = Notary(
            act=self._act, timelines=reached.timelines, anchors=reached.anchors, clock=clock, sign=SIGN
        )
        self.desk = Desk(
            act=self._act,
            timelines=reached.timelines,
            whereabouts=reached.whereabouts,
            asides=reached.asides,
            vault=reached.vault,
            members=members,
            sessions=reached.roster,
            platforms=self.platforms,
            suggest=responders.suggest,
            read=responders.read,
            summarise=summary.what_happened,
            invite_words=offline.ask_in_public,
            reference=offline.reference,
            promises=promises.find_promises,
            care=care.needs_rest,
            hear_news=self.intake.hear,
            clock=clock,
            health=health,
            ids=lambda: f"{dice.getrandbits(64):016x}",
            public_url=URL,
            accounts=accounts,
        )

    def _paints(self, rooms: Mapping[str, Room], tells: Mapping[str, Room]) -> Painter:
        return Painter(
            act=self._act,
            timelines=self._reached.timelines,
            threads=self._reached.threads,
            roster=self._reached.roster,
            rooms=rooms,
            tells=tells,
            clock=self._clock,
            health=self.health,
            public_url=URL,
        )

    def start(self) -> None:
        """Run every part, until killed or told to stop."""
        self.process.start(live(self.parts(), self._clock, self.health, self.stop))

    @property
    def up(self) -> bool:
        """Whether it can be reached at all."""
        return not (self.process.dead or self.stop.is_set())

    def parts(self) -> dict[str, Callable[[], Awaitable[None]]]:
        """What runs, by name, as the composition root has it."""
        lease = partial(alone, holder=self.name, leases=self._reached.leases, clock=self._clock)
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "sorter": partial(lease, "sorter", body=self._sorter.run),
            "outbox": partial(lease, "outbox", body=self._outbox.run),
            "clockwork": partial(lease, "clockwork", body=self._clockwork.run),
            "notary": partial(lease, "notary", body=self._notary.run),
            "caretaker": partial(lease, "caretaker", body=self._caretaker.run),
            "quiet": self._quiet.run,
            "painter": partial(self._painter.run, 0),
            "bells": self._bells,
            "web": partial(self.web.attend, self.desk.hear),
            "chats": partial(lease, "chats", body=self._in_the_chats),
        }
        for name, platform in self.platforms.items():
            parts[f"platform {name}"] = partial(lease, f"platform:{name}", body=partial(self._ears.listen, platform))
        return parts

    async def _in_the_chats(self, epoch: int) -> None:
        attended = {f"room {name}": partial(room.attend, self.desk.hear) for name, room in self._rooms.items()}
        painted = {"painter of chat": partial(self._chat_painter.run, epoch)}
        parts = {**attended, **painted, "teller": partial(self._teller.run, epoch)}
        await together(*(keep_alive(name, part, self._clock, self.health) for name, part in parts.items()))

    async def _bells(self) -> None:
        after = ""
        while True:
            fed = await self._reached.timelines.feed(after, 2.0)
            if fed:
                after = fed[-1].id
                self._clockwork.bell.set()
                if any("send_asked" in each.kinds for each in fed):
                    self._outbox.bell.set()

    async def _ring(self, conversations: Sequence[str], key: str) -> bool:
        del conversations
        self.rung.append(key)
        return True


def _lay(team: Team) -> Team:
    """The settings in force."""
    return team.model_copy(update={"policy": POLICY, "places": cast(tuple[Place, ...], PLACES)})
