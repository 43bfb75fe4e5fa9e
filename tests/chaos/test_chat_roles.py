"""Every gesture of docs/gestures.md by everybody it might come from, in both chats: the rules hold (issues 4 and 5).

Simulated: the chats are fakes. A trial's seed is its number: `pytest -k 'roles[17]'` plays it again.
"""

import itertools
import random

import pytest

from bot.nouns.team import Refusal, Role
from tests.adapters.rooms.discord.server import Server, serving
from tests.chaos.chat_actions import Action, actions, dress, floor
from tests.chaos.chat_rules import ACTING, FOR_GUESTS, OF_MANAGERS, ROLES, forbidden
from tests.chaos.chat_scenes import SCENES

ROOMS = ("slack", "discord")
ALL = list(itertools.product(ROOMS, ROLES, actions()))
#: So many at once share a server; fifty of them are 2,000 and more.
PART = 1 + len(ALL) // 50
FEW = 1
#: What takes more than one press: something that was not forwarded, an invitation that was sent.
NEEDS_MORE = {"brought_in", "invited"}
PARTS = [pytest.param(n, marks=() if n < FEW else pytest.mark.chaos) for n in range(50)]


async def _tried(server: Server, room: str, standing: str, action: Action, scene: str) -> tuple[list[str], set[str]]:
    """What went through that must not, and everything that went through."""
    await dress(server, standing)
    one = floor(room, standing, server)
    await one.set(scene)
    came = await one.make(action)
    kinds = {kind for _, kind in came.events}
    where = f"{standing} in {room}: {action.kind} {action.act} ({scene})"
    wrong = [f"{where} made {kind}" for kind in kinds if forbidden(kind, came.roles, scene=scene)]
    reads = came.roles & {Role.TEAMMATE, Role.LEAD, Role.MANAGER}
    if not reads and action.act not in FOR_GUESTS and not all(isinstance(each, Refusal) for each in came.answers):
        wrong.append(f"{where} was shown {came.answers}")
    return wrong, kinds


def _mine(n: int) -> list[tuple[str, str, Action]]:
    shuffled = list(ALL)
    random.Random(1).shuffle(shuffled)
    return shuffled[n * PART : (n + 1) * PART]


def test_there_are_two_thousand() -> None:
    """Together the parts are all of them."""
    assert len(ALL) >= 2000
    assert sum(len(_mine(n)) for n in range(50)) == len(ALL)


@pytest.mark.parametrize("n", PARTS)
async def test_roles(n: int) -> None:
    """Nothing goes through that the rules forbid, where the act has something to act on and anywhere else."""
    dice = random.Random(n)
    async with serving() as server:
        for room, standing, action in _mine(n):
            for scene in (action.scene, dice.choice([*SCENES])):
                wrong, _ = await _tried(server, room, standing, action, scene)
                assert wrong == []


async def test_what_is_forbidden_to_some_is_possible_for_others() -> None:
    """The trial can fail: each of these goes through in both chats for whoever may."""
    async with serving() as server:
        for room in ROOMS:
            done: set[str] = set()
            for action in actions():
                _, kinds = await _tried(server, room, "lead and manager", action, action.scene)
                done |= kinds
            assert (ACTING | OF_MANAGERS) - done == NEEDS_MORE
