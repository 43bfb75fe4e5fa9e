"""An incident step by step, as the team saw it."""

from dataclasses import dataclass
from typing import Any

from bot.nouns import events as e
from bot.nouns import record
from bot.nouns.record import Line
from bot.nouns.team import Team
from bot.screens import lines
from bot.screens.lines import Sent
from bot.screens.plain import plain


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
        """For people: time, line, and what was said, indented; nothing in it can steer a terminal."""
        said = f"\n{'':22}“{plain(self.quote)}”" if self.quote else ""
        return f"{self.at[:19]}Z  {plain(self.text)}{said}"


class Replay:
    """Hand it a timeline's lines in order. `team` as it stands now: it knows how people are called."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self._sends: dict[str, Sent] = {}

    def step(self, made: Line) -> Step | None:
        """What this line added to the thread; None where nobody had to read it."""
        event, text = record.event(made), made.get("text")
        said = text if isinstance(text, str) else None
        if isinstance(event, e.SendAsked):
            self._sends[event.attempt] = lines.sent_by(event, said or "")
        sent = self._sends.get(event.attempt) if isinstance(event, e.Delivered) else None
        line = lines.said(event, self._team, said, sent)
        if line is None:
            return None
        by = f" ({line.by})" if line.by else ""
        moment = f" {line.moment:%Y-%m-%d %H:%M} UTC" if line.moment is not None else ""
        return Step(made["version"], made["at"], made["kind"], line.text + moment + by, line.quote)
