"""What one process hears of each source, until it is written down."""

from datetime import timedelta

from bot.nouns.rhythm import SLOT, Rhythm
from bot.work.beats import Beats
from tests.fakes.clock import START

SECOND = timedelta(seconds=1)


def beaten(*seconds: float) -> Rhythm:
    """A source that answered at these moments."""
    beats = Beats()
    for each in seconds:
        beats.beat("mastodon", START + each * SECOND)
    return beats.of("mastodon")


def test_a_pace_is_known_after_two_pauses() -> None:
    """One pause may be chance; the longest of several counts."""
    assert beaten() == Rhythm(source="mastodon")
    assert beaten(0, 60) == Rhythm(source="mastodon", beat=START + 60 * SECOND)
    known = beaten(0, 60, 100)
    assert known.beat == START + 100 * SECOND
    assert 59 < known.every < 60


def test_feeds_asked_together_are_one_answer() -> None:
    """Answers within half a minute tell nothing about how often a source is asked."""
    assert beaten(0, 1, 2, 600, 601, 1200, 1201).every == 600


def test_an_outage_is_no_pause() -> None:
    """After more than an hour, or a clock that went back, it is counted anew."""
    assert beaten(0, 60, 120, 120 + 3601, 120 + 3661).every < 61
    assert beaten(0, 60, 120, -600, -540).every < 61


def test_a_long_pause_is_half_forgotten_after_a_day() -> None:
    """An evening of slow answers does not make it patient for ever."""
    day = range(0, 86_400 + 600, 100)
    once = beaten(0, 3000, *(3000 + each for each in day))
    assert 1400 < once.every < 1600


def test_what_was_taken_is_taken_once_and_can_be_given_back() -> None:
    """Slots are handed over once; what could not be written down is handed over again."""
    beats = Beats()
    assert beats.take() == ()
    beats.arrived("shop", START + 7 * SECOND)
    beats.arrived("shop", START + 9 * SECOND)
    beats.arrived("shop", START + SLOT)
    beats.beat("mastodon", START)
    answered = Rhythm(source="mastodon", beat=START)
    taken = beats.take()
    assert taken == (answered, Rhythm(source="shop", arrivals=(START, START + SLOT)))
    assert beats.take() == (answered,)
    beats.give_back(taken)
    assert beats.take() == taken
