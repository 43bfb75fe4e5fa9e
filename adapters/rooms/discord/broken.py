"""What Discord refused, in a sentence for the person who can mend it, or with the time after which it goes by itself."""

from datetime import datetime, timedelta

from adapters.connections.discord_calls import Problem
from adapters.rooms.discord import codes
from bot.ports import Broken

_SOON = timedelta(seconds=30)
_SLOW = timedelta(seconds=60)

TOKEN = "Discord refuses our token, so nothing can be sent there. Set COOLHEAD_DISCORD_TOKEN to a new one."
AWAY = "Discord cannot be reached just now. It is tried again by itself."
BUSY = "Discord asks us to slow down. It is tried again by itself."
_LOCKED = "The thread in {place} is locked, so nothing can be said in it. Unlock it in Discord: open it, Unlock Thread."
_FULL = "The server has as many open threads as Discord allows. Archive some in {place}; then this goes on."
_AUTOMOD = "The server's AutoMod blocks our message in {place}. In Server Settings, AutoMod, let our role pass."
_SLOW_MODE = "{place} is in slow mode. It is tried again by itself; with Manage Messages we would not have to wait."
_TAG = "{place} asks for a tag on every post and has none of ours. Create the tags that `coolhead check` names."
_GONE = "{place} is no longer there, or we cannot see it. Choose another place, or let our role view it."
_ACCESS = "We cannot see {place}. In Discord: Edit Channel, Permissions, our role, View Channel: on."
_PERMISSION = "Something is not allowed to us in {place}. `coolhead check` names the permission to switch on."
_OTHER = "Discord refuses what we show in {place} (code {code})."


def broken(problem: Problem, place: str, now: datetime) -> Broken:
    """`place` as the team calls it; `now` is the wall's."""
    if problem.status == 401:
        return Broken(because=TOKEN)
    if problem.status == 429 or problem.code in {
        codes.WRITES_CHANNEL,
        codes.WRITES_SERVER,
        codes.WRITES_ANNOUNCEMENTS,
        codes.SERVICE_BUSY,
    }:
        return Broken(because=BUSY, until=now + max(timedelta(seconds=problem.wait), _SOON))
    if problem.status == 0 or problem.status >= 500:
        return Broken(because=AWAY, until=now + max(timedelta(seconds=problem.wait), _SOON))
    return _by_code(problem.code, place, now)


def _by_code(code: int, place: str, now: datetime) -> Broken:
    match code:
        case codes.SLOW_MODE:
            return Broken(because=_SLOW_MODE.format(place=place), until=now + _SLOW)
        case codes.TOO_MANY_THREADS:
            return Broken(because=_FULL.format(place=place))
        case codes.LOCKED:
            return Broken(because=_LOCKED.format(place=place))
        case codes.AUTOMOD:
            return Broken(because=_AUTOMOD.format(place=place))
        case codes.TAG_REQUIRED:
            return Broken(because=_TAG.format(place=place))
        case codes.UNKNOWN_CHANNEL | codes.UNKNOWN_GUILD:
            return Broken(because=_GONE.format(place=place))
        case codes.MISSING_ACCESS:
            return Broken(because=_ACCESS.format(place=place))
        case codes.MISSING_PERMISSIONS:
            return Broken(because=_PERMISSION.format(place=place))
        case _:
            return Broken(because=_OTHER.format(place=place, code=code))
