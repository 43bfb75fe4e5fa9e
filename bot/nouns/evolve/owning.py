"""Who has it."""

from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Owner
from bot.nouns.evolve.changing import changed, evolve, quieted


@evolve.register(e.Claimed)
@evolve.register(e.Assigned)
def _owned(event: e.Claimed | e.Assigned, c: Conversation) -> Conversation:
    owner = Owner(person=event.owner, since=event.at, epoch=event.epoch)
    return changed(c, owner=owner, owners=event.epoch, reminders=quieted(c, "unclaimed", "no_draft", "critical"))


@evolve.register(e.HandedBack)
@evolve.register(e.Freed)
def _unowned(event: e.HandedBack | e.Freed, c: Conversation) -> Conversation:
    return changed(c, owner=None, reminders=quieted(c, "no_draft"))
