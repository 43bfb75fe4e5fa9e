"""How mentions and conversations end, and what the team was reminded of."""

from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Reminder
from bot.nouns.evolve.changing import changed, evolve, mentions_with
from bot.nouns.mention import Signed


@evolve.register
def _(event: e.Disposed, c: Conversation) -> Conversation:
    signed = Signed(disposition=event.disposition, by=event.by, at=event.at)
    after = changed(c, mentions=mentions_with(c, event.mentions, signed=signed))
    return after if after.unsigned else changed(after, waiting_since=None, unanswered_since=None)


@evolve.register
def _(event: e.Closed, c: Conversation) -> Conversation:
    return changed(
        c, closed=event.at, outcome=event.outcome, waiting_since=None, unanswered_since=None, drafts=(), reminders=()
    )


@evolve.register
def _(event: e.Reopened, c: Conversation) -> Conversation:
    last = c.mentions[-1].arrived if c.mentions and c.answered_at is None else None
    return changed(c, closed=None, unanswered_since=last)


@evolve.register
def _(event: e.Reminded, c: Conversation) -> Conversation:
    reminder = Reminder(kind=event.what, count=event.count, at=event.at)
    return changed(c, reminders=(*(r for r in c.reminders if r.kind != event.what), reminder))
