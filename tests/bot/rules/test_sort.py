"""What the public did: opening, adding, edits, deletions, and answers of ours by another hand."""

from datetime import timedelta

import pytest

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, AttemptState, Conversation, HandoffState
from bot.nouns.delivery import Audience, Posted, ToMention
from bot.nouns.events import Delivered, StormBegan, StormEnded
from bot.nouns.mention import Disposition
from bot.nouns.team import Part, Policy, Refusal
from bot.nouns.view import View
from bot.nouns.words import Forgotten, Words
from bot.rules.who import Who
from tests.bot.build import (
    ANA,
    GUS,
    KIM,
    MAX,
    START,
    a_mention,
    a_team,
    after,
    apply,
    cmd,
    decided,
    done,
    key,
    no,
    opened,
    words,
)

OPEN = c.Open(id="o", incident="i1", conversation="c1", mention=a_mention(), places=("web:desk",))


def an_attempt(state: AttemptState, text: str = "We are sorry. It is on its way.") -> Attempt:
    """A send of that text to m1 that stands at `state`."""
    return Attempt(
        key="a1",
        draft="d1",
        version=1,
        stage=Stage.RESPONSE,
        audience=Audience.PUBLIC,
        target=ToMention(key=key()),
        words=words(text),
        by="ana",
        asked=START,
        state=state,
    )


def attempted(state: AttemptState, text: str = "We are sorry. It is on its way.") -> View:
    """A view whose conversation holds that attempt."""
    view = opened()
    found = view.conversations["c1"].model_copy(update={"attempts": (an_attempt(state, text),)})
    return View(team=view.team, incidents=view.incidents, conversations={"c1": found})


def conversation(view: View) -> Conversation:
    """The one conversation of these tests."""
    return view.conversations["c1"]


@pytest.mark.parametrize("who", [Part.SORTER, ANA])
def test_a_mention_opens_a_conversation(who: Who) -> None:
    """The sorter, or a teammate who brings it in, begins an incident with a mention."""
    view = done(View(team=a_team()), OPEN, who, after(1))
    assert conversation(view).waiting_since == START
    assert (view.incidents["i1"].open, view.incidents["i1"].places) == (1, ("web:desk",))


@pytest.mark.parametrize("who", [GUS, MAX])
def test_who_only_reads_brings_nothing_in(who: Who) -> None:
    """Guests, and managers who are nothing else, open and add nothing."""
    assert "read here" in no(View(team=a_team()), OPEN, who, after(1)).because
    again = c.Add(id="x", conversation="c1", mention=a_mention(id="m2"))
    assert "read here" in no(opened(), again, who, after(1)).because
    gone = c.NoteDeletion(id="x", conversation="c1", mention=key())
    assert "read here" in no(opened(), gone, who, after(1)).because


def test_nothing_is_opened_twice() -> None:
    """A conversation that stands is not begun again."""
    assert "already" in no(opened(), OPEN, Part.SORTER, after(1)).because


def test_a_mention_is_never_lost_for_its_incident() -> None:
    """It joins the incident that is there, begins the one that is not, and revives one that had ended in another."""
    view = opened()
    second = OPEN.model_copy(update={"conversation": "c2", "mention": a_mention(id="m2")})
    for fresh in (True, False):
        joined = done(view, second.model_copy(update={"fresh": fresh}), Part.SORTER, after(1))
        assert (joined.incidents["i1"].size, joined.incidents["i1"].places) == (2, ("web:desk",))
        elsewhere = second.model_copy(update={"fresh": fresh, "incident": "i2", "places": ("web:other",)})
        begun = done(view, elsewhere, Part.SORTER, after(1)).incidents["i2"]
        assert (begun.size, begun.places) == (1, ("web:other",))
    ended = view.incidents["i1"].model_copy(update={"merged_into": "i9", "closed": START, "open": 0})
    lives = done(View(team=view.team, incidents={"i1": ended}), second, Part.SORTER, after(1)).incidents["i1"]
    assert (lives.merged_into, lives.closed, lives.open) == ("", None, 1)


def poured(view: View, count: int, minutes: float) -> View:
    """The view after `count` more conversations began in i1 at that minute."""
    for number in range(count):
        name = f"n{minutes}-{number}"
        mention = a_mention(id=name, person=name, minutes=minutes)
        more = c.Open(id=name, incident="i1", conversation=name, mention=mention, fresh=False)
        view = done(view, more, Part.SORTER, after(minutes))
    return view


def test_eight_in_ten_minutes_begin_a_storm_once() -> None:
    """The eighth conversation within ten minutes begins the storm, the ninth does not begin it again."""
    view = poured(opened(), 6, 5)
    assert not view.incidents["i1"].storm
    eighth = c.Open(id="x", incident="i1", conversation="x", mention=a_mention(id="x", minutes=6), fresh=False)
    events = decided(view, eighth, Part.SORTER, after(6))
    assert not isinstance(events, Refusal)
    assert [type(event) for event in events][1:] == [StormBegan]
    view = poured(apply(view, events), 1, 6)
    assert view.incidents["i1"].storm


def test_a_slow_arrival_ends_a_storm_once_little_is_open() -> None:
    """A storm is over when arrivals are slow and at most half of what the team can read is open."""
    view = poured(opened(team=a_team(policy=Policy(storm_each=6))), 8, 5)
    assert view.incidents["i1"].storm
    later = c.Open(id="x", incident="i1", conversation="x", mention=a_mention(id="x", minutes=60), fresh=False)
    events = decided(view, later, Part.SORTER, after(60))
    assert not isinstance(events, Refusal)
    assert [type(event) for event in events][1:] == [StormEnded]


def test_the_same_author_goes_on() -> None:
    """What they write again belongs to the conversation; the same mention twice does not."""
    view = opened()
    again = c.Add(id="x", conversation="c1", mention=a_mention("Hello?", id="m2", minutes=5))
    after_it = done(view, again, Part.SORTER, after(5))
    assert len(conversation(after_it).mentions) == 2
    assert "already" in no(after_it, again, Part.SORTER, after(6)).because
    missing = again.model_copy(update={"conversation": "c9"})
    assert "no longer here" in no(view, missing, Part.SORTER, after(6)).because


def test_writing_again_opens_a_closed_conversation() -> None:
    """A closed conversation and its incident are open again, with a clock that starts at the new words."""
    close = c.Close(id="x", conversation="c1", disposition=Disposition.THANKED)
    view = done(opened(), close, ANA, after(5))
    assert view.incidents["i1"].closed is not None
    again = c.Add(id="y", conversation="c1", mention=a_mention("And now?", id="m2", minutes=900))
    view = done(view, again, Part.SORTER, after(900))
    assert (view.incidents["i1"].open, view.incidents["i1"].closed) == (1, None)
    assert conversation(view).unanswered_since == START + timedelta(minutes=900)


def test_an_edit_is_kept_beside_the_first_wording() -> None:
    """Changed words are kept as an edit; unchanged ones change nothing."""
    edit = c.NoteEdit(id="x", conversation="c1", mention=key(), words=words("It came at last."))
    view = done(opened(), edit, Part.SORTER, after(5))
    (kept,) = conversation(view).mentions
    assert (kept.words.text, kept.latest.text) == ("My parcel never came.", "It came at last.")
    assert "as we have them" in no(view, edit, Part.SORTER, after(6)).because
    stranger = edit.model_copy(update={"mention": key("m9")})
    assert "not part" in no(view, stranger, Part.SORTER, after(6)).because
    nowhere = edit.model_copy(update={"conversation": "c9"})
    assert "no longer here" in no(view, nowhere, Part.SORTER, after(6)).because


def test_an_edit_of_forgotten_words_is_told_by_its_seal() -> None:
    """Where the words can't be read any more, an unchanged seal says that nothing changed."""
    forgotten = Words(ref="r", seal="s", text=Forgotten())
    view = opened(a_mention().model_copy(update={"words": forgotten}))
    same = c.NoteEdit(id="x", conversation="c1", mention=key(), words=Words(ref="r2", seal="s"))
    assert "as we have them" in no(view, same, Part.SORTER, after(5)).because
    done(view, same.model_copy(update={"words": Words(ref="r3", seal="t")}), Part.SORTER, after(5))


def test_a_deletion_stops_the_clocks() -> None:
    """Where everything they wrote is gone, nobody waits; a deletion known already changes nothing."""
    gone = c.NoteDeletion(id="x", conversation="c1", mention=key())
    view = done(opened(), gone, Part.SORTER, after(5))
    assert conversation(view).gone
    assert conversation(view).waiting_since is None
    assert "already" in no(view, gone, Part.SORTER, after(6)).because
    assert "not part" in no(view, gone.model_copy(update={"mention": key("m9")}), Part.SORTER, after(6)).because


ANSWER = c.NoteOurAnswer(id="x", conversation="c1", mention=key(), post=key("p1"), words=words("Hello Mara."), url="u")


def test_an_answer_by_another_hand_is_a_fact() -> None:
    """A post of ours that the product did not send answers the mention, and is noted once."""
    view = done(opened(), ANSWER, Part.SORTER, after(5))
    assert conversation(view).answered_at == after(5).wall
    assert conversation(view).ours == (key("p1"),)
    assert "already" in no(view, ANSWER, Part.SORTER, after(6)).because
    assert "not part" in no(view, ANSWER.model_copy(update={"mention": key("m9")}), KIM, after(6)).because


def test_an_answer_by_another_hand_answers_nothing_that_came_after_it() -> None:
    """They replied to our colleague before we heard of the answer: their new words still wait."""
    wrote = cmd(c.Add, mention=a_mention("That is no answer.", id="m2", minutes=4))
    view = done(opened(), wrote, Part.SORTER, after(4))
    answered = done(view, ANSWER.model_copy(update={"said": after(3).wall}), Part.SORTER, after(5))
    assert conversation(answered).unanswered_since == after(4).wall
    later = done(view, ANSWER.model_copy(update={"said": after(4.5).wall}), Part.SORTER, after(5))
    assert conversation(later).unanswered_since is None


def test_a_reply_that_the_product_sent_is_known() -> None:
    """The platform shows us our own reply: no second answer is noted."""
    view = attempted(AttemptState.POSTED)
    posted = conversation(view).attempts[0].model_copy(update={"post": key("p1")})
    found = conversation(view).model_copy(update={"attempts": (posted,)})
    known = View(team=view.team, incidents=view.incidents, conversations={"c1": found})
    assert "already" in no(known, ANSWER, Part.SORTER, after(5)).because


def test_a_reply_that_a_person_said_is_there_is_known() -> None:
    """Posted by hand and settled without the platform's id: its post, seen later, is no second answer."""
    assert "already" in no(attempted(AttemptState.POSTED), SHOWN, Part.SORTER, after(5)).because


SHOWN = ANSWER.model_copy(update={"words": words("@mara We are sorry.\nIt is on its way.")})


@pytest.mark.parametrize("state", [AttemptState.UNKNOWN, AttemptState.BY_HAND])
def test_a_send_nobody_could_tell_of_is_found(state: AttemptState) -> None:
    """A post with our words under their mention is that very send, which is there after all."""
    view = attempted(state)
    events = decided(view, SHOWN, Part.SORTER, after(5))
    assert not isinstance(events, Refusal)
    (event,) = events
    assert isinstance(event, Delivered)
    assert event.delivery == Posted(key=key("p1"), url="u")
    assert conversation(apply(view, events)).answered_at == after(5).wall


def test_a_send_that_is_found_has_invited_whom_it_asked() -> None:
    """Words that ask them to write or call have done so once they are seen to stand."""
    view = attempted(AttemptState.BY_HAND)
    asking = conversation(view).attempts[0].model_copy(update={"invites": True})
    found = conversation(view).model_copy(update={"attempts": (asking,)})
    view = View(team=view.team, incidents=view.incidents, conversations={"c1": found})
    handoff = conversation(done(view, SHOWN, Part.SORTER, after(5))).handoff
    assert handoff is not None
    assert (handoff.state, handoff.since) == (HandoffState.INVITED, after(5).wall)


def test_a_send_on_the_wire_is_left_to_the_outbox() -> None:
    """While the one attempt is being made, the post that appears is its own."""
    assert "on its way" in no(attempted(AttemptState.INTENDED), SHOWN, Part.SORTER, after(5)).because


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (AttemptState.ASKED, "We are sorry. It is on its way."),
        (AttemptState.UNKNOWN, "Other words."),
        (AttemptState.UNKNOWN, ""),
    ],
)
def test_other_words_or_a_send_not_made_are_another_hand(state: AttemptState, text: str) -> None:
    """A send that was only asked for, or that says something else, is not what stands in public now."""
    view = done(attempted(state, text), SHOWN, Part.SORTER, after(5))
    assert conversation(view).ours == (key("p1"),)
    assert conversation(view).attempts[0].state is state
