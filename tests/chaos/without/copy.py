"""A copy of the house in a folder of its own, and a trial played in it."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: What a trial needs of the house. Its Python is the one that runs this.
PARTS = ("bot", "adapters", "responders", "tests", "docs", "benchmarks", "tools", "pyproject.toml", "README.md")
_NOTICED = re.compile(r"^E +(.+)$", re.MULTILINE)
_LONGEST = 110


@dataclass(frozen=True, slots=True)
class Played:
    """How a trial ended. `says`: in a few words, for a table."""

    code: int
    says: str

    @property
    def passed(self) -> bool:
        """It found nothing."""
        return self.code == 0

    @property
    def failed(self) -> bool:
        """It found something; a trial that could not even be run says nothing."""
        return self.code == 1


@contextmanager
def copied(root: Path) -> Iterator[Path]:
    """The parts of the house that trials need, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="coolhead-without-") as folder:
        copy = Path(folder)
        for part in PARTS:
            if (root / part).is_dir():
                shutil.copytree(root / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(root / part, copy / part)
        yield copy


def played(copy: Path, trial: str) -> Played:
    """That trial in that copy. Its processes, too, take the copy's modules before any other."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-o", "addopts=", "-p", "no:cacheprovider", trial]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    match ran.returncode:
        case 0:
            return Played(0, "passes")
        case 1:
            found = [
                each for each in map(str.strip, _NOTICED.findall(ran.stdout)) if each and not each.endswith("Error:")
            ]
            return Played(1, f"fails: {_short(found[0]) if found else 'see the trial'}")
        case code:
            return Played(code, f"did not run ({code}): {_short(ran.stdout[-300:] + ran.stderr[-300:])}")


def _short(text: str) -> str:
    plain = " ".join(text.replace("`", "'").replace("|", "/").split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 3] + "..."
