"""The first page for managers."""

from bot.nouns import record
from bot.nouns.events import GapFound, PutAside
from bot.nouns.view import View
from bot.ports import Query
from bot.review.reports import Report, report
from bot.screens.lines import said
from bot.screens.plain import counted, excerpt, number
from bot.screens.shapes import Answer, Fact, Line, Page, Passage, Row, Section
from bot.screens.words_of import headed
from bot.work.desk import gather
from bot.work.desk.turn import Turn

#: So much of the team's own timeline is looked through for gaps and quarantine.
TEAM_EVENTS = 500


async def review(turn: Turn) -> Answer:
    """Open, waited too long, silent and why, away without an outcome, promises overdue; gaps and quarantine."""
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
    )
    return Page("review", "How are we doing", answer, parts)


def _rows(turn: Turn, view: View, names: tuple[str, ...]) -> tuple[Row, ...]:
    return gather.each_row(turn, view, [view.conversations[name] for name in names])


def _title(turn: Turn, view: View, name: str) -> str:
    conversation = view.conversations[name]
    title, about = headed(view.incidents[conversation.incident], conversation, turn.who)
    return f"{title} · {about}" if about else title


def _silent(turn: Turn, view: View, told: Report) -> tuple[Passage, ...]:
    return tuple(
        Fact(
            _title(turn, view, each.conversation),
            f"{excerpt(each.reason.read(), 160)[0]} ({_names(turn, each.by, each.second)}); look again",
            each.review,
            late=each.review <= turn.now.wall,
        )
        for each in told.silent
    )


def _names(turn: Turn, by: str, second: str) -> str:
    return f"{turn.team.name(by)} and {turn.team.name(second)}" if second else f"{turn.team.name(by)} alone so far"


def _away(turn: Turn, view: View, told: Report) -> tuple[Passage, ...]:
    return tuple(
        Fact(
            _title(turn, view, each.conversation),
            f"{counted(each.contacts, 'contact')}, "
            f"{f'taken by {turn.team.name(each.person)}' if each.person else 'asked to write or call'}",
            each.since,
            late=each.next is not None and each.next <= turn.now.wall,
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
        )
        for each in told.overdue
    )


async def _missed(turn: Turn) -> tuple[Line, ...]:
    """The team's gaps and what lies in quarantine, newest first."""
    lines = await turn.tools.timelines.events("", max(0, turn.team.version - TEAM_EVENTS), TEAM_EVENTS)
    found = (record.event(line) for line in reversed(lines))
    return tuple(
        line
        for event in found
        if isinstance(event, GapFound | PutAside) and (line := said(event, turn.team, None)) is not None
    )[:20]
