"""How a conversation changes with each event: `evolve(conversation, event)`. Pure, and total over every event.

One room a subject, each registering its events. Whatever imports this package has them all.
"""

from bot.nouns import events as e
from bot.nouns.conversation import Conversation, Owner
from bot.nouns.evolve import away, drafts, ends, owning, public, sending
from bot.nouns.evolve.changing import arrived, evolve

__all__ = ["away", "begin", "drafts", "ends", "evolve", "owning", "public", "sending"]


def begin(event: e.Event) -> Conversation | None:
    """The conversation an event begins, or None where it begins none."""
    match event:
        case e.Opened(conversation=str(name), incident=str(incident)):
            blank = Conversation(id=name, incident=incident, opened=event.at)
            return arrived(blank, event.mention)
        case e.StatementBegun(conversation=str(name), incident=str(incident)):
            return Conversation(
                id=name, incident=incident, opened=event.at, statement=True, account=event.account,
                owner=Owner(person=event.by, since=event.at, epoch=1), owners=1,
            )  # fmt: skip
        case e.MovedIn(incident=str(incident)):
            return event.state.model_copy(update={"incident": incident})
        case _:
            return None
