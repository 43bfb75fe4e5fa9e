"""How deep JSON may be."""

import json

import pytest

from adapters.http.limits import DEEPEST, too_deep


def _nested(levels: int, opening: bytes = b"[", closing: bytes = b"]") -> bytes:
    return opening * levels + closing * levels


@pytest.mark.parametrize("body", [_nested(DEEPEST), b'{"a":' * 20 + b"1" + b"}" * 20, b"[" + b"[]," * 5000 + b"[]]"])
def test_twenty_levels_pass(body: bytes) -> None:
    """What lies at most twenty levels deep passes, however much of it there is."""
    assert not too_deep(body)


@pytest.mark.parametrize(
    "body",
    [
        _nested(21),
        _nested(500_000),
        b'{"a":' * 21 + b"1" + b"}" * 21,
        b"[" * 1_000_000,
        b'["' + b'\\"' * 400_000 + b'",' + _nested(30) + b"]",
    ],
)
def test_deeper_is_refused(body: bytes) -> None:
    """A level more is too deep, also a million levels, closed or not, and also behind a long string."""
    assert too_deep(body)


def test_brackets_in_strings_do_not_count() -> None:
    """What somebody wrote in a text is not structure."""
    assert not too_deep(json.dumps({"text": "[[[[{{{{" * 50, "more": '"[[[["' * 40}).encode())


def test_an_unclosed_string_ends_the_look() -> None:
    """A string that never ends is looked at once; the parser says what is wrong with it."""
    assert not too_deep(b'"' + b'\\"[' * 300_000)
