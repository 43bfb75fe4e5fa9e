"""Fifty people press Send on the same words at once, in Slack, at the real desk: one post, and everybody learns who was first.

Slack delivers a press again where its receipt was lost, so of the presses of one person some are the same delivery, some the
same form sent again, some another form of theirs.
"""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.rooms.slack.pressing import Opened, Signer
from bot.nouns.delivery import Account, Cleared
from bot.nouns.mention import Mention
from bot.nouns.team import Grants
from bot.ports import Room
from bot.screens.shapes import Answer, Choice, Done, Form, Gesture
from bot.work.outbox import Outbox
from tests.adapters.rooms.slack.house import SECRET
from tests.adapters.rooms.slack.limits import World
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import CARE, Virtual
from tests.bot.work.desk_house import HERE, House
from tests.chaos.chat_actions import DESK
from tests.chaos.chat_scenes import unread
from tests.fakes.platform import FakePlatform

PEOPLE = 50
COUNTS = [200, pytest.param(10_000, marks=pytest.mark.chaos)]


class Crowd:
    """A house whose words have lain unread for an hour, so that anybody of the team may send them."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        people = tuple(f"slack:U{n}" for n in range(PEOPLE))
        self.house = House(people=DESK, rooms=self.rooms, grants=Grants(teammate=people))
        self.slack = Virtual(world=World(self.house.clock))
        self.rooms["slack"] = self.slack.room
        self.square = FakePlatform(self.house.clock, "square")
        self.house.platforms["square"] = self.square
        self.slack.world.users |= {f"U{n}": {"id": f"U{n}", "team_id": "T1", "name": f"p{n}"} for n in range(PEOPLE)}
        self.sender = Sender(self.slack, self.hear)
        self.answers: defaultdict[str, list[Answer]] = defaultdict(list)
        self.forms: dict[str, Form] = {}

    async def hear(self, gesture: Gesture) -> Answer:
        """The desk, listened to."""
        answer = await self.house.desk.hear(gesture)
        if isinstance(answer, Form) and answer.act == "send":
            self.forms[gesture.who.id] = answer
        self.answers[gesture.who.id].append(answer)
        return answer

    async def reads(self) -> None:
        """Everybody opens the words, to read them once more; the last of them has it open to send."""
        await self.house.begin()
        await self.house.mention()
        heard = (await self.house.look()).mentions[-1]
        self.square.said(Mention(key=heard.key, text=heard.latest.read(), at=self.house.clock.wall))
        await unread(self.house, "")
        draft = (await self.house.look()).drafts[0]
        signer = Signer(SECRET)
        read = Choice("read_once_more", "x", {"draft": draft.id, "version": str(draft.version)})
        button = {"type": "button", "action_id": "press.0", "block_id": "b", "value": signer.pack(read, *HERE)}
        told = {"type": "block_actions", "actions": [button], "message": {"ts": "1.0"}, "channel": {"id": CARE.id}}
        for n in range(PEOPLE):
            await self.slack.done(self.sender.interaction({**told, "user": {"id": f"U{n}"}}))
            await self.slack.clock.run(0.5)
            self.house.clock.advance(3600)  # whoever reads it has it alone for a while
        assert len(self.forms) == PEOPLE
        self.answers.clear()

    def press(self, who: str, view: str) -> Mapping[str, Any]:
        """Their form, sent."""
        form = self.forms[who]
        opened = Opened(form.act, form.incident, form.conversation, {**form.filled, **form.values, "looked": "yes"})
        packed = Signer(SECRET).pack_form(opened)
        modal = {"type": "modal", "id": f"{view}{who}", "hash": "h", "callback_id": "form", "blocks": []}
        return {"type": "view_submission", "view": {**modal, "private_metadata": packed}, "user": {"id": who}}

    async def sends(self) -> list[Cleared]:
        """What the outbox sent, given time for more than one."""
        outbox = Outbox(
            act=self.house.act,
            timelines=self.house.timelines,
            platform=self.house.platforms.__getitem__,
            clock=self.house.clock,
            health=self.house.health,
            ask_roles=self.house.members.anew,
            accounts={"square": Account(platform="square", name="@shop")},
        )
        running = asyncio.ensure_future(outbox.run(1))
        await self.slack.clock.run(120)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return self.square.ledger

    def events(self, kind: str) -> list[str]:
        """Who did that."""
        lines = [json.loads(line) for each in self.house.timelines.lines.values() for line in each]
        return [str(line["by"]) for line in lines if line["kind"] == kind]


@pytest.mark.parametrize("count", COUNTS)
async def test_one_post_and_everybody_learns_who_was_first(count: int) -> None:
    """However often they press: one ask on the timeline, one send; each of the others is told the name."""
    crowd, dice = Crowd(), random.Random(count)
    await crowd.reads()
    presses = [crowd.press(f"U{n % PEOPLE}", f"V{dice.randrange(4)}") for n in range(count)]
    dice.shuffle(presses)
    again = dice.sample(presses, count // 10)
    await crowd.slack.done(asyncio.gather(*(crowd.sender.interaction(each) for each in presses + again)))
    await crowd.slack.clock.run(60)
    (asked,) = crowd.events("send_asked")
    first, name = asked.removeprefix("slack:"), (await crowd.house.act.team()).name(asked)
    for who, answers in crowd.answers.items():
        assert any(isinstance(each, Done) for each in answers) == (who == first)
        assert who == first or name in str(answers[-1])
    assert len(crowd.answers) == PEOPLE
    assert len(await crowd.sends()) == 1
    assert crowd.events("delivered") != []
