"""Private notes: what one person is told."""

from dataclasses import replace
from datetime import timedelta

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.caution import Level
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import NotSent, Unknown
from bot.nouns.incident import Incident
from bot.nouns.view import View
from bot.screens import notes
from bot.screens.shapes import Card, Quote
from tests.bot.build import (
    ANA,
    KIM,
    OURS,
    START,
    a_caution,
    a_mention,
    a_team,
    a_write,
    after,
    apply,
    asked,
    cmd,
    delivered,
    done,
    drafted,
    intended,
    key,
    opened,
    ready,
    words,
)
from tests.bot.screens.painting import card, same_as_golden
from tests.bot.screens.states import BASE, closed, critical, edited, mara, statement

TEAM = a_team()


def parts(view: View) -> tuple[Incident, Conversation]:
    """The incident and its conversation."""
    return view.incidents["i1"], view.conversations["c1"]


def golden(name: str, one: Card) -> None:
    """Compare a note with its golden file."""
    same_as_golden(f"note_{name}", card(one))


def test_it_has_cooled() -> None:
    """To its author alone, with the text as its reader will see it, and three ways on."""
    incident, found = parts(ready())
    golden("cooled", notes.cooled(incident, found, found.drafts[0], TEAM))
    stranger = found.drafts[0].model_copy(update={"author": "gone"})
    assert "gone" in card(notes.cooled(incident, found, stranger, TEAM))


def test_anybody_may_send_what_nobody_read() -> None:
    """Any teammate is told that they may send it as themselves."""
    incident, found = parts(ready())
    golden("unread", notes.unread(incident, found, found.drafts[0], TEAM))


def test_sent_back_with_the_difference() -> None:
    """Why it was not sent, their words before and now, ours, and the way on."""
    view = delivered(intended(), NotSent(because="The account rests.", until=START + timedelta(hours=1)))
    incident, found = parts(view)
    golden("not_sent", notes.sent_back(incident, found, found.attempts[0], TEAM, link="https://desk.test/i/i1"))
    plainly = found.attempts[0].model_copy(update={"until": None})
    assert "It may go from" not in card(notes.sent_back(incident, found, plainly, TEAM))
    incident, changed = parts(edited())
    back = notes.sent_back(incident, changed, found.attempts[0], TEAM, was="My parcel never came.")
    golden("sent_back", back)
    same = notes.sent_back(incident, changed, found.attempts[0], TEAM, was="Twelve days now.")
    assert "before" not in card(same)
    spent = changed.model_copy(update={"drafts": ()})
    assert notes.sent_back(incident, spent, found.attempts[0], TEAM).choices == ()
    incident, ours = parts(statement())
    assert "Not sent" in card(notes.sent_back(incident, ours, found.attempts[0], TEAM))


def test_a_reminder_says_what_waits_and_who_was_told() -> None:
    """Since when, who else was told, their words, and what can be pressed."""
    incident, found = parts(mara())
    event = e.Reminded(**BASE, at=START, what="unclaimed", count=2, told=("ana", "kim"))
    golden("reminded", notes.reminded(incident, found, event, TEAM))
    incident, ours = parts(statement())
    alone = e.Reminded(**BASE, at=START, what="promise:p1", count=1, told=("ana",))
    assert "What we promised is due." in card(notes.reminded(incident, ours, alone, TEAM))


def test_whoever_is_asked_sees_what_for() -> None:
    """The question, the words it is about, and first the press that helps; a draft to be released is offered to be."""
    unknown = delivered(intended(), Unknown(because="The answer was lost."))
    please = "Please look whether it went out, and say."
    ask = e.Noted(**{**BASE, "by": "ana"}, at=START, words=words(please), asks=("kim",))
    golden("asked_to_look", notes.asked(*parts(unknown), ask, please, TEAM))
    golden("asked_to_release", notes.asked(*parts(drafted()), ask, "Please read this draft.", TEAM))
    harsh = a_team(ANA, KIM.model_copy(update={"shield": True}))
    assert "(veiled: Hostile words)" in card(notes.asked(*parts(_harsh()), ask, please, harsh))
    silent = notes.asked(*parts(opened(a_mention("", rating=1))), ask, please, TEAM)
    assert sum(isinstance(each, Quote) for each in silent.passages) == 1


def _harsh() -> View:
    """Hostile words that no situation names."""
    return opened(a_mention("You liars.", heat=0.9))


def test_a_note_to_somebody_with_a_shield_is_veiled() -> None:
    """Hostile words stand in no note's headline or quote for who asked for that; for others they stand as they are."""
    ana = ANA.model_copy(update={"shield": True})
    shielded = a_team(ana, KIM)
    incident, found = parts(_harsh())
    event = e.Reminded(**BASE, at=START, what="unclaimed", count=2, told=("ana", "kim"))
    note = notes.reminded(incident, found, event, shielded)
    assert "(veiled: Hostile words)" in card(note)
    assert note.headline == "Hostile words"
    assert "veiled" not in card(notes.reminded(incident, found, event, TEAM))
    asked = intended().conversations["c1"].attempts[0]
    back = notes.sent_back(incident, found, asked, shielded, was="You thieves.")
    assert card(back).count("(veiled: Hostile words)") == 2
    assert "Liars" not in notes.alarm([(incident, found)], ana).headline
    assert "liars" in notes.alarm([(incident, found)], KIM).headline


def test_a_note_about_a_mention_without_words_quotes_nothing() -> None:
    """Stars alone are said in the headline; there is nothing to quote."""
    incident, found = parts(opened(a_mention("", rating=1)))
    event = e.Reminded(**BASE, at=START, what="unclaimed", count=1, told=("ana",))
    assert not any(isinstance(p, Quote) for p in notes.reminded(incident, found, event, TEAM).passages)
    assert notes.difference(found, "") == []


def test_an_alarm_lists_every_critical_one() -> None:
    """One note for all of them."""
    view = critical()
    more = apply(
        opened(a_mention("Smoke came out of it."), incident="i2"),
        [],
    )
    waiting = [parts(view), (more.incidents["i2"], more.conversations["c1"])]
    golden("alarm", notes.alarm(waiting, KIM))


def test_after_a_hard_hour() -> None:
    """One press, no reason needed."""
    incident, found = parts(mara())
    golden("rest", notes.rest(incident, found, "That was eleven harsh ones since noon. Shall I ask?"))


def test_a_note_stands_while_what_it_asks_for_is_offered() -> None:
    """A cooled draft that was sent, and one somebody has by now, ask for nothing any more."""
    view = ready()
    incident, found = parts(view)
    cooled = notes.cooled(incident, found, found.drafts[0], TEAM)
    assert notes.stands(cooled, view)
    assert not notes.stands(cooled, intended(asked(view)))
    new = mara()
    event = e.Reminded(**BASE, at=START, what="unclaimed", count=1, told=("ana", "kim"))
    waits = notes.reminded(*parts(new), event, TEAM)
    assert notes.stands(waits, new)
    assert not notes.stands(waits, done(new, cmd(c.Claim, epoch=0), KIM, after(1)))


def test_what_was_not_sent_is_said_as_long_as_the_words_lie_there() -> None:
    """Deleted by its author, say: nothing can be sent any more, and whoever pressed Send is still told why it was not."""
    view = delivered(intended(), NotSent(because="The account rests."))
    incident, found = parts(view)
    told = notes.sent_back(incident, found, found.attempts[0], TEAM)
    assert notes.stands(told, view)
    gone = apply(view, [e.MentionDeleted(**BASE, at=START + timedelta(minutes=25), mention=key())])
    assert notes.stands(told, gone)
    assert not notes.stands(told, done(view, cmd(c.Discard, draft="d1", version=1), ANA, after(25)))
    read = done(view, cmd(c.ReadOnceMore, draft="d1", version=1), ANA, after(24))
    assert not notes.stands(told, asked(read, attempt="s2"))


def test_a_note_that_asks_for_nothing_stands_while_it_is_open() -> None:
    """After a hard hour, and where nothing can be pressed; what is about no conversation stands until it is put away."""
    view = mara()
    incident, found = parts(view)
    harsh = notes.rest(incident, found, "That was eleven harsh ones since noon. Shall I ask?")
    bare = replace(harsh, choices=())
    settled = closed()
    for note in (harsh, bare):
        assert notes.stands(note, view)
        assert not notes.stands(note, settled)
        assert not notes.stands(note, View(team=TEAM))
        assert notes.stands(replace(note, conversation=""), View(team=TEAM))


def test_a_kept_draft_with_a_stop_says_so() -> None:
    """The card of a kept draft names the stop that still stands, and offers to lift it."""
    from bot.screens.portrait import portrait

    view = done(mara(), a_write(finished=False, cautions=(a_caution("public_offer", Level.STOP),)), ANA, after(1))
    incident, found = parts(view)
    text = card(portrait(incident, (found,), TEAM, after(2)))
    assert "It still holds: public offer." in text
    assert "-> lift_stop" in text
    assert "( ) Discard -> discard draft=d1" in text


def test_both_kept_drafts_are_one_press() -> None:
    """Where both a first word and an answer are only kept, the card leads back to one of them, once."""
    from bot.screens.portrait import portrait
    from tests.bot.build import an_acknowledgement

    view = done(mara(), a_write(finished=False), ANA, after(1))
    view = done(view, an_acknowledgement(finished=False), ANA, after(2))
    incident, found = parts(view)
    one = portrait(incident, (found,), TEAM, after(3))
    assert [x.label for x in one.choices] == ["Go on writing", "Take it offline"]


def test_a_conversation_of_a_pile_leads_back_to_its_list() -> None:
    """One conversation's own card offers the list of the others."""
    from bot.screens.portrait import portrait
    from tests.bot.screens.states import pile

    view = pile()
    one = portrait(view.incidents["i1"], (view.conversations["c1"],), TEAM, after(9))
    assert "list" in [x.act for x in one.more]
    empty = a_mention("", id="m9")
    bare = apply(view, [e.Opened(**{**BASE, "conversation": "c9"}, at=START, mention=empty, fresh=False)])
    pair = portrait(bare.incidents["i1"], (bare.conversations["c9"], bare.conversations["c1"]), TEAM, after(9))
    assert len([p for p in pair.passages if type(p).__name__ == "Quote"]) == 1
    alone = portrait(bare.incidents["i1"], (bare.conversations["c9"],), TEAM, after(9))
    assert not [p for p in alone.passages if type(p).__name__ == "Quote"]
    begun = c.BeginStatement(id="s", incident="i1", conversation="c8", account=OURS, fresh=False)
    ours = done(view, begun, ANA, after(9))
    text = card(portrait(ours.incidents["i1"], tuple(ours.conversations.values()), TEAM, after(9)))
    assert "A statement of ours: Ana has this, a statement of ours" in text


def test_a_forgotten_mention_stands_empty() -> None:
    """After an erasure the card says that the words are forgotten."""
    from bot.nouns.words import Forgotten
    from bot.screens.portrait import portrait

    incident, found = parts(mara())
    kept = found.mentions[0]
    gone = kept.model_copy(update={"words": kept.words.model_copy(update={"text": Forgotten()}), "about": Forgotten()})
    text = card(portrait(incident, (found.model_copy(update={"mentions": (gone,)}),), TEAM, after(2)))
    assert "(forgotten at their wish)" in text
    assert "Mara" not in text


def test_a_later_version_hides_what_became_of_the_one_before() -> None:
    """Once the words were changed, why the old ones were not sent is no longer news."""
    from bot.screens.portrait import portrait

    view = delivered(intended(), NotSent(because="The account is locked."))
    view = done(view, a_write("Other words.", based_on=1, words=words("Quite other words for this.")), ANA, after(30))
    incident, found = parts(view)
    assert "Not sent" not in card(portrait(incident, (found,), TEAM, after(31)))
    assert cmd(c.HandBack).conversation == "c1"
