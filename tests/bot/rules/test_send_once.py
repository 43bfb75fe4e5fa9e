"""Words that stand there already are not sent once more, however often they are written down."""

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import ToMention
from bot.nouns.team import Part
from tests.bot.build import (
    ANA,
    SORRY,
    a_mention,
    a_write,
    after,
    asked,
    cmd,
    conversation,
    done,
    intended,
    key,
    no,
    posted,
    press,
)
from tests.bot.rules.sends import attempt


def test_the_same_words_are_not_sent_again_under_the_same_mention() -> None:
    """Written anew while the first send was on its way, and read once more after it was out."""
    again = done(intended(asked()), a_write(based_on=1), ANA, after(22.1))
    view = posted(again)
    (draft,) = conversation(view).drafts
    assert (draft.version, draft.words.read()) == (2, SORRY)
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=2), ANA, after(60))
    assert "stand there already" in no(read, press(read, attempt="s2"), ANA, after(60)).because
    assert attempt(read).state is AttemptState.POSTED


def test_nor_under_what_they_wrote_next() -> None:
    """Somebody wrote on meanwhile, and the draft was written anew for that: the same words would stand there twice."""
    wrote = done(intended(asked()), cmd(c.Add, mention=a_mention("And?", id="m2", minutes=22)), Part.SORTER, after(22))
    view = posted(done(wrote, a_write(based_on=1, target=ToMention(key=key("m2"))), ANA, after(22.1)))
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=2), ANA, after(60))
    assert conversation(read).drafts[0].target == ToMention(key=key("m2"))
    assert "stand there already" in no(read, press(read, attempt="s2"), ANA, after(60)).because


def test_other_words_may_follow() -> None:
    """What was changed is an answer of its own."""
    other = a_write(based_on=1, text=f"{SORRY} And thank you.")
    view = posted(done(intended(asked()), other, ANA, after(22.1)))
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=2), ANA, after(60))
    assert attempt(done(read, press(read, attempt="s2"), ANA, after(60)), "s2").state is AttemptState.ASKED
