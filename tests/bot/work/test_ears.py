"""Listening that goes deaf begins anew, from where we had read to."""

import pytest

from bot.nouns.mention import Cursor, Hear
from bot.work.ears import Ears
from tests.bot.work.conftest import Start
from tests.bot.work.house import House
from tests.fakes.platform import FakePlatform


class Asked(FakePlatform):
    """A platform that we ask every 20 seconds. While `deaf` it hangs without a word; `fails` is raised once."""

    def __init__(self, house: House) -> None:
        super().__init__(house.clock)
        self.deaf = False
        self.fails = False
        self.began: list[str] = []

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Ask until cancelled."""
        self.began.append(since.at if since is not None else "")
        if self.fails:
            raise ConnectionResetError
        count = int(since.at) if since is not None else 0
        while True:
            await self._clock.sleep(20)
            while self.deaf:
                await self._clock.sleep(1e9)
            count += 1
            await hear([], Cursor(source=self.name, at=str(count)))


def ears(house: House) -> Ears:
    """Of this house."""
    return Ears(inbox=house.inbox, hear=house.intake.hear, health=house.health, clock=house.clock)


async def test_a_platform_that_hangs_is_listened_to_anew(house: House, start: Start) -> None:
    """Five minutes without a sign of life are enough; what was missed is asked for from the cursor on."""
    platform = Asked(house)
    start(ears(house).listen(platform, 1))
    await house.pass_time(minutes=5)
    assert platform.began == [""]
    platform.deaf = True
    await house.pass_time(minutes=4)
    assert len(platform.began) == 1
    platform.deaf = False  # only a new listening wakes: the old one hangs for good
    await house.pass_time(minutes=3)
    assert platform.began == ["", "15"]
    assert house.health.counts["listening_begun_again"] == 1
    await house.pass_time(minutes=20)
    assert len(platform.began) == 2


async def test_one_that_was_asked_before_has_half_an_hour_for_its_first_word(house: House, start: Start) -> None:
    """After a restart a platform that never answers is tried anew, at a calm pace."""
    await house.intake.hear([], Cursor(source="mastodon", at="7"))
    house.clock.advance(60)
    platform = Asked(house)
    platform.deaf = True
    start(ears(house).listen(platform, 1))
    await house.pass_time(minutes=29)
    assert platform.began == ["7"]
    await house.pass_time(minutes=3)
    assert platform.began == ["7", "7"]


async def test_one_that_only_tells_us_is_left_in_peace(house: House, start: Start) -> None:
    """Where we are told there is nothing to begin anew."""
    listening = start(ears(house).listen(house.platform, 1))
    await house.pass_time(hours=3)
    assert not listening.done()
    assert house.health.counts["listening_begun_again"] == 0


async def test_what_fails_is_raised(house: House) -> None:
    """Whoever keeps it alive hears of it."""
    platform = Asked(house)
    platform.fails = True
    with pytest.raises(ConnectionResetError):
        await ears(house).listen(platform, 1)


async def test_one_that_has_never_answered_is_said(house: House, start: Start) -> None:
    """A wrong address is no silence that anybody could miss: after five minutes it stands in health, until it answers."""
    platform = Asked(house)
    platform.deaf = True
    listening = start(ears(house).listen(platform, 1))
    await house.pass_time(minutes=4)
    assert house.health.all() == {}
    await house.pass_time(minutes=2)
    assert house.health.all() == {
        "unheard mastodon": "Mastodon has not answered since we began to ask it. Look at its address in the settings."
    }
    listening.cancel()
    await house.pass_time(seconds=1)
    assert house.health.all() == {}
    platform.deaf = False
    start(ears(house).listen(platform, 2))
    await house.pass_time(minutes=10)
    assert house.health.all() == {}


async def test_one_that_answers_at_last_is_well(house: House, start: Start) -> None:
    """In the same listening."""
    platform = Asked(house)
    platform.deaf = True
    start(ears(house).listen(platform, 1))
    await house.pass_time(minutes=6)
    assert list(house.health.all()) == ["unheard mastodon"]
    await house.intake.hear([], Cursor(source="mastodon", at="1"))
    await house.pass_time(seconds=16)
    assert house.health.all() == {}


async def test_one_that_only_tells_us_need_not_answer(house: House, start: Start) -> None:
    """Nobody asks it."""
    start(ears(house).listen(house.platform, 1))
    await house.pass_time(minutes=30)
    assert house.health.all() == {}


async def test_it_is_known_who_listens_and_since_when(house: House, start: Start) -> None:
    """From the moment it begins until it ends, however it does; to begin anew because of deafness counts on."""
    platform, began = Asked(house), house.clock.elapsed
    listening = start(ears(house).listen(platform, 1))
    await house.pass_time(minutes=5)
    platform.deaf = True
    await house.pass_time(minutes=7)
    assert len(platform.began) == 2
    assert house.health.listening == {"mastodon": began}
    listening.cancel()
    await house.pass_time(seconds=1)
    assert house.health.listening == {}
    platform.fails = True
    with pytest.raises(ConnectionResetError):
        await ears(house).listen(platform, 2)
    assert house.health.listening == {}
