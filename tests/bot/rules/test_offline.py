"""Away from the public: taking the talk, contacts, showing the contact, taking over, the end."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.commands import Command
from bot.nouns.conversation import Conversation, HandoffState, MadeGood, OfflineWay
from bot.nouns.delivery import Account
from bot.nouns.events import ContactShown, Invited, StatementBegun
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Refusal, Teammate
from bot.nouns.view import View
from tests.bot.build import ANA, BEN, GUS, KIM, START, a_team, after, apply, decided, done, no, opened, words

TAKE = c.TakeOffline(
    id="t", conversation="c1", way=OfflineWay.PHONE, words=words("0171 555"), next=START + timedelta(hours=4)
)
LOG = c.LogContact(id="l", conversation="c1", reached=True, words=words("She will wait until Friday."))
SHOW = c.ShowContact(id="s", conversation="c1")
OVER = c.TakeOver(id="v", conversation="c1")
END = c.EndHandoff(id="e", conversation="c1", words=words("A new one is on its way."), made_good=MadeGood.REPLACED)
CLAIM = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}


def conversation(view: View) -> Conversation:
    """The one conversation of these tests."""
    return view.conversations["c1"]


def taken(who: Teammate = ANA, **changes: object) -> View:
    """A view in which `who` has the talk."""
    return done(opened(), TAKE.model_copy(update=changes), who, after(10))


def test_the_presser_has_the_talk_and_the_conversation() -> None:
    """Who takes an unowned conversation offline owns it; the answer's clock stops, the first word's goes on."""
    found = conversation(taken())
    assert found.handoff is not None
    assert (found.handoff.state, found.handoff.person, found.handoff.way) == (
        HandoffState.TAKEN,
        "ana",
        OfflineWay.PHONE,
    )
    assert found.owner is not None
    assert (found.owner.person, found.owner.epoch) == ("ana", 1)
    assert (found.unanswered_since, found.waiting_since) == (None, START)


def test_an_owner_keeps_a_conversation_that_a_colleague_takes_offline() -> None:
    """Somebody else may have the talk while the owner keeps the conversation."""
    owned = done(taken(BEN), OVER, ANA, after(12))
    found = conversation(owned)
    assert found.owner is not None
    assert found.handoff is not None
    assert (found.owner.person, found.handoff.person) == ("ben", "ana")


def test_a_talk_without_a_date_is_asked_about_after_a_day() -> None:
    """No talk is forgotten: where no next contact was named, it is a day ahead. An empty contact is none."""
    handoff = conversation(taken(next=None, words=words("  "))).handoff
    assert handoff is not None
    assert (handoff.next, handoff.contact) == (after(10).wall + timedelta(days=1), None)


@pytest.mark.parametrize("who", [GUS, Part.CLOCKWORK])
@pytest.mark.parametrize("command", [TAKE, LOG, SHOW, OVER, END])
def test_only_teammates_talk(who: Teammate | Part, command: Command) -> None:
    """Neither guests nor parts of the product take, log, show or end a talk."""
    assert isinstance(decided(taken(), command, who, after(20)), Refusal)


@pytest.mark.parametrize("command", [TAKE, LOG, SHOW, OVER, END])
def test_a_conversation_that_is_gone_is_said_so(command: Command) -> None:
    """A press on a conversation that lies elsewhere is answered calmly."""
    assert "no longer here" in no(View(team=a_team()), command, ANA, after(20)).because


def test_taking_it_again_says_who_has_it() -> None:
    """Who presses second sees who was first."""
    assert no(taken(), TAKE, ANA, after(11)).because == "You have this talk already."
    assert "Ana has this talk already" in no(taken(), TAKE, BEN, after(11)).because


def test_there_is_nothing_to_take_where_it_is_settled_or_ours() -> None:
    """A closed conversation is reopened first; a statement answers nobody; a next contact lies ahead."""
    closed = done(opened(), c.Close(id="x", conversation="c1", disposition=Disposition.THANKED), ANA, after(1))
    assert "Reopen" in no(closed, TAKE, ANA, after(2)).because
    base = {"incident": "i1", "conversation": "c1", "at": START, "by": "ana"}
    statement = apply(View(team=a_team()), [StatementBegun(**base, account=Account(platform="mastodon"))])
    assert "nobody" in no(statement, TAKE, ANA, after(2)).because
    assert "past" in no(opened(), TAKE.model_copy(update={"next": START}), ANA, after(2)).because


def test_an_invitation_is_taken_by_a_name() -> None:
    """What we invited in public is taken by whoever they write to; until then nobody logs anything."""
    invited = apply(opened(), [Invited(**CLAIM, way=OfflineWay.PHONE)])
    for command in (LOG, SHOW, OVER, END):
        assert "Nobody has taken" in no(invited, command, ANA, after(5)).because
    assert "Nobody has taken" in no(opened(), LOG, ANA, after(5)).because
    handoff = conversation(done(invited, TAKE, BEN, after(6))).handoff
    assert handoff is not None
    assert (handoff.person, handoff.invites) == ("ben", 1)


def test_contacts_are_logged_with_what_comes_next() -> None:
    """Nobody reached: the old date stands; reached: the next one is what was agreed, or none."""
    missed = done(taken(), LOG.model_copy(update={"reached": False}), ANA, after(30))
    first = conversation(missed).handoff
    assert first is not None
    assert (len(first.contacts), first.next) == (1, TAKE.next)
    late = conversation(done(taken(), LOG.model_copy(update={"reached": False}), ANA, after(300))).handoff
    assert late is not None
    assert late.next is None  # a date that has passed is no date to come
    spoken = conversation(done(missed, LOG, ANA, after(40))).handoff
    assert spoken is not None
    assert ([contact.reached for contact in spoken.contacts], spoken.next) == ([False, True], None)
    friday = LOG.model_copy(update={"next": START + timedelta(days=4)})
    agreed = conversation(done(missed, friday, ANA, after(40))).handoff
    assert agreed is not None
    assert agreed.next == friday.next
    assert "few words" in no(missed, LOG.model_copy(update={"words": words(" ")}), ANA, after(50)).because
    assert "past" in no(missed, LOG.model_copy(update={"next": START}), ANA, after(50)).because


@pytest.mark.parametrize("command", [LOG, SHOW, END])
def test_a_talk_is_the_affair_of_few(command: Command) -> None:
    """Whoever has it, the owner and leads may; another teammate is asked to take it over first."""
    view = done(taken(BEN), OVER, ANA, after(11))  # Ben owns it, Ana has the talk
    for who in (ANA, BEN, KIM):
        done(view, command, who, after(20))
    other = ANA.model_copy(update={"id": "zoe", "name": "Zoe"})
    assert "Ana has this talk" in no(view, command, other, after(20)).because


def test_showing_the_contact_is_recorded() -> None:
    """The whole contact is shown by a press that stands on the timeline, where there is one."""
    events = decided(taken(), SHOW, KIM, after(20))
    assert not isinstance(events, Refusal)
    assert events == [ContactShown(incident="i1", conversation="c1", at=after(20).wall, by="kim")]
    assert "No contact" in no(taken(words=None), SHOW, ANA, after(20)).because


def test_a_talk_is_taken_over_in_one_press() -> None:
    """Any teammate takes it; a lead may give it to a teammate; nobody takes what they have."""
    view = taken()
    assert no(view, OVER, ANA, after(20)).because == "You have this talk already."
    given = OVER.model_copy(update={"person": "ben"})
    assert "Only a lead" in no(view, given, ANA, after(20)).because
    handoff = conversation(done(view, given, KIM, after(20))).handoff
    assert handoff is not None
    assert handoff.person == "ben"
    assert "Ana has it already" in no(view, OVER.model_copy(update={"person": "ana"}), KIM, after(20)).because
    assert "Only a teammate" in no(view, OVER.model_copy(update={"person": "gus"}), KIM, after(20)).because


def test_who_takes_over_a_talk_that_nobody_owns_owns_it() -> None:
    """A talk whose conversation was handed back has an owner again."""
    view = done(taken(), c.HandBack(id="h", conversation="c1"), ANA, after(15))
    owner = conversation(done(view, OVER, BEN, after(20))).owner
    assert owner is not None
    assert (owner.person, owner.epoch) == ("ben", 2)


def test_a_talk_ends_with_a_result_once() -> None:
    """How it ended and what was made good stand, and an ended talk does not end again."""
    assert "few words" in no(taken(), END.model_copy(update={"words": words("")}), ANA, after(30)).because
    view = done(taken(), END, ANA, after(30))
    handoff = conversation(view).handoff
    assert handoff is not None
    assert (handoff.state, handoff.made_good, handoff.next) == (HandoffState.ENDED, MadeGood.REPLACED, None)
    assert "has ended" in no(view, END, ANA, after(31)).because
    again = conversation(done(view, TAKE, BEN, after(40))).handoff
    assert again is not None
    assert (again.state, again.person) == (HandoffState.TAKEN, "ben")
