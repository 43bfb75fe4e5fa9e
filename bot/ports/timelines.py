"""The record: one append that is whole or not at all, what was appended, and where to look things up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.nouns.base import Noun
from bot.nouns.conversation import Conversation
from bot.nouns.events import Event
from bot.nouns.incident import Incident
from bot.nouns.mention import MentionKey
from bot.nouns.record import Line
from bot.nouns.team import Team
from bot.nouns.view import Due, View
from bot.nouns.words import Words
from bot.review.anchors import Anchor


class Sealed(Noun):
    """A text made ready for the vault: `blob` is its ciphertext, stored under `words.ref` in the step that first needs it.

    `tokens` are the blind index tokens of a searchable text.
    """

    words: Words
    person: str
    blob: bytes
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """All that one command changes, written in one step or not at all.

    `command` is applied once. `before` is the view it was decided on: the append fails with Conflict when an incident
    that `lines` names (the team is '') is no longer at the version `before` has. `incidents` and `conversations` are the
    rows after; `lines` what is appended, chained and hashed. `positions` maps each touched conversation, and `i:` plus
    each touched incident, to where it stands in the indexes (whatever is absent is removed); `dues` to what is due.
    `sender` is the outbox's fencing epoch, where an event's class asks for it.
    """

    command: str
    before: View
    events: Sequence[Event]
    lines: Mapping[str, Sequence[Line]]
    team: Team
    incidents: Mapping[str, Incident]
    conversations: Mapping[str, Conversation]
    positions: Mapping[str, Mapping[str, float]]
    dues: Mapping[str, Sequence[Due]]
    sealed: Sequence[Sealed] = ()
    sender: int | None = None


class Appended(Noun):
    """It is on disk. `again`: it was already, under the same command id."""

    again: bool = False


class Conflict(Noun):
    """Somebody was first; read again and decide again."""


class Fenced(Noun):
    """A fence of one of the events no longer stands: `which` is team, hold, sender or mention."""

    which: str


class Query(Noun):
    """A page of an index, highest score first (`rising`: lowest first). `after` is what the page before handed back.

    Conversation indexes: open, waiting, cooling, ready, offline, settled, unknown, asked, promise, silence, critical,
    `owner:<person>`, `author:<person>` (vault key), `pile:<incident>`. Incident indexes: `i:all`, `i:open`, `i:settled`,
    `i:storm`. `q` keeps what holds all its words (blind index); `since`/`until` bound the score.
    """

    index: str
    q: str = ""
    limit: int = 50
    after: str = ""
    rising: bool = False
    since: float | None = None
    until: float | None = None


class Found(Noun):
    """Ids, in order; `after` is '' on the last page; `count` is how many the whole index holds."""

    ids: tuple[str, ...]
    after: str = ""
    count: int = 0


class Fed(Noun):
    """One append, as the feed tells it to painters, outbox and pages. `incident` '' for the team's own."""

    id: str
    incident: str
    conversations: tuple[str, ...]
    kinds: tuple[str, ...]


class Indexes(Protocol):
    """Where incidents and conversations stand. `find_all` asks for many pages at once, and answers in their order."""

    async def find(self, query: Query) -> Found: ...
    async def find_all(self, queries: Sequence[Query]) -> Sequence[Found]: ...


class Timelines(Indexes, Protocol):
    """Incidents, conversations and the team, and how they came to be."""

    async def view(
        self, incidents: Sequence[str] = (), conversations: Sequence[str] = (), command: str = ""
    ) -> View: ...
    async def append(self, change: Change) -> Appended | Conflict | Fenced: ...
    async def events(
        self, incident: str, after: int = 0, limit: int = 500, without: Collection[str] = ()
    ) -> Sequence[Line]: ...
    async def feed(self, after: str, wait: float) -> Sequence[Fed]: ...


class Whereabouts(Protocol):
    """Where a mention, an occasion or a remark lies: what the sorter asks before it opens anything."""

    async def mentions(self, keys: Sequence[MentionKey]) -> Mapping[MentionKey, str]: ...
    async def occasion(self, key: MentionKey) -> str: ...


class Anchors(Protocol):
    """Signed heads of timelines, append-only."""

    async def put(self, anchor: Anchor) -> None: ...
    async def all(self) -> Sequence[Anchor]: ...
