"""What of a conversation becomes due, and when. Pure, and without a clock: every time follows from what stands.

| what | when | asks |
|---|---|---|
| `cooled:<draft>:<version>` | its wait passes | nobody: it is ready then |
| `unread:<draft>` | it lies cooled and nobody turned to it for 15 min | everybody on duty |
| `unclaimed` | nobody has it after 30 min | on duty |
| `acknowledge` | the first public word is due | the owner |
| `answer` | the answer is due | the owner |
| `no_draft` | a claim without a draft is 30 min old | the owner |
| `free` | 15 min after that | nobody: it is freed |
| `critical` | at once, after 5 min, then every 10 min until somebody has it | the alarm (`remind.ring_alarm`) |
| `asked:<attempt>` | an ask is 5 min old | nobody: it is sent back |
| `by_hand:<attempt>` | 15 min without a word | its presser, once |
| `unknown:<attempt>` | nobody can tell what became of a send, and it has settled | its presser |
| `promise:<id>` | its date | who made it |
| `contact` | the next call or letter | who has the talk |
| `talk` | a day after the last contact, where no next one was named | who has the talk |
| `second` | a silence is a day old without a second name | who may second it |
| `silence` | its review date | who signed it |

Reminders come twice, then a lead is told, then it is quiet. Quiet hours pause all but what is critical.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.nouns.conversation import Attempt, AttemptState, Conversation, Draft, HandoffState
from bot.nouns.delivery import Audience
from bot.nouns.team import Policy, Team
from bot.nouns.view import Due
from bot.rules.policy import acknowledge_within, critical

#: Reminders of one thing: twice those it concerns, then a lead.
RUNGS = 3
#: After so much waking time without a date whoever has a talk is asked what came of it.
ASKED_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Clocks:
    """By when the public should hear a first word, and an answer; None where nobody waits for it.

    `paused_until`: the end of the first quiet hours in which one of them stands still; None where none comes between.
    """

    first_word_due: datetime | None
    answer_due: datetime | None
    paused_until: datetime | None


def clocks(conversation: Conversation, team: Team) -> Clocks:
    """The two clocks of a conversation as a screen shows them."""
    first = _first_word(conversation, team.policy)
    answer = _answer(conversation, team.policy)
    starts = [since for since in (conversation.waiting_since, conversation.unanswered_since) if since is not None]
    dues = [at for at in (first, answer) if at is not None]
    paused = _pause(min(starts), min(dues), team.policy) if dues and not critical(conversation) else None
    return Clocks(first_word_due=first, answer_due=answer, paused_until=paused)


def _pause(since: datetime, due: datetime, policy: Policy) -> datetime | None:
    """When the first quiet hours between `since` and `due` end."""
    quiet = policy.quiet_hours
    begins = since if quiet.quiet(since) else quiet.pauses(since)
    return quiet.resumes(begins) if begins is not None and begins < due else None


def due(conversation: Conversation, team: Team) -> Sequence[Due]:
    """Everything of it that becomes due, the next first. Of a closed one only its promises."""
    c, policy = conversation, team.policy
    found = list(_promises(c, policy))
    if c.closed is None:
        found += [*_drafts(c, policy), *_attempts(c, policy), *_owning(c, policy), *_deadlines(c, policy)]
        found += [*_handoff(c, policy), *_silence(c, policy)]
    return sorted(found, key=lambda each: (each.at, each.what))


def after(c: Conversation, since: datetime, length: timedelta, policy: Policy) -> datetime:
    """`length` after `since`, in waking hours unless it is critical."""
    quiet = policy.quiet_hours
    return since + length if quiet.never or critical(c) else quiet.after(since, length)


def _rung(c: Conversation, what: str, first: datetime, policy: Policy, rungs: int = RUNGS) -> Iterator[Due]:
    """The next reminder of `what`, whose first is due at `first`; none after the last rung."""
    before = c.reminder(what)
    if before is None:
        yield Due(what=what, at=after(c, first, timedelta(), policy))
    elif before.count < rungs:
        yield Due(what=what, at=after(c, before.at, policy.remind_unclaimed_after, policy))


def _drafts(c: Conversation, policy: Policy) -> Iterator[Due]:
    for draft in c.drafts:
        left = draft.left()
        if draft.cooling is not None and left is None:
            yield Due(what=f"cooled:{draft.id}:{draft.version}", at=draft.cooling.until)
        elif left is not None and not c.gone and not any(a.draft == draft.id for a in c.open_attempts()):
            first = after(c, left, policy.anyone_sends_after, policy)
            yield from _rung(c, f"unread:{draft.id}", first, policy)


def _attempts(c: Conversation, policy: Policy) -> Iterator[Due]:
    for attempt in c.open_attempts():
        yield from _attempt(c, attempt, policy)


def _attempt(c: Conversation, attempt: Attempt, policy: Policy) -> Iterator[Due]:
    match attempt.state:
        case AttemptState.ASKED:
            yield Due(what=f"asked:{attempt.key}", at=attempt.asked + policy.send_ask_lives)
        case AttemptState.BY_HAND:
            since = attempt.intended or attempt.asked
            first = after(c, since, policy.ask_by_hand_after, policy)
            yield from _rung(c, f"by_hand:{attempt.key}", first, policy, rungs=1)
        case AttemptState.UNKNOWN:
            yield from _rung(c, f"unknown:{attempt.key}", attempt.doubted or attempt.asked, policy)


def waits(c: Conversation) -> datetime | None:
    """Since when somebody outside waits for us; None while nobody does, or a named person talks with them."""
    if _talked_with(c):
        return None
    starts = [since for since in (c.waiting_since, c.unanswered_since) if since is not None]
    return min(starts, default=None)


def _talked_with(c: Conversation) -> bool:
    return c.offline is not None and c.offline.state is HandoffState.TAKEN


def _owning(c: Conversation, policy: Policy) -> Iterator[Due]:
    since = waits(c)
    if since is None:
        return
    if c.owner is None and critical(c):
        yield Due(what="critical", at=_rings(c, since, policy))
    elif c.owner is None:
        yield from _rung(c, "unclaimed", after(c, since, policy.remind_unclaimed_after, policy), policy)
    elif not c.drafts and not any(a.asked >= c.owner.since for a in c.attempts):
        asked = c.reminder("no_draft")
        if asked is None:
            yield Due(what="no_draft", at=after(c, c.owner.since, policy.ask_owner_after, policy))
        else:
            more = policy.free_claim_after - policy.ask_owner_after
            yield Due(what="free", at=after(c, asked.at, more, policy))


def _rings(c: Conversation, since: datetime, policy: Policy) -> datetime:
    before = c.reminder("critical")
    match before:
        case None:
            return since
        case _ if before.count == 1:
            return before.at + policy.critical_claim_within
        case _:
            return before.at + policy.alarm_every


def _deadlines(c: Conversation, policy: Policy) -> Iterator[Due]:
    """The two clocks: what nobody has is reminded of as `unclaimed`, and words that cool or are on their way need none."""
    if c.owner is None or _talked_with(c) or any(a.audience is Audience.PUBLIC for a in c.open_attempts()):
        return
    if any(_on_the_way(draft) for draft in c.drafts):
        return
    first, answer = _first_word(c, policy), _answer(c, policy)
    if first is not None:
        yield from _rung(c, "acknowledge", first, policy)
    elif answer is not None:
        yield from _rung(c, "answer", answer, policy)


def _on_the_way(draft: Draft) -> bool:
    return draft.audience is Audience.PUBLIC and draft.cooling is not None


def _first_word(c: Conversation, policy: Policy) -> datetime | None:
    if c.waiting_since is None:
        return None
    return after(c, c.waiting_since, acknowledge_within(policy, c), policy)


def _answer(c: Conversation, policy: Policy) -> datetime | None:
    return after(c, c.unanswered_since, policy.answer_within, policy) if c.unanswered_since is not None else None


def _handoff(c: Conversation, policy: Policy) -> Iterator[Due]:
    talk = c.offline
    if talk is None or talk.state is not HandoffState.TAKEN:
        return
    if talk.next is not None:
        yield from _rung(c, "contact", talk.next, policy)
    else:
        last = talk.contacts[-1].at if talk.contacts else talk.since
        yield from _rung(c, "talk", after(c, last, ASKED_AFTER, policy), policy)


def _promises(c: Conversation, policy: Policy) -> Iterator[Due]:
    for promise in c.promises:
        if promise.open:
            yield from _rung(c, f"promise:{promise.id}", promise.due, policy)


def _silence(c: Conversation, policy: Policy) -> Iterator[Due]:
    if c.silence is None:
        return
    if not c.silence.second:
        yield from _rung(c, "second", c.silence.at + policy.silence_review_after, policy)
    yield from _rung(c, "silence", c.silence.review, policy)
