"""What must last goes to one person alone, once: it has cooled, it was sent back, a reminder, a question, an alarm.

It holds words, so it goes to teammates only: to nobody who has left or is a guest by the time that it is told.
"""

from collections.abc import Mapping, Sequence

from bot.nouns import record
from bot.nouns.conversation import AttemptState, Conversation, Draft
from bot.nouns.events import Alarmed, Cooled, Event, Noted, Released, Reminded, SentBack
from bot.nouns.incident import Incident
from bot.nouns.team import Handle, Place, Role, Team
from bot.ports import Broken, Clock, Room, Roster, ThreadRef, Threads, Timelines
from bot.screens import notes
from bot.screens.shapes import Card
from bot.work.act import Act

#: How far a timeline has been told to people is remembered like a thread of its own.
NOTES = Place(room="team", id="notes")
TOLD = ThreadRef(room="team", place="notes", id="notes")
PAGE = 500

#: A person and what they are told.
Note = tuple[str, Card]


class Telling:
    """Every note has a key, so that a crash makes none twice; several rooms or places are one telling."""

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        threads: Threads,
        roster: Roster,
        rooms: Mapping[str, Room],
        clock: Clock,
        link: str,
    ) -> None:
        self._act = act
        self._timelines = timelines
        self._threads = threads
        self._roster = roster
        self._rooms = rooms
        self._clock = clock
        self._link = link

    @property
    def tells(self) -> bool:
        """Whether there is any room to tell people in; if not, somebody else does."""
        return bool(self._rooms)

    async def news(
        self, incident: Incident, news: Sequence[tuple[int, Event, str | None]], team: Team, rooms: Sequence[str]
    ) -> bool:
        """Tell whom these events concern, in the first of `rooms` (else in any) that can. False: to be tried again.

        `news`: with the version of each, and the words it brought.
        """
        whole = True
        for version, event, text in news:
            view = await self._act.look((), (event.conversation,) if _private(event) and event.conversation else ())
            for conversation in view.conversations.values():
                made = _notes(event, text or "", incident, conversation, team, self._linked(f"/i/{incident.id}"))
                for person, note in [each for each in made if _reads(each[0], team)]:
                    key = f"note:{incident.id}:{version}:{person}"
                    told = await self._tell(person, note, key, rooms, but=_asked(event, person, note, team))
                    whole = whole and told
        return whole

    async def tell(self, person: str, note: Card, key: str) -> bool:
        """One note to one person, once for a key, in the first room that can. False: to be tried again."""
        return await self._tell(person, note, key, ())

    def _linked(self, path: str) -> str:
        return f"{self._link}{path}" if self._link else ""

    async def _tell(self, person: str, note: Card, key: str, rooms: Sequence[str], but: str = "") -> bool:
        """`but`: another key, under which they were not told it yet."""
        if await self._threads.said(key) or (but and await self._threads.said(but)):
            return True
        broken: list[Broken] = []
        for room, handle in await self._ways(person, rooms):
            told = await room.tell(handle, note, key)
            if not isinstance(told, Broken):
                await self._threads.mark_said(key, told)
                if but:
                    await self._threads.mark_said(but, told)
                return True
            broken.append(told)
        return all(each.until is None for each in broken)  # what a person must mend, time does not

    async def _ways(self, person: str, rooms: Sequence[str]) -> Sequence[tuple[Room, Handle]]:
        """How a person is known in each room, `rooms` first. Who was let in and never came is known by their own id."""
        open_rooms = [self._rooms[name] for name in dict.fromkeys([*rooms, *self._rooms]) if name in self._rooms]
        known = {handle.room: handle for handle in await self._roster.handles(person)}
        found = [(room, known[room.name]) for room in open_rooms if room.name in known]
        return found or [(room, Handle(room=room.name, id=person)) for room in open_rooms]

    async def team(self) -> bool:
        """Tell the newest alarms. One so old that the next is due is not told any more."""
        if not self._rooms:
            return True
        team = await self._act.team()
        _, after = (await self._threads.get("")).get(NOTES, (TOLD, 0))
        since = (await self._clock.now()).wall - team.policy.alarm_every
        whole = True
        while after < team.version:
            page = await self._timelines.events("", after, PAGE)
            for made in page:
                event = record.event(made)
                if isinstance(event, Alarmed) and event.at > since:
                    told = await self._alarm(event, made["version"], team)
                    whole = whole and told
            after += PAGE
        if whole:
            await self._threads.put("", NOTES, TOLD, team.version)
        return whole

    async def _alarm(self, event: Alarmed, version: int, team: Team) -> bool:
        view = await self._act.look((), event.conversations)
        talks = [view.conversations[name] for name in event.conversations if name in view.conversations]
        waiting = [(view.incidents[c.incident], c) for c in talks if c.owner is None and c.closed is None]
        people = [team.people[person] for person in event.told if _reads(person, team)]
        whole = True
        for reader in people if waiting else ():
            note = notes.alarm(waiting, reader, self._linked("/"))
            told = await self._tell(reader.id, note, f"alarm:{version}:{reader.id}", ())
            whole = whole and told
        return whole


async def standing(act: Act, told: Sequence[Card]) -> Sequence[bool]:
    """Which of these notes still say how things are, for a room that shows them anew. Raises StoreAway."""
    view = await act.look((), tuple({note.conversation for note in told if note.conversation}))
    return [notes.stands(note, view) for note in told]


def _private(event: Event) -> bool:
    return isinstance(event, Cooled | Released | SentBack | Reminded) or (isinstance(event, Noted) and bool(event.asks))


def _asked(event: Event, person: str, note: Card, team: Team) -> str:
    """The key of a question to somebody: whoever presses *Ask a lead* again and again asks once, until an alarm would ring
    anew. '' for what is no question."""
    if not isinstance(event, Noted):
        return ""
    window = int(event.at.timestamp() // team.policy.alarm_every.total_seconds())
    return f"asked:{note.conversation}:{note.choices[0].act if note.choices else ''}:{window}:{person}"


def _notes(event: Event, text: str, incident: Incident, c: Conversation, team: Team, link: str) -> Sequence[Note]:
    """Whom an event tells what, as things stand now: what is over by now is not told any more."""
    match event:
        case Cooled(draft=name, version=version) | Released(draft=name, version=version):
            draft = c.draft(name)
            return _cooled(incident, c, draft, team, link) if draft is not None and draft.version == version else []
        case SentBack(attempt=key):
            asked = c.attempt(key)
            back = asked is not None and asked.state is AttemptState.SENT_BACK
            was = _was(c) if event.changed else ""
            return (
                [(asked.by, notes.sent_back(incident, c, asked, team, was, link))] if asked is not None and back else []
            )
        case Reminded(told=told, what=what) if c.closed is None:
            draft = c.draft(what.removeprefix("unread:")) if what.startswith("unread:") else None
            if draft is not None:
                return [(person, notes.unread(incident, c, draft, team, link)) for person in told]
            return [(person, notes.reminded(incident, c, event, team, link)) for person in told]
        case Noted(asks=asks) if c.closed is None:
            return [(person, notes.asked(incident, c, event, text, team, link)) for person in asks]
        case _:
            return []


def _cooled(incident: Incident, c: Conversation, draft: Draft, team: Team, link: str) -> Sequence[Note]:
    """To its author. Where they are no teammate any more, to whoever has the conversation, who may send it as themselves; where
    nobody has it, the reminder of words that nobody read finds somebody.
    """
    if _reads(draft.author, team):
        return [(draft.author, notes.cooled(incident, c, draft, team, link))]
    return [(c.owner.person, notes.unread(incident, c, draft, team, link))] if c.owner is not None else []


def _reads(person: str, team: Team) -> bool:
    """Whether somebody may read words in private: a teammate, as things stand now."""
    found = team.people.get(person)
    return found is not None and found.may(Role.TEAMMATE)


def _was(c: Conversation) -> str:
    """Their words before the last edit; '' where there was none."""
    kept = c.last
    if kept is None or not kept.edits:
        return ""
    return (kept.edits[-2].words if len(kept.edits) > 1 else kept.words).read("")
