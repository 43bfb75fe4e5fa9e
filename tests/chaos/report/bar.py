"""What somebody sees who waits for the trials: a line for each, and on a terminal a bar with the minutes left."""

from collections.abc import Mapping
from typing import Any, TextIO

_WIDTH = 24


class Bar:
    """`total`: how many tests there are."""

    def __init__(self, out: TextIO, total: int) -> None:
        self._out = out
        self._total = total
        self._terminal = out.isatty()
        self.done = 0

    def ended(self, entry: Mapping[str, Any]) -> None:
        """A test did, and this is what its lane wrote of it."""
        self.done += 1
        for line in entry["lines"]:
            self.line(f"[{self.done}/{self._total}]{line}")

    def line(self, text: str) -> None:
        """Above the bar."""
        print(f"\r\x1b[2K{text}" if self._terminal else text, file=self._out, flush=True)

    def drawn(self, seconds: float) -> None:
        """With so many seconds left; nothing where there is no terminal."""
        if self._terminal:
            print(f"\r\x1b[2K{self.text(seconds)}", end="", file=self._out, flush=True)

    def text(self, seconds: float) -> str:
        """The bar itself."""
        full = _WIDTH * self.done // max(1, self._total)
        left = f"about {max(1, round(seconds / 60))} min left"
        return f"[{'=' * full}{' ' * (_WIDTH - full)}] {self.done} of {self._total}, {left}"

    def over(self) -> None:
        """No bar any more."""
        if self._terminal:
            print("\r\x1b[2K", end="", file=self._out, flush=True)
