"""Untrusted text pings nobody, marks nothing up, and can be read back."""

import os
import re
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.rooms.discord import text
from adapters.rooms.discord.links import host
from adapters.rooms.discord.text import (
    clean,
    clip,
    escape,
    escape_within,
    label,
    one_line,
    quoted,
    reveal,
    units,
    unquoted,
)
from tests.adapters.rooms.discord.vectors import COUNT, hostile
from tests.linear import MOST, growth

ANY = st.text(st.characters(), max_size=300)
# How Discord's servers find who is meant: nothing before it protects, not even a backslash or a quotation.
_PING = re.compile(r"@everyone|@here|<@[!&]?\d+>|<#\d+>|<id:\w+>|</[^>]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>")
# What a client makes a link of, and which of its own addresses it turns into a picture without one.
_LINK = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://|discord(?:app)?\.(?:gg|gift|com/invite)/")


def _unescaped(sign: str) -> re.Pattern[str]:
    """That sign with an even number of backslashes before it: the client takes it for markup."""
    return re.compile(rf"(?<!\\)(?:\\\\)*{re.escape(sign)}")


def test_there_are_as_many_vectors_as_was_promised() -> None:
    """Two thousand at least."""
    assert COUNT >= 1900 + 76
    assert len(set(hostile())) >= 1900


def test_no_vector_pings_anybody() -> None:
    """Nothing that Discord's servers would take for a mention is left of any of them, quoted or not."""
    for one in hostile():
        for shown in (escape(one), quoted(escape(one)), escape_within(one, 40)):
            assert not _PING.search(shown), one


def test_no_vector_becomes_a_link() -> None:
    """No scheme and no invitation is left whole, so nothing is linked, unfurled or disguised."""
    for one in hostile():
        assert not _LINK.search(escape(one)), one


@pytest.mark.parametrize("sign", "*_~|`[]")
def test_no_vector_marks_anything_up(sign: str) -> None:
    """Every sign of markup is shown as it is."""
    for one in hostile():
        assert not _unescaped(sign).search(escape(one)), one


def test_no_line_begins_a_heading_a_list_or_a_quotation() -> None:
    """What is special only at a line's start is shown as it is too."""
    for one in hostile():
        for line in escape(one).split("\n"):
            assert not re.match(r"\s*(#|>|-|\+|\d+[.)])", line), one


@given(ANY)
def test_what_was_escaped_can_be_read_back(words: str) -> None:
    """Escaped, quoted, unquoted and revealed they are the same words, but for signs that nobody sees."""
    assert reveal(escape(words)) == clean(words)
    assert reveal(unquoted(quoted(escape(words)))).split() == clean(words).split()


@given(ANY)
def test_cleaning_twice_is_cleaning_once(words: str) -> None:
    """And nothing is left that turns the reading direction, rings a bell or cannot be sent."""
    whole = clean(words)
    assert clean(whole) == whole
    whole.encode("utf-8")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2060-\u2069]", whole)


@given(ANY, st.integers(min_value=2, max_value=60))
def test_nothing_is_longer_than_it_may_be(words: str, most: int) -> None:
    """However Discord counts a sign outside the first plane."""
    assert units(escape_within(words, most)) <= max(most, 2)
    assert units(clip(words, most)) <= most
    assert 1 <= units(label(words, most)) <= most


@given(ANY, st.integers(min_value=2, max_value=60))
def test_what_is_cut_is_cut_between_signs(words: str, most: int) -> None:
    """Half an escape would mark up what follows."""
    shown = escape_within(words, most).removesuffix("…")
    assert clean(words).startswith(reveal(shown).rstrip()) or reveal(shown) == clean(words)


@pytest.mark.parametrize(
    "unit", ["\n", " \n\t", " ", "\n#", "1.\n", "<@1> ", "\U0001f600", "e\u0301\u0301\u0301\u0301\u0301"]
)
def test_a_long_text_costs_as_much_more_as_it_is_longer(unit: str) -> None:
    """Whatever it is made of: one mention of nothing but line ends stopped the whole house for seconds."""
    assert growth(escape, unit) < MOST
    assert growth(lambda words: escape_within(words, 400), unit) < MOST
    assert growth(lambda words: clip(clean(words), 400), unit) < MOST


@settings(deadline=None)
@given(ANY, st.integers(min_value=2, max_value=60))
def test_as_much_is_shown_as_fits(words: str, most: int) -> None:
    """One sign more would not have: words that nobody sees take none of the room."""
    shown, whole = escape_within("\u200f" * 500 + words, most), clean(words)
    if units(escape(words)) <= most:
        assert shown == escape(words)
        return
    count = next(n for n in range(len(whole), -1, -1) if units(escape(whole[:n])) < most)
    assert shown == escape(whole[:count].rstrip()) + "…"


def test_short_words_stay_as_they_are() -> None:
    """People's plain words are not made hard to read."""
    for plain in ("Where is my parcel? 24/7 service, they said: a@b.de", "Straße ☂ 日本語 हिन्दी", "5 < 7"):
        assert escape(plain).replace(text.BREAK, "") == plain


def test_lines_are_kept_and_one_line_is_one() -> None:
    """Every kind of line end is a line end; a headline has none."""
    assert clean("a\r\nb\rc\u2028d") == "a\nb\nc\nd"
    assert one_line(" a\n\n b\t c ") == "a b c"
    assert quoted("a\n\nb") == "> a\n> \n> b"


def test_piled_marks_are_thinned() -> None:
    """Marks that would climb over the lines above are cut to what a language may use."""
    assert clean("Z" + "\u0301" * 50) == "Z" + "\u0301" * 4


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.square.test/m1", "square.test"),
        ("http://square.test:8080/", "square.test:8080"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://user@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("", ""),
        ("https://square.test/" + "a" * 600, ""),
        ("https://square.test/ö", ""),
        ("https://square.test/\n", ""),
        (f"https://{'a' * 80}.example", ""),
    ],
)
def test_only_plain_links_of_the_web_are_opened(url: str, shown: str) -> None:
    """With the host that a reader sees; anything else is no link."""
    assert host(url) == shown


def _tokens(inner: Any) -> Iterator[str]:
    for token in inner:
        yield token["type"]
        yield from _tokens(token.get("children", ()))


def _parser() -> Callable[[str, str], Any]:
    """simcord's reading of Discord's markdown: software that nobody here wrote."""
    if find_spec("linkify_it") is None and not os.environ.get("CI"):
        pytest.skip("simcord[preview] is not installed")
    from simcord.preview._markdown import markdown_tokens  # only where its own needs are there

    return markdown_tokens


def test_a_reader_of_discords_markdown_finds_only_text() -> None:
    """simcord's own parser sees words and line ends in every vector, and nothing else."""
    tokens = _parser()
    for one in hostile():
        if "-#" in one:
            continue  # that parser looks for small print after it took the backslash away, which Discord does not
        found = set(_tokens(tokens(escape(one), "text_display")))
        assert found <= {"paragraph", "inline", "text", "break"}, one
