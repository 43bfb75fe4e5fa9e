"""An incident's page: its card, what happened so far, and all of somebody's words."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nouns import record
from bot.nouns.conversation import Conversation
from bot.nouns.events import Event
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept
from bot.nouns.team import Refusal
from bot.ports import Query
from bot.screens import called
from bot.screens.lines import story
from bot.screens.plain import excerpt
from bot.screens.shapes import Answer, Page, Quote, Section
from bot.screens.words_of import quote, spoken, veiled
from bot.work.desk import forgetting, gather
from bot.work.desk.turn import NO_INCIDENT, Turn
from bot.work.desk.who import guest

#: So much of a timeline stands on the page; the whole is in the export.
NEWEST = 500
#: So much of it a look back reads.
LONGEST = 10_000
#: So many earlier conversations of an author are looked at.
BEFORE = 10
#: So many conversations of a pile are read whole at once; the next page leads on.
AT_ONCE = 20
#: All of somebody's words, as far as a page goes.
WHOLE = 100_000


async def incident(turn: Turn) -> Answer:
    """The page as it is asked for: of the incident, or of one conversation in it."""
    return await of(turn, turn.incident, turn.conversation)


async def of(turn: Turn, name: str, conversation: str = "", said: str = "") -> Answer:
    """Card and timeline, under a sentence on what was just done. With `conversation`, that one's own card; a guest is
    shown the headline alone."""
    fronts = await gather.fronts(turn, (name,))
    if name not in fronts:
        return NO_INCIDENT
    found, front = fronts[name]
    if conversation:
        view = await turn.tools.act.look((), (conversation,))
        alone = view.conversations.get(conversation)
        if alone is None or alone.incident not in view.incidents:
            return NO_INCIDENT
        found, front = view.incidents[alone.incident], (alone,)
    before = await _before(turn, front[0]) if len(front) == 1 else ()
    card = turn.painted(found, front, before)
    if guest(turn.who):
        return Page("incident", card.headline, "", (), card=card)
    if turn.value("all") == "yes":
        return _all_words(turn, found, front[0]) if len(front) == 1 else await _everybodys_words(turn, found, front)
    only = card.conversation if found.size > 1 else ""
    lines = story(await events(turn, found), turn.team, only, shield=turn.who.shield)
    parts = (Section("What happened so far", lines=lines),)
    return Page("incident", card.headline, said, parts, card=card)


async def events(turn: Turn, found: Incident) -> tuple[tuple[Event, str | None], ...]:
    """The newest events with their texts, as far as the incident was read: no line tells what its card doesn't know yet."""
    after = max(0, found.version - NEWEST)
    lines = await turn.tools.timelines.events(found.id, after, found.version - after)
    return tuple(_read(line) for line in lines)


async def whole(turn: Turn, found: Incident) -> tuple[tuple[Event, str | None], ...]:
    """The timeline from its first event on, as far as a page goes."""
    read: list[tuple[Event, str | None]] = []
    for after in range(0, min(found.version, LONGEST), NEWEST):
        read += [_read(line) for line in await turn.tools.timelines.events(found.id, after, NEWEST)]
    return tuple(read)


def _read(line: record.Line) -> tuple[Event, str | None]:
    text = line.get("text")
    return record.event(line), text if isinstance(text, str) else None


async def _before(turn: Turn, c: Conversation) -> tuple[Conversation, ...]:
    """What the author had with us earlier."""
    if c.first is None:
        return ()
    query = Query(index=f"author:{c.first.person}", limit=BEFORE)
    _, found, _ = await gather.conversations(turn, query)
    return tuple(each for each in found if each.id != c.id and each.opened <= c.opened)


async def words(turn: Turn) -> Answer:
    """All their words, whole, with what stood there before each edit."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    return _all_words(turn, *found)


async def _everybodys_words(turn: Turn, found: Incident, front: Sequence[Conversation]) -> Page:
    query = Query(index=f"pile:{found.id}", limit=AT_ONCE, after=turn.value("after"))
    _, lying, after = await gather.conversations(turn, query)
    parts = tuple(_of_one(turn, each) for each in lying if each.mentions)
    card = replace(turn.painted(found, front), passages=(), choices=(), more=())
    return Page("words", "All words here", "The most urgent conversation first.", parts, after=after, card=card)


def _of_one(turn: Turn, conversation: Conversation) -> Section:
    passages = tuple(quote for kept in conversation.mentions for quote in _whole(turn, kept))
    return Section(called.about(conversation.mentions[0]), passages=passages, empty="No words.")


def _all_words(turn: Turn, found: Incident, conversation: Conversation) -> Page:
    who = called.reader(conversation)
    parts = tuple(Section("", passages=_whole(turn, kept), empty="No words.") for kept in conversation.mentions)
    card = replace(turn.painted(found, (conversation,)), passages=(), choices=(), more=())
    said = "As they came, the earliest first."
    return Page("words", f"All words of {who}", said, parts, card=card, choices=forgetting.offered(turn))


def _whole(turn: Turn, kept: Kept) -> tuple[Quote, ...]:
    """One mention whole: as it stands, then each earlier wording."""
    versions = [kept.words, *(edit.words for edit in kept.edits)]
    hidden = veiled(kept, turn.who)
    earlier = [Quote(excerpt(w.read(), WHOLE)[0], by="Before an edit", veiled=hidden) for w in versions[:-1]]
    now = (replace(quote(kept, turn.who, WHOLE), more=False),) if spoken(kept) else ()
    return (*now, *reversed(earlier))
