"""Each promise of the README names the tests that prove it; what is named exists, and is run by somebody."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
PROMISES = [part for part in re.split(r"(?m)^## ", PAGE) if re.match(r"\d\. ", part)]
_TEST = re.compile(r"`(tests/[\w/]+\.py)`")


def proven(promise: str) -> list[str]:
    """The tests that a promise's *Proven by* names."""
    found = re.search(r"(?ms)^\*Proven by\.\*(.*?)\n\n", promise + "\n\n")
    assert found is not None, promise[:60]
    return _TEST.findall(found[1])


def test_every_promise_is_there() -> None:
    """Seven, in the README's order."""
    assert [promise[0] for promise in PROMISES] == list("1234567")


@pytest.mark.parametrize("promise", PROMISES, ids=[promise.partition("\n")[0] for promise in PROMISES])
def test_a_promise_is_proven_close_up_and_from_outside(promise: str) -> None:
    """By a test of the part that keeps it, and by a story or a trial of the whole program."""
    named = proven(promise)
    whole = [name for name in named if name.startswith(("tests/stories/", "tests/chaos/"))]
    assert whole
    assert set(named) - set(whole)


@pytest.mark.parametrize("name", sorted(set(_TEST.findall(PAGE))))
def test_what_is_named_is_a_test(name: str) -> None:
    """It exists, and pytest finds something in it to run."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(r"(?m)^(?:async )?def test_|\.TestCase$|^class Test|^Test\w+ = ", text), name
