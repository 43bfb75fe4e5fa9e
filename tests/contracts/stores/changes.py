"""Changes as `act` makes them, without its rules: events folded over a view, positions and dues by hand."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.nouns import events as e
from bot.nouns import record
from bot.nouns.conversation import Conversation
from bot.nouns.flag import Flag, Severity
from bot.nouns.fold import evolve_incident, evolve_team, step
from bot.nouns.incident import Incident
from bot.nouns.mention import Author, Kept, Mention, MentionKey
from bot.nouns.record import Line
from bot.nouns.view import Due, View
from bot.ports import Appended, Change, Conflict, Fenced, Sealed
from tests.contracts.stores.house import House

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def minute(count: float) -> datetime:
    """So many minutes after START."""
    return START + timedelta(minutes=count)


def change(view: View, *events: e.Event, command: str = "", sealed: Sequence[Sealed] = (), **more: Any) -> Change:
    """What these events change. A random command id where none is given."""
    team, incidents, talks = view.team, dict(view.incidents), dict(view.conversations)
    lines: dict[str, list[Line]] = {}
    for event in events:
        name = event.incident or ""
        row: Any = incidents.get(name) if name else team
        made = record.line(event, row.version + 1 if row else 1, row.head if row else "")
        lines.setdefault(name, []).append(made)
        if name:
            incidents[name] = evolve_incident(incidents.get(name), event, made["hash"])
            talks |= step(talks, event)
        else:
            team = evolve_team(team, event, made["hash"])
    named = {event.conversation for event in events}
    rows: Mapping[str, Incident] = {name: incidents[name] for name in lines if name}
    touched: Mapping[str, Conversation] = {name: row for name, row in talks.items() if name in named}
    parts: dict[str, Any] = {"positions": {}, "dues": {}, **more}
    command = command or uuid.uuid4().hex
    return Change(command, view, events, lines, team, rows, touched, sealed=sealed, **parts)


def said(id: str = "m1", text: str = "My parcel never came.", person: str = "mara") -> Mention:
    """A mention as a platform hands it over."""
    author = Author(id=person, name=person.title(), handle=f"@{person}")
    key = MentionKey(platform="square", id=id)
    return Mention(key=key, text=text, author=author, url=f"https://square.test/{id}", at=START)


async def kept(house: House, mention: Mention) -> tuple[Kept, Sealed]:
    """The same as a timeline keeps it, and what the vault is to store with it."""
    sealed = await house.vault.seal_mention(mention)
    flag = Flag(forward=True, severity=Severity.MEDIUM)
    arrived = Kept(key=mention.key, person=sealed.person, words=sealed.words, at=mention.at, arrived=START, flag=flag)
    return arrived, sealed


def opened(mention: Kept, conversation: str = "c1", incident: str = "i1", **more: Any) -> e.Opened:
    """It began a conversation."""
    return e.Opened(
        incident=incident, conversation=conversation, at=START, by="coolhead:sorter", mention=mention, **more
    )


def claimed(conversation: str = "c1", incident: str = "i1", owner: str = "ana", epoch: int = 1) -> e.Claimed:
    """Somebody has it."""
    return e.Claimed(incident=incident, conversation=conversation, at=START, by=owner, owner=owner, epoch=epoch)


async def open_one(
    house: House, mention: Mention | None = None, conversation: str = "c1", incident: str = "i1", **more: Any
) -> Appended | Conflict | Fenced:
    """Append the arrival of a mention, sealed with it."""
    view = await house.timelines.view([incident], [conversation])
    arrived, sealed = await kept(house, mention or said())
    return await house.timelines.append(change(view, opened(arrived, conversation, incident), sealed=[sealed], **more))


def due(what: str, at: datetime) -> Due:
    """It falls due."""
    return Due(what=what, at=at)
