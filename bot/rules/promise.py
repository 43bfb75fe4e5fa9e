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
    match promise, command.state, command.due:
        case None, _, _:
            return Refusal(because="That promise is not part of this conversation.")
        case p, _, _ if not p.open:
            return Refusal(because=_SETTLED[p.state])
        case _, PromiseState.OPEN, _:
            return Refusal(because="Say how it went: kept, a new date, or broken.")
        case _, PromiseState.RENEGOTIATED, due if due is None or due <= now.wall:
            return Refusal(because="A new date needs a day to come, as you agreed it in public.")
        case p, state, due:
            agreed = due if state is PromiseState.RENEGOTIATED else None
            return [
                e.PromiseSettled(**facts(found, who, now), promise=p.id, state=state, due=agreed, words=command.words)
            ]
