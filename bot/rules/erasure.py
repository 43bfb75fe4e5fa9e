"""Forgetting a person at their wish: asked for by a manager, done by the product, both on the team's timeline."""

import re
from collections.abc import Sequence

from bot.nouns import commands as c
from bot.nouns import events as e
from bot.nouns.team import Part, Refusal, Role, Team
from bot.nouns.time import Now
from bot.nouns.view import View
from bot.rules.who import Who, by, may

Decision = Sequence[e.Event] | Refusal

#: A person's vault key: a keyed hash, which names nobody.
PERSON = re.compile(r"[0-9a-f]{32}")

NOT_A_MANAGER = Refusal(because="Only a manager can have somebody forgotten.")
NOBODY = Refusal(because="There is nobody to forget.")


def forget(view: View, command: c.Forget, who: Who, team: Team, now: Now) -> Decision:
    """A manager, or whoever has the machine itself, asks that these persons be forgotten."""
    if not (isinstance(who, Part) or may(who, Role.MANAGER)):
        return NOT_A_MANAGER
    if not command.persons or not all(PERSON.fullmatch(each) for each in command.persons):
        return NOBODY
    if set(command.persons) <= set(team.erasing):
        return Refusal(because="They are being forgotten already.")
    return [e.ErasureAsked(at=now.wall, by=by(who), persons=command.persons)]


def note_erased(view: View, command: c.NoteErased, who: Who, team: Team, now: Now) -> Decision:
    """Nothing readable of them is left in the store; what rooms still show is withdrawn after this."""
    if not isinstance(who, Part):
        return Refusal(because="This is noted by the product itself.")
    done = tuple(each for each in command.persons if each in team.erasing)
    if not done:
        return Refusal(because="That is noted already.")
    return [e.Erased(at=now.wall, by=by(who), persons=done)]
