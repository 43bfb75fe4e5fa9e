"""Who has a conversation."""

import pytest

from bot.nouns import commands as c
from bot.nouns.flag import Severity
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Role, Teammate
from bot.nouns.view import View
from bot.rules.due import due
from bot.rules.positions import positions
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    MAX,
    RAVI,
    a_mention,
    a_team,
    a_write,
    after,
    cmd,
    conversation,
    done,
    no,
    opened,
)


def claimed(view: View | None = None) -> View:
    """Ana has it."""
    return done(view or opened(), cmd(c.Claim, epoch=0), ANA, after(1))


def test_a_claim_makes_the_presser_its_owner() -> None:
    """Whoever presses *I have this* first has it, as its first owner."""
    owner = conversation(claimed()).owner
    assert owner is not None
    assert (owner.person, owner.epoch) == ("ana", 1)


def test_a_second_claim_is_told_who_was_first() -> None:
    """Two people press at once: the second hears who has it, and that it is theirs already where it is."""
    assert no(claimed(), cmd(c.Claim, epoch=0), BEN, after(1)).because == "Ana has this already."
    assert no(claimed(), cmd(c.Claim, epoch=1), ANA, after(1)).because == "You have this already."


def test_a_claim_painted_before_the_last_owner_is_stale() -> None:
    """A choice from before somebody had it and gave it back has to be pressed again."""
    back = done(claimed(), cmd(c.HandBack), ANA, after(2))
    assert "press again" in no(back, cmd(c.Claim, epoch=0), BEN, after(3)).because
    assert conversation(done(back, cmd(c.Claim, epoch=1), BEN, after(3))).owners == 2


def test_what_a_departed_owner_had_can_be_claimed() -> None:
    """A person who left the team, or is only a guest now, keeps nobody out."""
    gone = claimed(opened(team=a_team(ANA, BEN)))
    gone = View(team=a_team(BEN), incidents=gone.incidents, conversations=gone.conversations)
    owner = conversation(done(gone, cmd(c.Claim, epoch=1), BEN, after(3))).owner
    assert owner is not None
    assert owner.person == "ben"


@pytest.mark.parametrize("who", [GUS, MAX, Part.SORTER])
@pytest.mark.parametrize("command", [cmd(c.Claim, epoch=0), cmd(c.Assign, to="ben", epoch=0), cmd(c.HandBack)])
def test_only_teammates_act(who: Teammate | Part, command: c.Command) -> None:
    """A guest, a manager who is nothing else, and a part of the product can neither take nor give."""
    assert no(opened(), command, who, after(1)).because


def test_a_conversation_that_is_not_here_is_refused_calmly() -> None:
    """A press on a conversation that moved away is answered with where to look."""
    assert "no longer here" in no(opened(), c.Claim(id="x", conversation="c9", epoch=0), ANA, after(1)).because


def test_a_settled_conversation_cannot_be_claimed() -> None:
    """What is closed has to be reopened first."""
    closed = conversation(opened()).model_copy(update={"closed": after(5).wall})
    view = View(team=a_team(), conversations={"c1": closed})
    assert "settled" in no(view, cmd(c.Claim, epoch=0), ANA, after(6)).because


def test_a_lead_gives_it_to_somebody_else() -> None:
    """A lead assigns over a standing owner, once, and with the epoch that was painted."""
    given = done(claimed(), cmd(c.Assign, to="ben", epoch=1), KIM, after(2))
    owner = conversation(given).owner
    assert owner is not None
    assert (owner.person, owner.epoch) == ("ben", 2)
    assert no(given, cmd(c.Assign, to="ben", epoch=2), RAVI, after(3)).because == "Ben has this already."
    assert "Ben has it now" in no(given, cmd(c.Assign, to="kim", epoch=1), RAVI, after(3)).because


def test_assigning_needs_a_lead_and_a_teammate() -> None:
    """A teammate cannot assign, and nobody can assign to a guest or a stranger."""
    assert no(opened(), cmd(c.Assign, to="ben", epoch=0), ANA, after(1)).because.endswith("Ask Kim or Ravi.")
    assert "Gus is not a teammate" in no(opened(), cmd(c.Assign, to="gus", epoch=0), KIM, after(1)).because
    assert "not a teammate" in no(opened(), cmd(c.Assign, to="nobody", epoch=0), KIM, after(1)).because
    assert "nobody has it now" in no(opened(), cmd(c.Assign, to="ben", epoch=3), KIM, after(1)).because


def test_handing_back_needs_no_reason() -> None:
    """The owner gives it back, a lead may do it for them, others may not, and nobody can do it twice."""
    assert conversation(done(claimed(), cmd(c.HandBack), ANA, after(2))).owner is None
    assert conversation(done(claimed(), cmd(c.HandBack), KIM, after(2))).owner is None
    assert no(claimed(), cmd(c.HandBack), BEN, after(2)).because.startswith("Ana has this.")
    assert "Nobody has it" in no(opened(), cmd(c.HandBack), ANA, after(2)).because


def test_a_lead_hands_back_for_the_owner_they_saw() -> None:
    """A lead's press that was painted before the last owner frees nobody; an owner's own says just what it does."""
    stale = cmd(c.HandBack, epoch=0)
    assert no(claimed(), stale, KIM, after(2)).because.startswith("Ana has this now.")
    assert conversation(done(claimed(), cmd(c.HandBack, epoch=1), KIM, after(2))).owner is None
    assert conversation(done(claimed(), stale, ANA, after(2))).owner is None


def test_what_somebody_had_who_left_is_free_again() -> None:
    """The clockwork gives it back for them: a critical one rings anew, and whoever wrote there may be followed."""
    team = a_team(KIM, BEN, ANA)
    view = done(opened(a_mention(severity=Severity.CRITICAL), team=team), cmd(c.Claim, epoch=0), ANA, after(1))
    kept = done(view, a_write(), ANA, after(2))
    back = cmd(c.HandBack)
    assert "is of the team" in no(kept, back, Part.CLOCKWORK, after(3)).because
    left = done(kept, c.RemovePerson(id="r", person="ana"), KIM, after(3))
    assert left.team.name("ana") == "Ana"
    freed = done(left, back, Part.CLOCKWORK, after(3))
    assert conversation(freed).owner is None
    assert "critical" in {each.what for each in due(conversation(freed), freed.team)}
    assert "critical" in positions(conversation(freed), freed.team)
    assert "is of the team" in no(freed, back, Part.CLOCKWORK, after(4)).because
    theirs = done(freed, a_write("We heard you and look into it today.", based_on=1), BEN, after(4))
    assert conversation(theirs).owner is not None
    assert conversation(theirs).drafts[0].author == "ben"


def test_who_is_a_guest_now_has_nothing_and_what_is_settled_stays() -> None:
    """Losing the role is leaving; what was closed needs nobody, and what is gone is refused."""
    view = done(opened(team=a_team(KIM, ANA)), cmd(c.Claim, epoch=0), ANA, after(1))
    fields = {**ANA.model_dump(exclude={"id"}), "roles": frozenset({Role.GUEST})}
    guest = done(view, c.SetPerson(id="s", person="ana", **fields), KIM, after(2))
    assert conversation(done(guest, cmd(c.HandBack), Part.CLOCKWORK, after(3))).owner is None
    closed = done(guest, cmd(c.Close, disposition=Disposition.NOT_FOR_US), KIM, after(3))
    assert "settled" in no(closed, cmd(c.HandBack), Part.CLOCKWORK, after(4)).because
    no(View(team=view.team), cmd(c.HandBack), Part.CLOCKWORK, after(4))
    no(view, cmd(c.HandBack), Part.SORTER, after(4))
