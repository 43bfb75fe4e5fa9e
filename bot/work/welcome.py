"""The first minute: who gets in, and the three things a start prints."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.nouns import commands as c
from bot.nouns.team import Part, Role, Teammate
from bot.ports import Clock, Sessions
from bot.work.act import Act

INVITE_LASTS = timedelta(hours=24)


async def invite(act: Act, sessions: Sessions, clock: Clock, base_url: str, name: str, role: Role) -> str:
    """Make a one-use sign-in link for `name`, who gets `role`; whoever comes first is lead and manager too."""
    team = await act.team()
    known = next((p for p in team.people.values() if p.name == name), None)
    person = known.id if known else f"p{secrets.token_hex(6)}"
    first = not team.people
    roles = frozenset({Role.TEAMMATE, Role.LEAD, Role.MANAGER} if first else {role})
    if known is None or (role not in known.roles and not first):
        kept = known or Teammate(id=person, name=name)
        command = c.SetPerson(
            id=secrets.token_hex(8),
            person=person,
            name=name,
            roles=kept.roles | roles,
            public_name=kept.public_name,
            zone=kept.zone,
            on_duty=kept.on_duty,
            shield=kept.shield,
            email=kept.email,
        )
        await act(command, Part.CLOCKWORK)
    token = secrets.token_urlsafe(24)
    now = await clock.now()
    await sessions.invite(token, person, now.wall + INVITE_LASTS)
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
