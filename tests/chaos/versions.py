"""Versions of the product as the history has them."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.stories.process import ROOT

#: A build after 0.1.0 that hashed as today, on stores whose layout had no number yet.
_BEFORE_LAYOUTS = "774744611c5fc761cbb7ea57928bd0a785381a98"


def _git(*words: str) -> str:
    """What git says of this repository; skips with a line where its history is not here."""
    try:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the history is not here, and the released version with it: git fetch --unshallow")
    return done.stdout.strip()


def released() -> str:
    """The commit of 0.1.0: its version stands in pyproject.toml, and no chat library in its lock file yet."""
    joined = _git("log", "-Sdiscord-py", "--reverse", "--format=%H", "--", "requirements.lock").split()
    commit = _git("rev-parse", f"{joined[0]}^" if joined else "no history")
    assert 'version = "0.1.0"' in _git("show", f"{commit}:pyproject.toml")
    return commit


def before_layouts() -> str:
    """The commit of that build."""
    return _git("rev-parse", "--verify", f"{_BEFORE_LAYOUTS}^{{commit}}")


#: The versions that ours must get on with.
EARLIER: Mapping[str, Callable[[], str]] = {"0.1.0": released, "before layouts": before_layouts}


def unpack(commit: str, folder: Path) -> Path:
    """That version's source."""
    folder.mkdir(parents=True)
    packed = subprocess.run(
        ["git", "archive", commit, "bot", "adapters", "responders"], cwd=ROOT, capture_output=True, check=True
    )
    subprocess.run(["tar", "x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder
