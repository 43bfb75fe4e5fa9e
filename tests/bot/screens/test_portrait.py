"""What a card shows in each state, as golden files; and what it never shows."""

from dataclasses import replace
from typing import Any

import pytest

from bot.nouns import commands as c
from bot.nouns.conversation import Mood, OfflineWay
from bot.nouns.delivery import Audience, ToAuthor
from bot.nouns.team import Hold, Part
from bot.nouns.view import View
from bot.rules.due import clocks
from bot.rules.who import by
from bot.screens.facts import on_hold
from bot.screens.portrait import portrait
from bot.screens.shapes import Card
from tests.bot.build import ANA, GUS, MAX, a_mention, after, cmd, done, key, opened, words
from tests.bot.screens.painting import card, same_as_golden
from tests.bot.screens.states import STATES, moved, only


def painted(view: View, minutes: float = 70, **more: Any) -> Card:
    """The card of a view's incident."""
    front = sorted(view.conversations.values(), key=lambda c: (c.closed is not None, c.opened))
    ticking = {c.id: clocks(c, view.team) for c in front}
    return portrait(view.incidents["i1"], front, view.team, after(minutes), clocks=ticking, **more)


@pytest.mark.parametrize("name", STATES)
def test_each_state_looks_as_its_golden_file(name: str) -> None:
    """A reviewer reads in golden/ what every room will say."""
    same_as_golden(name, card(painted(STATES[name]())))


@pytest.mark.parametrize("name", STATES)
def test_no_state_offers_too_much(name: str) -> None:
    """At most five choices, one of them likely at most, none twice, and no alarm in any word."""
    one = painted(STATES[name]())
    assert len(one.choices) <= 5
    assert [c.likely for c in one.choices] == [True] + [False] * (len(one.choices) - 1) or not one.choices
    assert not any(c.likely for c in one.more)
    pressed = [(c.act, c.label, tuple(c.values.items())) for c in (*one.choices, *one.more)]
    assert len(set(pressed)) == len(pressed)
    assert len(one.headline.split()) <= 12
    assert "!" not in card(one)


@pytest.mark.parametrize("name", STATES)
def test_no_card_ever_shows_a_contact(name: str) -> None:
    """Their number stays masked, whoever reads."""
    assert "1234" not in card(painted(STATES[name](), reader=ANA)).replace("1234567", "")


@pytest.mark.parametrize("name", STATES)
def test_a_guest_is_shown_headline_and_mood_alone(name: str) -> None:
    """Nothing else of a card reaches a guest."""
    one = painted(STATES[name](), reader=GUS, link="https://desk.test/i/i1")
    assert (one.about, one.passages, one.choices, one.more, one.link) == ("", (), (), (), "")
    assert one.headline
    assert one.mood in set(Mood)


def test_a_manager_reads_and_presses_nothing_that_acts() -> None:
    """A manager who is nothing else sees the card, and is offered the look back alone."""
    assert [c.act for c in painted(STATES["settled"](), reader=MAX).choices] == ["look_back"]
    new = painted(STATES["new"](), reader=MAX)
    assert new.choices == ()
    assert new.passages


def test_a_shield_veils_hostile_words_only() -> None:
    """Who asked for a shield reads the reasons first; calm words stand as they are."""
    shielded = ANA.model_copy(update={"shield": True})
    veiled = card(painted(STATES["hot"](), reader=shielded))
    assert "veiled: Third message today, nobody has answered" in veiled
    assert veiled.count("hird message today") == 1
    assert "veiled" not in card(painted(STATES["hot"](), reader=ANA))
    assert "veiled" not in card(painted(STATES["new"](), reader=shielded))
    harsh = opened(a_mention("You are all liars.", heat=0.9))
    assert "liars" in painted(harsh, reader=ANA).headline
    assert painted(harsh, reader=shielded).headline == "Hostile words"
    assert painted(opened(a_mention("Why?")), reader=shielded).headline == "“Why?”"


def test_a_doubtful_clock_is_said() -> None:
    """After a reboot the card says that the wait is counted again."""
    view = STATES["cooling"]()
    one = portrait(view.incidents["i1"], tuple(view.conversations.values()), view.team, after(5, boot="boot-2"))
    assert "The clock is in doubt" in card(one)


def test_the_product_is_called_by_its_name() -> None:
    """What it did by itself is told so: on hold since a backup came back, and a silence that nobody could second."""
    view = STATES["silent"]()
    product = by(Part.CLOCKWORK)
    talk = view.conversations["c1"]
    assert talk.silence is not None
    alone = talk.model_copy(update={"silence": talk.silence.model_copy(update={"second": product})})
    told = card(portrait(view.incidents["i1"], (alone,), view.team, after(9)))
    assert "Left unanswered: Ana, and a day has passed; look again" in told
    hold = Hold(by=product, reason=words("Restored from a backup."), since=after(1).wall, until=after(99).wall)
    fact = on_hold(view.team.model_copy(update={"hold": hold}), after(9))
    assert fact is not None
    assert fact.text == "Restored from a backup (Coolhead)"


def test_an_emptied_incident_says_where_everything_went() -> None:
    """Without conversations the card says that they lie elsewhere, with no press."""
    view = moved()
    one = portrait(view.incidents["i1"], (), view.team, after(9))
    assert "another incident" in card(one)
    assert one.choices == ()
    bare = view.incidents["i1"].model_copy(update={"merged_into": ""})
    assert "in other incidents" in card(portrait(bare, (), view.team, after(9)))


def test_with_us_before_is_told() -> None:
    """What an author had with us earlier stands among the facts."""
    view = STATES["new"]()
    for name, told in {
        "talked": "once, last by phone, made good: replaced",
        "answered": "once, last answered in public",
        "owned": "once",
        "offline": "once, last by phone",
    }.items():
        earlier = only(STATES[name]()).conversations["c1"]
        one = portrait(view.incidents["i1"], tuple(view.conversations.values()), view.team, after(9), before=(earlier,))
        assert f"With us before: {told} " in card(one)
    settled = STATES["settled"]().conversations["c1"].model_copy(update={"outcome": "better_rating"})
    two = portrait(
        view.incidents["i1"], tuple(view.conversations.values()), view.team, after(9), before=(settled, settled)
    )
    assert "twice, last time: better rating" in card(two)


def test_quiet_hours_say_when_they_end() -> None:
    """A clock that stands still says when it goes on."""
    view = STATES["new"]()

    class Paused:
        first_word_due = after(400).wall
        answer_due = None
        paused_until = after(300).wall

    one = portrait(
        view.incidents["i1"], tuple(view.conversations.values()), view.team, after(9), clocks={"c1": Paused()}
    )
    assert "Quiet hours: not counted until they end Mon 15:00" in card(one)


def test_a_review_without_words_says_its_stars_once() -> None:
    """Headline, second line and reason do not repeat one another."""
    bare = a_mention("", rating=1)
    flag = bare.flag.model_copy(update={"reasons": ("one star, no words", "second message today")})
    told = card(painted(opened(bare.model_copy(update={"flag": flag}))))
    assert told.count("ne star") == 1
    assert "- Second message today." in told
    alone = bare.flag.model_copy(update={"reasons": ("one star, no words",)})
    assert "- " not in card(painted(opened(bare.model_copy(update={"flag": alone})))).split("Choices")[0]


def test_another_rating_of_the_same_author_is_told() -> None:
    """Where their newest review has other stars than the head of the card shows, the reason says so."""
    worse = a_mention("Worse now.", id="m2", rating=1, minutes=3)
    flag = worse.flag.model_copy(update={"reasons": ("one star",)})
    told = card(painted(opened(a_mention("Fine.", rating=4), worse.model_copy(update={"flag": flag}))))
    assert "- One star." in told


def test_who_was_answered_waits_for_no_first_word() -> None:
    """They wrote again: it is our next word that is due, not a first one."""
    told = card(painted(STATES["again"](), minutes=90))
    assert "A first word is due" not in told
    assert "Our next word is due" in told


def test_a_cooled_answer_waits_while_somebody_talks_with_them() -> None:
    """No public answer goes out meanwhile, so the card offers the talk first; a private word may still be sent."""
    talk = cmd(c.TakeOffline, way=OfflineWay.PHONE, words=words("+49 30 1234"))
    public = done(STATES["ready"](), talk, ANA, after(30))
    one = painted(public)
    assert [each.act for each in one.choices][:2] == ["log_contact", "show_contact"]
    assert {each.act for each in one.more} >= {"write", "discard"}
    assert [each.values["draft"] for each in one.more if each.act == "discard"] == ["d1"]
    (draft,) = public.conversations["c1"].drafts
    private = draft.model_copy(update={"audience": Audience.PRIVATE, "target": ToAuthor(key=key())})
    found = public.conversations["c1"].model_copy(update={"drafts": (private,)})
    assert painted(replace(public, conversations={"c1": found})).choices[0].act == "read_once_more"
