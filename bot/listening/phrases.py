"""Many phrases sought in one text, at the price of the few whose first letters occur in it."""

import re
from collections.abc import Iterable

from bot.listening.tokens import Cut

PREFIX = 4
"""A phrase is sought only where a word of the text begins like one of its triggers; this many letters count."""


class Phrases:
    """Patterns over `Cut.lowered`, each with the words that wake it and a pattern that shows it is not meant."""

    def __init__(self, listed: Iterable[tuple[str, str, str]]) -> None:
        """Takes (triggers, pattern, pattern of what disarms it or "")."""
        self._patterns: list[tuple[re.Pattern[str], re.Pattern[str] | None]] = []
        self._index: dict[str, list[int]] = {}
        for at, (triggers, phrase, unless) in enumerate(listed):
            disarms = re.compile(rf"(?<!\w)(?:{unless})") if unless else None
            self._patterns.append((re.compile(rf"(?<!\w)(?:{phrase})"), disarms))
            for start in dict.fromkeys(trigger[:PREFIX] for trigger in triggers.split()):
                self._index.setdefault(start, []).append(at)

    def heard(self, ready: Cut) -> list[int]:
        """The places, in the list this was made of, of the phrases that are meant."""
        starts = {token.lstrip("#")[:PREFIX] for token in ready.tokens}
        awake = sorted({at for start in starts for at in self._index.get(start, ())})
        return [at for at in awake if self._meant(at, ready.lowered)]

    def _meant(self, at: int, lowered: str) -> bool:
        phrase, disarms = self._patterns[at]
        return phrase.search(lowered) is not None and (disarms is None or disarms.search(lowered) is None)
