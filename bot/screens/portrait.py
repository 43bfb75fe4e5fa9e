"""What a card shows, from state alone. Pure: the same state gives the same card, for everybody or for one reader."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Role, Team, Teammate
from bot.nouns.time import Now
from bot.screens import pile, words_of
from bot.screens.card_choices import choices, pile_choices
from bot.screens.clocks import Clocks, late
from bot.screens.facts import facts, on_hold, quiet_sources, rooms_away
from bot.screens.headline import headline
from bot.screens.shapes import Card, Passage, Said
from bot.screens.state import mood

FRONT = 5
NO_CLOCKS: Mapping[str, Clocks] = {}


def portrait(
    incident: Incident,
    front: Sequence[Conversation],
    team: Team,
    now: Now,
    reader: Teammate | None = None,
    *,
    link: str = "",
    clocks: Mapping[str, Clocks] = NO_CLOCKS,
    before: Sequence[Conversation] = (),
) -> Card:
    """The incident's card. `front`: its most urgent conversations, at most five; exactly one: that one's own card.

    `reader` None: a place that everybody of the team reads. `clocks` by conversation; `before`: what their author had
    with us earlier, for a front of one. A guest is shown headline and mood, nothing else.
    """
    front = front[:FRONT]
    card = _bare(incident, front, now, clocks, reader)
    if reader is not None and not reader.may(Role.TEAMMATE, Role.MANAGER):
        return card
    match front:
        case ():
            return replace(card, passages=_elsewhere(incident), link=link)
        case (alone,):
            first, more = choices(alone, incident, reader)
            passages = (
                *_of_the_team(front, team, now),
                *words_of.theirs(alone, reader),
                *words_of.ours(alone, team, now),
                *facts(alone, team, now, clocks.get(alone.id), before),
            )
            about = headline(incident, alone)[1]
        case _:
            first, more = pile_choices(front[0], incident, reader)
            passages = (
                *_of_the_team(front, team, now),
                *pile.passages(incident, front, team, now, reader, clocks),
            )
            about = pile.about(incident)
    return replace(card, about=about, passages=passages, choices=first, more=more, link=link)


def _bare(
    incident: Incident,
    front: Sequence[Conversation],
    now: Now,
    clocks: Mapping[str, Clocks],
    reader: Teammate | None,
) -> Card:
    """What even a guest may see."""
    alone = front[0] if len(front) == 1 else None
    return Card(
        incident=incident.id,
        conversation=alone.id if alone is not None else "",
        headline=words_of.headed(incident, front[0] if front else None, reader)[0],
        about="",
        mood=mood(front, incident.storm),
        passages=(),
        version=incident.version,
        late=any(late(c, clocks.get(c.id), now) for c in front),
        offline=alone is not None and alone.offline is not None,
        severity=incident.severity,
    )


def _elsewhere(incident: Incident) -> tuple[Passage, ...]:
    if incident.merged_into:
        return (Said("All of it lies in another incident now."),)
    return (Said("What was here lies in other incidents now."),)


def _of_the_team(front: Sequence[Conversation], team: Team, now: Now) -> tuple[Passage, ...]:
    """What every card says: a hold, and what is away while it matters here."""
    held = on_hold(team, now)
    return (*((held,) if held is not None else ()), *quiet_sources(front, team), *rooms_away(front, team))
