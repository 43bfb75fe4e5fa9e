"""The judge of the trials with real processes: what it lets pass, and what not."""

from typing import Any

from tests.chaos.oracle import counts, pressed_again


def _ended(attempt: str, delivery: str, conversation: str = "c1") -> dict[str, Any]:
    data = {"attempt": attempt, "conversation": conversation, "delivery": {"delivery": delivery}}
    return {"kind": "delivered", "data": data, "text": None}


def test_a_send_that_was_given_up_needs_another_press() -> None:
    """Nothing went out and somebody pressed again: that is no fault. Nobody did, or for other people: it is one."""
    again = [_ended("a1", "not_sent"), _ended("a2", "posted")]
    assert pressed_again(again) == {"a1"}
    assert counts(again, [], [], [], []).open == []
    for lines in (again[:1], again[::-1], [again[0], _ended("a2", "posted", "c2")]):
        assert pressed_again(lines) == set()
        assert counts(lines, [], [], [], []).open == ["open: the send a1 ended as not_sent"]
