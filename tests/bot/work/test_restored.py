"""A store that was brought back: what it cannot know of is asked about, held, and forgotten anew."""

from datetime import timedelta

import pytest

from bot.nouns.conversation import AttemptState
from bot.nouns.team import Refusal
from bot.rules.hold import LONGEST
from bot.work.forgetting import Forgetting
from bot.work.restored import Restored
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.notes import FakeNotes


def restored(house: House) -> Restored:
    """What is done in this house after it was brought back."""
    forgetting = Forgetting(
        act=house.act,
        timelines=house.timelines,
        threads=house.threads,
        asides=house.asides,
        vault=house.vault,
        notes=FakeNotes(),
    )
    return Restored(
        act=house.act,
        timelines=house.timelines,
        vault=house.vault,
        forgetting=forgetting,
        clock=house.clock,
        id="b1",
        at=house.clock.wall - timedelta(hours=3),
    )


async def test_every_asked_send_becomes_a_doubt(house: House, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are: none of them goes out by itself, each asks a person and says why."""
    monkeypatch.setattr("bot.work.restored.PAGE", 1)
    talks = [await house.arrives(f"Where is my {thing}?", thing, thing) for thing in ("lamp", "chair", "kettle")]
    for number, talk in enumerate(talks):
        await house.asked(talk, f"s{number}")
    assert await restored(house).settle(()) == 3
    start(house.an_outbox().run(1))
    await house.pass_time(minutes=2)
    assert house.platform.ledger == []
    for number, talk in enumerate(talks):
        attempt = await house.attempt(talk, f"s{number}")
        assert attempt.state is AttemptState.UNKNOWN
        assert "Restored from a backup of 02 March 2026" in attempt.because
    assert await restored(house).settle(()) == 0


async def test_posting_is_on_hold_until_a_lead_ends_it(house: House) -> None:
    """With a reason everybody reads; done twice it is the same hold."""
    for _ in range(2):
        await restored(house).settle(())
    hold = (await house.act.team()).holding(house.clock.at)
    assert hold is not None
    assert hold.until == house.clock.wall + LONGEST
    assert (await house.kinds()).count("hold_began") == 1


async def test_who_was_forgotten_since_is_forgotten_anew(house: House) -> None:
    """Nothing readable of them is left, and the timeline says so."""
    talk = await house.arrives("Where is it?", person="mara")
    person = (await house.talk(talk)).mentions[0].person
    await restored(house).settle([person])
    assert not isinstance((await house.talk(talk)).mentions[0].words.text, str)
    assert [kind for kind in await house.kinds() if kind.startswith("eras")] == ["erasure_asked", "erased"]
    assert not isinstance(await house.act.team(), Refusal)
