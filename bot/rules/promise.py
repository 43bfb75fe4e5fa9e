"""Promises: what we said in public that we would do, by when, and how that went."""

from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.conversation import PromiseState
from bot.nouns.team import Refusal, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.standing import SETTLED, empty
from bot.rules.who import Who, conversation, facts, is_teammate, refused

Decision = Sequence[e.Event] | Refusal

_SETTLED = {
    PromiseState.KEPT: "This promise was kept already.",
    PromiseState.BROKEN: "This promise was broken already.",
}


def make_promise(view: View, command: c.MakePromise, who: Who, team: Team, now: Now) -> Decision:
    """Record a public commitment. Its date lies ahead; who records it made it."""
    if not is_teammate(who):
        return refused(who)
    match conversation(view, command):
        case Refusal() as no:
            return no
        case found if found.closed is not None:
            return SETTLED
        case found if any(p.id == command.promise for p in found.promises):
            return Refusal(because="This promise is recorded already.")
        case _ if empty(command.words):
            return Refusal(because="Say what was promised.")
        case _ if command.due <= now.wall:
            return Refusal(because="A promise needs a day to come.")
        case found:
            return [e.Promised(**facts(found, who, now), promise=command.promise, words=command.words, due=command.due)]


def settle_promise(view: View, command: c.SettlePromise, who: Who, team: Team, now: Now) -> Decision:
    """A named person says how it went: kept, broken, or a new date agreed in public, with which it stays open."""
    if not is_teammate(who):
        return refused(who)
    found = conversation(view, command)
    if isinstance(found, Refusal):
        return found
    promise = next((p for p in found.promises if p.id == command.promise), None)
    if promise is None:
        return Refusal(because="That promise is not part of this conversation.")
    if not promise.open:
        return Refusal(because=_SETTLED[promise.state])
    if command.state is PromiseState.OPEN:
        return Refusal(because="Say how it went: kept, a new date, or broken.")
    due = command.due if command.state is PromiseState.RENEGOTIATED else None
    if command.state is PromiseState.RENEGOTIATED and (due is None or due <= now.wall):
        return Refusal(because="A new date needs a day to come, as you agreed it in public.")
    said = facts(found, who, now)
    return [e.PromiseSettled(**said, promise=promise.id, state=command.state, due=due, words=command.words)]
