"""What a trial found, in one line of one shape, from which the table in docs/reliability.md is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """One line of one trial. `result`: figures with their units, parted by commas (`0 double, within 34 s`)."""

    promise: str
    trial: str
    kind: str
    count: int
    result: str
    seed: str


#: What was said since it was last taken, oldest first. Whoever writes a report takes it after each test.
SAID: list[Told] = []


def say(promise: str, trial: str, kind: str, count: int, result: str, seed: int | str) -> None:
    """Print a trial's line. `kind`: real or simulated; `result`: figures with their units; `seed`: what plays it again."""
    print(f"trial | {promise} | {trial} | {kind} | {count:,} | {result} | seed {seed}")
    SAID.append(Told(promise, trial, kind, count, result, str(seed)))


def taken() -> list[Told]:
    """What was said since the last time, and nothing of it any more."""
    told = list(SAID)
    SAID.clear()
    return told
