"""Words before they go."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Level, Stage
from bot.nouns.conversation import Draft
from bot.nouns.delivery import Account, Audience, Target, ToAccount, ToAuthor, ToMention, ToPost
from bot.nouns.events import MentionDeleted
from bot.nouns.mention import MentionKind
from bot.nouns.team import Part, Refusal, Teammate
from bot.nouns.view import View
from bot.nouns.words import Forgotten
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    RAVI,
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
    intended,
    key,
    no,
    opened,
    posted,
    ready,
    woken,
    words,
)

STOP = a_caution("public_offer", Level.STOP)
SIGNED = f"{SORRY}\n— Ana from the shop"
AS_BEN = f"{SORRY}\n— Ben"


def draft(view: View) -> Draft:
    """The draft d1."""
    found = conversation(view).draft("d1")
    assert found is not None
    return found


def length(view: View) -> timedelta:
    """How long d1 cools."""
    cooling = draft(view).cooling
    assert cooling is not None
    return cooling.length


def rewritten(view: View, text: str, minutes: float, who: Teammate = ANA, **changes: Any) -> View:
    """The view after `who` edited d1."""
    return done(view, a_write(text, based_on=draft(view).version, **changes), who, after(minutes))


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


# Edits


def test_the_same_words_keep_their_wait() -> None:
    """Finishing the same words again while they cool changes nothing of their wait."""
    view = rewritten(drafted(), SORRY, 10)
    assert draft(view).version == 2
    assert draft(view).cooling == draft(drafted()).cooling


def test_other_words_start_again() -> None:
    """Any other edit while it cools starts the whole wait from the edit."""
    cooling = draft(rewritten(drafted(), SORRY + " Truly.", 10)).cooling
    assert cooling is not None
    assert cooling.until == after(30).wall


def test_another_target_starts_again() -> None:
    """The same words for another mention are other words."""
    view = opened(a_mention(), a_mention(id="m2", minutes=0))
    moved = rewritten(drafted(view), SORRY, 10, target=ToMention(key=key("m2")))
    cooling = draft(moved).cooling
    assert cooling is not None
    assert cooling.until == after(30).wall


def test_a_signature_may_change_hands() -> None:
    """Unread for 15 min, any teammate may sign and send it: the wait is kept, and it is still ready."""
    view = woken(drafted(words=words(SIGNED)), "cooled:d1:1", after(20))
    as_ben = a_write(AS_BEN, based_on=1)
    assert no(view, as_ben, BEN, after(34)).because.startswith("Ana has this.")
    signed = done(view, as_ben, BEN, after(35))
    assert (draft(signed).author, draft(signed).ready) == ("ben", after(20).wall)
    assert no(view, a_write("Words of my own.", based_on=1), BEN, after(35)).because.startswith("Ana has this.")


def test_a_stranger_who_left_may_still_have_signed() -> None:
    """The signature of an author who left the team is not known any more, so it is part of the words."""
    view = drafted(words=words(SIGNED), view=opened(team=a_team(ANA, KIM)))
    left = View(team=a_team(KIM), incidents=view.incidents, conversations=view.conversations)
    signed = done(left, a_write(f"{SORRY}\n— Kim", based_on=1), KIM, after(5))
    cooling = draft(signed).cooling
    assert cooling is not None
    assert cooling.until == after(25).wall


def test_an_early_release_outlives_a_change_of_signature() -> None:
    """What a lead released stays released when only the name under it changes."""
    release = cmd(c.ReleaseEarly, draft="d1", version=1, words=words("Urgent."))
    view = done(drafted(words=words(SIGNED)), release, KIM, after(3))
    signed = rewritten(view, f"{SORRY}\n— Kim", 4, who=KIM)
    assert (draft(signed).ready, draft(signed).released) == (after(3).wall, "kim")


def test_a_small_repair_after_a_full_wait_costs_five_minutes() -> None:
    """What has cooled in full and is changed a little cools 5 min; changed a lot, all of it."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    repaired = rewritten(view, SORRY.replace("Friday", "Monday"), 25)
    assert (length(repaired), draft(repaired).repair) == (timedelta(minutes=5), True)
    assert length(rewritten(view, "Quite other words, never thought over.", 25)) == timedelta(minutes=20)


def test_before_the_full_wait_no_repair_is_small() -> None:
    """While it still cools, even a comma starts the wait again."""
    assert length(rewritten(drafted(), SORRY.replace("Friday", "Monday"), 19)) == timedelta(minutes=20)


def test_repairs_are_measured_from_what_cooled_in_full() -> None:
    """A chain of small repairs cannot walk away from the words that were thought over."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    once = rewritten(view, SORRY.replace("Friday", "Monday"), 21)
    twice = woken(once, "cooled:d1:2", after(26))
    third = rewritten(twice, SORRY.replace("Friday", "Monday").replace("We look", "We will do look"), 27)
    assert length(third) == timedelta(minutes=20)
    back = rewritten(twice, SORRY, 27)
    assert length(back) == timedelta(minutes=5)


def test_a_caution_followed_is_a_small_repair() -> None:
    """Taking the better wording of a caution after the full wait costs 5 min, however long it is."""
    text = f"{SORRY} You should have asked us first about that. {SORRY}"
    view = woken(drafted(words=words(text), cautions=(a_caution(),)), "cooled:d1:1", after(30))
    better = text.replace("You should have asked us first", "We should have asked you first of all")
    assert length(rewritten(view, better, 31)) == timedelta(minutes=5)


def test_words_that_cannot_be_read_any_more_are_no_measure() -> None:
    """Where the older words were forgotten, nothing is a small repair and nothing is unchanged."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    old = draft(view)
    lost = old.model_copy(update={"words": old.words.model_copy(update={"text": Forgotten()})})
    forgot = conversation(view).model_copy(update={"drafts": (lost,)})
    bare = View(team=view.team, incidents=view.incidents, conversations={"c1": forgot})
    assert length(rewritten(bare, SORRY, 21)) == timedelta(minutes=20)


def test_new_words_of_theirs_start_a_changed_draft_again() -> None:
    """Once they wrote again, a repair is no longer small; unchanged words keep their wait."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    add = cmd(c.Add, mention=a_mention("And now?", id="m2", minutes=21))
    wrote = done(view, add, Part.SORTER, after(21))
    assert length(rewritten(wrote, SORRY.replace("Friday", "Monday"), 22)) == timedelta(minutes=20)
    assert draft(rewritten(wrote, SORRY, 22)).ready == after(20).wall


# Discard


def test_a_draft_is_discarded_by_author_owner_or_lead() -> None:
    """Nobody else's draft is thrown away, and no version that was not seen."""
    discard = cmd(c.Discard, draft="d1", version=1)
    for who in (ANA, KIM):
        assert conversation(done(drafted(), discard, who, after(1))).drafts == ()
    assert no(drafted(), discard, BEN, after(1)).because.startswith("Ana wrote this.")
    assert "meanwhile" in no(drafted(), cmd(c.Discard, draft="d1", version=2), ANA, after(1)).because
    gone = View(team=a_team(BEN), conversations=drafted().conversations)
    assert not isinstance(decided(gone, discard, BEN, after(1)), Refusal)


def test_words_on_their_way_are_not_discarded() -> None:
    """While nobody knows what becomes of a send, its words stay."""
    assert "on its way" in no(intended(), cmd(c.Discard, draft="d1", version=1), ANA, after(23)).because


# Stops


def lift(**changes: Any) -> c.LiftStop:
    """The press that lifts the public offer of the first version."""
    return cmd(
        c.LiftStop, **{"draft": "d1", "version": 1, "code": "public_offer", "words": words("Agreed."), **changes}
    )


def test_a_lifted_stop_lets_the_same_words_be_finished() -> None:
    """A lead lifts it with a reason; then the author finishes exactly those words, and it cools longer for it."""
    view = done(drafted(finished=False, cautions=(STOP,)), lift(), KIM, after(1))
    assert draft(view).stops() == ()
    finished = rewritten(view, SORRY, 2, cautions=(STOP,))
    assert draft(finished).stops() == ()
    assert length(finished) == timedelta(minutes=30)
    other = a_write("Other words with an offer.", based_on=1, cautions=(STOP,))
    assert "stopped" in no(view, other, ANA, after(2)).because
    assert no(view, lift(), RAVI, after(2)).because == "Kim lifted it already."


def test_who_may_lift_a_stop() -> None:
    """A lead on duty who did not write it; without one, any second teammate; never alone."""
    view = drafted(finished=False, cautions=(STOP,))
    assert "Ask Kim or Ravi" in no(view, lift(), BEN, after(1)).because
    off = [lead.model_copy(update={"on_duty": False}) for lead in (KIM, RAVI)]
    night = drafted(opened(team=a_team(ANA, BEN, *off)), finished=False, cautions=(STOP,))
    assert draft(done(night, lift(), BEN, after(1))).stops() == ()
    assert "somebody who didn't write it" in no(night, lift(), ANA, after(1)).because
    alone = drafted(opened(team=a_team(ANA)), finished=False, cautions=(STOP,))
    assert "alone" in no(alone, lift(), ANA, after(1)).because


def test_some_stops_are_never_lifted_and_every_lift_needs_a_reason() -> None:
    """A leak is repaired in the words; a lift without reason, of another version or of no stop is refused."""
    leak = drafted(finished=False, cautions=(a_caution("pii_leak", Level.STOP),))
    assert "Nobody can lift" in no(leak, lift(code="pii_leak"), KIM, after(1)).because
    view = drafted(finished=False, cautions=(STOP,))
    assert "why" in no(view, lift(words=words("")), KIM, after(1)).because
    assert "meanwhile" in no(view, lift(version=2), KIM, after(1)).because
    assert "No such stop" in no(view, lift(code="sarcasm"), KIM, after(1)).because


# Reading once more


def read(version: int = 1) -> c.ReadOnceMore:
    """The cooled draft is opened."""
    return cmd(c.ReadOnceMore, draft="d1", version=version)


def test_it_is_read_once_more_when_it_has_cooled() -> None:
    """The author reads it, and what they knew then is kept."""
    view = ready()
    assert (draft(view).reader, draft(view).known) == ("ana", 1)
    assert no(drafted(), read(), ANA, after(19)).until == after(20).wall
    assert "meanwhile" in no(view, read(2), ANA, after(22)).because


def test_reading_before_the_clockwork_came_makes_it_ready() -> None:
    """Where all clocks agree that it is over, the reader need not wait for the clockwork."""
    view = done(drafted(), read(), ANA, after(20))
    assert (draft(view).ready, draft(view).reader) == (after(20).wall, "ana")


def test_left_unread_anybody_may_read_it() -> None:
    """After 15 min any teammate may; before that the refusal says from when on."""
    view = woken(drafted(), "cooled:d1:1", after(20))
    assert no(view, read(), BEN, after(34)).until == after(35).wall
    assert draft(done(view, read(), BEN, after(35))).reader == "ben"
    assert no(drafted(), read(), BEN, after(34)).until == after(35).wall
    assert no(ready(), read(), BEN, after(35)).until == after(36).wall
