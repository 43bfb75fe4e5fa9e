"""What is said of a fault: its kind and where it fell, never its text."""

from collections.abc import Callable

import pytest

from bot.faults import where

HERS = "canary: My parcel never came."


def _falls(cause: Exception | None) -> None:
    """A fault with somebody's words in it, and another behind it."""
    if cause is None:
        raise ValueError(HERS)
    raise RuntimeError(HERS) from cause


def _while_another_is_dealt_with() -> None:
    try:
        _falls(None)
    except ValueError:
        raise KeyError(HERS)  # noqa: B904 - that it was raised while another was dealt with is what this is about


def _instead_of_another() -> None:
    try:
        _falls(None)
    except ValueError:
        raise KeyError(HERS) from None


def _caught(falls: Callable[[], None]) -> Exception:
    with pytest.raises(Exception, match="canary") as caught:
        falls()
    return caught.value


def _deep(left: int) -> None:
    if left:
        _deep(left - 1)
    raise ValueError(HERS)


def test_a_fault_is_named_by_its_kind_and_where_it_fell() -> None:
    """File, line and function, the innermost first."""
    said = where(_caught(lambda: _falls(None)))
    first, *_ = said.split(" < ")
    assert first.startswith("ValueError at ")
    assert "test_faults.py:" in first
    assert first.endswith(" in _falls")
    assert HERS not in said


def test_what_it_came_from_is_named_too() -> None:
    """By kind and place as well, whether it was named as the cause or was just being dealt with."""
    cause = _caught(lambda: _falls(None))
    said = where(_caught(lambda: _falls(cause)))
    assert said.startswith("RuntimeError at ")
    assert "; from ValueError at " in said
    assert "canary" not in said
    assert "; from ValueError at " in where(_caught(_while_another_is_dealt_with))
    assert "ValueError" not in where(_caught(_instead_of_another))


def test_a_fault_that_was_never_raised_has_no_place() -> None:
    """Only its kind is known."""
    assert where(ValueError(HERS)) == "ValueError"


def test_it_stays_one_short_line() -> None:
    """Of a deep one the innermost places; of a long chain, or one that bites its tail, the newest."""
    said = where(_caught(lambda: _deep(50)))
    assert said.count(" < ") == 3
    one, other = ValueError(HERS), KeyError(HERS)
    one.__cause__, other.__cause__ = other, one
    assert where(one) == "ValueError; from KeyError; from ValueError; from KeyError"
