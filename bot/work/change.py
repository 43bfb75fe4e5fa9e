"""What a decision changes: lines chained onto each timeline, the rows after them, where they stand, what becomes due."""

from collections.abc import Mapping, Sequence

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


def change(
    command: str,
    before: View,
    team: Team,
    events: Sequence[Event],
    sealed: Sequence[Sealed] = (),
    sender: int | None = None,
) -> Change:
    """Fold `events` over `before`. `team` has the settings laid over it: what is due depends on them."""
    folded = _Folded(before)
    for event in events:
        folded.take(event)
    touched = {event.conversation for event in events if event.conversation}
    conversations = {name: folded.conversations[name] for name in touched if name in folded.conversations}
    incidents = {name: folded.incidents[name] for name in folded.lines if name}
    return Change(
        command=command,
        before=before,
        events=events,
        lines=folded.lines,
        team=folded.team,
        incidents=incidents,
        conversations=conversations,
        positions=_positions(incidents, conversations, team),
        dues={name: due(conversation, team) for name, conversation in conversations.items()},
        sealed=sealed,
        sender=sender,
    )


def _positions(
    incidents: Mapping[str, Incident], conversations: Mapping[str, Conversation], team: Team
) -> dict[str, Mapping[str, float]]:
    stand: dict[str, Mapping[str, float]] = {f"i:{name}": incident_positions(i) for name, i in incidents.items()}
    return stand | {name: positions(conversation, team) for name, conversation in conversations.items()}


class _Folded:
    """The rows while the events are laid over them, one after the other."""

    def __init__(self, before: View) -> None:
        self.team = before.team
        self.incidents: dict[str, Incident] = dict(before.incidents)
        self.conversations: dict[str, Conversation] = dict(before.conversations)
        self.lines: dict[str, list[Line]] = {}

    def take(self, event: Event) -> None:
        """Chain one event onto its timeline and fold it."""
        name = event.incident or ""
        made = self._line(name, event)
        self.lines.setdefault(name, []).append(made)
        head: str = made["hash"]
        if not name:
            self.team = evolve_team(self.team, event, head)
            return
        self.incidents[name] = evolve_incident(self.incidents.get(name), event, head)
        moved = step(self.conversations, event)
        # A conversation that moved out stands in the incident it moved to, whose event comes with this one.
        self.conversations = {**self.conversations, **moved}

    def _line(self, name: str, event: Event) -> Line:
        row = self.team if not name else self.incidents.get(name)
        version, prev = (row.version, row.head) if row is not None else (0, "")
        return record.line(event, version + 1, prev)
