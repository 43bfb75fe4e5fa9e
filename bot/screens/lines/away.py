"""Lines about the talk away from the public, promises and silence. Contacts and what was said there stay out."""

from bot.nouns import events as e
from bot.nouns.conversation import OfflineWay, PromiseState
from bot.nouns.team import by_itself
from bot.screens.lines.told import Told
from bot.screens.shapes import Line

_TO = {OfflineWay.EMAIL: "e-mail", OfflineWay.PHONE: "the phone", OfflineWay.DIRECT: "direct messages"}
_WENT = {
    PromiseState.OPEN: "The promise stands.",
    PromiseState.KEPT: "We kept what we promised.",
    PromiseState.BROKEN: "We did not keep what we promised.",
}


def invited(event: e.Invited, told: Told) -> Line:
    return told.line(event, f"We asked them to come to {_TO[event.way]}.")


def taken_offline(event: e.TakenOffline, told: Told) -> Line:
    text = f"{told.team.name(event.person)} took it to {_TO[event.way]}."
    return _then(event, told, text, "Next contact")


def contacted(event: e.Contacted, told: Told) -> Line:
    text = f"{told.who(event)} spoke with them." if event.reached else f"{told.who(event)} tried and didn't reach them."
    return _then(event, told, text, "Next contact")


def _then(event: e.TakenOffline | e.Contacted, told: Told, text: str, then: str) -> Line:
    if event.next is None:
        return told.line(event, text)
    return told.line(event, f"{text} {then}", moment=event.next)


def taken_over(event: e.TakenOver, told: Told) -> Line:
    return told.line(event, f"{told.team.name(event.person)} took the talk over.")


def handoff_ended(event: e.HandoffEnded, told: Told) -> Line:
    good = "" if event.made_good.value == "none" else f" Made good: {event.made_good.value}."
    return told.line(event, f"{told.who(event)} ended the talk.{good}")


def promised(event: e.Promised, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} promised, by", moment=event.due, quote=told.text, ours=True)


def promise_settled(event: e.PromiseSettled, told: Told) -> Line:
    if event.state is PromiseState.RENEGOTIATED:
        return told.line(event, "We agreed on a new date in public", moment=event.due)
    return told.line(event, _WENT[event.state])


def silenced(event: e.Silenced, told: Told) -> Line:
    text = f"{told.who(event)} leaves it unanswered; to be looked at again"
    return told.line(event, text, moment=event.review, quote=told.text, ours=True)


def seconded(event: e.SilenceSeconded, told: Told) -> Line:
    if by_itself(event.by):
        return told.line(event, "A day has passed, so leaving it unanswered stands.")
    return told.line(event, f"{told.who(event)} agrees that it stays unanswered.")
