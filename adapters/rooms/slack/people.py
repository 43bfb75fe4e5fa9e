"""Who a person is: name, zone, guest or not, and their user groups, from which roles may come."""

import asyncio
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import LIMITED, Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.introduction import Introduction
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.refs import Workspace
from bot.ports import Member

#: Seconds an answer is good as new; and how old a copy may be where Slack does not let us ask again.
FRESH, OLDEST = 5.0, 60.0
#: Seconds a question waits for its turn before the copy is taken; and where the copy is as good as new.
_PATIENCE, _SHORT = 2.0, 0.3

Groups = Mapping[str, tuple[str, ...]]


class People:
    """Whoever belongs to another workspace than ours is a guest; while it is not known which that is, nobody is known."""

    def __init__(self, slack: Slack, workspace: Workspace, introduction: Introduction) -> None:
        self._slack = slack
        self._workspace = workspace
        self._introduction = introduction
        self._members: Kept[str, tuple[float, Member | Refused]] = Kept(5000)
        self._groups: tuple[float, Groups] | None = None
        self._asking_groups: asyncio.Task[Groups | Refused | Lost] | None = None
        self._asking: dict[str, asyncio.Task[Member | Refused | Lost]] = {}

    async def anew(self, id: str) -> Member | Refused | Lost:
        """As Slack knows them this instant, without any copy. Those who ask at the same time share one answer.

        Everybody's groups are one question, which Slack takes every three seconds: where it is too early for the next,
        the last answer counts, of a few seconds ago.
        """
        asking = self._asking.get(id)
        if asking is None:
            self._members.drop(id)
            asking = self._asking[id] = asyncio.ensure_future(self._found(id, anew=True))
            asking.add_done_callback(lambda _: self._asking.pop(id, None))
        return await asyncio.shield(asking)

    async def who(self, id: str) -> Member | Refused | Lost:
        """As Slack knows them now, or within the last minute."""
        return await self._found(id, anew=False)

    async def _found(self, id: str, *, anew: bool) -> Member | Refused | Lost:
        now = await self._slack.ticks.now()
        known = self._members.get(id)
        if known is not None and now - known[0] < FRESH:
            return known[1]
        member = await self._asked(id, anew)
        if isinstance(member, Member) or (isinstance(member, Refused) and member.error not in LIMITED):
            self._members.put(id, (now, member))
            return member
        return known[1] if known is not None and now - known[0] < OLDEST else member

    def changed(self, id: str) -> None:
        """Slack told that something about them is different; '' for the groups."""
        if id:
            self._members.drop(id)
        self._groups = None

    async def _asked(self, id: str, anew: bool) -> Member | Refused | Lost:
        # A replica that does not attend is asked too: without our own workspace's id a stranger looks like a teammate.
        if (unknown := await self._introduction.known()) is not None:
            return unknown
        answer = await self._slack.call("users.info", {"user": id}, rank=Rank.ANSWER, patience=_PATIENCE)
        if not isinstance(answer, Answered):
            return answer
        user = answer.body.get("user") or {}
        if user.get("deleted"):
            return Refused("user_not_found")
        groups = await self._all_groups(anew)
        if isinstance(groups, Refused | Lost):
            return groups
        return member(user, groups.get(id, ()), self._workspace.team)

    async def _all_groups(self, anew: bool) -> Groups | Refused | Lost:
        """Everybody's groups in one question. A workspace that has none, or does not show them, has nobody in any."""
        now = await self._slack.ticks.now()
        if not anew and self._groups is not None and now - self._groups[0] < FRESH:
            return self._groups[1]
        if self._asking_groups is None:
            self._asking_groups = asyncio.ensure_future(self._asked_groups())
            self._asking_groups.add_done_callback(lambda _: setattr(self, "_asking_groups", None))
        answer = await asyncio.shield(self._asking_groups)
        known = self._groups
        if isinstance(answer, Refused | Lost) and known is not None:
            limited = isinstance(answer, Refused) and answer.error in LIMITED
            oldest = OLDEST if not anew else FRESH if limited else 0.0
            return known[1] if await self._slack.ticks.now() - known[0] < oldest else answer
        return answer

    async def _asked_groups(self) -> Groups | Refused | Lost:
        now = await self._slack.ticks.now()
        patience = _PATIENCE if self._groups is None or now - self._groups[0] >= FRESH - _PATIENCE else _SHORT
        answer = await self._slack.call(
            "usergroups.list", {"include_users": "true"}, rank=Rank.ANSWER, patience=patience
        )
        match answer:
            case Answered(body=body):
                self._groups = now, _by_person(body.get("usergroups") or ())
            case Refused(error=error) if error not in LIMITED:
                self._groups = now, {}
            case _:
                return answer
        return self._groups[1]


def member(user: Mapping[str, Any], groups: tuple[str, ...], team: str) -> Member:
    """A user object of Slack's; `team` is our workspace's id. Guests: restricted ones, strangers of a shared channel, other
    workspaces, other apps."""
    profile = user.get("profile") or {}
    shown = profile.get("display_name") or user.get("real_name") or profile.get("real_name") or user.get("name")
    outside = any(user.get(one) for one in ("is_restricted", "is_ultra_restricted", "is_stranger", "is_bot"))
    foreign = user.get("team_id", team) != team
    return Member(
        name=str(shown or user.get("id", "")),
        guest=outside or foreign,
        groups=groups,
        zone=_zone(str(user.get("tz") or "")),
    )


def _zone(name: str) -> str:
    """The zone, or '' where this machine knows none of that name."""
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):
        return ""


def _by_person(groups: Any) -> Groups:
    """Each person's groups by their id and by their handle."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        names = tuple(str(group[one]) for one in ("id", "handle") if group.get(one))
        for person in group.get("users") or ():
            found[str(person)] = (*found.get(str(person), ()), *names)
    return found
