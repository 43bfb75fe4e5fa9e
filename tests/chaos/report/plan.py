"""In which order files of trials are played, so many at a time: the longest first, and nothing beside what it would disturb."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.report.kinds import Kind, kind_of

#: How long a test of each file took by the last whole run of `make chaos`, in seconds of the wall; written anew by each.
LEARNED = Path(__file__).with_name("seconds.json")
#: What a test is taken for whose file was never run.
_UNKNOWN = 10.0


@dataclass(frozen=True, slots=True)
class Part:
    """A file, what pytest is asked for of it, how many tests that is, and how long they are expected to take."""

    file: str
    paths: tuple[str, ...]
    tests: int
    seconds: float

    @property
    def kind(self) -> Kind:
        """What may run beside it."""
        return kind_of(self.file)


def parted(ids: Sequence[str], asked: Sequence[str], seconds: Mapping[str, float]) -> list[Part]:
    """One part a file. `ids`: the tests that were chosen; `asked`: the files, folders or single tests they came from;
    `seconds`: how long a test of each file takes.
    """
    tests: dict[str, int] = {}
    for id in ids:
        file = id.partition("::")[0]
        tests[file] = tests.get(file, 0) + 1
    single = [each for each in asked if "::" in each]
    return [
        Part(
            file,
            tuple(each for each in single if each.partition("::")[0] == file) or (file,),
            count,
            count * seconds.get(file, _UNKNOWN),
        )
        for file, count in tests.items()
    ]


def learned(file: Path = LEARNED) -> dict[str, float]:
    """What a test of each file took in the last whole run."""
    found: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
    return found


def learn(seconds: Mapping[str, float], file: Path = LEARNED) -> None:
    """Keep what this one took, for the files that were run."""
    whole = {name: round(took, 1) for name, took in sorted({**learned(file), **seconds}.items())}
    file.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")


def beside(one: Kind, running: Collection[Kind]) -> bool:
    """Whether it may run beside these."""
    match one:
        case Kind.ALL:
            return not running
        case Kind.TIMED:
            return not {Kind.ALL, Kind.MANY} & set(running)
        case Kind.MANY:
            return not {Kind.ALL, Kind.TIMED} & set(running)
        case Kind.IDLE:
            return not {Kind.ALL, Kind.IDLE} & set(running)
        case Kind.ONE:
            return Kind.ALL not in running


def following(waiting: Sequence[Part], running: Collection[Kind], lanes: int) -> Part | None:
    """What is begun next; None where all that waits would disturb what runs, or needs a lane and none is free.

    What needs calm goes first, since only that can be held up; then the longest. What fills the gaps beside it comes last
    where anything else may run.
    """
    ranks = (Kind.IDLE, Kind.TIMED, Kind.MANY, Kind.ONE, Kind.ALL)
    free = lanes - sum(kind is not Kind.IDLE for kind in running)
    fitting = [part for part in waiting if beside(part.kind, running) and (free > 0 or part.kind is Kind.IDLE)]
    return min(fitting, key=lambda part: (ranks.index(part.kind), -part.seconds), default=None)


def lasts(waiting: Sequence[Part], running: Sequence[tuple[Kind, float]], lanes: int) -> float:
    """How many seconds it takes until all is played, as far as anybody knows. `running`: with the seconds left of each."""
    left, going, took = list(waiting), list(running), 0.0
    while left or going:
        while (part := following(left, [kind for kind, _ in going], lanes)) is not None:
            left.remove(part)
            going.append((part.kind, part.seconds))
        ends = min(seconds for _, seconds in going)
        took += ends
        going = [(kind, seconds - ends) for kind, seconds in going if seconds > ends]
    return took
