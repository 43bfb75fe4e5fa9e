"""What happened, in order, with the true time: what a failure is read from, and what tells whether a seed played the same."""

import hashlib
from collections import Counter, deque
from collections.abc import Callable

#: So many of the last lines are kept for whoever reads a failure.
KEPT = 400


class Trace:
    """`events` counts everything that crossed a border: calls to store, rooms and squares, presses, news, faults.

    `acts` counts what people, the public and the weather did. `say` is handed each line as it comes.
    """

    def __init__(self, now: Callable[[], float], say: Callable[[str], None] | None = None) -> None:
        self.events = 0
        self.acts: Counter[str] = Counter()
        self.lines: deque[str] = deque(maxlen=KEPT)
        self._now = now
        self._say = say
        self._digest = hashlib.sha256()

    def __call__(self, who: str, what: str) -> None:
        """One line."""
        line = f"{self._now():10.3f}  {who:<10}  {what}"
        self._digest.update(line.encode())
        self.lines.append(line)
        if self._say is not None:
            self._say(line)

    def act(self, who: str, kind: str, what: str = "") -> None:
        """Somebody or something did this."""
        self.events += 1
        self.acts[kind] += 1
        self(who, f"{kind} {what}".rstrip())

    @property
    def digest(self) -> str:
        """The same for two runs in which the same happened at the same moments."""
        return self._digest.hexdigest()[:16]
