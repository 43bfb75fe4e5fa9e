"""A send, and what became of it."""

from typing import Any

from bot.nouns import events as e
from bot.nouns.conversation import READ_AGAIN, Attempt, AttemptState, Conversation, Draft
from bot.nouns.delivery import Audience, ByHand, NotSent, Posted, ToPost
from bot.nouns.evolve.changing import attempts_with, changed, drafts_with, evolve, heard


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
        account=event.account,
        words=event.words.bare(),
        by=event.by,
        asked=event.at,
        pressed=event.pressed,
        looked=event.looked,
        invites=event.invites,
        round=before.round + 1 if before is not None else 1,
    )
    drafts = drafts_with(c, event.draft, sends=draft.sends + 1) if draft is not None else c.drafts
    return changed(c, drafts=drafts, attempts=(*(a for a in c.attempts if a.key != event.attempt), attempt))


@evolve.register
def _(event: e.SentBack, c: Conversation) -> Conversation:
    ended = attempts_with(
        c, event.attempt, state=AttemptState.SENT_BACK, because=event.because, until=event.until, ended=event.at
    )
    return changed(c, attempts=ended, drafts=_unread(c, event.attempt))


def _unread(c: Conversation, key: str) -> tuple[Draft, ...]:
    """The drafts after a send of one was turned back: what its reader knew may no longer be all there is."""
    asked = c.attempt(key)
    return drafts_with(c, asked.draft, known=READ_AGAIN) if asked is not None else c.drafts


@evolve.register
def _(event: e.SetAside, c: Conversation) -> Conversation:
    ended = attempts_with(c, event.attempt, state=AttemptState.SET_ASIDE, because=event.because, ended=event.at)
    return changed(c, attempts=ended, drafts=_unread(c, event.attempt))


@evolve.register
def _(event: e.Intended, c: Conversation) -> Conversation:
    state = AttemptState.BY_HAND if event.by_hand else AttemptState.INTENDED
    return changed(
        c,
        attempts=attempts_with(
            c,
            event.attempt,
            state=state,
            account=event.account,
            intended=event.at,
            began=event.began,
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
            return changed(c, attempts=attempts_with(c, event.attempt, state=AttemptState.BY_HAND, url=url))
        case NotSent(because=because, until=until):
            ended: dict[str, Any] = {"because": because, "until": until, "ended": event.at}
            return changed(c, attempts=attempts_with(c, event.attempt, state=AttemptState.NOT_SENT, **ended))
        case unknown:
            doubt: dict[str, Any] = {"because": unknown.because, "doubted": event.at}
            return changed(c, attempts=attempts_with(c, event.attempt, state=AttemptState.UNKNOWN, **doubt))


def _posted(event: e.Delivered, c: Conversation, where: dict[str, Any]) -> Conversation:
    attempt = c.attempt(event.attempt)
    if attempt is None:
        return c
    attempts = attempts_with(c, event.attempt, state=AttemptState.POSTED, ended=event.at, because="", **where)
    # Its draft is spent, unless it was edited meanwhile: a later version is a draft of its own again.
    drafts = tuple(d for d in c.drafts if not (d.id == attempt.draft and d.version == attempt.version))
    after = changed(c, attempts=attempts, drafts=drafts)
    # A private word is not heard in public, and a correction answers nothing that was not answered before.
    public = attempt.audience is Audience.PUBLIC and not isinstance(attempt.target, ToPost)
    known = len(c.mentions) if attempt.mentions is None else attempt.mentions
    return heard(after, attempt.stage, event, c.mentions[known:]) if public else after
