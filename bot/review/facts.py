"""What a look back says of itself, in sentences: only facts, nobody named, nothing advised."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.nouns.conversation import Handoff, HandoffState, MadeGood, PromiseState
from bot.review.courses import Course


def facts(courses: Sequence[Course]) -> tuple[str, ...]:
    """The sentences about one conversation, or about a pile as a whole."""
    if not courses:
        return ()
    said = (*_waits(courses), *_sends(courses), *_talks(courses), *_promises(courses))
    return tuple(sentence for sentence in said if sentence)


def span(length: timedelta) -> str:
    """A length of time as a colleague says it: "42 min", "1 h 20 min", "2 days 3 h"."""
    minutes = round(length.total_seconds() / 60)
    if minutes < 1:
        return "less than a minute"
    hours, days = minutes // 60, minutes // 1440
    if days:
        return " ".join(part for part in (count(days, "day"), f"{hours % 24} h" if hours % 24 else "") if part)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{minutes % 60} min" if minutes % 60 else "") if part
    )


def count(number: int, one: str, many: str = "") -> str:
    """ "1 send", "2 sends"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _waits(courses: Sequence[Course]) -> Iterable[str]:
    unowned = max(course.unowned for course in courses)
    if unowned >= timedelta(minutes=1):
        which = "it" if len(courses) == 1 else "the one that lay longest"
        yield f"Nobody had {which} for {span(unowned)}."
    yield _slowest("The first public word", [course.first_word for course in courses])
    yield _slowest("The answer", [course.answered for course in courses])
    cooled = sum((course.cooled for course in courses), timedelta())
    if cooled:
        yield f"Drafts cooled for {span(cooled)} in all."


def _slowest(what: str, lengths: Sequence[timedelta | None]) -> str:
    """How late something came, at the latest; and for how many it did not come."""
    came = [length for length in lengths if length is not None]
    if not came:
        return f"{what} did not come."
    at_most = f"came after {span(max(came))}" if len(lengths) == 1 else f"came after {span(max(came))} at the latest"
    missing = len(lengths) - len(came)
    return f"{what} {at_most}" + (f", and {missing} went without." if missing else ".")


def _sends(courses: Sequence[Course]) -> Iterable[str]:
    back = sum(course.sent_back for course in courses)
    doubtful = sum(course.doubtful for course in courses)
    reminders = sum(course.reminders for course in courses)
    if back:
        yield f"{count(back, 'send was', 'sends were')} sent back to be read or pressed again."
    if doubtful:
        yield f"For {count(doubtful, 'send')} nobody could tell whether it went out."
    if reminders:
        yield f"The team was reminded {'once' if reminders == 1 else f'{reminders} times'}."


def _talks(courses: Sequence[Course]) -> Iterable[str]:
    silent = sum(course.silence is not None for course in courses)
    if silent:
        yield f"{count(silent, 'conversation was', 'conversations were')} left unanswered on purpose."
    talks = [course.handoff for course in courses if course.handoff is not None]
    for talk in talks[:1] if len(courses) == 1 else ():
        yield _talk(talk)
    if talks and len(courses) > 1:
        ended = sum(talk.state is HandoffState.ENDED for talk in talks)
        yield f"{count(len(talks), 'talk')} away from the public, {ended} of them ended."


def _talk(talk: Handoff) -> str:
    made = count(len(talk.contacts), "contact")
    match talk.state:
        case HandoffState.INVITED:
            return "We asked them to write or call; nobody took the talk."
        case HandoffState.TAKEN:
            return f"The talk away from the public has not ended; {made} so far."
        case _:
            good = talk.made_good.value if talk.made_good not in (None, MadeGood.NONE) else ""
            end = f": {good}." if good else "; nothing was made good."
            return f"The talk away from the public ended after {made}{end}"


def _promises(courses: Sequence[Course]) -> Iterable[str]:
    made = [promise for course in courses for promise in course.promises]
    if made:
        kept = sum(promise.state is PromiseState.KEPT for promise in made)
        broken = sum(promise.state is PromiseState.BROKEN for promise in made)
        yield f"{count(len(made), 'promise')}: {kept} kept, {broken} broken, {len(made) - kept - broken} open."
