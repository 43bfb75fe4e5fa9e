"""The list of the forgotten, outside the store: what an older backup must not bring back.

A line is a time (seconds of the store's clock) and a person's vault key, a keyed hash that tells nobody anything; empty lines
count nothing.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.errors import StoreAway, WrongUse


def note(path: Path, persons: Sequence[str], at: float) -> None:
    """Add these persons, on the disk when this returns. Raises StoreAway: without it nobody may be told they are gone."""
    lines = "".join(f"{at:.0f} {person}\n" for person in persons)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "a", encoding="ascii", opener=lambda name, how: os.open(name, how, 0o600)) as file:
            file.write(f"\n{lines}")  # whoever wrote last may have been cut off in the middle of a line
            file.flush()
            os.fsync(file.fileno())
        _name_written(path)
    except OSError as error:
        raise StoreAway(f"The list of the forgotten, {path}, cannot be written: {error.strerror}.") from error


def _name_written(path: Path) -> None:
    """A new file is on the disk once its folder is."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def written(path: Path, persons: Mapping[str, float]) -> None:
    """The whole list as a file of its own. Raises OSError."""
    with open(path, "w", encoding="ascii", opener=lambda name, how: os.open(name, how, 0o600)) as file:
        file.writelines(f"{at:.0f} {person}\n" for person, at in sorted(persons.items()))
        file.flush()
        os.fsync(file.fileno())


def listed(path: Path) -> Mapping[str, float]:
    """Each person in it with the latest time. A line that was broken off counts as far as it goes. Raises WrongUse."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
        told = [(float(at), person) for at, _, person in (line.partition(" ") for line in lines) if len(person) == 32]
    except (OSError, ValueError) as error:
        raise WrongUse(f"{path} is no list of the forgotten that could be read.") from error
    found: dict[str, float] = {}
    for at, person in told:
        found[person] = max(at, found.get(person, 0.0))
    return found
