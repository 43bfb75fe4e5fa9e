"""A wait that several machines look after in turn: each counts it once, and knows from then on what it proved."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.nouns.time import Cooling
from tests.bot.nouns.test_time import MINUTE, cooling, now


def test_a_machine_that_counted_it_once_never_doubts_it_again() -> None:
    """Begun here, counted again over there: neither has to count it anew, and each proves its own time."""
    there = now(10, boot="b2")
    twice = cooling().recount(there, [now(9).moment])
    assert (twice.length, twice.until) == (11 * MINUTE, there.wall + 11 * MINUTE)
    for later in (now(12), now(12, boot="b2")):
        assert not twice.doubtful(later)
    assert twice.left(now(12)) == twice.left(now(12, boot="b2")) == 9 * MINUTE
    assert not twice.over(now(20.9, boot="b2"))
    assert twice.over(now(21, boot="b2"))
    assert twice.over(now(21))
    assert twice.doubtful(now(12, boot="b3"))


def test_what_the_other_proved_is_counted() -> None:
    """A third machine starts from the best that any of them can prove: by its own count, or a pulse of any."""
    twice = cooling().recount(now(10, boot="b2"), [])
    assert twice.length == 20 * MINUTE
    third = now(16, boot="b3")
    assert twice.recount(third, []).length == 20 * MINUTE
    assert twice.recount(third, [now(15, boot="b2").moment]).length == 15 * MINUTE
    assert twice.recount(third, [now(14).moment, now(15, boot="b2").moment]).length == 6 * MINUTE
    assert [count.since.boot for count in twice.recount(third, []).earlier] == ["b2", "b1"]


def test_a_machine_has_one_count() -> None:
    """Counted again after its clock was set, the older one is of no use any more."""
    ahead = cooling(now(0, wall=120, store=120))
    again = ahead.recount(now(5), [])
    assert again == Cooling(since=now(5).moment, length=15 * MINUTE, recounts=1, first=now(0, wall=120).wall)
    assert (again.begun, now(0, wall=120).wall) == (ahead.begun, ahead.since.wall)
    there = again.recount(now(6, boot="b2"), [])
    back = there.recount(now(7), [])
    assert back.length == 13 * MINUTE
    assert [count.since.boot for count in back.earlier] == ["b2"]
    assert back.recounts == 3


def test_a_count_of_a_clock_that_is_ahead_is_put_right_once() -> None:
    """A machine two hours ahead counts it; the first one says the right time again, and neither counts it once more."""
    there = now(5, boot="b2", wall=120)
    ahead = cooling().recount(there, [now(5).moment])
    assert ahead.doubtful(now(6))
    right = ahead.recount(now(6), [])
    assert right.until == now(20).wall
    assert not right.doubtful(now(7))
    assert not right.doubtful(now(8, boot="b2", wall=120))
    assert right.over(now(20, boot="b2", wall=120))


TURNS = st.lists(
    st.tuples(st.floats(0, 8), st.integers(0, 2), st.booleans()),
    min_size=1,
    max_size=40,
)
WRONG = st.lists(st.sampled_from([0.0, 0.0, 0.05, -0.05, 5.0, -5.0, 120.0, -120.0]), min_size=3, max_size=3)


@given(TURNS, WRONG, st.floats(1, 60))
def test_whoever_takes_turns_it_is_counted_a_few_times_and_never_early(
    turns: list[tuple[float, int, bool]], wrong: list[float], length: float
) -> None:
    """Three machines with clocks of their own that stay as wrong as they are: however often they take turns, a wait is
    counted again a few times at the most, and is never over before it has truly passed."""
    true, last = 0.0, 0.0
    wait = cooling(now(0, wall=wrong[0], boot="b0"), length)
    for passed, who, beats in turns:
        before, true = true, true + passed
        at = now(true, wall=wrong[who], boot=f"b{who}")
        pulse = now(last, wall=wrong[0], boot="b0").moment if beats else None
        if wait.doubtful(at):
            wait = wait.recount(at, [pulse] if pulse else [])
        elif wait.over(at):
            assert true >= length - 1e-6
        last = before
    assert wait.recounts <= 6
    assert wait.length <= timedelta(minutes=length)
