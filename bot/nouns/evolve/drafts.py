"""Words before they go."""

from typing import Any

from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Draft, Lift
from bot.nouns.evolve.changing import changed, drafts_with, evolve, quieted


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
    return changed(c, drafts=(*others, after), reminders=quieted(c, "no_draft", f"unread:{event.draft}"))


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
    return changed(c, drafts=tuple(d for d in c.drafts if d.id != event.draft))


@evolve.register
def _(event: e.StopLifted, c: Conversation) -> Conversation:
    draft = c.draft(event.draft)
    if draft is None:
        return c
    lift = Lift(code=event.code, by=event.by, reason=event.words.bare())
    return changed(c, drafts=drafts_with(c, event.draft, lifted=(*draft.lifted, lift)))


@evolve.register
def _(event: e.Released, c: Conversation) -> Conversation:
    return changed(c, drafts=drafts_with(c, event.draft, ready=event.at, released=event.by))


@evolve.register
def _(event: e.Cooled, c: Conversation) -> Conversation:
    return changed(c, drafts=drafts_with(c, event.draft, ready=event.at))


@evolve.register
def _(event: e.Recounted, c: Conversation) -> Conversation:
    return changed(c, drafts=drafts_with(c, event.draft, cooling=event.cooling, ready=None))


@evolve.register
def _(event: e.Reread, c: Conversation) -> Conversation:
    return changed(c, drafts=drafts_with(c, event.draft, reader=event.by, read_at=event.at, known=event.known))
