"""The function every event registers its change with, and what those changes share."""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, Conversation, Draft, Reminder
from bot.nouns.mention import Kept, MentionKey


@singledispatch
def evolve(event: e.Happened, c: Conversation) -> Conversation:
    """The conversation after `event`. An event that does not touch conversations leaves it as it is."""
    return c


def changed(c: Conversation, **changes: Any) -> Conversation:
    """The conversation with these of its fields changed."""
    return c.model_copy(update=changes)


def mentions_with(c: Conversation, keys: tuple[MentionKey, ...], **changes: Any) -> tuple[Kept, ...]:
    """Its mentions, those of these keys changed."""
    return tuple(m.model_copy(update=changes) if m.key in keys else m for m in c.mentions)


def drafts_with(c: Conversation, draft: str, **changes: Any) -> tuple[Draft, ...]:
    """Its drafts, that one changed."""
    return tuple(d.model_copy(update=changes) if d.id == draft else d for d in c.drafts)


def attempts_with(c: Conversation, key: str, **changes: Any) -> tuple[Attempt, ...]:
    """Its sends, that one changed."""
    return tuple(a.model_copy(update=changes) if a.key == key else a for a in c.attempts)


def quieted(c: Conversation, *kinds: str) -> tuple[Reminder, ...]:
    """The reminders without those: what they asked for was done, so they begin anew."""
    return tuple(r for r in c.reminders if r.kind not in kinds)


def arrived(c: Conversation, mention: Kept) -> Conversation:
    """A mention came: both clocks start where they stood still, and a settled matter is open again."""
    return changed(
        c,
        mentions=(*c.mentions, mention.bare()),
        seen=c.seen + 1,
        waiting_since=c.waiting_since or mention.arrived,
        unanswered_since=c.unanswered_since or mention.arrived,
        closed=None,
        silence=None,
        reminders=(),
    )


def heard(c: Conversation, stage: Stage, event: e.Happened, later: Iterable[Kept]) -> Conversation:
    """Something public of ours stands: the first clock stops, and an answer stops the second.

    Not for what came `later` than those words: nobody who wrote them had read it, so both run from there.
    """
    answered = stage is not Stage.ACKNOWLEDGEMENT
    since = next((m.arrived for m in later if m.deleted is None and m.signed is None), None)
    return changed(
        c,
        turns=c.turns + 1,
        heard_at=c.heard_at or event.at,
        waiting_since=since,
        answered_at=event.at if answered else c.answered_at,
        unanswered_since=since if answered else c.unanswered_since,
    )
