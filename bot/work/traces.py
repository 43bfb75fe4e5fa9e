"""What rooms show of certain persons: where their conversations lie, and every line and note that may hold their words."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from bot.nouns import record
from bot.nouns.events import Alarmed, Delivered, Event, MovedIn, words_of
from bot.ports import LineRef, Query, Threads, Timelines
from bot.work import recorded
from bot.work.act import Act

PAGE = 500


@dataclass(frozen=True, slots=True)
class Traces:
    """`conversations` are those persons'; `incidents` those in which they lie, or once lay."""

    incidents: tuple[str, ...]
    conversations: frozenset[str]


async def traces(act: Act, timelines: Timelines, persons: Sequence[str]) -> Traces:
    """Found by their vault keys, which stay where they were when the words are gone."""
    talks: dict[str, str] = {}
    for person in persons:
        async for page in _pages(timelines, f"author:{person}"):
            view = await act.look((), page)
            talks |= {name: talk.incident for name, talk in view.conversations.items()}
    lain = list(dict.fromkeys(talks.values()))
    for incident in lain:  # it grows while we go along it
        lain += [origin for origin in await _origins(timelines, incident, talks) if origin not in lain]
    return Traces(tuple(lain), frozenset(talks))


async def _pages(timelines: Timelines, index: str) -> AsyncIterator[Sequence[str]]:
    after = ""
    while True:
        found = await timelines.find(Query(index=index, limit=PAGE, after=after))
        yield found.ids
        after = found.after
        if not after:
            return


async def _origins(timelines: Timelines, incident: str, talks: dict[str, str]) -> set[str]:
    """Where conversations lay before they were moved here."""
    return {
        event.origin
        async for _, event in _events(timelines, incident)
        if isinstance(event, MovedIn) and event.conversation in talks
    }


async def _events(timelines: Timelines, incident: str) -> AsyncIterator[tuple[int, Event]]:
    async for made in recorded.lines(timelines, incident):
        yield made["version"], record.event(made)


async def lines_of(timelines: Timelines, threads: Threads, found: Traces) -> AsyncIterator[LineRef]:
    """Every line in a thread that may quote them, or words of ours to them."""
    for incident in found.incidents:
        standing = [ref for ref, _ in (await threads.get(incident)).values()]
        async for version, event in _events(timelines, incident):
            quotes = isinstance(event, Delivered) or words_of(event) is not None
            for ref in standing if quotes and event.conversation in found.conversations else ():
                said = await threads.where_said(f"line:{incident}:{version}:{ref.room}:{ref.place}")
                if said is not None:
                    yield said


async def notes_of(act: Act, timelines: Timelines, threads: Threads, found: Traces) -> AsyncIterator[LineRef]:
    """Every private note about their conversations, alarms included."""
    team = await act.team()
    people = [*team.people, *team.gone]
    for incident in found.incidents:
        async for version, event in _events(timelines, incident):
            for person in people if event.conversation in found.conversations else ():
                said = await threads.where_said(f"note:{incident}:{version}:{person}")
                if said is not None:
                    yield said
    async for version, event in _events(timelines, ""):
        if isinstance(event, Alarmed) and found.conversations.intersection(event.conversations):
            for person in event.told:
                said = await threads.where_said(f"alarm:{version}:{person}")
                if said is not None:
                    yield said
