"""Any text can be made ready."""

import pytest

from bot.listening.tokens import CAP, FROWN, HANDLE, SMILE, URL, cut, tidy, words


def test_words_are_lower_case_and_marks_are_told_apart() -> None:
    """Handles, links, numbers, smileys and emoji become tokens of their own; words are lower case."""
    assert words("@Shop Where's my order 12345678?! https://x.example/a :( :-) 😡 #Fail www.x.example -_- 8) xD") == [
        HANDLE, "where's", "my", "order", "00000", "?!", URL, FROWN, SMILE, "😡", "#fail", URL, FROWN, SMILE, SMILE,
    ]  # fmt: skip


def test_dots_and_lone_marks_stay_as_they_are() -> None:
    """What is neither word nor smiley is kept; longer shouting counts like two marks."""
    assert words("so... no!!!! @ <3 (:") == ["so", "...", "no", "!!", "@", SMILE, SMILE]


@pytest.mark.parametrize("odd", ["\ud800 broken \udfff", "a\x00b", "\u202eevil\u202c", "\u200bzero\u200dwidth", ""])
def test_invisible_and_broken_characters_are_dropped(odd: str) -> None:
    """Lone surrogates, NUL and direction marks never reach a listener."""
    found = tidy(odd)
    assert not set(found) & set("\ud800\udfff\x00\u202e\u202c\u200b\u200d")
    assert found.encode() is not None


def test_entities_and_compatibility_forms_are_undone() -> None:
    """Escaped HTML and full-width letters read like plain ones."""
    assert tidy("Fish &amp; ｃｈｉｐｓ’") == "Fish & chips'"


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """Of a megabyte only the cap is looked at, both ends of it."""
    found = tidy("start " + "x " * 500_000 + "end")
    assert len(found) <= CAP + 1
    assert found.startswith("start")
    assert found.endswith("end")


def test_lowered_is_on_one_line_without_hash_signs() -> None:
    """Rules see lower case, single spaces and no hash sign."""
    assert cut("This  is\n#Unsafe").lowered == "this is unsafe"
