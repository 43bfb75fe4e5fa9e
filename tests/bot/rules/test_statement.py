"""Posts of ours that answer no single mention, and corrections."""

from datetime import timedelta
from typing import Any

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.delivery import Account, Posted, ToAccount, ToPost
from bot.nouns.incident import Incident
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    OURS,
    SORRY,
    a_team,
    a_write,
    after,
    cmd,
    conversation,
    delivered,
    done,
    intended,
    key,
    no,
    opened,
    posted,
    words,
)


def begin(**changes: Any) -> c.BeginStatement:
    """A statement on our account, in an incident of its own."""
    return cmd(c.BeginStatement, **{"account": OURS, **changes})


def test_a_statement_is_a_conversation_of_its_own() -> None:
    """Whoever begins it has it, and words for its account cool like a response."""
    view = done(View(team=a_team()), begin(), ANA, after(0))
    found = conversation(view)
    assert (found.statement, found.account, found.owner.person if found.owner else "") == (True, OURS, "ana")
    view = done(view, a_write(stage=Stage.STATEMENT, target=ToAccount(account=OURS)), ANA, after(0))
    cooling = conversation(view).drafts[0].cooling
    assert cooling is not None
    assert cooling.length == timedelta(minutes=20)


def test_a_statement_may_lie_in_an_incident_that_stands() -> None:
    """It joins a standing incident, but none that ended in another, and is not begun twice."""
    beside = begin(conversation="c2", fresh=False)
    assert done(opened(), beside, ANA, after(1)).incidents["i1"].size == 2
    assert "no longer here" in no(View(team=a_team()), beside, ANA, after(1)).because
    assert "no longer here" in no(opened(), begin(conversation="c2"), ANA, after(1)).because
    merged = View(team=a_team(), incidents={"i1": Incident(id="i1", opened=after(0).wall, merged_into="i2")})
    assert "no longer here" in no(merged, beside, ANA, after(1)).because
    assert "begun already" in no(opened(), begin(), ANA, after(1)).because
    assert "Choose the account" in no(View(team=a_team()), begin(account=Account(platform="")), ANA, after(1)).because
    assert no(View(team=a_team()), begin(), GUS, after(1)).because


def correct(text: str = "We were wrong: it comes on Monday.", **changes: Any) -> c.Correct:
    """Other words for the post of the attempt s1."""
    return cmd(c.Correct, **{"attempt": "s1", "draft": "d2", "words": words(text), **changes})


def test_a_correction_amends_our_post_and_cools_like_a_response() -> None:
    """Its target is the post itself, and it begins its own wait."""
    draft = conversation(done(posted(), correct(), ANA, after(30))).draft("d2")
    assert draft is not None
    assert draft.cooling is not None
    assert (draft.target, draft.cooling.length) == (ToPost(key=key("ours1")), timedelta(minutes=20))


def test_a_correction_without_words_withdraws() -> None:
    """Empty words take the post back; that too is cooled and pressed."""
    draft = conversation(done(posted(), correct(""), ANA, after(30))).draft("d2")
    assert draft is not None
    assert draft.cooling is not None


def test_only_what_is_there_can_be_corrected_by_who_has_it() -> None:
    """An attempt that is not posted, unchanged words, and another's conversation are refused."""
    assert "know no post" in no(intended(), correct(), ANA, after(30)).because
    assert "know no post" in no(posted(), correct(attempt="s9"), ANA, after(30)).because
    assert "stand there already" in no(posted(), correct(SORRY), ANA, after(30)).because
    assert no(posted(), correct(), BEN, after(30)).because.startswith("Ana has this.")
    assert no(posted(), correct(), GUS, after(30)).because
    nowhere = delivered(intended(), Posted())
    assert "know no post" in no(nowhere, correct(), ANA, after(30)).because
