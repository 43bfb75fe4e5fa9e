"""Every gesture of docs/gestures.md, made in Slack and in Discord by somebody of any standing, at the real desk."""

import json
import re
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from adapters.rooms.discord.packing import How, Pressed
from adapters.rooms.slack.pressing import Opened, Signer
from bot.nouns.team import Grants, Handle, Role
from bot.ports import Room
from bot.screens.shapes import Answer, Choice, Gesture, GestureKind
from tests.adapters.rooms.discord.moderator import Moderator
from tests.adapters.rooms.discord.painting import SIGNER
from tests.adapters.rooms.discord.server import Server
from tests.adapters.rooms.slack.house import SECRET
from tests.adapters.rooms.slack.limits import World
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.bot.work.desk_house import HERE, PEOPLE, House
from tests.chaos.chat_rules import NOT_LISTED, ROLES
from tests.chaos.chat_scenes import OF_ACT, OTHER, SCENES, values

DOCS = Path(__file__).parents[2] / "docs" / "gestures.md"
#: Two leads on duty, a teammate, a manager: they are of the team and sit at the web desk.
DESK = tuple(each for each in PEOPLE if each.id != "gus")
GROUPS = ("care", "leads")
_GROUPS = {"teammate by group": "care", "lead by group": "leads", "lead and manager": "leads"}


@dataclass(frozen=True, slots=True)
class Action:
    """One gesture: `kind` and `act` as docs/gestures.md names them."""

    kind: GestureKind
    act: str

    @property
    def scene(self) -> str:
        """Where it has something to act on."""
        return OF_ACT.get(self.act, "new")


def actions() -> Sequence[Action]:
    """All of them, read from the docs: pages are asked for and pressed, presses pressed, forms opened and sent back."""
    found: list[Action] = []
    for part, kinds in (("Pages", ("ask", "press")), ("Presses", ("press",)), ("Forms", ("press", "ask", "filled"))):
        table = DOCS.read_text(encoding="utf-8").split(f"\n## {part}", 1)[1].split("\n## ", 1)[0]
        rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", table, re.MULTILINE)
        acts = [act for row in rows for act in re.findall(r"`(\w+)`", row)]
        found += [Action(GestureKind(kind), act) for act in acts for kind in kinds]
    return found


@dataclass
class Came:
    """What came of one gesture: the desk's answers, and the events that stand now and did not before."""

    answers: list[Answer] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    roles: frozenset[Role] = frozenset()


class Floor:
    """One house with one chat, in which `standing` presses under the id `who`."""

    def __init__(self, room: str, standing: str, who: str) -> None:
        self.room, self.standing, self.who = room, standing, who
        self.rooms: dict[str, Room] = {}
        self.house = House(people=DESK, rooms=self.rooms, grants=self._grants())
        self.came = Came(roles=ROLES[standing])
        self.person = f"{room}:{who}"

    def _grants(self) -> Grants:
        if self.standing in NOT_LISTED:
            return Grants()
        listed = (f"{self.room}:{self.who}",)
        return Grants(
            teammate=(f"{self.room}:care",),
            lead=(f"{self.room}:leads", *(listed if self.standing == "guest who is listed as lead" else ())),
            manager=listed if self.standing in ("manager by list", "lead and manager") else (),
        )

    async def set(self, scene: str) -> None:
        """As it stands before the press. Whoever may own it by their roles is known to the team by now."""
        await self.house.begin()
        await self.house.mention()
        await self.house.mention("m2", OTHER[0], "Is the shop open on Sunday?")
        await self.passes(self.house.members.who(self._handle(), await self.house.act.team()))
        await SCENES[scene](self.house, self.person)

    async def passes(self, work: Awaitable[object]) -> None:
        """Until it is done, however the room's time passes."""
        await work

    async def hear(self, gesture: Gesture) -> Answer:
        """The desk, listened to."""
        answer = await self.house.desk.hear(gesture)
        self.came.answers.append(answer)
        return answer

    async def make(self, action: Action) -> Came:
        """The gesture, through the room. What it is answered and what it did."""
        before = await self._events()
        if action.act == "send":  # what was not read once more is not sent
            await self.press(Action(GestureKind.PRESS, "read_once_more"), values(await self.house.look(), self.house))
        await self.press(action, values(await self.house.look(), self.house))
        self.came.events = [each for each in await self._events() if each not in before]
        return self.came

    async def press(self, action: Action, given: Mapping[str, str]) -> None:
        """As the chat would tell it."""
        raise NotImplementedError

    def _handle(self) -> Handle:
        return Handle(room=self.room, id=self.who)

    async def _events(self) -> list[tuple[str, str]]:
        """Everything this person ever did: (hash, kind)."""
        lines = [json.loads(line) for each in self.house.timelines.lines.values() for line in each]
        return [(line["hash"], line["kind"]) for line in lines if line["by"] == self.person]


class SlackFloor(Floor):
    """Through the room's signed doors, in virtual time."""

    def __init__(self, standing: str) -> None:
        super().__init__("slack", standing, "U1")
        self.slack = Virtual(world=World(self.house.clock))
        self.rooms["slack"] = self.slack.room
        self._sender = Sender(self.slack, self.hear)
        self._signer = Signer(SECRET)
        self._tell(standing)

    async def passes(self, work: Awaitable[object]) -> None:
        """In virtual time."""
        await self.slack.done(work)

    def _tell(self, standing: str) -> None:
        """What the workspace knows of them."""
        user: dict[str, Any] = {"id": self.who, "team_id": "T1", "name": "eve"}
        user |= {"is_restricted": True} if standing.startswith("guest") else {}
        user |= {"team_id": "T2", "is_stranger": True} if standing == "from outside" else {}
        user |= {"deleted": True} if standing == "gone" else {}
        self.slack.world.users[self.who] = user
        self.slack.world.groups = [
            {"id": f"S{g}", "handle": g, "users": _members(g, standing, self.who)} for g in GROUPS
        ]

    async def press(self, action: Action, given: Mapping[str, str]) -> None:
        """A button of a card, a form that comes back, or a question: whatever leads to that gesture."""
        at = {"channel": {"id": CARE.id, "name": "care"}, "user": {"id": self.who}}
        match action.kind:
            case GestureKind.FILLED:
                packed = self._signer.pack_form(Opened(action.act, *HERE, given))
                view: Mapping[str, Any] = {
                    "type": "modal",
                    "id": "V1",
                    "hash": "h",
                    "callback_id": "form",
                    "private_metadata": packed,
                    "blocks": [],
                }
                told: Mapping[str, Any] = {"type": "view_submission", "view": view, **at}
            case _:
                value = self._signer.pack(Choice(action.act, "x", given), *HERE)
                button = {"type": "button", "action_id": "press.0", "block_id": "b", "value": value, "action_ts": "1.0"}
                told = {"type": "block_actions", "actions": [button], "message": {"ts": "1.0"}, **at}
        await self.slack.done(self._sender.interaction(told))
        await self.slack.clock.run(5.0)

    async def says(self, value: str, kind: str, channel: str) -> None:
        """That value as a button's, a menu's or a form's."""
        at = {"channel": {"id": channel, "name": "care"}, "user": {"id": self.who}}
        if kind == "form":
            view = {"type": "modal", "id": "V1", "callback_id": "form", "private_metadata": value, "blocks": []}
            told: Mapping[str, Any] = {"type": "view_submission", "view": view, **at}
        else:
            button = {"type": "button", "action_id": f"{kind}.0", "block_id": "b", "value": value, "action_ts": "1.0"}
            told = {"type": "block_actions", "actions": [button], "message": {"ts": "1.0"}, **at}
        await self.slack.done(self._sender.interaction(told))


class DiscordFloor(Floor):
    """Through what the room reads of an interaction; who somebody is, a server of simcord's says."""

    def __init__(self, standing: str, server: Server) -> None:
        super().__init__("discord", standing, str(_person(standing, server)))
        self.rooms["discord"] = server.room
        self._hand = Moderator(self.house, self.who)

    async def press(self, action: Action, given: Mapping[str, str]) -> None:
        """A button, or a window that comes back."""
        hand = self._hand
        match action.kind:
            case GestureKind.FILLED:
                packed = SIGNER.pack_form(Pressed(How.FINISH, action.act, *HERE))
                boxes = [
                    {"type": 18, "component": {"type": 4, "custom_id": f"f.{n}", "value": v}} for n, v in given.items()
                ]
                did = hand.came("window", {"custom_id": packed, "components": boxes})
            case _:
                how = How.ASK if action.kind is GestureKind.ASK else How.PRESS
                did = hand.came("press", {"custom_id": _packed(Pressed(how, action.act, *HERE), given)})
        await hand.do(did)
        self.came.answers += [hand.answer] if hand.answer is not None else []

    async def says(self, value: str, kind: str) -> None:
        """That value as a button's, an option's or a window's."""
        given: dict[str, Mapping[str, Any]] = {
            "press": {"custom_id": value},
            "more": {"custom_id": "1m:0", "values": [value]},
            "form": {"custom_id": value, "components": []},
        }
        await self._hand.do(self._hand.came("window" if kind == "form" else "press", given[kind]))

    @property
    def heard(self) -> int:
        """How many gestures reached the desk."""
        return len(self._hand.heard)


def _packed(press: Pressed, given: Mapping[str, str]) -> str:
    """With as much of the values as Discord's hundred letters hold."""
    for name in ("epoch", "seen", "draft", "version", "attempt", "round", "person"):
        try:
            larger = replace(press, values={**press.values, name: given[name]})
            SIGNER.pack(larger)
        except ValueError:
            continue
        press = larger
    return SIGNER.pack(press)


def _members(group: str, standing: str, who: str) -> list[str]:
    return [who] if _GROUPS.get(standing) == group else []


def _person(standing: str, server: Server) -> int:
    """Somebody of that standing on the server."""
    match standing:
        case "gone" | "from outside":
            return server.zoe.id
        case _ if standing.startswith("guest"):
            return server.gil.id
        case _:
            return server.ana.id


async def dress(server: Server, standing: str) -> None:
    """The server's roles as that standing wants them."""
    roles = server.guild._guild.members[server.ana.id].role_ids
    named = {role.name: role.id for role in server.guild.roles.values()}
    for group in GROUPS:
        if group not in named:
            named[group] = server.guild.create_role(group).id
    roles[:] = [role for role in roles if role not in {named[g] for g in GROUPS}]
    if group := _GROUPS.get(standing, ""):
        roles.append(named[group])


def floor(room: str, standing: str, server: Server) -> Floor:
    """A house with that chat."""
    return SlackFloor(standing) if room == "slack" else DiscordFloor(standing, server)
