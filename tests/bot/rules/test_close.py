"""Ends: true dispositions, signed by a name; nothing left open behind a closed door; reopening."""

from datetime import timedelta
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.commands import Command
from bot.nouns.conversation import Attempt, AttemptState, Conversation, MadeGood, OfflineWay, PromiseState
from bot.nouns.delivery import Account, Audience, ToAccount, ToMention
from bot.nouns.events import Claimed, Closed, Disposed, Invited, StatementBegun, StormEnded
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Refusal, Teammate
from bot.nouns.view import View
from tests.bot.build import (
    ANA,
    BEN,
    EVERYBODY,
    GUS,
    KIM,
    START,
    a_mention,
    a_team,
    after,
    apply,
    decided,
    done,
    key,
    no,
    opened,
    words,
)

CLOSE = c.Close(id="c", conversation="c1", disposition=Disposition.THANKED, outcome="calmed")
ACCOUNT = Account(platform="mastodon", name="@shop")


def sign(disposition: Disposition, *mentions: str) -> c.Dispose:
    """The command that signs these mentions (all of them where none are named)."""
    return c.Dispose(id="d", conversation="c1", disposition=disposition, mentions=tuple(key(m) for m in mentions))


def changed(view: View, **changes: Any) -> View:
    """The view with its conversation as `changes` say."""
    found = view.conversations["c1"].model_copy(update=changes)
    return View(team=view.team, incidents=view.incidents, conversations={**view.conversations, "c1": found})


def an_attempt(state: AttemptState, stage: Stage = Stage.RESPONSE) -> Attempt:
    """A send that stands at `state`."""
    target = ToAccount(account=ACCOUNT) if stage is Stage.STATEMENT else ToMention(key=key())
    return Attempt(
        key="a", draft="d", version=1, stage=stage, audience=Audience.PUBLIC, target=target,
        words=words("Hello."), by="ana", asked=START, state=state,
    )  # fmt: skip


def conversation(view: View) -> Conversation:
    """The conversation these tests end."""
    return view.conversations["c1"]


def standing(view: View) -> list[Disposition | None]:
    """The standing dispositions of its mentions."""
    return [m.signed.disposition if m.signed is not None else None for m in conversation(view).mentions]


FREE = [Disposition.THANKED, Disposition.HIDDEN, Disposition.REPORTED, Disposition.NOT_FOR_US]


@pytest.mark.parametrize("disposition", FREE)
def test_what_a_person_judges_needs_no_proof(disposition: Disposition) -> None:
    """Thanked, hidden, reported and not for us are a named person's word."""
    view = done(opened(), sign(disposition), ANA, after(1))
    (mention,) = conversation(view).mentions
    assert mention.signed is not None
    assert (mention.signed.disposition, mention.signed.by) == (disposition, "ana")
    assert conversation(view).waiting_since is None


@pytest.mark.parametrize(
    ("disposition", "because"),
    [
        (Disposition.ANSWERED, "No answer of ours"),
        (Disposition.ACKNOWLEDGED, "that we heard"),
        (Disposition.OFFLINE, "Nobody took this talk"),
        (Disposition.WITHDRAWN, "still stand"),
        (Disposition.SILENCE, "needs a reason"),
        (Disposition.PUBLISHED, "Only a statement"),
    ],
)
def test_what_did_not_happen_is_not_signed(disposition: Disposition, because: str) -> None:
    """A disposition that claims a fact needs that fact, whether signed alone or with the close."""
    assert because in no(opened(), sign(disposition), ANA, after(1)).because
    assert because in no(opened(), CLOSE.model_copy(update={"disposition": disposition}), ANA, after(1)).because


def test_what_happened_is_signed() -> None:
    """An answer, a first word, an invitation, a deletion and a seconded silence can each be signed."""
    by_hand = c.NoteOurAnswer(id="n", conversation="c1", mention=key(), post=key("p"), words=words("Hello."))
    answered = done(opened(), by_hand, Part.SORTER, after(1))
    assert standing(done(answered, sign(Disposition.ANSWERED), ANA, after(2))) == [Disposition.ANSWERED]
    assert standing(done(answered, sign(Disposition.ACKNOWLEDGED), ANA, after(2))) == [Disposition.ACKNOWLEDGED]
    invited = apply(opened(), [Invited(incident="i1", conversation="c1", at=START, by="ana", way=OfflineWay.PHONE)])
    assert standing(done(invited, sign(Disposition.OFFLINE), ANA, after(2))) == [Disposition.OFFLINE]
    deleted = done(opened(), c.NoteDeletion(id="n", conversation="c1", mention=key()), Part.SORTER, after(1))
    assert standing(done(deleted, sign(Disposition.WITHDRAWN), ANA, after(2))) == [Disposition.WITHDRAWN]
    leave = c.LeaveUnanswered(id="l", conversation="c1", words=words("Only a quarrel."))
    left = done(opened(), leave, ANA, after(1))
    assert "second name. Ask Kim or Ravi." in no(left, sign(Disposition.SILENCE), ANA, after(2)).because
    seconded = done(left, c.SecondSilence(id="s", conversation="c1"), KIM, after(2))
    assert standing(done(seconded, sign(Disposition.SILENCE), ANA, after(3))) == [Disposition.SILENCE]


def test_each_mention_is_signed_by_itself_and_the_latest_signature_stands() -> None:
    """Named mentions are signed alone; signing again writes over; a stranger's mention is refused."""
    view = opened(a_mention(), a_mention("And?", id="m2", minutes=1))
    one = done(view, sign(Disposition.THANKED, "m2"), ANA, after(2))
    assert standing(one) == [None, Disposition.THANKED]
    assert conversation(one).waiting_since is not None
    both = done(one, sign(Disposition.NOT_FOR_US), BEN, after(3))
    assert standing(both) == [Disposition.NOT_FOR_US, Disposition.NOT_FOR_US]
    assert "not part" in no(view, sign(Disposition.THANKED, "m9"), ANA, after(2)).because
    assert "no longer here" in no(View(team=a_team()), sign(Disposition.THANKED), ANA, after(2)).because


def test_only_the_deleted_mentions_are_withdrawn() -> None:
    """Where one of two was deleted, that one alone ends as withdrawn."""
    view = opened(a_mention(), a_mention("And?", id="m2", minutes=1))
    view = done(view, c.NoteDeletion(id="n", conversation="c1", mention=key("m2")), Part.SORTER, after(2))
    assert "still stand" in no(view, sign(Disposition.WITHDRAWN), ANA, after(3)).because
    assert standing(done(view, sign(Disposition.WITHDRAWN, "m2"), ANA, after(3))) == [None, Disposition.WITHDRAWN]


@pytest.mark.parametrize("who", [GUS, Part.CLOCKWORK])
@pytest.mark.parametrize("command", [sign(Disposition.THANKED), CLOSE, c.Reopen(id="r", conversation="c1")])
def test_only_teammates_end_or_reopen(who: Teammate | Part, command: Command) -> None:
    """Neither guests nor parts of the product sign, close or reopen, whether it is open or closed."""
    no(opened(), command, who, after(1))
    no(done(opened(), CLOSE, ANA, after(1)), command, who, after(2))


def test_what_somebody_owns_is_theirs_to_end() -> None:
    """Others ask the owner or a lead; a lead may; what belonged to somebody who left is anybody's."""
    owned = apply(opened(), [Claimed(incident="i1", conversation="c1", at=START, by="ben", owner="ben", epoch=1)])
    for command in (CLOSE, sign(Disposition.THANKED)):
        assert "Ben has this" in no(owned, command, ANA, after(1)).because
        done(owned, command, BEN, after(1))
        done(owned, command, KIM, after(1))
        left = a_team(*[person for person in EVERYBODY if person is not BEN])
        done(View(team=left, incidents=owned.incidents, conversations=owned.conversations), command, ANA, after(1))


def test_closing_signs_what_is_unsigned() -> None:
    """One press signs the rest and closes; what was signed before keeps its signature."""
    view = opened(a_mention(), a_mention("And?", id="m2", minutes=1))
    view = done(view, sign(Disposition.NOT_FOR_US, "m2"), ANA, after(2))
    assert "how it ended" in no(view, CLOSE.model_copy(update={"disposition": None}), ANA, after(3)).because
    closed = done(view, CLOSE, ANA, after(3))
    assert standing(closed) == [Disposition.THANKED, Disposition.NOT_FOR_US]
    assert (conversation(closed).outcome, closed.incidents["i1"].open) == ("calmed", 0)
    assert closed.incidents["i1"].closed == after(3).wall
    assert "closed already" in no(closed, CLOSE, BEN, after(4)).because


def test_what_is_all_signed_closes_without_a_word() -> None:
    """No disposition is needed, and none written twice, where every mention has one."""
    view = done(opened(), sign(Disposition.THANKED), ANA, after(1))
    for command in (CLOSE, CLOSE.model_copy(update={"disposition": None})):
        events = decided(view, command, BEN, after(2))
        assert not isinstance(events, Refusal)
        assert [type(event) for event in events] == [Closed]


def test_what_was_opened_again_is_signed_as_the_press_says() -> None:
    """Another end than before, or a sentence about it, is on the record; the latest signature stands."""
    again = done(done(opened(), CLOSE, ANA, after(1)), c.Reopen(id="r", conversation="c1"), BEN, after(2))
    for command in (
        CLOSE.model_copy(update={"disposition": Disposition.NOT_FOR_US}),
        CLOSE.model_copy(update={"words": words("She thanked us twice.")}),
    ):
        closed = done(again, command, KIM, after(3))
        assert standing(closed) == [command.disposition]
        assert [m.signed.by for m in conversation(closed).mentions if m.signed is not None] == ["kim"]
    untrue = CLOSE.model_copy(update={"disposition": Disposition.ANSWERED})
    assert "answer" in no(again, untrue, KIM, after(3)).because


def test_an_open_promise_keeps_it_open() -> None:
    """The refusal names the promise; once it is kept, the conversation closes."""
    promise = c.MakePromise(id="p", conversation="c1", promise="p", words=words("By Friday."), due=after(999).wall)
    view = done(opened(), promise, ANA, after(1))
    assert no(view, CLOSE, ANA, after(2)).because == "Ana promised “By Friday”. Say first how that went."
    kept = c.SettlePromise(id="s", conversation="c1", promise="p", state=PromiseState.KEPT)
    done(done(view, kept, ANA, after(2)), CLOSE, ANA, after(3))


@pytest.mark.parametrize(
    "state", [AttemptState.ASKED, AttemptState.INTENDED, AttemptState.BY_HAND, AttemptState.UNKNOWN]
)
def test_an_open_send_keeps_it_open(state: AttemptState) -> None:
    """While a reply is on its way, or nobody can tell, nothing is closed."""
    assert "on its way" in no(changed(opened(), attempts=(an_attempt(state),)), CLOSE, ANA, after(1)).because


def test_an_open_talk_keeps_it_open() -> None:
    """A talk that somebody has ends first, with a result; an invitation nobody took does not hold it up."""
    talk = done(opened(), c.TakeOffline(id="t", conversation="c1", way=OfflineWay.PHONE), ANA, after(1))
    assert "Ana is talking" in no(talk, CLOSE, ANA, after(2)).because
    end = c.EndHandoff(id="e", conversation="c1", words=words("All well."), made_good=MadeGood.EXPLAINED)
    offline = CLOSE.model_copy(update={"disposition": Disposition.OFFLINE})
    assert standing(done(done(talk, end, ANA, after(3)), offline, ANA, after(4))) == [Disposition.OFFLINE]
    invited = apply(opened(), [Invited(incident="i1", conversation="c1", at=START, by="ana", way=OfflineWay.PHONE)])
    done(invited, offline, ANA, after(2))


def a_pile(size: int) -> View:
    """A view with `size` conversations, c1 and so on, in incident i1."""
    view = opened()
    for number in range(2, size + 1):
        mention = a_mention(id=f"m{number}", person=f"p{number}")
        more = c.Open(id=f"o{number}", incident="i1", conversation=f"c{number}", mention=mention, fresh=False)
        view = done(view, more, Part.SORTER, after(0))
    return view


def listed(*names: str, **changes: Any) -> c.Close:
    """The command that closes these."""
    return c.Close(id="c", conversations=names, disposition=Disposition.NOT_FOR_US).model_copy(update=changes)


def test_a_fixed_list_is_closed_in_one_press() -> None:
    """Each is signed with its mentions written whole; what somebody closed meanwhile stays as it is; the rest stays open."""
    view = done(a_pile(4), c.Close(id="x", conversation="c2", disposition=Disposition.THANKED), BEN, after(1))
    events = decided(view, listed("c1", "c2", "c3", "c1"), ANA, after(2))
    assert not isinstance(events, Refusal)
    signed = [(event.conversation, event.mentions) for event in events if isinstance(event, Disposed)]
    assert signed == [("c1", (key("m1"),)), ("c3", (key("m3"),))]
    after_it = apply(view, events)
    assert [name for name, found in after_it.conversations.items() if found.closed is None] == ["c4"]
    assert (after_it.incidents["i1"].open, after_it.incidents["i1"].closed) == (1, None)


def test_a_list_closes_whole_or_not_at_all() -> None:
    """One that can't be closed is counted and its reason said; nothing else is closed either."""
    view = done(a_pile(3), c.TakeOffline(id="t", conversation="c1", way=OfflineWay.PHONE), ANA, after(1))
    refusal = no(view, listed("c1", "c2", "c3"), ANA, after(2))
    assert refusal.because.startswith("1 of these 3 can't be closed yet. The first one: Ana is talking")


def test_a_list_is_bounded_and_lies_in_one_incident() -> None:
    """More than 500, conversations of two incidents, one that is gone, and an unknown outcome are refused."""
    view = a_pile(2)
    assert "at most 500" in no(view, listed(*(f"c{n}" for n in range(501))), ANA, after(1)).because
    assert "no longer here" in no(view, listed("c1", "c9"), ANA, after(1)).because
    moved = done(view, c.Move(id="m", conversation="c2", to="i2", fresh=True), KIM, after(1))
    assert "another incident" in no(moved, listed("c1", "c2"), ANA, after(2)).because
    assert "none of the outcomes" in no(view, listed("c1", outcome="great"), ANA, after(1)).because


def test_closing_ends_a_storm_that_has_blown_over() -> None:
    """Once arrivals are slow and little is open, the close that brings it there ends the storm."""
    view = a_pile(8)
    assert view.incidents["i1"].storm
    assert done(view, listed("c1"), ANA, after(5)).incidents["i1"].storm
    events = decided(view, listed(*(f"c{n}" for n in range(1, 8))), ANA, after(30))
    assert not isinstance(events, Refusal)
    assert isinstance(events[-1], StormEnded)
    bare = View(team=view.team, conversations=view.conversations)
    events = decided(bare, listed(*(f"c{n}" for n in range(1, 8))), ANA, after(30))
    assert not isinstance(events, Refusal)
    assert isinstance(events[-1], Closed)


def a_statement() -> View:
    """A view with a statement of ours that Ana began."""
    begun = StatementBegun(incident="i1", conversation="c1", at=START, by="ana", account=ACCOUNT)
    return apply(View(team=a_team()), [begun])


def test_a_statement_ends_published_or_withdrawn() -> None:
    """Published needs a post that is there; withdrawn needs none; no other end fits."""
    published = CLOSE.model_copy(update={"disposition": Disposition.PUBLISHED})
    withdrawn = CLOSE.model_copy(update={"disposition": Disposition.WITHDRAWN})
    assert "published or as withdrawn" in no(a_statement(), CLOSE, ANA, after(1)).because
    assert "how it ended" in no(a_statement(), CLOSE.model_copy(update={"disposition": None}), ANA, after(1)).because
    assert "was not published" in no(a_statement(), published, ANA, after(1)).because
    assert conversation(done(a_statement(), withdrawn, ANA, after(1))).closed is not None
    posted = changed(a_statement(), attempts=(an_attempt(AttemptState.POSTED, Stage.STATEMENT),))
    events = decided(posted, published, ANA, after(1))
    assert not isinstance(events, Refusal)
    assert [event.kind for event in events] == ["disposed", "closed"]


def test_what_is_closed_can_be_opened_again() -> None:
    """It is open in its incident again; what is open or gone is not reopened."""
    view = done(opened(), CLOSE, ANA, after(1))
    reopen = c.Reopen(id="r", conversation="c1", because="She wrote to us by mail.")
    again = done(view, reopen, BEN, after(60))
    assert conversation(again).closed is None
    assert (again.incidents["i1"].open, again.incidents["i1"].closed) == (1, None)
    assert "open already" in no(again, reopen, BEN, after(61)).because
    assert "no longer here" in no(View(team=a_team()), reopen, BEN, after(61)).because
    closed = done(again, CLOSE, BEN, after(61))
    assert closed.incidents["i1"].closed == START + timedelta(minutes=61)
