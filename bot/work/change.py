"""What a decision changes: lines chained onto each timeline, the rows after them, where they stand, what becomes due."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.nouns import record
from bot.nouns.conversation import Conversation
from bot.nouns.events import Event
from bot.nouns.fold import evolve_incident, evolve_team, step
from bot.nouns.incident import Incident
from bot.nouns.record import Line
from bot.nouns.team import Team
from bot.nouns.view import View
from bot.ports import Change, Sealed
from bot.rules.due import due
from bot.rules.positions import incident_positions, positions

R = TypeVar("R", Incident, Team)


def change(
    command: str,
    before: View,
    team: Team,
    events: Sequence[Event],
    sealed: Sequence[Sealed] = (),
    sender: int | None = None,
) -> Change:
    """Fold `events` over `before`. `team` has the settings laid over it: what is due depends on them."""
    folded = Folded(before)
    folded.take(events)
    return folded.change(command, team, sealed, sender)


class Folded:
    """The rows of a view while events are laid over them, one after the other. More rows may be read in between.

    The events are chained in one go at the end, which takes a third less than each in its turn; until then rows that
    they changed have the head they were read with.
    """

    def __init__(self, before: View) -> None:
        self.events: list[Event] = []
        self._before = before
        self._team = before.team
        self._incidents: dict[str, Incident] = dict(before.incidents)
        self._conversations: dict[str, Conversation] = dict(before.conversations)

    @property
    def view(self) -> View:
        """Everything known, as it stands after the events taken so far: the very rows, not a copy of them."""
        return View(team=self._before.team, incidents=self._incidents, conversations=self._conversations)

    def learn(self, read: View) -> None:
        """Rows read later; those known already stay as they were read first.

        A conversation is read with its incident. Where that has moved on since it was first read, the append fails,
        because it compares the incident's version with the first (decision 0002).
        """
        first = self._before
        fresh = {name: row for name, row in read.incidents.items() if name not in self._incidents}
        talks = {name: row for name, row in read.conversations.items() if name not in self._conversations}
        self._before = View(
            team=first.team,
            incidents={**first.incidents, **fresh},
            conversations={**first.conversations, **talks},
        )
        self._incidents |= fresh
        self._conversations |= talks

    def take(self, events: Sequence[Event]) -> None:
        """Fold each."""
        for event in events:
            self._take(event)

    def _take(self, event: Event) -> None:
        name = event.incident or ""
        self.events.append(event)
        if not name:
            self._team = evolve_team(self._team, event, self._team.head)
            return
        before = self._incidents.get(name)
        self._incidents[name] = evolve_incident(before, event, "" if before is None else before.head)
        # A conversation that moved out stands in the incident it moved to, whose event comes with this one.
        talk = event.conversation or ""
        known = self._conversations.get(talk)
        self._conversations |= step({} if known is None else {talk: known}, event)

    def _chained(self) -> dict[str, list[Line]]:
        """The events as lines, by timeline, each chained onto the one before."""
        lines: dict[str, list[Line]] = {}
        for event in self.events:
            name = event.incident or ""
            chain = lines.setdefault(name, [])
            if chain:
                version, head = chain[-1]["version"], chain[-1]["hash"]
            else:
                row = self._before.incidents.get(name) if name else self._before.team
                version, head = (0, "") if row is None else (row.version, row.head)
            chain.append(record.line(event, version + 1, head))
        return lines

    def change(self, command: str, team: Team, sealed: Sequence[Sealed] = (), sender: int | None = None) -> Change:
        """All of it, under one command's id. `team` has the settings laid over it."""
        touched = dict.fromkeys(event.conversation for event in self.events if event.conversation)
        conversations = {name: self._conversations[name] for name in touched if name in self._conversations}
        lines = self._chained()
        heads = {name: chain[-1]["hash"] for name, chain in lines.items()}
        incidents = {name: _headed(self._incidents[name], head) for name, head in heads.items() if name}
        return Change(
            command=command,
            before=self._before,
            events=self.events,
            lines=lines,
            team=_headed(self._team, heads.get("", self._team.head)),
            incidents=incidents,
            conversations=conversations,
            positions=_positions(incidents, conversations, team),
            dues={name: due(conversation, team) for name, conversation in conversations.items()},
            sealed=sealed,
            sender=sender,
        )


def _headed(row: R, head: str) -> R:
    return row.model_copy(update={"head": head})


def _positions(
    incidents: Mapping[str, Incident], conversations: Mapping[str, Conversation], team: Team
) -> dict[str, Mapping[str, float]]:
    stand: dict[str, Mapping[str, float]] = {f"i:{name}": incident_positions(i) for name, i in incidents.items()}
    return stand | {name: positions(conversation, team) for name, conversation in conversations.items()}
