"""What came from the public."""

from bot.nouns import events as e
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation
from bot.nouns.evolve.changing import arrived, changed, evolve, heard, mentions_with
from bot.nouns.mention import Edit


@evolve.register
def _(event: e.WroteAgain, c: Conversation) -> Conversation:
    return arrived(c, event.mention)


@evolve.register
def _(event: e.MentionEdited, c: Conversation) -> Conversation:
    edits = tuple(
        m.model_copy(update={"edits": (*m.edits, Edit(words=event.words.bare(), at=event.at))})
        if m.key == event.mention
        else m
        for m in c.mentions
    )
    return changed(c, mentions=edits, seen=c.seen + 1)


@evolve.register
def _(event: e.MentionDeleted, c: Conversation) -> Conversation:
    gone = changed(c, mentions=mentions_with(c, (event.mention,), deleted=event.at), seen=c.seen + 1)
    return changed(gone, waiting_since=None, unanswered_since=None) if gone.gone else gone


@evolve.register
def _(event: e.AnsweredByHand, c: Conversation) -> Conversation:
    seen = c.seen + 1
    later = [m for m in c.mentions if event.said is not None and m.at > event.said]
    return heard(changed(c, seen=seen, ours_seen=seen, ours=(*c.ours, event.post)), Stage.RESPONSE, event, later)
