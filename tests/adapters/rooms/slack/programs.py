"""The stand-ins of npm that the tests meet. Where one is missing: skipped with a line that says how to get it; in CI a failure."""

import os
from pathlib import Path

import pytest

_CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coolhead-tests" / "node" / "node_modules"


def package(path: str) -> Path:
    """A file of an installed package, by its path below `node_modules`."""
    found = _CACHE / path
    if found.exists():
        return found
    missing = f"{path.split('/')[0]} is missing; it comes with: sh tools/test-needs.sh"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)
