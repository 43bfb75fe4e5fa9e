"""Replay: an incident's lines as the team saw them, in order."""

from typing import Any

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.delivery import Audience, NotSent, Posted, ToMention
from bot.nouns.record import line
from bot.review.replay import Replay, Step
from tests.bot.build import START, a_mention, a_team, after, key, words

WHERE: dict[str, Any] = {"incident": "i1", "conversation": "c1", "at": START}


def step(event: e.Event, replay: Replay | None = None, text: str | None = None) -> Step | None:
    """What this event's line of the record shows."""
    return (replay or Replay(a_team())).step({**line(event, 7, ""), "text": text})


def test_a_line_shows_what_the_thread_showed() -> None:
    """Its version, moment, kind and words, for scripts and for people."""
    shown = step(e.Claimed(**WHERE, by="ana", owner="ana", epoch=1))
    assert shown is not None
    assert "Ana" in shown.text
    plain = shown.plain()
    assert (plain["version"], plain["kind"], plain["line"], plain["quote"]) == (7, "claimed", shown.text, "")
    assert shown.painted() == f"2026-03-02T10:00:00Z  {shown.text}"


def test_bookkeeping_adds_nothing() -> None:
    """What nobody had to read is no step."""
    assert step(e.Reread(**WHERE, by="ana", draft="d", version=1, known=1)) is None


def test_their_words_stand_below_and_steer_no_terminal() -> None:
    """A quote is shown on one line without unseen signs; one that was forgotten is left out."""
    edited = e.MentionEdited(**WHERE, by="coolhead:sorter", mention=key(), words=words("x"))
    shown = step(edited, text="Hello\x1b[2J\u202e\nworld")
    assert shown is not None
    assert shown.painted().endswith("“Hello[2J world”")
    forgotten = step(edited, text=None)
    assert forgotten is not None
    assert "“" not in forgotten.painted()


def test_the_first_step_holds_their_words() -> None:
    """Whoever replays an incident reads what began it, made harmless."""
    opened = e.Opened(**WHERE, by="coolhead:sorter", mention=a_mention("x"))
    shown = step(opened, text="Where is my\x1b[2J parcel")
    assert shown is not None
    assert shown.plain()["quote"] == "Where is my\x1b[2J parcel"
    assert shown.painted().endswith("“Where is my[2J parcel”")


def test_a_delivery_tells_which_words_went_out() -> None:
    """The send asked before it is remembered; without it only that our words went out is known."""
    replay = Replay(a_team())
    asked = e.SendAsked(
        **WHERE, by="ana", attempt="a", draft="d", version=1, stage=Stage.ACKNOWLEDGEMENT, audience=Audience.PUBLIC,
        target=ToMention(key=key()), words=words("We heard you."),
    )  # fmt: skip
    sent = e.Delivered(
        **WHERE, by="coolhead:outbox", attempt="a", delivery=Posted(key=key("o"), url="https://s.test/o")
    )
    assert step(asked, replay, "We heard you.") is None
    shown = step(sent, replay)
    alone = step(sent)
    assert shown is not None
    assert alone is not None
    assert "We said we heard" in shown.text
    assert alone.text != shown.text
    refused = step(e.Delivered(**WHERE, by="coolhead:outbox", attempt="a", delivery=NotSent(because="No.")), replay)
    assert refused is not None


def test_a_moment_is_shown_in_utc() -> None:
    """Where the thread shows a moment in each reader's zone, a terminal shows it in UTC."""
    shown = step(e.SentBack(**WHERE, by="coolhead:outbox", attempt="a", because="It still cools.", until=after(9).wall))
    assert shown is not None
    assert shown.text.endswith("2026-03-02 10:09 UTC")
