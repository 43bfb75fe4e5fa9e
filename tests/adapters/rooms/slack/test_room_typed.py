"""What was typed and not finished: it survives closing, and the death of the process, for a day, for its person alone."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.errors import StoreAway
from tests.adapters.rooms.slack.house import FakeScratch
from tests.adapters.rooms.slack.signed import Sender
from tests.adapters.rooms.slack.virtual import Virtual

_BEYOND = "Two agencies post for us."


@pytest.fixture
def slack() -> Virtual:
    """A room in a Slack of documented limits."""
    return Virtual()


def _later(slack: Virtual) -> Virtual:
    """The same Slack and the same store, after the process was killed."""
    return Virtual(world=slack.world, scratch=slack.scratch)


async def _opened(slack: Virtual, act: str = "hold", who: str = "U0ANA") -> Mapping[str, Any]:
    """The form of `/coolhead act`, as it opens for that person."""
    sender = Sender(slack)
    before = len(slack.world.views)
    message = {"type": "shortcut", "callback_id": f"coolhead_{act}", "user": {"id": who}}
    await slack.done(sender.interaction(message))
    await slack.clock.run(2)
    assert len(slack.world.views) > before
    view: Mapping[str, Any] = slack.world.views[-1]
    return view


async def _types(slack: Virtual, view: Mapping[str, Any], words: str) -> None:
    await slack.done(Sender(slack).typing(view, {"More": words}))
    await slack.clock.run(1)


async def test_it_survives_the_process(slack: Virtual) -> None:
    """Killed while somebody types: the same form holds the words again, for whoever typed them and nobody else."""
    await _types(slack, await _opened(slack), _BEYOND)
    later = _later(slack)
    assert _BEYOND in str(await _opened(later))
    assert _BEYOND not in str(await _opened(later, who="U0BEN"))
    assert _BEYOND not in str(await _opened(later, "bring"))


async def test_what_is_finished_is_kept_no_longer(slack: Virtual) -> None:
    """It is on the timeline then; the store forgets the scratch, whichever life finished it."""
    await _types(slack, await _opened(slack), _BEYOND)
    later = _later(slack)
    view = await _opened(later)
    await later.done(Sender(later).submit(view, {"Why": "The news is wrong.", "More": _BEYOND}))
    await later.clock.run(1)
    assert later.scratch.kept == {}
    assert _BEYOND not in str(await _opened(_later(later)))


async def test_a_letter_that_comes_late_brings_nothing_back(slack: Virtual) -> None:
    """Slack may tell of what was typed after the form itself came back: finished is finished."""
    view = await _opened(slack)
    await slack.done(Sender(slack).submit(view, {"Why": "The news is wrong.", "More": _BEYOND}))
    await _types(slack, view, _BEYOND)
    assert slack.scratch.kept == {}
    assert _BEYOND not in str(await _opened(slack))


async def test_without_the_store_it_is_remembered_here(slack: Virtual) -> None:
    """Nobody who types is bothered while the store is away, and the form opens as it would without."""
    view = await _opened(slack)
    slack.scratch.away = True
    await _types(slack, view, _BEYOND)
    assert _BEYOND in str(await _opened(slack))
    assert _BEYOND not in str(await _opened(_later(slack)))


async def test_a_slow_store_holds_up_no_form(slack: Virtual) -> None:
    """A form opens without what was left in it where the store takes longer than a third of a second."""

    class Slow(FakeScratch):
        async def list(self, person: str) -> Sequence[bytes]:
            await slack.clock.sleep(5)
            raise StoreAway

    later = Virtual(world=slack.world, scratch=Slow())
    assert "More" in str(await _opened(later))


async def test_fast_typing_costs_no_more(slack: Virtual) -> None:
    """Of what is typed while a write is on its way only the newest is written, and all of it once the room closes."""
    view, sender = await _opened(slack), Sender(slack)
    typed = [sender.typing(view, {"More": _BEYOND[:length]}) for length in range(1, 25)]
    await slack.done(asyncio.gather(*typed))
    await slack.done(slack.room._ears.close())
    (kept,) = slack.scratch.kept.values()
    assert list(json.loads(kept)["values"].values()).count(_BEYOND[:24]) == 1
    assert slack.scratch.puts < 24


async def test_it_lies_with_what_it_is_about(slack: Virtual) -> None:
    """Words about nobody's conversation lie under whoever typed them, by a key that says nothing."""
    await _types(slack, await _opened(slack), _BEYOND)
    ((about, key),) = slack.scratch.kept
    assert about == "typed by slack:U0ANA"
    assert len(key) == 32
