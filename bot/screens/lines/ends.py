"""Lines about ends, and about the incident as a whole."""

from bot.nouns import events as e
from bot.screens.lines.told import Told
from bot.screens.plain import counted, listed
from bot.screens.shapes import Line


def disposed(event: e.Disposed, told: Told) -> Line:
    how = event.disposition.value.replace("_", " ")
    many = f"{counted(len(event.mentions), 'mention')} {how}" if len(event.mentions) > 1 else how
    return told.line(event, f"Signed by {told.who(event)}: {many}.")


def closed(event: e.Closed, told: Told) -> Line:
    return told.line(event, "Settled.")


def reopened(event: e.Reopened, told: Told) -> Line:
    because = f": {event.because.rstrip('.')}" if event.because else ""
    return told.line(event, f"{told.who(event)} reopened it{because}.")


def statement_begun(event: e.StatementBegun, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} began a statement.")


def moved_out(event: e.MovedOut, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} moved a conversation to another incident.")


def moved_in(event: e.MovedIn, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} moved a conversation here.")


def merged(event: e.Merged, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} put all of it into another incident.")


def renamed(event: e.Renamed, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} renamed it", quote=told.text, ours=True)


def lead_named(event: e.LeadNamed, told: Told) -> Line:
    return told.line(event, f"{told.team.name(event.lead)} leads." if event.lead else "Nobody leads.")


def noted(event: e.Noted, told: Told) -> Line:
    there = f", in {event.origin.title()}" if event.origin else ""
    says = f"{told.who(event)}, to the team{there}"
    if event.asks:
        says = f"{told.who(event)} asks {listed([told.team.name(each) for each in event.asks])}{there}"
    return told.line(event, says, quote=told.text, ours=True)


def storm_began(event: e.StormBegan, told: Told) -> Line:
    return told.line(event, "It grows faster than it can be read. Take the next one; nobody has to take them all.")


def storm_ended(event: e.StormEnded, told: Told) -> Line:
    return told.line(event, "It grows no longer.")


def outcome_noted(event: e.OutcomeNoted, told: Told) -> Line:
    return told.line(event, f"How it ended: {event.outcome.replace('_', ' ')}.")


def lesson_noted(event: e.LessonNoted, told: Told) -> Line:
    return told.line(event, "What we learned", by=told.who(event), quote=told.text, ours=True)


def action_agreed(event: e.ActionAgreed, told: Told) -> Line:
    text = f"{told.team.name(event.owner)} will change something"
    return told.line(event, f"{text}, by" if event.due else text, moment=event.due, quote=told.text, ours=True)


def action_done(event: e.ActionDone, told: Told) -> Line:
    return told.line(event, f"{told.who(event)}: it has changed.")
