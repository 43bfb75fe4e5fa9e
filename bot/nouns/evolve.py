"""How a conversation changes with each event: `evolve(conversation, event)`. Pure, and total over every event."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import (
    READ_AGAIN,
    Attempt,
    AttemptState,
    Contact,
    Conversation,
    Draft,
    Handoff,
    HandoffState,
    Lift,
    Owner,
    Promise,
    PromiseState,
    Reminder,
    Silence,
)
from bot.nouns.delivery import Audience, ByHand, NotSent, Posted, ToPost
from bot.nouns.mention import Edit, Kept, Signed


def begin(event: e.Event) -> Conversation | None:
    """The conversation an event begins, or None where it begins none."""
    match event:
        case e.Opened(conversation=str(name), incident=str(incident)):
            blank = Conversation(id=name, incident=incident, opened=event.at)
            return _arrive(blank, event.mention)
        case e.StatementBegun(conversation=str(name), incident=str(incident)):
            return Conversation(
                id=name, incident=incident, opened=event.at, statement=True, account=event.account,
                owner=Owner(person=event.by, since=event.at, epoch=1), owners=1,
            )  # fmt: skip
        case e.MovedIn(incident=str(incident)):
            return event.state.model_copy(update={"incident": incident})
        case _:
            return None


@singledispatch
def evolve(event: e.Happened, c: Conversation) -> Conversation:
    """The conversation after `event`. An event that does not touch conversations leaves it as it is."""
    return c


def _with(c: Conversation, **changes: Any) -> Conversation:
    return c.model_copy(update=changes)


def _arrive(c: Conversation, mention: Kept) -> Conversation:
    """A mention came: both clocks start where they stood still, and a settled matter is open again."""
    return _with(
        c,
        mentions=(*c.mentions, mention.model_copy(update={"about": None, "words": mention.words.bare()})),
        seen=c.seen + 1,
        waiting_since=c.waiting_since or mention.arrived,
        unanswered_since=c.unanswered_since or mention.arrived,
        closed=None,
        silence=None,
        reminders=(),
    )


def _mentions(c: Conversation, keys: tuple[Any, ...], **changes: Any) -> tuple[Kept, ...]:
    return tuple(m.model_copy(update=changes) if m.key in keys else m for m in c.mentions)


def _drafts(c: Conversation, draft: str, **changes: Any) -> tuple[Draft, ...]:
    return tuple(d.model_copy(update=changes) if d.id == draft else d for d in c.drafts)


def _attempts(c: Conversation, key: str, **changes: Any) -> tuple[Attempt, ...]:
    return tuple(a.model_copy(update=changes) if a.key == key else a for a in c.attempts)


def _quieted(c: Conversation, *kinds: str) -> tuple[Reminder, ...]:
    """The reminders without those: what they asked for was done, so they begin anew."""
    return tuple(r for r in c.reminders if r.kind not in kinds)


@evolve.register
def _(event: e.WroteAgain, c: Conversation) -> Conversation:
    return _arrive(c, event.mention)


@evolve.register
def _(event: e.MentionEdited, c: Conversation) -> Conversation:
    edits = tuple(
        m.model_copy(update={"edits": (*m.edits, Edit(words=event.words.bare(), at=event.at))})
        if m.key == event.mention
        else m
        for m in c.mentions
    )
    return _with(c, mentions=edits, seen=c.seen + 1)


@evolve.register
def _(event: e.MentionDeleted, c: Conversation) -> Conversation:
    gone = _with(c, mentions=_mentions(c, (event.mention,), deleted=event.at), seen=c.seen + 1)
    return _with(gone, waiting_since=None, unanswered_since=None) if gone.gone else gone


@evolve.register
def _(event: e.AnsweredByHand, c: Conversation) -> Conversation:
    seen = c.seen + 1
    later = [m for m in c.mentions if event.said is not None and m.at > event.said]
    return _heard(_with(c, seen=seen, ours_seen=seen, ours=(*c.ours, event.post)), Stage.RESPONSE, event, later)


def _heard(c: Conversation, stage: Stage, event: e.Happened, later: Iterable[Kept]) -> Conversation:
    """Something public of ours stands: the first clock stops, and an answer stops the second.

    Not for what came `later` than those words: nobody who wrote them had read it, so both run from there.
    """
    answered = stage is not Stage.ACKNOWLEDGEMENT
    since = next((m.arrived for m in later if m.deleted is None and m.signed is None), None)
    return _with(
        c,
        turns=c.turns + 1,
        heard_at=c.heard_at or event.at,
        waiting_since=since,
        answered_at=event.at if answered else c.answered_at,
        unanswered_since=since if answered else c.unanswered_since,
    )


@evolve.register(e.Claimed)
@evolve.register(e.Assigned)
def _owned(event: e.Claimed | e.Assigned, c: Conversation) -> Conversation:
    owner = Owner(person=event.owner, since=event.at, epoch=event.epoch)
    return _with(c, owner=owner, owners=event.epoch, reminders=_quieted(c, "unclaimed", "no_draft", "critical"))


@evolve.register(e.HandedBack)
@evolve.register(e.Freed)
def _unowned(event: e.HandedBack | e.Freed, c: Conversation) -> Conversation:
    return _with(c, owner=None, reminders=_quieted(c, "no_draft"))


@evolve.register
def _(event: e.Drafted, c: Conversation) -> Conversation:
    before = c.draft(event.draft)
    draft = Draft(
        id=event.draft,
        stage=event.stage,
        audience=event.audience,
        target=event.target,
        version=event.version,
        author=event.by,
        words=event.words.bare(),
        marks=event.marks,
        cooling=event.cooling,
        repair=event.repair,
        invites=event.invites,
        heard=c.seen,
        known=c.seen,
    )
    others = tuple(d for d in c.drafts if d.id != event.draft)
    after = draft if before is None else _next_version(before, draft, event, c.seen)
    return _with(c, drafts=(*others, after), reminders=_quieted(c, "no_draft", f"unread:{event.draft}"))


def _next_version(before: Draft, draft: Draft, event: e.Drafted, seen: int) -> Draft:
    """What a draft keeps of the version before it."""
    if not event.unchanged:
        return draft.model_copy(update={"cooled": before.rested(seen), "sends": before.sends})
    kept: dict[str, Any] = {
        name: getattr(before, name) for name in ("lifted", "cooled", "repair", "heard", "known", "sends")
    }
    if event.cooling is not None and event.cooling == before.cooling:
        kept |= {"ready": before.ready, "released": before.released}
    return draft.model_copy(update=kept)


@evolve.register
def _(event: e.Discarded, c: Conversation) -> Conversation:
    return _with(c, drafts=tuple(d for d in c.drafts if d.id != event.draft))


@evolve.register
def _(event: e.StopLifted, c: Conversation) -> Conversation:
    draft = c.draft(event.draft)
    if draft is None:
        return c
    lift = Lift(code=event.code, by=event.by, reason=event.words.bare())
    return _with(c, drafts=_drafts(c, event.draft, lifted=(*draft.lifted, lift)))


@evolve.register
def _(event: e.Released, c: Conversation) -> Conversation:
    return _with(c, drafts=_drafts(c, event.draft, ready=event.at, released=event.by))


@evolve.register
def _(event: e.Cooled, c: Conversation) -> Conversation:
    return _with(c, drafts=_drafts(c, event.draft, ready=event.at))


@evolve.register
def _(event: e.Recounted, c: Conversation) -> Conversation:
    return _with(c, drafts=_drafts(c, event.draft, cooling=event.cooling, ready=None))


@evolve.register
def _(event: e.Reread, c: Conversation) -> Conversation:
    return _with(c, drafts=_drafts(c, event.draft, reader=event.by, read_at=event.at, known=event.known))


@evolve.register
def _(event: e.SendAsked, c: Conversation) -> Conversation:
    draft = c.draft(event.draft)
    before = c.attempt(event.attempt)
    attempt = Attempt(
        key=event.attempt,
        draft=event.draft,
        version=event.version,
        stage=event.stage,
        audience=event.audience,
        target=event.target,
        words=event.words.bare(),
        by=event.by,
        asked=event.at,
        looked=event.looked,
        invites=event.invites,
        round=before.round + 1 if before is not None else 1,
    )
    drafts = _drafts(c, event.draft, sends=draft.sends + 1) if draft is not None else c.drafts
    return _with(c, drafts=drafts, attempts=(*(a for a in c.attempts if a.key != event.attempt), attempt))


@evolve.register
def _(event: e.SentBack, c: Conversation) -> Conversation:
    ended = _attempts(
        c, event.attempt, state=AttemptState.SENT_BACK, because=event.because, until=event.until, ended=event.at
    )
    return _with(c, attempts=ended, drafts=_unread(c, event.attempt))


def _unread(c: Conversation, key: str) -> tuple[Draft, ...]:
    """The drafts after a send of one was turned back: what its reader knew may no longer be all there is."""
    asked = c.attempt(key)
    return _drafts(c, asked.draft, known=READ_AGAIN) if asked is not None else c.drafts


@evolve.register
def _(event: e.SetAside, c: Conversation) -> Conversation:
    ended = _attempts(c, event.attempt, state=AttemptState.SET_ASIDE, because=event.because, ended=event.at)
    return _with(c, attempts=ended, drafts=_unread(c, event.attempt))


@evolve.register
def _(event: e.Intended, c: Conversation) -> Conversation:
    state = AttemptState.BY_HAND if event.by_hand else AttemptState.INTENDED
    return _with(
        c,
        attempts=_attempts(
            c,
            event.attempt,
            state=state,
            account=event.account,
            intended=event.at,
            mentions=len(c.mentions),
            binding=event.binding,
        ),
    )


@evolve.register
def _(event: e.Delivered, c: Conversation) -> Conversation:
    match event.delivery:
        case Posted(key=key, url=url):
            return _posted(event, c, {"post": key, "url": url})
        case ByHand(url=url):
            return _with(c, attempts=_attempts(c, event.attempt, state=AttemptState.BY_HAND, url=url))
        case NotSent(because=because, until=until):
            ended: dict[str, Any] = {"because": because, "until": until, "ended": event.at}
            return _with(c, attempts=_attempts(c, event.attempt, state=AttemptState.NOT_SENT, **ended))
        case unknown:
            because = unknown.because
            return _with(c, attempts=_attempts(c, event.attempt, state=AttemptState.UNKNOWN, because=because))


def _posted(event: e.Delivered, c: Conversation, where: dict[str, Any]) -> Conversation:
    attempt = c.attempt(event.attempt)
    if attempt is None:
        return c
    attempts = _attempts(c, event.attempt, state=AttemptState.POSTED, ended=event.at, because="", **where)
    # Its draft is spent, unless it was edited meanwhile: a later version is a draft of its own again.
    drafts = tuple(d for d in c.drafts if not (d.id == attempt.draft and d.version == attempt.version))
    after = _with(c, attempts=attempts, drafts=drafts)
    # A private word is not heard in public, and a correction answers nothing that was not answered before.
    heard = attempt.audience is Audience.PUBLIC and not isinstance(attempt.target, ToPost)
    known = len(c.mentions) if attempt.mentions is None else attempt.mentions
    return _heard(after, attempt.stage, event, c.mentions[known:]) if heard else after


@evolve.register
def _(event: e.Invited, c: Conversation) -> Conversation:
    before = c.handoff if c.handoff is not None and c.handoff.state is HandoffState.INVITED else None
    invites = before.invites + 1 if before is not None else 1
    return _with(c, handoff=Handoff(way=event.way, state=HandoffState.INVITED, since=event.at, invites=invites))


@evolve.register
def _(event: e.TakenOffline, c: Conversation) -> Conversation:
    invites = c.handoff.invites if c.handoff is not None else 0
    taken = Handoff(
        way=event.way,
        state=HandoffState.TAKEN,
        since=event.at,
        invites=invites,
        person=event.person,
        contact=event.words.bare() if event.words is not None else None,
        next=event.next,
    )
    # The answer is given away from the public now: only a first public word is still waited for.
    return _with(c, handoff=taken, unanswered_since=None, reminders=_quieted(c, "contact", "talk"))


@evolve.register
def _(event: e.Contacted, c: Conversation) -> Conversation:
    if c.handoff is None:
        return c
    made = Contact(at=event.at, by=event.by, reached=event.reached, words=event.words.bare(), next=event.next)
    handoff = c.handoff.model_copy(update={"contacts": (*c.handoff.contacts, made), "next": event.next})
    return _with(c, handoff=handoff, reminders=_quieted(c, "contact", "talk"))


@evolve.register
def _(event: e.TakenOver, c: Conversation) -> Conversation:
    if c.handoff is None:
        return c
    given = c.handoff.model_copy(update={"person": event.person})
    return _with(c, handoff=given, reminders=_quieted(c, "contact", "talk"))


@evolve.register
def _(event: e.HandoffEnded, c: Conversation) -> Conversation:
    if c.handoff is None:
        return c
    ended = c.handoff.model_copy(
        update={
            "state": HandoffState.ENDED,
            "result": event.words.bare(),
            "made_good": event.made_good,
            "ended": event.at,
            "next": None,
        }
    )
    return _with(c, handoff=ended)


@evolve.register
def _(event: e.Promised, c: Conversation) -> Conversation:
    promise = Promise(id=event.promise, by=event.by, words=event.words.bare(), due=event.due)
    return _with(c, promises=(*(p for p in c.promises if p.id != event.promise), promise))


@evolve.register
def _(event: e.PromiseSettled, c: Conversation) -> Conversation:
    def settle(p: Promise) -> Promise:
        due = event.due if event.state is PromiseState.RENEGOTIATED and event.due is not None else p.due
        return p.model_copy(update={"state": event.state, "due": due})

    promises = tuple(settle(p) if p.id == event.promise else p for p in c.promises)
    return _with(c, promises=promises, reminders=_quieted(c, f"promise:{event.promise}"))


@evolve.register
def _(event: e.Silenced, c: Conversation) -> Conversation:
    silence = Silence(by=event.by, reason=event.words.bare(), at=event.at, review=event.review, second=event.second)
    return _with(c, silence=silence, waiting_since=None, unanswered_since=None)


@evolve.register
def _(event: e.SilenceSeconded, c: Conversation) -> Conversation:
    if c.silence is None:
        return c
    return _with(c, silence=c.silence.model_copy(update={"second": event.by}))


@evolve.register
def _(event: e.Disposed, c: Conversation) -> Conversation:
    signed = Signed(disposition=event.disposition, by=event.by, at=event.at)
    after = _with(c, mentions=_mentions(c, event.mentions, signed=signed))
    return after if after.unsigned else _with(after, waiting_since=None, unanswered_since=None)


@evolve.register
def _(event: e.Closed, c: Conversation) -> Conversation:
    return _with(
        c, closed=event.at, outcome=event.outcome, waiting_since=None, unanswered_since=None, drafts=(), reminders=()
    )


@evolve.register
def _(event: e.Reopened, c: Conversation) -> Conversation:
    last = c.mentions[-1].arrived if c.mentions and c.answered_at is None else None
    return _with(c, closed=None, unanswered_since=last)


@evolve.register
def _(event: e.Reminded, c: Conversation) -> Conversation:
    reminder = Reminder(kind=event.what, count=event.count, at=event.at)
    return _with(c, reminders=(*(r for r in c.reminders if r.kind != event.what), reminder))
