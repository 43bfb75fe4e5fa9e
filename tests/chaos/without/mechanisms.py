"""The mechanisms that can be switched off, as mechanisms.toml names them, and the edits that do it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LISTED = Path(__file__).with_name("mechanisms.toml")


@dataclass(frozen=True, slots=True)
class Edit:
    """`old` stands once in `file`, a path from the root, and becomes `new`."""

    file: str
    old: str
    new: str

    def made(self, root: Path) -> str:
        """The file as it is then. Raises ValueError where `old` does not stand in it exactly once."""
        text = (root / self.file).read_text(encoding="utf-8")
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file} holds {text.count(self.old)} times: {self.old}")
        return text.replace(self.old, self.new)

    def make(self, root: Path) -> None:
        """Do it, in a copy of the house."""
        (root / self.file).write_text(self.made(root), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Mechanism:
    """`trial`: what fails without it, as pytest names it."""

    name: str
    says: str
    trial: str
    edits: Sequence[Edit]


def mechanisms() -> Mapping[str, Mechanism]:
    """All of them by name."""
    listed = tomllib.loads(LISTED.read_text(encoding="utf-8"))["mechanism"]
    found = [Mechanism(m["name"], m["says"], m["trial"], [Edit(**edit) for edit in m["edit"]]) for m in listed]
    return {each.name: each for each in found}
