"""JSON Lines: one answer a line, in the same order, flushed; a bad line is named and the next one answered."""

import io
import json
from typing import Any

from bot.errors import WrongUse
from bot.json_lines import LONGEST, answer_lines


class Out(io.StringIO):
    """Remembers how many lines stood there at each flush."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed: list[int] = []

    def flush(self) -> None:
        """Written through."""
        super().flush()
        self.flushed.append(len(self.getvalue().splitlines()))


def test_every_line_is_answered_at_once_and_in_order() -> None:
    """Whoever writes a line can wait for its answer before writing the next."""
    out = Out()
    code = answer_lines([b'{"id": "a"}\n', b"\n", b'{"id": "\xc3\xa9"}'], out, lambda asked: {"id": asked["id"]})
    assert code == 0
    assert [json.loads(line)["id"] for line in out.getvalue().splitlines()] == ["a", "é"]
    assert out.flushed == [1, 2]
    assert out.getvalue().isascii()


def test_a_bad_line_is_named_and_the_others_are_answered() -> None:
    """The number counts every line, blank ones too; the code is 2."""
    bad = [
        b"\n",
        b"{",
        b'{"id": "a"}',
        b"[1]",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"id": "refuse"}',
        b" " + b"1" * LONGEST,
        b'{"id": NaN}',
        b'{"id": "value"}',
        b'{"id": "codec"}',
    ]

    def answer(asked: dict[str, Any]) -> dict[str, Any]:
        if asked["id"] == "refuse":
            raise WrongUse("text is missing")
        if asked["id"] == "value":
            raise ValueError("rating must be 1 to 5")
        if asked["id"] == "codec":
            "somebody's words \ud800".encode()
        return {"id": asked["id"]}

    out = Out()
    assert answer_lines(bad, out, answer) == 2
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert said[0] == {"id": None, "line": 2, "error": "the line is not JSON"}
    assert said[1] == {"id": "a"}
    assert [(each["line"], each["error"]) for each in said[2:]] == [
        (4, "the line is no JSON object"),
        (5, "the line is not JSON"),
        (6, "it is nested too deeply"),
        (7, "text is missing"),
        (8, "the line is too long"),
        (9, "the line is not JSON"),
        (10, "rating must be 1 to 5"),
        (11, "it cannot be read"),
    ]
