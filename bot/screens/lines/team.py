"""Lines about reminders, and about the team itself."""

from bot.nouns import events as e
from bot.screens.called import begins, platform
from bot.screens.lines.sending import UNSURE
from bot.screens.lines.told import Told
from bot.screens.plain import counted, listed, plain
from bot.screens.shapes import Line

#: What a reminder says, by what it is about (the part before a colon).
REMINDERS = {
    "unclaimed": "Nobody has this yet",
    "acknowledge": "They are still waiting for a word from us",
    "answer": "They are still waiting for an answer",
    "critical": "This one can't wait, and nobody has it yet",
    "no_draft": "Nothing is written yet; in a while it is free again",
    "unread": "It has cooled and nobody read it. Any teammate may read it and send it as themselves",
    "by_hand": "Was it posted by hand? Please look and say",
    "unknown": UNSURE.rstrip("."),
    "promise": "What we promised is due",
    "contact": "The next contact is due",
    "talk": "A day has passed since the last contact. Please say what came of it",
    "second": "Leaving it unanswered wants a second name",
    "silence": "It was left unanswered; it is time to look again",
}


def reminded(event: e.Reminded, told: Told) -> Line:
    what = event.what.partition(":")[0]
    text = REMINDERS.get(what, "This still waits for somebody")
    names = listed([told.team.name(person) for person in event.told])
    if what == "unknown" and names:  # that nobody can tell stands in the line before
        return told.line(event, f"Asked {names} to look whether it went out.")
    return told.line(event, f"{text}. Told {names}." if names else f"{text}.")


def hold_began(event: e.HoldBegan, told: Told) -> Line:
    text = f"{told.who(event)} holds all posting until"
    return told.line(event, text, moment=event.until, quote=told.text, ours=True)


def hold_ended(event: e.HoldEnded, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} ended the hold", quote=told.text, ours=True)


def person_set(event: e.PersonSet, told: Told) -> Line:
    roles = listed(sorted(role.value for role in event.roles))
    return told.line(
        event, f"{plain(event.name)} is {roles} now." if roles else f"{plain(event.name)} has no role now."
    )


def person_left(event: e.PersonLeft, told: Told) -> Line:
    return told.line(event, f"{told.team.name(event.person)} is no longer of the team.")


def place_added(event: e.PlaceAdded, told: Told) -> Line:
    return told.line(event, f"Incidents are shown in {plain(event.place.name or event.place.id)} from now on.")


def place_removed(event: e.PlaceRemoved, told: Told) -> Line:
    return told.line(event, f"Incidents are no longer shown in {plain(event.place.name or event.place.id)}.")


def settings_read(event: e.SettingsRead, told: Told) -> Line:
    changed = listed([plain(name) for name in event.changed])
    return told.line(event, f"The settings changed: {changed}." if changed else "The settings changed.")


def gap_found(event: e.GapFound, told: Told) -> Line:
    return told.line(event, f"We may have missed something from {platform(event.source)} since", moment=event.since)


def source_quiet(event: e.SourceQuiet, told: Told) -> Line:
    if not event.because:
        return told.line(event, f"{begins(event.source)} has gone quiet. Last heard", moment=event.since)
    why = plain(event.because).rstrip(".")  # something of it may be heard, or nothing ever was
    return told.line(event, f"{begins(event.source)} has gone quiet ({why}), since", moment=event.since)


def source_back(event: e.SourceBack, told: Told) -> Line:
    if not event.fetched:
        return told.line(event, f"{begins(event.source)} is heard again. It had been quiet since", moment=event.since)
    text = f"{begins(event.source)} is heard again. What was said meanwhile is being fetched."
    return told.line(event, text)


def source_fetched(event: e.SourceFetched, told: Told) -> Line:
    name = platform(event.source)
    if not event.count:
        return told.line(event, f"Nothing was missed on {name}, which had been quiet since", moment=event.since)
    came = f"{counted(event.count, 'mention').capitalize()} from {name} fetched"
    text = f"{came}: all that was said since" if event.whole else f"{came} so far, of what was said since"
    return told.line(event, text, moment=event.since)


def room_away(event: e.RoomAway, told: Told) -> Line:
    return told.line(event, f"{begins(event.room)} is away ({plain(event.because).rstrip('.')}).")


def room_back(event: e.RoomBack, told: Told) -> Line:
    return told.line(event, f"{begins(event.room)} is there again.")


def put_aside(event: e.PutAside, told: Told) -> Line:
    return told.line(event, "Something could not be read. It lies in quarantine.")


def brought_in(event: e.BroughtIn, told: Told) -> Line:
    return told.line(event, f"{told.who(event)} brought in what had not been forwarded.")


def alarmed(event: e.Alarmed, told: Told) -> Line:
    count = counted(len(event.conversations), "urgent conversation")
    return told.line(event, f"An alarm was sent for {count} that nobody has.")


def erasure_asked(event: e.ErasureAsked, told: Told) -> Line:
    count = counted(len(event.persons), "person", "people")
    return told.line(event, f"{told.who(event)} was asked to forget {count}. It is being done.")


def erased(event: e.Erased, told: Told) -> Line:
    return told.line(
        event, f"At their wish, the words of {counted(len(event.persons), 'person', 'people')} are erased."
    )
