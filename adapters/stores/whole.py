"""The team's row, made whole again after an older version of the product wrote it.

A version leaves out of a row what it does not know. Of the team that may be places, or whom somebody asked us to forget;
its timeline still tells all of it, so the row is folded anew.
"""

import json
from typing import Any

from pydantic import ValidationError

from adapters.stores.away import away
from adapters.stores.connect import Store
from adapters.stores.keys import Keys
from adapters.stores.rows import dump, own
from adapters.stores.script import Script
from bot.nouns.fold import evolve_team
from bot.nouns.record import Line, event
from bot.nouns.team import Team

_mend = Script("mend_team")
_AT_ONCE = 500

#: The row's fields that say up to which version it is whole: one for each set of fields that a `Team` and its people ever
#: had, the last one ours. A version that adds a field adds a name here, and goes on writing the earlier ones.
WHOLE = ("whole:1", "whole:2", "whole:3")


def whole_at(team: Team) -> tuple[str | int, ...]:
    """What every row we write says of itself, as field and value in turn."""
    return tuple(part for name in WHOLE for part in (name, team.version))


async def whole_team(store: Store, keys: Keys) -> bytes:
    """The team's row as its timeline tells it, written back where nobody has appended meanwhile. Raises StoreAway."""
    team = Team()
    while entries := await _lines(store, keys, team.version):
        for _, fields in entries:
            team = _after(team, json.loads(fields[b"line"]))
    row = dump(own(team)).encode()
    await _mend(store.client, [keys.team_row()], [team.version, team.head, row, *WHOLE])
    return row


def _after(team: Team, made: Line) -> Team:
    """A kind of event of a version to come changes nothing that this one knows."""
    try:
        return evolve_team(team, event(made), made["hash"])
    except ValidationError:
        return team.model_copy(update={"version": team.version + 1, "head": made["hash"]})


async def _lines(store: Store, keys: Keys, after: int) -> Any:
    async with away():
        return await store.client.xrange(keys.timeline(""), min=f"{after + 1}-0", max="+", count=_AT_ONCE)
