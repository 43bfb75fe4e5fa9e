"""What the public did: mentions that begin or continue a conversation, edits, deletions, answers by another hand."""

from collections.abc import Sequence

from bot.listening.storms import calmed, storming
from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import Attempt, AttemptState, Conversation
from bot.nouns.delivery import Posted, ToMention
from bot.nouns.fold import evolve_incident
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept
from bot.nouns.team import Part, Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.nouns.words import Words
from bot.rules.send import delivered
from bot.rules.who import Who, by, conversation, facts, is_teammate, refused

Decision = Sequence[e.Event] | Refusal

#: Attempts whose post may stand in public.
MADE = frozenset({AttemptState.INTENDED, AttemptState.BY_HAND, AttemptState.UNKNOWN, AttemptState.POSTED})

KNOWN = Refusal(because="This is here already.")
NO_MENTION = Refusal(because="That mention is not part of this conversation.")


def open_(view: View, command: c.Open, who: Who, team: Team, now: Now) -> Decision:
    """Begin a conversation, by a part of the product or by a teammate who brings a mention in. May begin a storm too.

    A mention is never lost for the incident it was meant for: one that is not there begins with it, one that is there
    takes it in whatever was expected, and one that had ended in another lives again.
    """
    if not (isinstance(who, Part) or is_teammate(who)):
        return refused(who)
    if command.conversation in view.conversations:
        return KNOWN
    before = view.incidents.get(command.incident)
    opened = e.Opened(
        incident=command.incident,
        conversation=command.conversation,
        at=now.wall,
        by=by(who),
        mention=command.mention,
        fresh=before is None,
        brought=command.brought,
        places=command.places,
        occasion=command.occasion,
    )
    return [opened, *weather(evolve_incident(before, opened, ""), team, now)]


def weather(incident: Incident, team: Team, now: Now) -> Sequence[e.Event]:
    """The storm that begins or ends with how `incident` stands now, if one does."""
    happened = {"incident": incident.id, "at": now.wall, "by": by(Part.SORTER)}
    if not incident.storm and storming(incident, team, now.wall):
        return [e.StormBegan(**happened)]
    if incident.storm and calmed(incident, team, now.wall):
        return [e.StormEnded(**happened)]
    return []


def add(view: View, command: c.Add, who: Who, team: Team, now: Now) -> Decision:
    """The same author wrote again; a closed conversation is open again with it."""
    if not (isinstance(who, Part) or is_teammate(who)):
        return refused(who)
    match conversation(view, command):
        case Refusal() as no:
            return no
        case found if found.mention(command.mention.key) is not None:
            return KNOWN
        case found:
            return [e.WroteAgain(**facts(found, who, now), mention=command.mention, reopens=found.closed is not None)]


def note_edit(view: View, command: c.NoteEdit, who: Who, team: Team, now: Now) -> Decision:
    """A mention's author changed their words."""
    named = _named(view, command, who)
    if isinstance(named, Refusal):
        return named
    found, kept = named
    if _same(kept.latest, command.words):
        return Refusal(because="Their words are as we have them.")
    return [e.MentionEdited(**facts(found, who, now), mention=kept.key, words=command.words)]


def note_deletion(view: View, command: c.NoteDeletion, who: Who, team: Team, now: Now) -> Decision:
    """A mention's author took it away."""
    named = _named(view, command, who)
    if isinstance(named, Refusal):
        return named
    found, kept = named
    if kept.deleted is not None:
        return Refusal(because="We know already that it was deleted.")
    return [e.MentionDeleted(**facts(found, who, now), mention=kept.key)]


def note_our_answer(view: View, command: c.NoteOurAnswer, who: Who, team: Team, now: Now) -> Decision:
    """A post of ours answers a mention: one we know, the send that nobody could tell of, or one by another hand."""
    named = _named(view, command, who)
    if isinstance(named, Refusal):
        return named
    found, kept = named
    sent = next((a for a in found.attempts if a.state in MADE and _is(a, kept, command.words)), None)
    told = sent is not None and sent.state is AttemptState.POSTED
    if told or command.post in found.ours or any(a.post == command.post for a in found.attempts):
        return Refusal(because="We know this answer of ours already.")
    if sent is None:
        answer = {"post": command.post, "words": command.words, "url": command.url, "said": command.said}
        return [e.AnsweredByHand(**facts(found, who, now), mention=kept.key, **answer)]
    if sent.state is AttemptState.INTENDED:
        return Refusal(because="That is our own reply on its way. What became of it is about to be said.")
    return delivered(found, sent, Posted(key=command.post, url=command.url), who, team, now)


def _is(attempt: Attempt, kept: Kept, seen: Words) -> bool:
    """Whether a post that answers `kept` with `seen` is this very attempt, and no post of ours is known as it yet.

    It has its words and its target. A platform may put a handle around the words, so they need only lie within.
    """
    ours, shown = _plain(attempt.words), _plain(seen)
    return attempt.post is None and attempt.target == ToMention(key=kept.key) and bool(ours) and ours in shown


def _plain(words: Words) -> str:
    return " ".join(words.text.split()) if isinstance(words.text, str) else ""


def _same(one: Words, other: Words) -> bool:
    if isinstance(one.text, str) and isinstance(other.text, str):
        return one.text == other.text
    return one.seal == other.seal


def _named(
    view: View, command: c.NoteEdit | c.NoteDeletion | c.NoteOurAnswer, who: Who
) -> tuple[Conversation, Kept] | Refusal:
    if not (isinstance(who, Part) or is_teammate(who)):
        return refused(who)
    match conversation(view, command):
        case Refusal() as no:
            return no
        case found:
            kept = found.mention(command.mention)
            return NO_MENTION if kept is None else (found, kept)
