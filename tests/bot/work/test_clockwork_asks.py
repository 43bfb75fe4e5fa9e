"""An ask that nobody takes comes back after five minutes that really passed, however the clocks were set meanwhile."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.team import Part
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.bot.work.test_clockwork import until


@pytest.fixture(autouse=True)
def _naps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer naps, for hours of virtual time; what is due ends a nap all the same."""
    monkeypatch.setattr("bot.work.clockwork.CAP", 2.0)


def set_by(house: House, hours: float) -> None:
    """Somebody sets the clocks."""
    house.clock.wall += timedelta(hours=hours)
    house.clock.store += timedelta(hours=hours)


async def cooled(house: House) -> str:
    """A conversation with a draft that has cooled."""
    talk = await house.arrives()
    found = await house.drafted(talk)
    house.clock.advance((until(found) - house.clock.wall).total_seconds())
    await house.press(Part.CLOCKWORK, c.Wake, conversation=talk, what="cooled:d1:1")
    return talk


async def state(house: House, talk: str) -> AttemptState:
    """How the send stands."""
    return (await house.attempt(talk)).state


@pytest.mark.parametrize("hours", [-5, 5])
@pytest.mark.parametrize("restarts", [False, True])
async def test_the_clock_was_wrong_at_the_press(house: House, start: Start, hours: float, restarts: bool) -> None:
    """Set right afterwards, under the clockwork's eyes or before it began."""
    talk = await cooled(house)
    running = start(house.a_clockwork().run(1))
    set_by(house, hours)
    await house.pass_time(seconds=5)
    await house.sends(talk)
    pressed = house.clock.elapsed
    if restarts:
        running.cancel()
        await house.clock.settle()
    set_by(house, -hours)
    if restarts:
        start(house.a_clockwork().run(2))
    await house.pass_time(seconds=299 - (house.clock.elapsed - pressed))
    assert await state(house, talk) is AttemptState.ASKED
    await house.pass_time(seconds=3)
    assert await state(house, talk) is AttemptState.SENT_BACK


@pytest.mark.parametrize("hours", [-5, 5])
async def test_the_clock_is_set_while_it_waits(house: House, start: Start, hours: float) -> None:
    """Pressed by right clocks that go wrong a minute later, and stay so."""
    talk = await cooled(house)
    start(house.a_clockwork().run(1))
    await house.sends(talk)
    await house.pass_time(minutes=1)
    set_by(house, hours)
    await house.pass_time(seconds=239)
    assert await state(house, talk) is AttemptState.ASKED
    await house.pass_time(seconds=3)
    assert await state(house, talk) is AttemptState.SENT_BACK


async def test_a_machine_that_began_anew_sends_it_back_at_once(house: House, start: Start) -> None:
    """Nobody can tell how long ago it was pressed, so it goes back to the person, whatever the moment written down."""
    talk = await cooled(house)
    await house.sends(talk)
    house.clock.reboot()
    start(house.a_clockwork().run(2))
    await house.pass_time(seconds=2)
    found = await house.attempt(talk)
    assert found.state is AttemptState.SENT_BACK
    assert found.because.startswith("Nobody can tell how long ago it was pressed")
