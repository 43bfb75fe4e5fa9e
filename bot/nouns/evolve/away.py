"""The talk away from the public, promises and silence."""

from bot.nouns import events as e
from bot.nouns.conversation import Contact, Conversation, Handoff, HandoffState, Promise, PromiseState, Silence
from bot.nouns.evolve.changing import changed, evolve, quieted


@evolve.register
def _(event: e.Invited, c: Conversation) -> Conversation:
    before = c.handoff if c.handoff is not None and c.handoff.state is HandoffState.INVITED else None
    invites = before.invites + 1 if before is not None else 1
    return changed(c, handoff=Handoff(way=event.way, state=HandoffState.INVITED, since=event.at, invites=invites))


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
    return changed(c, handoff=taken, unanswered_since=None, reminders=quieted(c, "contact", "talk"))


@evolve.register
def _(event: e.Contacted, c: Conversation) -> Conversation:
    if c.handoff is None:
        return c
    made = Contact(at=event.at, by=event.by, reached=event.reached, words=event.words.bare(), next=event.next)
    handoff = c.handoff.model_copy(update={"contacts": (*c.handoff.contacts, made), "next": event.next})
    return changed(c, handoff=handoff, reminders=quieted(c, "contact", "talk"))


@evolve.register
def _(event: e.TakenOver, c: Conversation) -> Conversation:
    if c.handoff is None:
        return c
    given = c.handoff.model_copy(update={"person": event.person})
    return changed(c, handoff=given, reminders=quieted(c, "contact", "talk"))


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
    return changed(c, handoff=ended)


@evolve.register
def _(event: e.Promised, c: Conversation) -> Conversation:
    promise = Promise(id=event.promise, by=event.by, words=event.words.bare(), due=event.due)
    return changed(c, promises=(*(p for p in c.promises if p.id != event.promise), promise))


@evolve.register
def _(event: e.PromiseSettled, c: Conversation) -> Conversation:
    def settle(p: Promise) -> Promise:
        due = event.due if event.state is PromiseState.RENEGOTIATED and event.due is not None else p.due
        return p.model_copy(update={"state": event.state, "due": due})

    promises = tuple(settle(p) if p.id == event.promise else p for p in c.promises)
    return changed(c, promises=promises, reminders=quieted(c, f"promise:{event.promise}"))


@evolve.register
def _(event: e.Silenced, c: Conversation) -> Conversation:
    silence = Silence(by=event.by, reason=event.words.bare(), at=event.at, review=event.review, second=event.second)
    return changed(c, silence=silence, waiting_since=None, unanswered_since=None)


@evolve.register
def _(event: e.SilenceSeconded, c: Conversation) -> Conversation:
    if c.silence is None:
        return c
    return changed(c, silence=c.silence.model_copy(update={"second": event.by}))
