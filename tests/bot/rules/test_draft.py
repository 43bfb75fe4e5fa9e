"""Words before they go: whose they are, where they go, and when they are finished."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Level, Stage
from bot.nouns.delivery import Account, Audience, Target, ToAccount, ToAuthor, ToMention, ToPost
from bot.nouns.events import Cooled, MentionDeleted, Reread
from bot.nouns.mention import MentionKind
from bot.nouns.team import Part, Refusal, Teammate
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    SORRY,
    a_caution,
    a_mention,
    a_team,
    a_write,
    after,
    an_acknowledgement,
    apply,
    cmd,
    conversation,
    decided,
    done,
    drafted,
    key,
    no,
    opened,
    posted,
    words,
)
from tests.bot.rules.drafts import STOP, draft, length, rewritten

# Whose it is


def test_writing_where_nobody_has_it_claims_it() -> None:
    """The first words of a draft make their writer the owner, and begin the wait."""
    view = drafted()
    owner = conversation(view).owner
    assert owner is not None
    assert owner.person == "ana"
    assert (draft(view).version, draft(view).author) == (1, "ana")
    assert length(view) == timedelta(minutes=20)


def test_anothers_conversation_is_theirs() -> None:
    """Somebody else's conversation names its owner; a lead may write in it and leaves it theirs."""
    assert no(drafted(), an_acknowledgement(), BEN, after(1)).because.startswith("Ana has this.")
    view = done(drafted(), an_acknowledgement(), KIM, after(1))
    owner = conversation(view).owner
    assert owner is not None
    assert owner.person == "ana"


@pytest.mark.parametrize("who", [GUS, Part.CLOCKWORK])
def test_only_teammates_write(who: Teammate | Part) -> None:
    """A guest or a part of the product has no words, no lift, no reading and nothing to discard."""
    lift = cmd(c.LiftStop, draft="d1", version=1, code="x", words=words("y"))
    for command in (a_write(), cmd(c.Discard, draft="d1", version=1), lift, cmd(c.ReadOnceMore, draft="d1", version=1)):
        assert no(drafted(), command, who, after(1)).because


# Versions


def test_a_version_somebody_changed_meanwhile_is_named() -> None:
    """An edit of an older version is refused with the name of who changed it."""
    view = done(drafted(), a_write("Other words by Kim entirely.", based_on=1), KIM, after(1))
    assert no(view, a_write("Mine", based_on=1), ANA, after(2)).because.startswith("Kim changed it meanwhile.")


def test_there_is_one_draft_a_stage() -> None:
    """A second response is refused with the name of who writes the first; a draft keeps its stage."""
    assert no(drafted(), a_write(draft="d2"), KIM, after(1)).because.startswith("Ana has a response here already.")
    changed = an_acknowledgement(draft="d1", based_on=1)
    assert no(drafted(), changed, ANA, after(1)).because.startswith("Ana has a response here already.")


def test_words_that_are_out_are_not_edited() -> None:
    """A draft that was posted or discarded is begun anew, under another name."""
    assert "out or" in no(posted(), a_write(), ANA, after(30)).because
    assert "out or" in no(opened(), a_write(based_on=3), ANA, after(1)).because
    assert conversation(done(posted(), a_write(draft="d2"), ANA, after(30))).draft("d2") is not None


# Where they go


OURS_KEY = key("ours1")
REPLY = ToMention(key=key())


@pytest.mark.parametrize(
    ("stage", "audience", "target"),
    [
        (Stage.RESPONSE, Audience.PUBLIC, ToMention(key=key("elsewhere"))),
        (Stage.PRIVATE, Audience.PRIVATE, ToAuthor(key=key("elsewhere"))),
        (Stage.PRIVATE, Audience.PRIVATE, REPLY),
        (Stage.PRIVATE, Audience.PUBLIC, ToAuthor(key=key())),
        (Stage.RESPONSE, Audience.PRIVATE, REPLY),
        (Stage.STATEMENT, Audience.PUBLIC, REPLY),
        (Stage.STATEMENT, Audience.PUBLIC, ToAccount(account=Account(platform="mastodon"))),
        (Stage.RESPONSE, Audience.PUBLIC, ToPost(key=key("not ours"))),
        (Stage.ACKNOWLEDGEMENT, Audience.PUBLIC, ToPost(key=OURS_KEY)),
        (Stage.RESPONSE, Audience.PRIVATE, ToPost(key=OURS_KEY)),
    ],
)
def test_words_belong_to_their_conversation(stage: Stage, audience: Audience, target: Target) -> None:
    """A target that is not of this conversation, or does not fit stage and audience, is refused."""
    forged = a_write(draft="d2", stage=stage, audience=audience, target=target)
    assert "do not belong" in no(posted(), forged, ANA, after(30)).because


def test_a_private_word_goes_to_the_author_and_cools_two_minutes() -> None:
    """A private word is a draft like any other."""
    private = a_write(stage=Stage.PRIVATE, audience=Audience.PRIVATE, target=ToAuthor(key=key()))
    assert length(done(opened(), private, ANA, after(0))) == timedelta(minutes=2)


def test_a_deleted_mention_is_not_answered() -> None:
    """There is nothing to write to once its author took the mention away."""
    base = {"incident": "i1", "conversation": "c1", "by": "coolhead:sorter"}
    gone = apply(opened(), [MentionDeleted(**base, at=after(1).wall, mention=key())])
    assert "deleted by its author" in no(gone, a_write(), ANA, after(2)).because


def test_the_mention_answered_decides_the_wait() -> None:
    """In a conversation of several kinds, the wait is that of the mention the words answer."""
    view = opened(a_mention(), a_mention(id="m2", kind=MentionKind.CHAT, minutes=1))
    assert length(done(view, a_write(), ANA, after(2))) == timedelta(minutes=20)


# Finishing


def test_nothing_written_is_nothing_kept() -> None:
    """Blank words are refused; for a post of ours they withdraw it."""
    assert "nothing written" in no(opened(), a_write(" \n"), ANA, after(0)).because
    withdrawn = a_write("", draft="d2", target=ToPost(key=OURS_KEY))
    assert conversation(done(posted(), withdrawn, ANA, after(30))).draft("d2") is not None


def test_a_kept_draft_does_not_cool() -> None:
    """Keeping begins no wait; finishing the same words later does."""
    kept = drafted(finished=False)
    assert draft(kept).cooling is None
    finished = rewritten(kept, SORRY, 7)
    cooling = draft(finished).cooling
    assert cooling is not None
    assert cooling.until == after(27).wall


def test_a_stop_keeps_a_draft_from_being_finished() -> None:
    """The refusal names the stops and who could lift them; keeping the words is always possible."""
    refusal = no(opened(), a_write(cautions=(STOP, STOP)), ANA, after(0))
    assert refusal.because.startswith("It is stopped for now: public offer.")
    assert refusal.because.endswith("ask Kim or Ravi to lift the stop.")
    without = no(opened(team=a_team(ANA, BEN)), a_write(cautions=(STOP,)), ANA, after(0))
    assert without.because.endswith("ask another teammate to lift the stop.")
    leak = a_caution("pii_leak", Level.STOP)
    assert "lift" not in no(opened(), a_write(cautions=(STOP, leak)), ANA, after(0)).because
    assert draft(drafted(finished=False, cautions=(STOP,))).stops() == ("public_offer",)


def test_marks_keep_names_and_levels_of_cautions() -> None:
    """A version keeps what was said of it, and a warning lengthens its wait."""
    view = drafted(cautions=(a_caution("blame"),))
    assert [(m.code, m.level) for m in draft(view).marks] == [("blame", Level.WARN)]
    assert length(view) == timedelta(minutes=30)


def test_reading_again_says_only_that() -> None:
    """That it has cooled is on the timeline once, whoever opens it how often."""
    reads = cmd(c.ReadOnceMore, draft="d1", version=1)
    first = decided(drafted(), reads, ANA, after(21))
    assert not isinstance(first, Refusal)
    assert [type(event) for event in first] == [Cooled, Reread]
    again = decided(done(drafted(), reads, ANA, after(21)), reads, ANA, after(22))
    assert not isinstance(again, Refusal)
    assert [type(event) for event in again] == [Reread]
