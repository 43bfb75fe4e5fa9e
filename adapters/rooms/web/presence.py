"""Who is here: reading or writing under which incident, for the last half minute. In memory, of this replica only."""

from collections.abc import Mapping
from dataclasses import dataclass

#: Seconds that a sign of life counts.
LASTS = 30.0

DOINGS = ("reading", "writing")


@dataclass(frozen=True, slots=True)
class _Here:
    doing: str
    until: float


class Presence:
    """Times are seconds of `Now.elapsed`."""

    def __init__(self) -> None:
        self._here: dict[str, dict[str, _Here]] = {}

    def note(self, incident: str, person: str, doing: str, elapsed: float) -> bool:
        """A sign of life. Whether others see something new by it."""
        there = self._here.setdefault(incident, {})
        known = there.get(person)
        there[person] = _Here(doing, elapsed + LASTS)
        return known is None or known.doing != doing or known.until <= elapsed

    def leave(self, incident: str, person: str) -> bool:
        """They went. Whether they were there."""
        return self._here.get(incident, {}).pop(person, None) is not None

    def here(self, incident: str, elapsed: float) -> Mapping[str, str]:
        """What each person there is doing."""
        there = self._here.get(incident, {})
        return {person: here.doing for person, here in there.items() if here.until > elapsed}

    def sweep(self, elapsed: float) -> tuple[str, ...]:
        """Forget who has not been seen; the incidents where somebody went."""
        changed = []
        for incident, there in list(self._here.items()):
            gone = [person for person, here in there.items() if here.until <= elapsed]
            for person in gone:
                del there[person]
            if gone:
                changed.append(incident)
            if not there:
                del self._here[incident]
        return tuple(changed)


def said(here: Mapping[str, str], names: Mapping[str, str]) -> str:
    """ "Ben is writing, Kim is reading"; '' where nobody else is there. Writers first, then by name."""
    order = sorted(here.items(), key=lambda each: (each[1] != "writing", names.get(each[0], "")))
    return ", ".join(f"{names[person]} is {doing}" for person, doing in order if person in names)
