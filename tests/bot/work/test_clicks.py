"""Many press Send at once, again and again (failure A5): one of them sends, and everybody is told whose press it was."""

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from bot.nouns.delivery import Posted
from bot.nouns.team import Refusal, Role, Teammate
from bot.screens.shapes import Answer, Done
from tests.bot.work.desk_house import HERE, House

CROWD = tuple(Teammate(id=f"p{n}", name=f"P{n}", roles=frozenset({Role.TEAMMATE, Role.LEAD})) for n in range(50))
#: Seconds after which anybody may send what nobody turned to.
UNREAD = 16 * 60


@pytest.mark.parametrize("clicks", [pytest.param(20, id="cut"), pytest.param(200, id="whole", marks=pytest.mark.chaos)])
async def test_everybody_presses_send_at_once(clicks: int) -> None:
    """Fifty people, each many times; some presses come twice, as a chat delivers them. One ask, one post, no fault."""
    dice, house = random.Random(5), await House(people=CROWD).begin()
    await house.mention()
    ready = await house.cooled("p0")
    forms = [("p0", ready)]
    values = {"draft": ready.values["draft"], "version": ready.values["version"]}
    for who in CROWD[1:]:
        house.clock.advance(UNREAD)  # whoever opened it before did not send it
        forms.append((who.id, await house.form(who.id, "read_once_more", HERE, **values)))
    house.clock.advance(UNREAD)
    append = house.timelines.append

    async def slowly(*given: Any, **more: Any) -> Any:
        for _ in range(dice.randrange(5)):
            await asyncio.sleep(0)
        return await append(*given, **more)

    house.timelines.append = slowly  # type: ignore[method-assign]  # so that they overtake each other
    pressed = [
        (who, form, f"{who}:{n // 2 if n % 3 else n}") for n in range(clicks) for who, form in forms
    ]  # a third of them under an id that came before
    dice.shuffle(pressed)
    answers: list[Answer] = await asyncio.gather(*(house.send_back(who, form, id=id) for who, form, id in pressed))
    told = Counter(each.said if isinstance(each, Done) else _because(each) for each in answers)
    found = await house.look()
    (attempt,) = found.attempts
    first = next(who.name for who in CROWD if who.id == attempt.by)
    has_it = f"{first} has it open to send. Read it once more as they would. Then it can go."  # before the press
    assert set(told) <= {"On its way. What becomes of it is said here.", f"{first} pressed first.", has_it}, told
    assert told["On its way. What becomes of it is said here."] >= 1
    assert len({who for (who, _, _), each in zip(pressed, answers, strict=True) if isinstance(each, Done)}) == 1
    await house.outbox(Posted(url="https://square.test/ours"))
    later = await asyncio.gather(*(house.send_back(who, form, id=f"late:{who}") for who, form in forms))
    assert all(isinstance(each, Refusal) for each in later)
    assert len((await house.look()).attempts) == 1


def _because(answer: Answer) -> str:
    assert isinstance(answer, Refusal), answer
    return answer.because
