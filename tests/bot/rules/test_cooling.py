"""How long words cool, and who may shorten it."""

from datetime import time, timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Level, Stage
from bot.nouns.conversation import Conversation
from bot.nouns.mention import MentionKind
from bot.nouns.team import Policy
from bot.nouns.time import Cooling, QuietHours
from bot.rules.cooling import cooled, cools, not_cooled
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    RAVI,
    a_caution,
    a_mention,
    a_team,
    a_write,
    after,
    cmd,
    conversation,
    done,
    drafted,
    no,
    opened,
    words,
)

POLICY = Policy()


def wait(
    stage: Stage = Stage.RESPONSE,
    *codes: str,
    on: Conversation | None = None,
    kind: MentionKind | None = None,
    policy: Policy = POLICY,
    repair: bool = False,
    minutes: float = 0,
) -> Cooling:
    """The wait of words of `stage` with warnings of those codes."""
    on = on or conversation(opened())
    return cools(on, stage, [a_caution(code) for code in codes], policy, after(minutes), kind=kind, repair=repair)


@pytest.mark.parametrize(
    ("stage", "kind", "minutes"),
    [
        (Stage.ACKNOWLEDGEMENT, MentionKind.POST, 2),
        (Stage.ACKNOWLEDGEMENT, MentionKind.CHAT, 1),
        (Stage.ACKNOWLEDGEMENT, MentionKind.REVIEW, 5),
        (Stage.ACKNOWLEDGEMENT, MentionKind.ARTICLE, 5),
        (Stage.RESPONSE, MentionKind.POST, 20),
        (Stage.RESPONSE, MentionKind.CHAT, 5),
        (Stage.RESPONSE, MentionKind.REVIEW, 60),
        (Stage.RESPONSE, MentionKind.ARTICLE, 60),
        (Stage.STATEMENT, MentionKind.POST, 20),
        (Stage.PRIVATE, MentionKind.REVIEW, 2),
    ],
)
def test_the_base_follows_kind_and_stage(stage: Stage, kind: MentionKind, minutes: int) -> None:
    """Every kind of mention and every stage has the wait that the policy names."""
    found = wait(stage, kind=kind)
    assert found.length == timedelta(minutes=minutes)
    assert found.reasons == ()
    assert found.until == after(minutes).wall


def test_the_kind_is_the_newest_mentions_by_default() -> None:
    """Without a kind the newest mention decides, and a statement is a post."""
    review = conversation(opened(a_mention(kind=MentionKind.REVIEW)))
    assert wait(on=review).length == timedelta(minutes=60)
    nothing = Conversation(id="c1", incident="i1", opened=after(0).wall, statement=True)
    assert wait(Stage.STATEMENT, on=nothing).length == timedelta(minutes=20)


def test_every_addition_gives_its_reason() -> None:
    """Heat, each warning once, a third turn and late hours add to the wait, in words that end "10 more because …"."""
    hot = conversation(opened(a_mention(heat=0.5))).model_copy(update={"turns": 2})
    late = Policy(late_hours=QuietHours(begin=time(9), end=time(11)))
    found = wait(Stage.RESPONSE, "argument", "argument", "strange_thing", on=hot, kind=MentionKind.CHAT, policy=late)
    assert [(r.minutes, r.because) for r in found.reasons] == [
        (10, "they are angry"),
        (10, "it argues with them"),
        (10, "a caution stands on it (strange thing)"),
        (5, "we have answered twice already"),
        (10, "it is late"),
    ]
    assert found.length == timedelta(minutes=50)


def test_a_note_adds_nothing_and_neither_does_heat_that_is_gone() -> None:
    """Only warnings and lifted stops lengthen a wait; a deleted mention heats nothing."""
    gone = conversation(opened(a_mention(heat=0.9, deleted=after(1).wall), a_mention(id="m2")))
    found = cools(gone, Stage.RESPONSE, [a_caution(level=Level.NOTE)], POLICY, after(0))
    assert found.length == timedelta(minutes=20)


def test_no_wait_goes_past_its_cap_and_says_only_what_it_adds() -> None:
    """An acknowledgement never cools longer than 5 min, a response never longer than 60."""
    first = wait(Stage.ACKNOWLEDGEMENT, "blame", "shouting")
    assert first.length == timedelta(minutes=5)
    assert [r.minutes for r in first.reasons] == [3]
    assert wait(Stage.RESPONSE, *"abcdefg").length == timedelta(minutes=60)
    short = Policy(response_cools_at_most=timedelta(minutes=1))
    assert wait(policy=short).length == timedelta(minutes=1)


def test_seconds_are_told_as_seconds() -> None:
    """A policy in seconds is shown truly: nothing is rounded up to a minute."""
    quick = Policy(response_cools=timedelta(seconds=8), caution_adds=timedelta(seconds=75))
    (reason,) = wait(Stage.RESPONSE, "blame", policy=quick).reasons
    assert (reason.minutes, reason.seconds) == (1, 15)


def test_a_small_repair_never_costs_more_than_the_whole_wait() -> None:
    """A repair costs 5 min, or as much as the wait itself where that is shorter."""
    assert wait(repair=True).length == timedelta(minutes=5)
    assert wait(Stage.ACKNOWLEDGEMENT, repair=True).length == timedelta(minutes=2)


def test_too_early_is_refused_with_the_time() -> None:
    """The refusal names when it has cooled; a kept draft has to be finished first."""
    draft = conversation(drafted()).drafts[0]
    early = not_cooled(draft, after(19))
    assert early is not None
    assert early.until == after(20).wall
    assert not_cooled(draft, after(20)) is None
    assert cooled(draft, after(20))
    kept = not_cooled(draft.model_copy(update={"cooling": None}), after(90))
    assert kept is not None
    assert "Finish it" in kept.because


def test_a_wall_clock_that_jumped_forward_is_not_believed() -> None:
    """Too early by the time really elapsed is too early, and the time named is one that will do."""
    draft = conversation(drafted()).drafts[0]
    jumped = after(5, wall=after(60).wall, store=after(60).wall)
    early = not_cooled(draft, jumped)
    assert early is not None
    assert early.until == after(75).wall


def test_a_doubtful_clock_says_so() -> None:
    """After a reboot that nobody can bear witness of, the refusal says that the clock is doubtful."""
    doubtful = not_cooled(conversation(drafted()).drafts[0], after(30, boot="boot-2"))
    assert doubtful is not None
    assert "doubtful" in doubtful.because
    assert doubtful.until == after(50).wall


def release(**changes: Any) -> c.ReleaseEarly:
    """The press that shortens the wait of the first version."""
    return cmd(c.ReleaseEarly, **{"draft": "d1", "version": 1, "words": words("A child is in danger."), **changes})


def test_a_lead_who_did_not_write_it_releases_it() -> None:
    """A lead's written reason makes it ready; a teammate among leads is told whom to ask."""
    released = conversation(done(drafted(), release(), KIM, after(5))).drafts[0]
    assert (released.ready, released.released) == (after(5).wall, "kim")
    refusal = no(drafted(), release(), BEN, after(5))
    assert refusal.because == "Only a lead who didn't write it can release it early. Ask Kim or Ravi."
    by_kim = done(opened(), a_write(), KIM, after(0))
    assert no(by_kim, release(), KIM, after(5)).because.endswith("Ask Ravi.")


def test_with_fewer_than_two_leads_any_other_teammate_may() -> None:
    """One lead cannot be waited for: then anybody but the author may release."""
    few = drafted(opened(team=a_team(ANA, BEN, KIM)))
    assert conversation(done(few, release(), BEN, after(5))).drafts[0].ready is not None
    assert no(few, release(), ANA, after(5)).because.endswith("Ask Ben or Kim.")


def test_alone_nobody_releases() -> None:
    """Who is alone waits: there is no second name."""
    alone = drafted(opened(team=a_team(ANA)))
    assert "alone" in no(alone, release(), ANA, after(5)).because


def test_a_release_needs_a_reason_a_wait_and_the_version_that_stands() -> None:
    """Nothing is shortened without a reason, twice, after the wait, of a kept draft or of another version."""
    assert "why" in no(drafted(), release(words=words("  ")), KIM, after(5)).because
    assert "cooled already" in no(drafted(), release(), KIM, after(20)).because
    assert "meanwhile" in no(drafted(), release(version=2), KIM, after(5)).because
    assert "only kept" in no(drafted(finished=False), release(), KIM, after(5)).because
    twice = done(drafted(), release(), KIM, after(5))
    assert no(twice, release(), RAVI, after(6)).because == "Kim released it already."
    assert no(drafted(), release(), GUS, after(5)).because


def test_a_released_wait_is_no_full_wait() -> None:
    """After an early release a small repair starts the whole wait again."""
    released = done(drafted(), release(), KIM, after(5))
    again = done(released, a_write("We are sorry. We look into it.", based_on=1), ANA, after(6))
    cooling = conversation(again).drafts[0].cooling
    assert cooling is not None
    assert cooling.length == timedelta(minutes=20)
