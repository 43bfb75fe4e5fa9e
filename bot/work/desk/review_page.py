"""The first page for managers."""

from collections.abc import Mapping
from datetime import timedelta

from bot.nouns import record
from bot.nouns.events import GapFound, PutAside
from bot.nouns.view import View
from bot.ports import Found, Query
from bot.review.facts import span
from bot.review.periods import Period, period
from bot.review.reports import Report, report
from bot.screens.facts import signed
from bot.screens.forms import DISPOSITIONS
from bot.screens.lines import said
from bot.screens.plain import counted, excerpt, number
from bot.screens.shapes import Answer, Fact, Line, Page, Passage, Row, Section
from bot.screens.words_of import headed
from bot.work.desk import gather
from bot.work.desk.turn import Turn

#: So much of the team's own timeline is looked through for gaps and quarantine.
TEAM_EVENTS = 500
#: What is looked back on, in days.
PERIODS = (("Last week", 7), ("Last month", 30))
#: So many of each are counted, and so many that ended are read.
COUNTED, READ = 1000, 200
_ENDS: Mapping[str, str] = dict(DISPOSITIONS)


async def review(turn: Turn) -> Answer:
    """Open, waited too long, silent and why, away without an outcome, promises overdue; gaps and quarantine; last week and
    month."""
    view, found = await gather.several(turn, "open", "silence", "offline", "promise", "unknown")
    open_ = await turn.tools.timelines.find(Query(index="open", limit=1))
    told = report(found, turn.team, turn.now.wall)
    late = tuple(dict.fromkeys(each.conversation for each in told.late))
    answer = f"{counted(open_.count, 'conversation').capitalize()} open, {number(len(late)).lower() if late else 'none'} waited too long."
    parts = (
        Section("Waited too long", rows=_rows(turn, view, late), empty="Nobody waited too long."),
        Section("Left unanswered, and why", passages=_silent(turn, view, told), empty="Nothing is left unanswered."),
        Section("Away without an outcome", passages=_away(turn, view, told), empty="No talk is open."),
        Section("Promises overdue", passages=_overdue(turn, view, told), empty="No promise is overdue."),
        Section("What we may have missed", lines=await _missed(turn), empty="No gap was found lately."),
        Section("Last week and month", passages=await _lately(turn)),
    )
    return Page("review", "How are we doing", answer, parts)


def _rows(turn: Turn, view: View, names: tuple[str, ...]) -> tuple[Row, ...]:
    return gather.each_row(turn, view, [view.conversations[name] for name in names])


def _title(turn: Turn, view: View, name: str) -> str:
    conversation = view.conversations[name]
    title, about = headed(view.incidents[conversation.incident], conversation, turn.who)
    return f"{title} · {about}" if about else title


def _leads(view: View, name: str) -> Mapping[str, str]:
    return {"incident": view.conversations[name].incident, "conversation": name}


def _silent(turn: Turn, view: View, told: Report) -> tuple[Passage, ...]:
    return tuple(
        Fact(
            _title(turn, view, each.conversation),
            f"{excerpt(each.reason.read(), 160)[0]} ({signed(each.by, each.second, turn.team)}); look again",
            each.review,
            late=each.review <= turn.now.wall,
            **_leads(view, each.conversation),
        )
        for each in told.silent
    )


def _away(turn: Turn, view: View, told: Report) -> tuple[Passage, ...]:
    return tuple(
        Fact(
            _title(turn, view, each.conversation),
            f"{counted(each.contacts, 'contact')}, "
            f"{f'taken by {turn.team.name(each.person)}' if each.person else 'asked to write or call'}",
            each.since,
            late=each.next is not None and each.next <= turn.now.wall,
            **_leads(view, each.conversation),
        )
        for each in told.offline
    )


def _overdue(turn: Turn, view: View, told: Report) -> tuple[Passage, ...]:
    return tuple(
        Fact(
            _title(turn, view, each.conversation),
            f"{excerpt(each.words.read(), 160)[0]} ({turn.team.name(each.by)})",
            each.due,
            late=True,
            **_leads(view, each.conversation),
        )
        for each in told.overdue
    )


async def _lately(turn: Turn) -> tuple[Passage, ...]:
    """What came and what ended in each, and of the newest that ended how."""
    since = [(turn.now.wall - timedelta(days=days)).timestamp() for _, days in PERIODS]
    asked = [Query(index=index, since=each, limit=COUNTED) for each in since for index in ("i:all", "settled")]
    found = await turn.tools.timelines.find_all(asked)
    names = tuple(dict.fromkeys(name for ended in found[1::2] for name in ended.ids[:READ]))
    view = await turn.tools.act.look((), names)
    return tuple(
        Fact(
            title,
            _told(came, ended, period([view.conversations[n] for n in ended.ids[:READ] if n in view.conversations])),
        )
        for (title, _), came, ended in zip(PERIODS, found[::2], found[1::2], strict=True)
    )


def _told(came: Found, ended: Found, how: Period) -> str:
    """ "Twelve incidents came, nine conversations ended: answered 7, thanked 2. Half of them heard from us within 22 min." """
    told = f"{_many(came, 'incident')} came, {_many(ended, 'conversation').lower()} ended"
    if how.how:
        newest = f" (of the newest {how.read})" if len(ended.ids) > how.read else ""
        told += f"{newest}: {', '.join(f'{_ENDS[one].lower()} {count}' for one, count in how.how)}"
    heard = f" Half of those who heard from us did within {span(how.heard)}." if how.heard is not None else ""
    return f"{told}.{heard}"


def _many(found: Found, what: str) -> str:
    return f"{COUNTED} {what}s and more" if found.after else counted(len(found.ids), what).capitalize()


async def _missed(turn: Turn) -> tuple[Line, ...]:
    """The team's gaps and what lies in quarantine, newest first."""
    lines = await turn.tools.timelines.events("", max(0, turn.team.version - TEAM_EVENTS), TEAM_EVENTS)
    found = (record.event(line) for line in reversed(lines))
    return tuple(
        line
        for event in found
        if isinstance(event, GapFound | PutAside) and (line := said(event, turn.team, None)) is not None
    )[:20]
