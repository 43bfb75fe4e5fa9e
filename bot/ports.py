"""The Protocols between thought and the world, and what only they speak of. No optional methods, no capability flags.

Every method that touches the store may raise `bot.errors.StoreAway`; nothing else is raised on purpose.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.nouns.base import Noun
from bot.nouns.caution import Length
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, Posted, Reach
from bot.nouns.events import Event
from bot.nouns.flag import Flag
from bot.nouns.incident import Incident
from bot.nouns.mention import (
    About,
    Author,
    CannotTell,
    Cursor,
    Deleted,
    Hear,
    Heard,
    Mention,
    MentionKey,
    News,
    Seen,
)
from bot.nouns.record import Line
from bot.nouns.rhythm import Rhythm
from bot.nouns.team import Handle, Place, Team
from bot.nouns.time import Moment, Now
from bot.nouns.view import Due, View
from bot.nouns.words import Forgotten, Words
from bot.review.anchors import Anchor
from bot.screens.shapes import Answer, Card, Gesture
from bot.screens.shapes import Line as Spoken

# ---------------------------------------------------------------- the world outside


@dataclass(frozen=True, slots=True)
class Knock:
    """A request, as a door sees it. `peer` is the client's address as far as trusted proxies tell it."""

    method: str
    path: str
    values: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    peer: str = ""


Response = tuple[int, Mapping[str, str], bytes | AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Door:
    """One route. `path` may hold `{name}` parts, handed over in `Knock.values`. Header names arrive in lower case."""

    method: str
    path: str
    open: Callable[[Knock], Awaitable[Response]]


class Finding(Noun):
    """What a check found: `ok` or not, and what to press where it is not."""

    ok: bool
    what: str
    fix: str = ""


class Platform(Protocol):
    """Where the public speaks. `trouble` is a sentence for health while it does not work, else None."""

    @property
    def name(self) -> str: ...
    def doors(self, hear: Hear) -> Sequence[Door]: ...
    async def listen(self, since: Cursor | None, hear: Hear) -> None: ...
    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell: ...
    def reach(self, subject: Mention | Account) -> Reach: ...
    def measure(self, words: str) -> Length: ...
    async def send(self, cleared: Cleared) -> Delivery: ...
    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell: ...
    async def check(self) -> Sequence[Finding]: ...
    def trouble(self) -> str | None: ...


class ThreadRef(Noun):
    """One card and its thread in one place; `id` is the room's own."""

    room: str
    place: str
    id: str


class LineRef(Noun):
    """One line in a thread, or one private note."""

    room: str
    place: str
    id: str


class Broken(Noun):
    """A room could not do it. `until` None: a person must mend it."""

    because: str
    until: datetime | None = None


class Gone(Noun):
    """It is no longer shown."""


class Member(Noun):
    """A person as a room knows them."""

    name: str
    guest: bool = False
    groups: tuple[str, ...] = ()
    zone: str = ""


class Room(Protocol):
    """Where the team sits."""

    @property
    def name(self) -> str: ...
    def doors(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> Sequence[Door]: ...
    async def attend(self, hear: Callable[[Gesture], Awaitable[Answer]]) -> None: ...
    async def open_thread(self, place: Place, card: Card, key: str) -> ThreadRef | Broken: ...
    async def repaint(self, thread: ThreadRef, card: Card) -> ThreadRef | Broken: ...
    async def say(self, thread: ThreadRef, line: Spoken, key: str) -> LineRef | Broken: ...
    async def tell(self, to: Handle, note: Card, key: str) -> LineRef | Broken: ...
    async def withdraw(self, ref: ThreadRef | LineRef) -> Gone | Broken: ...
    async def who(self, handle: Handle) -> Member | Broken: ...
    async def check(self) -> Sequence[Finding]: ...


class Alarm(Protocol):
    """Outside the chat: a webhook, an e-mail. True once somebody out there took it."""

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool: ...
    async def check(self) -> Sequence[Finding]: ...


class Clock(Protocol):
    """The one source of time. `bear_witness` hands it a second machine's clock, as a platform's Date header shows it."""

    async def now(self) -> Now: ...
    def bear_witness(self, at: datetime) -> None: ...
    async def sleep(self, seconds: float) -> None: ...


# ---------------------------------------------------------------- the store


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
    async def events(self, incident: str, after: int = 0, limit: int = 500) -> Sequence[Line]: ...
    async def feed(self, after: str, wait: float) -> Sequence[Fed]: ...


class Whereabouts(Protocol):
    """Where a mention, an occasion or a remark lies: what the sorter asks before it opens anything."""

    async def mentions(self, keys: Sequence[MentionKey]) -> Mapping[MentionKey, str]: ...
    async def occasion(self, key: MentionKey) -> str: ...


class Work(Noun):
    """One piece of news that waits to be sorted; `id` is its place in the queue, `person` its author's vault key.

    `words` is its text as sealed at intake (None where it has none), so that the event needs no second copy.
    """

    id: str
    news: News
    person: str = ""
    words: Words | None = None
    arrived: datetime
    tries: int = 0


class Inbox(Protocol):
    """Raw news, stored before anybody is told so."""

    async def put(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard]: ...
    async def work(self, limit: int = 64) -> Sequence[Work]: ...
    async def done(self, ids: Sequence[str]) -> None: ...
    async def failed(self, id: str, because: str) -> int: ...
    async def cursor(self, source: str) -> Cursor | None: ...


class Aside(Noun):
    """Something kept aside: not forwarded (`flag`), or unreadable (`because`). `news` None: forgotten or unreadable."""

    ref: str
    at: datetime
    source: str = ""
    mention: Mention | None = None
    raw: str = ""
    flag: Flag | None = None
    because: str = ""


class Asides(Protocol):
    """Two lists that anyone can open: `unforwarded` and `quarantine`."""

    async def put(self, which: str, work: Work, flag: Flag | None, because: str) -> str: ...
    async def page(self, which: str, after: str = "", limit: int = 50) -> tuple[Sequence[Aside], str]: ...
    async def get(self, which: str, ref: str) -> Aside | None: ...
    async def take(self, which: str, ref: str) -> None: ...
    async def forget(self, persons: Sequence[str]) -> int: ...


class Taken(Noun):
    """A due thing, taken for `lease` seconds; gone for good once `Dues.done`, or when the conversation's dues change."""

    conversation: str
    what: str
    at: datetime


class Dues(Protocol):
    """What becomes due. `next` is the earliest due time, so that nobody has to ask often.

    A lease ends by the time that `take` was handed. Whoever forgot what it took, or saw that time set back, asks for
    everything `anew`.
    """

    async def take(self, now: datetime, limit: int = 64, lease: float = 15.0) -> Sequence[Taken]: ...
    async def done(self, taken: Sequence[Taken]) -> None: ...
    async def anew(self) -> None: ...
    async def next(self) -> datetime | None: ...


class Rhythms(Protocol):
    """How each source is heard, on whichever replica. `watch` notes that somebody looks, and says since when without a
    break; what is noted twice is noted once.
    """

    async def note(self, heard: Sequence[Rhythm]) -> None: ...
    async def all(self) -> Sequence[Rhythm]: ...
    async def watch(self, now: datetime) -> datetime: ...


class Threads(Protocol):
    """Which thread stands in which place, and which version of the incident it shows; where a line was said."""

    async def get(self, incident: str) -> Mapping[Place, tuple[ThreadRef, int]]: ...
    async def put(self, incident: str, place: Place, ref: ThreadRef, painted: int) -> None: ...
    async def said(self, key: str) -> bool: ...
    async def where_said(self, key: str) -> LineRef | None: ...
    async def mark_said(self, key: str, ref: LineRef) -> None: ...


class Session(Noun):
    """A signed-in browser. `csrf` must come back with every press."""

    id: str
    person: str
    csrf: str
    until: datetime


class Roster(Protocol):
    """Which person is behind a handle, and how each room knows a person. Roles lie on the team's timeline."""

    async def person(self, handle: Handle) -> str: ...
    async def bind(self, handle: Handle, person: str) -> None: ...
    async def handles(self, person: str) -> Sequence[Handle]: ...


class Sessions(Protocol):
    """Signed-in browsers, and links that let somebody in once."""

    async def invite(self, token: str, person: str, until: datetime) -> None: ...
    async def redeem(self, token: str, now: datetime) -> str: ...
    async def open_session(self, session: Session) -> None: ...
    async def session(self, id: str, now: datetime) -> Session | None: ...
    async def end_session(self, id: str) -> None: ...


class Opened(Noun):
    """What the vault holds under one ref. `text` Forgotten: nothing readable is left, and no salt.

    `about` is there for a mention's words, `raw` where its payload was kept.
    """

    text: str | Forgotten
    salt: str | None = None
    about: About | None = None
    raw: dict[str, Any] | None = None


class Vault(Protocol):
    """Texts and personal fields, encrypted with a random key for each person that a master secret wraps.

    `team` is the person to whom texts belong that are about nobody outside. What `seal…` returns is not stored yet:
    it travels in `Change.sealed`, where an empty `blob` says that it lies in the vault already and only its `tokens`
    are to be indexed. `person`, `mention_ref` and `tokens` are keyed hashes and ask nobody.
    """

    team: str

    def person(self, platform: str, author: Author, key: MentionKey) -> str: ...
    def mention_ref(self, key: MentionKey) -> str: ...
    def tokens(self, text: str) -> tuple[str, ...]: ...
    async def seal(self, person: str, text: str) -> Sealed: ...
    async def seal_mention(self, mention: Mention) -> Sealed: ...
    def index(self, words: Words, mention: Mention) -> Sealed: ...
    async def open(self, words: Sequence[Words]) -> Sequence[Words]: ...
    async def open_all(self, refs: Sequence[str]) -> Mapping[str, Opened]: ...
    async def forget(self, persons: Sequence[str]) -> int: ...


class Leases(Protocol):
    """Who does the work that only one may do. The epoch fences late writes."""

    async def take(self, name: str, holder: str, ttl_ms: int) -> int | None: ...
    async def keep(self, name: str, holder: str, epoch: int, ttl_ms: int) -> bool: ...
    async def drop(self, name: str, holder: str, epoch: int) -> None: ...


class Pulse(Protocol):
    """The last moment each machine was known to live: what proves that time passed before a reboot."""

    async def beat(self, moment: Moment) -> None: ...
    async def last(self, boot: str) -> Moment | None: ...


class Anchors(Protocol):
    """Signed heads of timelines, append-only."""

    async def put(self, anchor: Anchor) -> None: ...
    async def all(self) -> Sequence[Anchor]: ...
