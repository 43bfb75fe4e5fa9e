"""The mechanisms that `make chaos WITHOUT=…` switches off: each edit still applies, each trial is still there, and one
of them is played.
"""

import ast
from pathlib import Path

import pytest

from tests.chaos.without.copy import copied, played
from tests.chaos.without.mechanisms import Edit, Mechanism, mechanisms

ROOT = Path(__file__).parents[2]
NAMED = [pytest.param(each, id=name) for name, each in mechanisms().items()]


@pytest.mark.parametrize("one", NAMED)
def test_each_edit_still_applies(one: Mechanism) -> None:
    """What is switched off stands once in the product, and what is left can still be read."""
    for edit in one.edits:
        changed = edit.made(ROOT)
        assert changed != (ROOT / edit.file).read_text(encoding="utf-8")
        if edit.file.endswith(".py"):
            ast.parse(changed)


@pytest.mark.parametrize("one", NAMED)
def test_each_trial_is_still_there(one: Mechanism) -> None:
    """Its file holds that test."""
    file, _, name = one.trial.partition("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {name.partition('[')[0]}(" in text


def test_enough_are_switched_off() -> None:
    """At least ten, each with a name of its own and a sentence."""
    found = mechanisms()
    assert len(found) >= 10
    assert all(one.says.endswith(".") for one in found.values())


def test_a_trial_notices() -> None:
    """It passes in a whole copy of the house, and fails in one whose lines are not held against their hashes."""
    one = mechanisms()["line-hash"]
    with copied(ROOT) as copy:
        assert played(copy, one.trial).passed
        for edit in one.edits:
            edit.make(copy)
        without = played(copy, one.trial)
    assert without.failed, without.says


def test_an_edit_that_no_longer_fits_is_a_fault(tmp_path: Path) -> None:
    """It is not passed over: a mechanism that cannot be switched off proves nothing."""
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="holds 2 times"):
        Edit("a.py", "x = 1", "x = 2").made(tmp_path)
