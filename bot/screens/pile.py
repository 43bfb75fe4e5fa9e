"""The card of several conversations with one cause: how many, who has which, the most urgent five."""

from collections.abc import Mapping, Sequence

from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Team, Teammate
from bot.nouns.time import Now
from bot.screens import called
from bot.screens.clocks import Clocks, late
from bot.screens.facts import how_it_ended
from bot.screens.plain import number
from bot.screens.shapes import Fact, Passage, Said
from bot.screens.state import State, state
from bot.screens.words_of import quote

_STANDS = {
    State.SETTLED: "settled",
    State.UNKNOWN: "we can't tell whether it went out",
    State.BY_HAND: "to be posted by hand",
    State.SENDING: "on its way",
    State.READY: "ready to be read once more",
    State.COOLING: "cooling",
    State.OFFLINE: "away from the public",
    State.SILENT: "left unanswered, a second name is wanted",
    State.SECONDED: "left unanswered",
    State.GONE: "deleted by its author",
    State.INVITED: "asked to write or call",
    State.AGAIN: "they wrote again",
    State.HEARD: "heard, not answered yet",
    State.FREE: "heard, not answered yet",
    State.ANSWERED: "answered",
    State.TALKED: "the talk has ended",
    State.STATEMENT: "a statement of ours",
}


def about(incident: Incident) -> str:
    """ "12 conversations · 9 open"."""
    return f"{incident.size} conversations · {incident.open} open"


def passages(
    incident: Incident,
    front: Sequence[Conversation],
    team: Team,
    now: Now,
    reader: Teammate | None,
    clocks: Mapping[str, Clocks],
) -> tuple[Passage, ...]:
    """A line on the whole, then the most urgent: what they said, and who has it."""
    found: list[Passage] = []
    if incident.storm:
        found.append(Said("It grows faster than it can be read. Take the next one; nobody has to take them all."))
    if incident.lead:
        found.append(Fact("Lead", team.name(incident.lead)))
    for c in front:
        found += _one(c, team, reader, late(c, clocks.get(c.id), now))
    if (rest := incident.open - sum(c.closed is None for c in front)) > 0:
        found.append(Said(f"{number(rest)} more {'is' if rest == 1 else 'are'} in the list."))
    return tuple(found)


def _one(c: Conversation, team: Team, reader: Teammate | None, waits_long: bool) -> list[Passage]:
    who = called.about(c.first).partition(" · ")[0] if c.first is not None else "A statement of ours"
    at = c.last.arrived if c.last is not None else c.opened
    stands = Fact(who, stands_where(c, team), at, late=waits_long)
    if c.last is None or not c.last.latest.read(""):
        return [stands]
    return [quote(c.last, reader, 160), stands]


def stands_where(c: Conversation, team: Team) -> str:
    """Who has it and how far it is: "Ben has this, cooling"."""
    how = _STANDS.get(state(c), "")
    if c.closed is not None:
        return how_it_ended(c) or how
    has = f"{team.name(c.owner.person)} has this" if c.owner is not None else "nobody has this yet"
    return f"{has}, {how}" if how else has
