"""An incident step by step, as the team saw it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.nouns import record
from bot.nouns.record import Line
from bot.nouns.team import Team
from bot.screens import lines


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the thread."""

    version: int
    at: str
    kind: str
    text: str
    quote: str

    def plain(self) -> dict[str, Any]:
        """For scripts."""
        return {"version": self.version, "at": self.at, "kind": self.kind, "line": self.text, "quote": self.quote}

    def painted(self) -> str:
        """For people: time, line, and what was said, indented."""
        said = f"\n{'':22}“{self.quote}”" if self.quote else ""
        return f"{self.at[:19]}Z  {self.text}{said}"


def steps(made: Line, team: Team) -> Iterator[Step]:
    """What an event added to the thread; nothing where it added nothing."""
    text = made.get("text")
    line = lines.said(record.event(made), team, text if isinstance(text, str) else None)
    if line is not None:
        yield Step(made["version"], made["at"], made["kind"], line.text, line.quote)
