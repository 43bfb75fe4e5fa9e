"""What managers are told of the last week and month."""

from datetime import timedelta

from bot.nouns.conversation import Conversation
from bot.nouns.mention import Disposition, Signed
from bot.review.periods import period
from tests.bot.build import START, a_mention, opened


def _ended(name: str, how: Disposition | None, heard: float | None = None) -> Conversation:
    """A conversation that ended so, with our first public word so many minutes after theirs."""
    c = opened(a_mention(), conversation=name).conversations[name]
    signed = Signed(disposition=how, by="ana", at=START) if how is not None else None
    mentions = tuple(kept.model_copy(update={"signed": signed}) for kept in c.mentions)
    first = c.first
    assert first is not None
    at = first.arrived + timedelta(minutes=heard) if heard is not None else None
    return c.model_copy(update={"mentions": mentions, "heard_at": at, "closed": START})


def test_each_ending_is_counted_the_most_frequent_first() -> None:
    """Mentions by how they ended; one that nobody signed counts nowhere."""
    answered, thanked = Disposition.ANSWERED, Disposition.THANKED
    found = period([_ended("c1", thanked), _ended("c2", answered), _ended("c3", answered), _ended("c4", None)])
    assert (found.read, found.how) == (4, ((answered, 2), (thanked, 1)))
    assert found.heard is None


def test_the_first_word_is_told_of_half_of_those_who_had_one() -> None:
    """The middle one of three, the earlier of two in the middle; who heard nothing is not among them."""
    waits = [_ended(f"c{n}", Disposition.ANSWERED, minutes) for n, minutes in enumerate((90, 5, 22, None))]
    assert period(waits).heard == timedelta(minutes=22)
    assert period(waits[:2]).heard == timedelta(minutes=5)


def test_nothing_ended() -> None:
    """Nothing is told of it."""
    assert (period([]).read, period([]).how, period([]).heard) == (0, (), None)
