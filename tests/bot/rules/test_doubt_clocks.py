"""A doubtful send settles by the time that passed since it was begun, whatever the clocks on the wall showed then."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Unknown
from bot.nouns.team import Part, Refusal, Teammate
from bot.nouns.view import View
from tests.bot.build import ANA, BEN, a_clear, after, cmd, decided, done, press, ready
from tests.bot.rules.sends import attempt

ABSENT = cmd(c.SettleAttempt, attempt="s1", there=False)
AGAIN = cmd(c.TryAgain, attempt="s1", round=1, absent=True)
SETTLED = 22 + 28 / 60


def begun(wrong: timedelta) -> View:
    """Pressed and begun at minute 22 while both clocks were wrong by so much; nobody can tell what became of it."""
    right = after(22)
    now = right.model_copy(update={"wall": right.wall + wrong, "store": right.store + wrong})
    asked = done(ready(), press(ready()), ANA, now)
    intended = done(asked, a_clear(), Part.OUTBOX, now)
    return done(intended, cmd(c.Deliver, attempt="s1", delivery=Unknown(because="It dropped.")), Part.OUTBOX, now)


@pytest.mark.parametrize("hours", [-5, 5])
@pytest.mark.parametrize(
    ("says", "who", "state"), [(ABSENT, BEN, AttemptState.NOT_SENT), (AGAIN, ANA, AttemptState.ASKED)]
)
def test_it_settles_after_its_time_and_not_before(
    hours: int, says: c.Command, who: Teammate, state: AttemptState
) -> None:
    """Begun by a clock that was hours wrong and is right by now: neither too early nor hours late."""
    view = begun(timedelta(hours=hours))
    early = decided(view, says, who, after(SETTLED - 1 / 60))
    assert isinstance(early, Refusal)
    assert early.until == after(SETTLED).wall
    assert attempt(done(view, says, who, after(SETTLED))).state is state


def test_another_machine_takes_the_outboxs_word_for_it() -> None:
    """Where nobody can measure how long ago it was begun, it has settled when the outbox asked a person."""
    view = begun(timedelta(hours=5))
    assert attempt(done(view, ABSENT, BEN, after(22, boot="boot-2"))).state is AttemptState.NOT_SENT
