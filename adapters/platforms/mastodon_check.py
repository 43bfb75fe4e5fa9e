"""What `coolhead check` says of a Mastodon account: who we are there, what our token may do, how long a post may be."""

from collections.abc import Sequence
from typing import Final

from adapters.platforms.mastodon_send import Room
from adapters.platforms.mastodon_wire import Got, Lost, Wire
from bot.ports import Finding

_TOKEN: Final = (
    "On your server open Preferences, Development, New application; tick read:accounts, read:notifications, "
    "read:statuses and write:statuses; save; copy 'Your access token' to COOLHEAD_MASTODON_TOKEN."
)
_READS: Final = (("read:notifications", "/api/v1/notifications"), ("read:statuses", "/api/v1/accounts/{me}/statuses"))


async def check(wire: Wire, room: Room | None) -> Sequence[Finding]:
    """`room`: the server's limits, or None where it did not tell them."""
    who = await wire.ask("GET", "/api/v1/accounts/verify_credentials")
    if isinstance(who, Lost):
        return (Finding(ok=False, what=f"Mastodon: {who.because}", fix="Is COOLHEAD_MASTODON_URL right?"),)
    if who.status != 200 or not isinstance(who.body, dict):
        return (Finding(ok=False, what=f"Mastodon: the server answered {who.status} to our token.", fix=_TOKEN),)
    me, name = str(who.body.get("id", "")), str(who.body.get("acct", ""))
    found = [Finding(ok=True, what=f"Mastodon: we are @{name} on {wire.base}")]
    for scope, path in _READS:
        found.append(await _may_read(wire, scope, path.format(me=me)))
    found.append(await _may_write(wire))
    limit = f"{room.limit} characters" if room is not None else "500 characters, as the server did not say"
    found.append(Finding(ok=True, what=f"Mastodon: a post may have {limit}"))
    return tuple(found)


async def _may_read(wire: Wire, scope: str, path: str) -> Finding:
    got = await wire.ask("GET", path, params=(("limit", "1"),))
    ok = isinstance(got, Got) and got.status == 200
    what = f"Mastodon: {scope} {'is granted' if ok else 'is missing'}"
    return Finding(ok=ok, what=what, fix="" if ok else _TOKEN)


async def _may_write(wire: Wire) -> Finding:
    """By what the application may do: asking by a trial post would be one."""
    got = await wire.ask("GET", "/api/v1/apps/verify_credentials")
    scopes = got.body.get("scopes") if isinstance(got, Got) and isinstance(got.body, dict) else None
    if not isinstance(scopes, list):
        return Finding(ok=True, what="Mastodon: the server does not say whether write:statuses is granted")
    ok = bool({"write", "write:statuses"} & {str(scope) for scope in scopes})
    what = f"Mastodon: write:statuses {'is granted' if ok else 'is missing'}"
    return Finding(ok=ok, what=what, fix="" if ok else _TOKEN)
