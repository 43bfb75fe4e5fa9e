"""Silence: a reason, a review date, and a second name that is somebody else's."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, OfflineWay, Silence
from bot.nouns.delivery import Account, Audience, ToMention
from bot.nouns.events import Claimed, StatementBegun
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Teammate
from bot.nouns.view import View
from bot.rules.standing import NEWS
from tests.bot.build import (
    ANA,
    BEN,
    GUS,
    KIM,
    RAVI,
    START,
    a_mention,
    a_team,
    after,
    apply,
    done,
    key,
    no,
    opened,
    words,
)

LEAVE = c.LeaveUnanswered(id="l", conversation="c1", words=words("They only want a quarrel."))
SECOND = c.SecondSilence(id="s", conversation="c1")
ZOE = ANA.model_copy(update={"id": "zoe", "name": "Zoe"})


def the_silence(view: View) -> Silence:
    """The silence of these tests."""
    silence = view.conversations["c1"].silence
    assert silence is not None
    return silence


def test_a_silence_has_a_reason_and_is_looked_at_again() -> None:
    """It stops the clocks, waits for its second name, and is looked at again after a day unless another day is named."""
    view = done(opened(), LEAVE, ANA, after(1))
    assert (the_silence(view).by, the_silence(view).second) == ("ana", "")
    assert the_silence(view).review == after(1).wall + timedelta(hours=24)
    assert view.conversations["c1"].waiting_since is None
    later = LEAVE.model_copy(update={"review": START + timedelta(days=7)})
    assert the_silence(done(opened(), later, ANA, after(1))).review == START + timedelta(days=7)
    assert "Ana decided that already" in no(view, LEAVE, BEN, after(2)).because


def test_a_silence_needs_a_reason_and_a_day_to_come() -> None:
    """Without a reason, with a review in the past, or where nothing lies, it is refused."""
    assert "Say why" in no(opened(), LEAVE.model_copy(update={"words": words(" ")}), ANA, after(1)).because
    assert "a day to come" in no(opened(), LEAVE.model_copy(update={"review": START}), ANA, after(1)).because
    assert "no longer here" in no(View(team=a_team()), LEAVE, ANA, after(1)).because


@pytest.mark.parametrize("who", [GUS, Part.SORTER])
def test_only_teammates_are_silent(who: Teammate | Part) -> None:
    """Guests and the sorter neither leave anything unanswered nor second that."""
    no(opened(), LEAVE, who, after(1))
    no(done(opened(), LEAVE, ANA, after(1)), SECOND, who, after(2))


def test_what_somebody_owns_is_theirs_to_leave() -> None:
    """Another teammate asks the owner or a lead; a lead decides."""
    owned = apply(opened(), [Claimed(incident="i1", conversation="c1", at=START, by="ben", owner="ben", epoch=1)])
    assert no(owned, LEAVE, ANA, after(1)).because == "Ben has this. Ask them, or Kim or Ravi."
    done(owned, LEAVE, KIM, after(1))


def test_what_is_under_way_is_not_left() -> None:
    """Neither a settled matter, nor a statement, nor a send that has not ended, nor a talk."""
    closed = done(opened(), c.Close(id="x", conversation="c1", disposition=Disposition.THANKED), ANA, after(1))
    assert "Reopen" in no(closed, LEAVE, ANA, after(2)).because
    begun = StatementBegun(incident="i1", conversation="c1", at=START, by="ana", account=Account(platform="mastodon"))
    assert "statement" in no(apply(View(team=a_team()), [begun]), LEAVE, ANA, after(2)).because
    talk = done(opened(), c.TakeOffline(id="t", conversation="c1", way=OfflineWay.EMAIL), ANA, after(1))
    assert "Ana is talking" in no(talk, LEAVE, ANA, after(2)).because
    attempt = Attempt(
        key="a", draft="d", version=1, stage=Stage.RESPONSE, audience=Audience.PUBLIC, target=ToMention(key=key()),
        words=words("Hello."), by="ana", asked=START,
    )  # fmt: skip
    view = opened()
    asked = view.conversations["c1"].model_copy(update={"attempts": (attempt,)})
    sending = View(team=view.team, incidents=view.incidents, conversations={"c1": asked})
    assert "on its way" in no(sending, LEAVE, ANA, after(2)).because


def test_a_lead_seconds() -> None:
    """The second name is another's, and a lead's where there is one besides the author; it is put there once."""
    view = done(opened(), LEAVE, ANA, after(1))
    assert "somebody else's. Ask Kim or Ravi." in no(view, SECOND, ANA, after(2)).because
    assert "Only a lead" in no(view, SECOND, BEN, after(2)).because
    seconded = done(view, SECOND, KIM, after(2))
    assert the_silence(seconded).second == "kim"
    assert "Kim put their name" in no(seconded, SECOND, RAVI, after(3)).because


def test_a_second_name_stands_under_the_reason_that_was_read() -> None:
    """To a press on an earlier one it is said that something came: it may have been decided anew, for another reason."""
    first = done(opened(), LEAVE, ANA, after(1))
    shown = SECOND.model_copy(update={"seen": first.conversations["c1"].seen})
    spoken = done(first, c.Add(id="a", conversation="c1", mention=a_mention(id="m2")), Part.SORTER, after(2))
    anew = LEAVE.model_copy(update={"id": "l2", "words": words("They threaten us.")})
    second = done(spoken, anew, BEN, after(4))
    assert no(second, shown, KIM, after(5)) == NEWS
    assert the_silence(done(first, shown, KIM, after(5))).second == "kim"


def test_a_lead_is_not_their_own_second_name() -> None:
    """A lead's silence is seconded by another lead, or by any teammate where there is none."""
    both = done(opened(), LEAVE, KIM, after(1))
    assert "Ask Ravi." in no(both, SECOND, KIM, after(2)).because
    assert "Only a lead" in no(both, SECOND, BEN, after(2)).because
    one = done(opened(team=a_team(KIM, BEN)), LEAVE, KIM, after(1))
    assert the_silence(done(one, SECOND, BEN, after(2))).second == "ben"


def test_a_team_without_leads_seconds_by_any_other() -> None:
    """Where nobody leads, any second teammate will do."""
    view = done(opened(team=a_team(ANA, ZOE)), LEAVE, ANA, after(1))
    assert the_silence(done(view, SECOND, ZOE, after(2))).second == "zoe"


def test_who_is_alone_is_told_that_it_takes_a_day() -> None:
    """Alone in the team there is nobody to ask."""
    view = done(opened(team=a_team(ANA)), LEAVE, ANA, after(1))
    assert "it takes a day" in no(view, SECOND, ANA, after(2)).because


def test_there_must_be_a_silence_to_second() -> None:
    """Nothing to second: nobody decided it, they wrote again meanwhile, or the conversation is gone."""
    assert "wrote again" in no(opened(), SECOND, KIM, after(1)).because
    view = done(opened(), LEAVE, ANA, after(1))
    spoken = done(view, c.Add(id="a", conversation="c1", mention=a_mention(id="m2")), Part.SORTER, after(2))
    assert "wrote again" in no(spoken, SECOND, KIM, after(3)).because
    assert "no longer here" in no(View(team=a_team()), SECOND, KIM, after(3)).because
