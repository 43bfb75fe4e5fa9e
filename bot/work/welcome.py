"""The first minute: who gets in, and the three things a start prints."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.errors import WrongUse
from bot.nouns import commands as c
from bot.nouns.team import Part, Refusal, Role, Team, Teammate
from bot.ports import Clock, Sessions
from bot.screens.plain import listed
from bot.work.act import Act

INVITE_LASTS = timedelta(hours=24)
#: Whoever comes first is lead and manager too.
_FIRST = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER})


async def invite(
    act: Act, sessions: Sessions, clock: Clock, base_url: str, name: str, role: Role | None = None, *, person: str = ""
) -> str:
    """Make a one-use sign-in link: for `person`, an id, who gets `role` where they don't hold it; else for somebody new of that
    name, a teammate where no role is said, or once more for whom the name alone finds.

    Everybody chooses their name, and several may bear it: by a name nobody gets a role, nor in as somebody of a chat. Raises
    WrongUse, which names them.
    """
    team = await act.team()
    known = _of_that_id(team, person) if person else _of_that_name(team, name.strip(), role)
    if known is None:
        known = await _new(act, team, name.strip(), role or Role.TEAMMATE)
    elif role is not None and not known.may(role):
        await _set(act, known.model_copy(update={"roles": known.roles | {role}}))
    return await _link(sessions, clock, base_url, known)


async def invite_installer(act: Act, sessions: Sessions, clock: Clock, base_url: str, name: str) -> str:
    """Make a one-use sign-in link for whoever installed it, as they are: the first of that name who is of no chat."""
    team = await act.team()
    known = next((each for each in _named(team, name.strip()) if not _of_a_chat(each)), None)
    known = known or await _new(act, team, name.strip(), Role.TEAMMATE)
    return await _link(sessions, clock, base_url, known)


def _of_that_id(team: Team, person: str) -> Teammate:
    if person not in team.people:
        raise WrongUse(f"Nobody on the team has the id {person}. Ids stand in `coolhead export`, beside `by`.")
    return team.people[person]


def _of_that_name(team: Team, name: str, role: Role | None) -> Teammate | None:
    """None where nobody is called so. Raises WrongUse where the name does not say beyond doubt who is meant."""
    match named := _named(team, name):
        case []:
            return None
        case [one] if not _of_a_chat(one) and (role is None or one.may(role)):
            return one
        case _:
            raise WrongUse(_doubt(named, role))


def _doubt(named: Sequence[Teammate], role: Role | None) -> str:
    roles = f" --role {role}" if role is not None else ""
    return (
        f"On the team {'is' if len(named) == 1 else 'are'} {listed([f'{each.name} ({each.id})' for each in named])} already, and "
        "everybody chooses their own name, so make sure who it is. If you mean exactly them: "
        f"{' or '.join(f'coolhead sign-in --person {each.id}{roles}' for each in named)}. A lead or manager can set their roles on "
        "the page People, too. Somebody new needs another name."
    )


def _named(team: Team, name: str) -> Sequence[Teammate]:
    return [each for each in team.people.values() if each.name == name]


def _of_a_chat(person: Teammate) -> bool:
    """Whether a chat let them in: its name is part of their id then (bot.work.members)."""
    return ":" in person.id


async def _new(act: Act, team: Team, name: str, role: Role) -> Teammate:
    roles = frozenset({role}) if team.people else _FIRST
    made = Teammate(id=f"p{secrets.token_hex(6)}", name=name, roles=roles)
    await _set(act, made)
    return made


async def _set(act: Act, person: Teammate) -> None:
    command = c.SetPerson(id=secrets.token_hex(8), person=person.id, **person.model_dump(exclude={"id"}))
    if isinstance(no := await act(command, Part.CLOCKWORK), Refusal):
        raise WrongUse(no.because)


async def _link(sessions: Sessions, clock: Clock, base_url: str, person: Teammate) -> str:
    token = secrets.token_urlsafe(24)
    now = await clock.now()
    await sessions.invite(token, person.id, now.wall + INVITE_LASTS)
    return f"{base_url}/sign-in/{token}"


def greeting(link: str, data: Path, token: Path, base_url: str) -> Sequence[str]:
    """The three things a start prints: sign-in link, data folder, a whole `curl` line."""
    mention = (
        '{"id": "first-1", "text": "Eleven days and still no parcel. Does anybody read this?", '
        '"platform": "mastodon", "author": {"name": "Mara"}}'
    )
    curl = (
        f'curl -sS -H "Authorization: Bearer $(cat {_shell(token)})" -H "Content-Type: application/json" '
        f"-d '{mention}' {base_url}/hooks/inbox/local"
    )
    return (
        f"Sign in (works once, for a day):  {link}",
        f"The data lies in:                 {data}",
        f"Send a first mention:             {curl}",
    )


def _shell(path: Path) -> str:
    text = str(path)
    return text if all(x.isalnum() or x in "/._-" for x in text) else "'" + text.replace("'", "'\\''") + "'"
