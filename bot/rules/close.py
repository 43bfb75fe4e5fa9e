"""Ends: signing how mentions ended, closing a conversation or a fixed list of them, opening it again."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import Conversation, HandoffState
from bot.nouns.fold import evolve_incident
from bot.nouns.mention import Disposition, Kept, MentionKey
from bot.nouns.outcome import Outcome
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.disposition import untrue
from bot.rules.sort import NO_MENTION, weather
from bot.rules.standing import NEWS, not_theirs
from bot.rules.who import GONE, Who, conversation, facts, is_teammate, refused

Decision = Sequence[e.Event] | Refusal

#: So many conversations one press closes, so that one command stays one step of the store.
AT_ONCE = 500


def dispose(view: View, command: c.Dispose, who: Who, team: Team, now: Now) -> Decision:
    """Sign how mentions ended. The latest signature stands; earlier ones stay on the timeline."""
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    kept = [m for m in found.mentions if not command.mentions or m.key in command.mentions]
    if len(kept) < len(set(command.mentions)):
        return NO_MENTION
    no = not_theirs(found, who, team) or untrue(found, command.disposition, kept, team)
    return no or [_signed(found, command.disposition, tuple(m.key for m in kept), command, who, now)]


def close(view: View, command: c.Close, who: Who, team: Team, now: Now) -> Decision:
    """Close one conversation or a fixed list of one incident; what is not signed yet is signed with `disposition`, and so
    is a single conversation that was opened again, where the press says something else of it than stands.

    Either the whole list closes or none of it. Left as they are: those that somebody closed meanwhile, and those in which
    something has come that the presser was not shown.
    """
    listed = tuple(dict.fromkeys(command.conversations)) or (command.conversation,)
    if len(listed) > AT_ONCE:
        return Refusal(because=f"One press closes at most {AT_ONCE}. Take the list in parts.")
    if command.outcome and command.outcome not in set(Outcome):
        return Refusal(because="That is none of the outcomes we count. Choose one of the list.")
    found = [view.conversations[name] for name in listed if name in view.conversations]
    if len(found) < len(listed):
        return GONE
    standing = [conv for conv in found if conv.closed is None]
    if len({conv.incident for conv in standing}) > 1:
        return Refusal(because="Some of these lie in another incident now. Look at the list again.")
    read = [conv for conv in standing if command.seen.get(conv.id, conv.seen) == conv.seen]
    if not read:
        return (NEWS if standing else Refusal(because="It is closed already.")) if is_teammate(who) else refused(who)
    nos = [no for conv in read if (no := _not_over(conv, command, who, team)) is not None]
    if nos:
        return nos[0] if len(listed) == 1 else _some(nos, len(read))
    events = [event for conv in read for event in _ended(conv, command, who, now)]
    return [*events, *_weather(view, read[0].incident, events, team, now)]


def reopen(view: View, command: c.Reopen, who: Who, team: Team, now: Now) -> Decision:
    """It is not over after all."""
    if not is_teammate(who):
        return refused(who)
    match conversation(view, command):
        case Refusal() as no:
            return no
        case found if found.closed is None:
            return Refusal(because="It is open already.")
        case found:
            return [e.Reopened(**facts(found, who, now), because=command.because)]


def _some(nos: Sequence[Refusal], many: int) -> Refusal:
    """The refusal of a list: how many of it can't be closed, and why the first can't."""
    return Refusal(because=f"{len(nos)} of these {many} can't be closed yet. The first one: {nos[0].because}")


def _not_over(found: Conversation, command: c.Close, who: Who, team: Team) -> Refusal | None:
    """Why a conversation may not be closed yet."""
    no = not_theirs(found, who, team) or _unfinished(found, team)
    if no is not None:
        return no
    if command.disposition is None:
        return Refusal(because="Say how it ended first.") if found.unsigned or found.statement else None
    signs = _to_sign(found, command)
    return untrue(found, command.disposition, signs, team) if signs or found.statement else None


def _to_sign(found: Conversation, command: c.Close) -> Sequence[Kept]:
    """The mentions that the press signs."""
    if found.unsigned or not command.conversation:
        return found.unsigned
    said = command.words is not None
    return [m for m in found.mentions if said or m.signed is None or m.signed.disposition is not command.disposition]


def _unfinished(found: Conversation, team: Team) -> Refusal | None:
    """What still binds us here: a promise, a send that has not ended, a talk."""
    promise = next((p for p in found.promises if p.open), None)
    if promise is not None:
        said = promise.words.read().rstrip(".")
        return Refusal(because=f"{team.name(promise.by)} promised \u201c{said}\u201d. Say first how that went.")
    if found.open_attempts():
        return Refusal(because="A reply is on its way, or nobody can tell whether it is there. Settle that first.")
    if found.offline is not None and found.offline.state is HandoffState.TAKEN:
        return Refusal(because=f"{team.name(found.offline.person)} is talking with them. Say first how that ended.")
    return None


def _ended(found: Conversation, command: c.Close, who: Who, now: Now) -> Sequence[e.Event]:
    closed = e.Closed(**facts(found, who, now), outcome=command.outcome)
    keys = tuple(m.key for m in _to_sign(found, command))
    if command.disposition is None or not (keys or found.statement):
        return [closed]
    return [_signed(found, command.disposition, keys, command, who, now), closed]


def _signed(
    found: Conversation,
    disposition: Disposition,
    keys: tuple[MentionKey, ...],
    command: c.Dispose | c.Close,
    who: Who,
    now: Now,
) -> e.Event:
    return e.Disposed(**facts(found, who, now), disposition=disposition, mentions=keys, words=command.words)


def _weather(view: View, incident: str, events: Sequence[e.Event], team: Team, now: Now) -> Sequence[e.Event]:
    """A storm may be over with what was closed."""
    before = view.incidents.get(incident)
    if before is None:
        return []
    for event in events:
        before = evolve_incident(before, event, "")
    return weather(before, team, now)
