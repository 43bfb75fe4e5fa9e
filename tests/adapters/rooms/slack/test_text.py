"""Untrusted text in Slack: it pings nobody, links nowhere, formats nothing, and stays readable."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.slack.text import (
    clip,
    clip_marked,
    cut,
    escape,
    escape_lines,
    literal,
    one_line,
    quote,
    readable,
    sendable,
    size,
)
from tests.adapters.rooms.slack.checks import harmless
from tests.adapters.rooms.slack.vectors import LINKS, PINGS
from tests.linear import MOST, growth

#: Any text at all, halves of letters too.
anything = st.text(st.characters(exclude_categories=()))


def test_there_are_as_many_vectors_as_were_asked_for() -> None:
    """2,000 pings and 1,000 links, each another."""
    assert len(set(PINGS)) == 2000
    assert len(set(LINKS)) == 1000


@pytest.mark.parametrize("vectors", [PINGS, LINKS], ids=["pings", "links"])
def test_no_vector_comes_through(vectors: list[str]) -> None:
    """Escaped or quoted, none of them is read by Slack as anything but words."""
    for vector in vectors:
        harmless(escape(vector), verbatim=False)
        harmless(quote(vector), verbatim=False)
        assert not re.search(r"@(here|channel|everyone)|<[!@#]", literal(vector))


@settings(deadline=None)
@given(anything)
def test_whatever_is_written_is_harmless(text: str) -> None:
    """So is anything else."""
    harmless(escape(text), verbatim=False)
    harmless(quote(text), verbatim=False)
    escape(text).encode()
    literal(text).encode()
    sendable(text).encode()


def test_no_mark_of_formatting_is_left() -> None:
    """Bold, italic, struck, code and emoji signs look the same and do nothing; inside a word they may stay."""
    assert not set("*~`") & set(escape("*bold* ~struck~ `code` ```block```"))
    assert escape("_italic_ but snake_case") == "\u02cditalic\u02cd but snake_case"
    assert ":skull:" not in escape("poor :skull: thing")
    assert escape("at 10:30 and 3:1") == "at 10:30 and 3:1"


def test_ordinary_words_stay_as_they_are() -> None:
    """Words in any language, numbers and signs are not touched, but for the three that Slack escapes."""
    for text in (
        "Drei Wochen, 12,50 € & nichts!",
        "¿Qué pasa?",
        "パケットが来ない。",
        "لا شيء",
        "👩‍👩‍👧 is fine",
        "a < b > c",
    ):
        shown = escape(text).replace("\u2060", "")
        assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_a_quote_holds_every_line() -> None:
    """Empty lines too stand behind the mark, so that nothing after them poses as ours."""
    assert quote("one\n\ntwo\r\nthree") == ">one\n>\n>two\n>three"
    assert quote("> ours\n>>> all of it").count("\n>") == 1


def test_what_cannot_be_seen_is_shown_or_left_out() -> None:
    """Controls get a picture, directions and unseen signs go, half letters are shown as such, piled marks are few."""
    assert readable("a\x00b\x07") == "a\u2400b\u2407"
    assert readable("\u202eevil\u2066\u200b\ufeff") == "\ufffdevil\ufffd".replace("\ufffd", "")
    assert readable("\ud800\x85") == "\ufffd\ufffd"
    assert readable("e" + "\u0301" * 50) == "e" + "\u0301" * 4
    assert readable("a\r\nb\rc") == "a\nb\nc"
    assert one_line(" a \n b\t c ") == "a b c"
    assert readable("\x7f") == "\u2421"


@settings(deadline=None)
@given(anything, st.integers(2, 300))
def test_clipping_fits(text: str, longest: int) -> None:
    """At most that long as Slack counts, whole entities only, and untouched where it fits."""
    escaped = escape_lines(text)
    clipped = clip(escaped, longest)
    assert size(clipped) <= longest
    assert clipped == escaped or clipped.endswith("…")
    assert not re.search(r"&(?!amp;|lt;|gt;)", clipped)


@settings(deadline=None)
@given(st.text("ab\U0001f600\ud83d\ude00", max_size=300), st.integers(2, 300))
def test_clipping_shows_all_that_fits(text: str, longest: int) -> None:
    """In words without a space or an entity, to the sign: one more would be too long."""
    if size(text) > longest:
        count = len(clip(text, longest)) - 1
        assert size(text[:count]) <= longest - 1 < size(text[: count + 1])


@settings(deadline=None)
@given(anything, st.integers(2, 300))
def test_clipping_cuts_through_nothing_of_ours(text: str, longest: int) -> None:
    """A date or a link stands whole or not at all."""
    date, link = "<!date^1772445600^{date_short_pretty} {time}|2 Mar 10:00 UTC>", "<https://square.test/m1|square.test>"
    clipped = clip_marked(f"{escape(text)} {date} · {link} {escape(text)}", longest)
    assert size(clipped) <= longest
    harmless(clipped, verbatim=False)


@settings(deadline=None)
@given(anything, st.integers(4, 300))
def test_cutting_loses_nothing(text: str, longest: int) -> None:
    """The pieces joined are the text, and each is short enough."""
    pieces = cut(text, longest)
    assert "".join(pieces) == text
    assert all(size(piece) <= longest for piece in pieces)


@pytest.mark.parametrize("unit", ["\U0001f600", "\n", " \n\t", "&", "<@U1> ", ":a", "\u0301", "_"])
def test_a_long_text_costs_as_much_more_as_it_is_longer(unit: str) -> None:
    """Whatever it is made of: one mention of nothing but emoji stopped the whole house for seconds."""
    assert growth(escape, unit) < MOST
    assert growth(quote, unit) < MOST
    assert growth(lambda text: clip(text, len(text)), unit) < MOST
    assert growth(lambda text: clip_marked(text, len(text)), unit) < MOST
    assert growth(lambda text: cut(text, len(text)), unit) < MOST
    assert growth(lambda text: cut(text, 100), unit) < MOST


def test_it_is_cut_where_a_reader_would() -> None:
    """At the end of a line or word where there is one near."""
    assert cut("one two three four", 10) == ("one two ", "three four")
    assert cut("one\ntwo three", 8) == ("one\n", "two ", "three") or cut("one\ntwo three", 8)[0].endswith(("\n", " "))


def test_length_is_counted_at_its_worst() -> None:
    """A sign outside the first plane counts twice."""
    assert size("a\U0001f600") == 3
