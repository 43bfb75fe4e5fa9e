"""The look back on one incident: who did what when, how long it took, how it ended, what we learned. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nouns import events as e
from bot.nouns.fold import evolve_incident
from bot.nouns.incident import Incident
from bot.nouns.words import Words
from bot.review.courses import Course, Log, begin_log, finish, follow
from bot.review.facts import count, facts, span


@dataclass(frozen=True, slots=True)
class Step:
    """One event as the review shows it. `by` as on the timeline; `words` carry their text where the reader filled it."""

    at: datetime
    by: str
    kind: str
    conversation: str
    words: Words | None


@dataclass(frozen=True, slots=True)
class Retro:
    """The look back. `incident` as it stands at the end, with outcome, lessons and actions; `marked`: lines picked for it.

    `courses` in the order in which they began, without what was moved out. `storm`: for how long it stormed.
    `facts`: the sentences a page begins with.
    """

    incident: Incident
    steps: tuple[Step, ...]
    courses: tuple[Course, ...]
    marked: tuple[Step, ...]
    storm: timedelta
    facts: tuple[str, ...]


def look_back(timeline: Iterable[e.Event]) -> Retro | None:
    """The look back on the whole timeline of one incident, in its order; None for an empty one."""
    incident: Incident | None = None
    logs: dict[str, Log] = {}
    steps: list[Step] = []
    marked: list[Step] = []
    storms = _Storms()
    for event in timeline:
        incident = evolve_incident(incident, event, "")
        _read(logs, event)
        storms.read(event)
        step = Step(event.at, event.by, event.kind, event.conversation or "", e.words_of(event))
        steps.append(step)
        if isinstance(event, e.Noted) and event.marked:
            marked.append(step)
    if incident is None:
        return None
    last = steps[-1].at
    courses = tuple(sorted((finish(log, last) for log in logs.values()), key=lambda course: course.began))
    storm = storms.length(last)
    return Retro(incident, tuple(steps), courses, tuple(marked), storm, _headlines(courses, storm))


def _read(logs: dict[str, Log], event: e.Event) -> None:
    name = event.conversation
    if name is None:
        return
    begun = begin_log(event)
    if begun is not None:
        logs[name] = begun
    elif isinstance(event, e.MovedOut):
        logs.pop(name, None)
    elif name in logs:
        follow(logs[name], event)


@dataclass(slots=True)
class _Storms:
    since: datetime | None = None
    lasted: timedelta = timedelta()

    def read(self, event: e.Event) -> None:
        if isinstance(event, e.StormBegan):
            self.since = event.at
        if isinstance(event, e.StormEnded) and self.since is not None:
            self.lasted += event.at - self.since
            self.since = None

    def length(self, last: datetime) -> timedelta:
        return self.lasted + (last - self.since if self.since is not None else timedelta())


def _headlines(courses: tuple[Course, ...], storm: timedelta) -> tuple[str, ...]:
    mentions = sum(course.mentions for course in courses)
    many = (f"{count(len(courses), 'conversation')} with {count(mentions, 'mention')}.",) if len(courses) > 1 else ()
    stormed = (f"It stormed for {span(storm)}.",) if storm else ()
    return (*many, *stormed, *facts(courses))
