"""What must be true in every moment, held against the squares' own ledgers, what people saw and pressed, and the true time."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from bot.nouns import events as e
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Audience, Posted
from bot.nouns.mention import MentionKey
from bot.ports import Change
from bot.screens.shapes import Gesture
from bot.work.one_attempt import LOOK_LASTS
from tests.chaos.square_world import Line, Shape
from tests.fakes.clock import START
from tests.simulation.machine import Machine
from tests.simulation.person import Shown
from tests.simulation.square import Square, Wire
from tests.simulation.store import Store
from tests.simulation.trace import Trace
from tests.simulation.weather import Trouble

#: A doubtful send asks a person within so many seconds; a hold is obeyed within so many.
ASKS_WITHIN, HOLDS_WITHIN = 60.0, 1.0
#: A program that was stopped may send what it looked at before: the age of a look, and the socket's deadline.
STOPPED = LOOK_LASTS + 8.0
#: Commands that carry their gesture's own id.
BOUND = frozenset(
    {
        "claim",
        "hand_back",
        "write",
        "send",
        "hold",
        "end_hold",
        "close",
        "reopen",
        "taken",
        "log_contact",
        "end_handoff",
    }
    | {"promise", "settle_promise", "leave_unanswered", "second_silence", "release_early", "not_there", "is_there"}
    | {"discard", "note", "assign", "take_over"}
)
#: A draft's version.
Version = tuple[str, str, int]


class Oracle:
    """`faults`: what was found, with the true time. `shown`: what each presser of Send saw, by attempt key."""

    def __init__(
        self,
        store: Store,
        squares: Mapping[Shape, Square],
        wires: Mapping[Shape, Wire],
        machines: Callable[[], list[Machine]],
        trouble: Trouble,
        now: Callable[[], float],
        trace: Trace,
    ) -> None:
        self.faults: list[str] = []
        self.shown: dict[str, Shown] = {}
        self._store = store
        self._wires = wires
        self._machines = machines
        self._trouble = trouble
        self._now = now
        self._trace = trace
        self._begun: dict[Version, tuple[float, float]] = {}
        self._released: set[Version] = set()
        self._holds: list[list[float]] = []
        self._doubts: dict[tuple[str, int], float] = {}
        self._public: set[str] = set()
        self._words: Counter[str] = Counter()
        self._unanswered: dict[str, set[MentionKey]] = {}
        self._answers: dict[str, set[MentionKey]] = {}
        self._said: dict[MentionKey, datetime] = {}
        store.timelines.committed.append(self.committed)
        for square in squares.values():
            square.posted.append(partial(self.posted, square))

    def fault(self, what: str) -> None:
        """Something is not true that should be."""
        self.faults.append(f"{self._now():.3f} s: {what}")
        self._trace("ORACLE", what)

    # -- the record

    def committed(self, change: Change) -> None:
        """A change is on disk."""
        for event in change.events:
            self._trace("record", f"{event.kind} {event.conversation or event.incident or 'team'} by {event.by}")
            self._on_draft(event, change)
            self._on_send(event, change)
            self._on_public(event)
        for talk in change.conversations.values():
            self._nobody_is_ignored(talk)

    def _on_draft(self, event: e.Event, change: Change) -> None:
        match event:
            case e.Drafted(conversation=str(talk), cooling=cooling) if cooling is not None:
                name = (talk, event.draft, event.version)
                before = change.before.conversations[talk].draft(event.draft)
                if before is not None and event.unchanged and before.cooling == cooling:
                    last = (talk, event.draft, before.version)
                    self._begun[name] = self._begun[last]
                    self._released |= {name} if last in self._released else set()
                else:
                    began = self._true(cooling.since.boot, cooling.since.elapsed)
                    self._begun[name] = (began, cooling.length.total_seconds())
            case e.Released(conversation=str(talk)):
                self._released.add((talk, event.draft, event.version))
            case e.HoldBegan(until=until):  # a lead may set one anew, and it may end sooner then
                self._no_hold_from_here()
                self._holds.append([self._now(), (until - START).total_seconds()])
            case e.HoldEnded():
                self._no_hold_from_here()
            case _:
                pass

    def _no_hold_from_here(self) -> None:
        for hold in self._holds:
            hold[1] = min(hold[1], self._now())

    def _true(self, boot: str, elapsed: float) -> float:
        """The true time of a moment of one boot."""
        return next(each.booted[boot] for each in self._machines() if boot in each.booted) + elapsed

    def _on_send(self, event: e.Event, change: Change) -> None:
        match event:
            case e.Intended(conversation=str(talk), attempt=key, by_hand=False):
                row = change.conversations[talk]
                self._answers[key] = {each.key for each in row.mentions}
                attempt = row.attempt(key)
                assert attempt is not None
                self._doubts[key, attempt.round] = self._now()
                self._public |= {key} if attempt.audience is Audience.PUBLIC else set()
            case e.Delivered(attempt=key):
                for sign in [sign for sign in self._doubts if sign[0] == key]:
                    del self._doubts[sign]
                row = change.conversations[event.conversation or ""]
                attempt = row.attempt(key)
                assert attempt is not None
                if isinstance(event.delivery, Posted) and attempt.audience is Audience.PUBLIC:
                    waiting = self._unanswered.get(row.id, set())
                    waiting -= self._answers.get(key, set(waiting))
            case _:
                pass

    def _on_public(self, event: e.Event) -> None:
        waiting = self._unanswered.setdefault(event.conversation or "", set())
        match event:
            case e.Opened() | e.WroteAgain():
                waiting.add(event.mention.key)
                self._said[event.mention.key] = event.mention.at
            case e.AnsweredByHand(said=datetime() as said):
                waiting -= {key for key in waiting if self._said[key] <= said}
            case e.Silenced() | e.Closed():
                waiting.clear()
            case _:
                pass

    def _nobody_is_ignored(self, talk: Conversation) -> None:
        """What they wrote after our last words went out waits for a word of ours, until somebody signed for it."""
        standing = {each.key for each in talk.mentions if each.deleted is None and each.signed is None}
        if talk.waiting_since is None and (left := self._unanswered.get(talk.id, set()) & standing):
            self.fault(f"ignored: {sorted(key.id for key in left)} in {talk.id} wait for nobody")

    # -- in public

    def posted(self, square: Square, line: Line) -> None:
        """A post of ours stands there."""
        if line.hand != "api":
            return
        shown = self.shown.get(line.key)
        self._words[line.words] += 1
        if self._words[line.words] > 1:
            self.fault(f"double: {line.words!r} stands {self._words[line.words]} times on {square.shape.value}")
        if shown is None:
            self.fault(f"nobody pressed Send on {line}")
            return
        if line.words != shown.words:
            self.fault(f"other words than {shown.person} saw: {line}")
        sent = max(at for at in self._wires[square.shape].put[line.key])
        self._not_early(shown, sent)
        self._not_held(line, sent)
        self._not_gone(square, line, sent)

    def _not_early(self, shown: Shown, sent: float) -> None:
        name = (shown.conversation, shown.draft, shown.version)
        begun, length = self._begun[name]
        if name not in self._released and sent < begun + length - 0.001:
            self.fault(f"early: {name} went out {begun + length - sent:.3f} s before it had cooled")

    def _not_held(self, line: Line, sent: float) -> None:
        stopped = any(began <= sent and sent - 20.0 <= ended for began, ended in self._trouble.pauses)
        within = STOPPED if stopped else HOLDS_WITHIN
        if self._trouble.clocks_set or line.key not in self._public:
            return  # until when a hold stands is told by those clocks
        for began, ended in self._holds:
            if began + within < sent < ended - 0.1:
                self.fault(f"held: {line.key} went on the wire {sent - began:.3f} s after the hold began")

    def _not_gone(self, square: Square, line: Line, sent: float) -> None:
        gone = square.gone.get(line.to)
        if gone is not None and sent > gone + STOPPED:
            self.fault(f"gone: {line.key} went out {sent - gone:.3f} s after {line.to} was deleted")

    # -- people

    def confirmed(self, gesture: Gesture) -> None:
        """Somebody was told that it is done."""
        if gesture.act in BOUND and gesture.id not in self._store.timelines.commands:
            self.fault(f"not on disk: {gesture.id} ({gesture.act}) was answered as done")

    def look(self) -> None:
        """Once a second: whether a send stays in doubt though nothing has been wrong for so long."""
        calm = self._trouble.calm_since
        for (key, round), since in self._doubts.items():
            if calm is not None and self._now() - max(calm, since) > ASKS_WITHIN:
                self.fault(f"unasked: {key} (round {round}) is in doubt, and nobody was asked")
