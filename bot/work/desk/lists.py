"""The pages that are lists of cards: now, mine, offline, settled, one pile, search."""

from collections.abc import Collection, Sequence

from bot.nouns.conversation import Conversation, Draft, HandoffState, Mood
from bot.nouns.team import Team
from bot.ports import Query
from bot.rules.due import clocks
from bot.rules.target import astray, taken_away
from bot.screens import pages
from bot.screens.clocks import late
from bot.screens.pages import SAMPLE, count_answer
from bot.screens.shapes import Answer, Choice, Page, Said, Section
from bot.screens.state import State, state
from bot.work.desk import gather
from bot.work.desk.gather import MOST, each_row, rows
from bot.work.desk.turn import NO_INCIDENT, Turn
from bot.work.desk.who import guest

#: So much of what is away stands on the first page.
AWAY = 20


def _kind(c: Conversation) -> str:
    """The part of *Now* an open conversation stands in; '' for none."""
    match state(c):
        case State.UNKNOWN | State.BY_HAND:
            return "unknown"
        case State.READY:
            return "ready"
        case State.COOLING:
            return "cooling"
        case State.OFFLINE | State.INVITED:
            return "offline"
        case _:
            return _waits(c)


def _waits(c: Conversation) -> str:
    """Whether they wait for a first word of ours, or for another one; '' for neither."""
    if c.waiting_since is not None and c.heard_at is None:
        return "first_word"
    return "answer" if c.mood is Mood.WAITING else ""


async def now(turn: Turn) -> Answer:
    """What needs someone now, the most urgent first."""
    view, found, after = await gather.conversations(turn, Query(index="open", limit=MOST, after=turn.value("after")))
    kinds: dict[str, list[Conversation]] = {}
    for each in found:
        kinds.setdefault(_kind(each), []).append(each)
    kinds["offline"] = kinds.get("offline", [])[:AWAY]
    count = {kind: len(lying) for kind, lying in kinds.items()}
    waiting_long = sum(late(c, clocks(c, turn.team), turn.now) for c in found)
    answer = pages.now_answer(
        count.get("first_word", 0), waiting_long, count.get("unknown", 0), count.get("ready", 0), more=bool(after)
    )
    lists = {kind: rows(turn, view, lying) for kind, lying in kinds.items()}
    if guest(turn.who):
        return pages.listed("now", lists, answer, after=after)
    page = pages.listed("now", lists, answer, after=after, choices=() if found else (SAMPLE,))
    return _with_rest(page, await _rest(turn))


def _with_rest(page: Page, words: str | None) -> Page:
    """A quiet word after a hard hour, above everything, to the reader alone."""
    if words is None:
        return page
    asked = (Choice("rest", "Yes, ask someone else"), Choice("not_now", "No, I go on"))
    section = Section("For you alone", passages=(Said(words),), choices=asked)
    return Page(page.name, page.title, page.answer, (section, *page.parts), page.after, choices=page.choices)


async def _rest(turn: Turn) -> str | None:
    """Harsh words in what the reader has in hand, by when they came."""
    if not turn.who.on_duty:
        return None
    _, mine, _ = await gather.conversations(turn, Query(index=f"owner:{turn.who.id}", limit=MOST))
    harsh = sorted(m.arrived for c in mine for m in c.mentions if m.flag.heat >= gather.HARSH)
    return turn.tools.words.care(harsh, turn.local())


async def mine(turn: Turn) -> Answer:
    """What the reader has in hand, what cools and what cooled of theirs, whom they talk with, what they promised."""
    view, found = await gather.several(turn, f"owner:{turn.who.id}", "ready", "cooling", "offline", "promise")
    kinds: dict[str, list[Conversation]] = {}
    for each in found:
        for kind in _mine(each, turn):
            kinds.setdefault(kind, []).append(each)
    promises = sum(p.open and p.by == turn.who.id for c in found for p in c.promises)
    owned = sum(c.owner is not None and c.owner.person == turn.who.id for c in found)
    answer = pages.mine_answer(owned, len(kinds.get("ready", ())), promises)
    return pages.listed("mine", {kind: each_row(turn, view, lying) for kind, lying in kinds.items()}, answer)


def _mine(c: Conversation, turn: Turn) -> Sequence[str]:
    """The parts of *Mine* a conversation stands in for the reader."""
    person = turn.who.id
    written = _written(c, turn)
    found = next((part for part in ("sent", "ready", "cooling", "gone") if part in written), "")
    if not found and c.offline is not None and c.offline.person == person:
        found = "offline"
    elif not found and c.owner is not None and c.owner.person == person:
        found = "gone" if c.gone else "waiting" if c.mood is not Mood.SETTLED else "settled"
    promised = any(p.open and p.by == person for p in c.promises)
    return (*([found] if found else []), *(["promised"] if promised else []))


def _written(c: Conversation, turn: Turn) -> set[str]:
    """How far each finished draft of the reader's is; '' for one that waits while somebody talks with them."""
    out = {attempt.draft for attempt in c.open_attempts()}
    return {_how_far(c, d, out, turn.team) for d in c.drafts if d.cooling is not None and d.author == turn.who.id}


def _how_far(c: Conversation, draft: Draft, out: Collection[str], team: Team) -> str:
    if draft.id in out:
        return "sent"
    if taken_away(c, draft.target, team) is not None:
        return ""
    if astray(c, draft.stage, draft.audience, draft.target) is not None:
        return "gone"
    return "cooling" if draft.ready is None else "ready"


async def offline(turn: Turn) -> Answer:
    """Talks away from the public, the next contact first."""
    view, found, after = await gather.conversations(
        turn, Query(index="offline", limit=MOST, rising=True, after=turn.value("after"))
    )
    kinds: dict[str, list[Conversation]] = {}
    for each in found:
        kinds.setdefault(_away(turn, each), []).append(each)
    due = len(kinds.get("due", ()))
    answer = count_answer(due, "contact is due", "contacts are due", "No contact is due now.")
    return pages.listed("offline", {k: each_row(turn, view, v) for k, v in kinds.items()}, answer, after=after)


def _away(turn: Turn, c: Conversation) -> str:
    talk = c.offline
    if talk is None or talk.state is HandoffState.INVITED:
        return "invited"
    return "due" if talk.next is not None and talk.next <= turn.now.wall else "taken"


async def settled(turn: Turn) -> Answer:
    """What is settled, newest first."""
    view, found, after = await gather.conversations(turn, Query(index="settled", limit=50, after=turn.value("after")))
    answer = "The newest are first. Each can be reopened." if found else "Nothing is settled yet."
    return pages.listed("settled", {"settled": each_row(turn, view, found)}, answer, after=after)


async def pile(turn: Turn) -> Answer:
    """Every conversation of one incident, the most urgent first."""
    view, found, after = await gather.conversations(
        turn, Query(index=f"pile:{turn.incident}", limit=50, after=turn.value("after"))
    )
    incident = view.incidents.get(turn.incident)
    if incident is None:
        return NO_INCIDENT
    lists = {
        "open": each_row(turn, view, [c for c in found if c.closed is None]),
        "settled": each_row(turn, view, [c for c in found if c.closed is not None]),
    }
    answer = f"{count_answer(incident.size, 'conversation', 'conversations', 'None')[:-1]}, {incident.open} open."
    return pages.listed("list", lists, answer, after=after)


async def search(turn: Turn) -> Answer:
    """Incidents that hold all the words asked for, newest first."""
    asked = turn.value("q")
    if not asked:
        return pages.listed("search", {}, "Ask for words somebody wrote, or for their name.")
    query = Query(index="i:all", q=asked, limit=30, after=turn.value("after"))
    found = await turn.tools.timelines.find(query)
    fronts = await gather.fronts(turn, found.ids)
    lists = {"found": tuple(gather.row(turn, incident, front) for incident, front in fronts.values())}
    answer = count_answer(len(fronts), "incident holds these words", "incidents hold these words", "Nothing was found.")
    return pages.listed("search", lists, answer, after=found.after)
