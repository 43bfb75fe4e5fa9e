"""A send that was tried again: what is still told of the earlier try."""

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import NotSent, Posted, Unknown
from bot.nouns.team import Part
from bot.nouns.view import View
from tests.bot.build import ANA, a_clear, after, cmd, done, key, no
from tests.bot.rules.sends import attempt, unknown


def tried_again() -> View:
    """Nobody knew of the first try; Ana looked and pressed *Try again*, and the outbox has begun the second."""
    again = done(unknown(), cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(30))
    return done(again, a_clear(), Part.OUTBOX, after(30))


def test_a_late_no_to_the_first_try_does_not_end_the_second() -> None:
    """Or the presser would be told to press anew while their words are on the wire. Only the second's own word counts."""
    assert attempt(tried_again()).round == 2
    for late in (NotSent(because="Held up."), Unknown(because="Nobody knows.")):
        told = cmd(c.Deliver, attempt="s1", round=1, delivery=late)
        assert "nothing left" in no(tried_again(), told, Part.OUTBOX, after(31)).because
    own = cmd(c.Deliver, attempt="s1", round=2, delivery=NotSent(because="Too long."))
    assert attempt(done(tried_again(), own, Part.OUTBOX, after(31))).state is AttemptState.NOT_SENT


def test_a_late_no_does_not_make_a_try_doubtful_that_has_not_begun() -> None:
    """Asked for again and not yet taken: an earlier try's doubt is over."""
    again = done(unknown(), cmd(c.TryAgain, attempt="s1", round=1, absent=True), ANA, after(30))
    late = cmd(c.Deliver, attempt="s1", round=1, delivery=Unknown(because="Nobody knows."))
    assert "nothing left" in no(again, late, Part.OUTBOX, after(31)).because


def test_that_the_first_try_stands_there_is_always_news() -> None:
    """It is the same words under the same key, so it is there."""
    late = cmd(c.Deliver, attempt="s1", round=1, delivery=Posted(key=key("ours1")))
    assert attempt(done(tried_again(), late, Part.OUTBOX, after(31))).state is AttemptState.POSTED
