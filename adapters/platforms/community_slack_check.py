"""What `coolhead check` says of a community in Slack, channel by channel, with what to do where something is missing."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.connections.slack_answers import Answered, Refused
from adapters.connections.slack_budget import Rank
from adapters.platforms.community_ground import Ground
from adapters.platforms.community_slack_wire import SlackWire
from bot.nouns.community import Community
from bot.ports import Finding

_READS: Final = ("channels:history", "users:read", "reactions:read")
_WRITES: Final = ("chat:write",)
_MANIFEST: Final = "Give the app the manifest of `coolhead manifest slack`, and install it again."


async def check(wire: SlackWire, ground: Ground) -> Sequence[Finding]:
    """Whether we may hear, and whether we may write where that is switched on. Raises StoreAway."""
    answer = await wire.slack.call("auth.test", {}, rank=Rank.NEW)
    if not isinstance(answer, Answered):
        because = answer.error if isinstance(answer, Refused) else "no answer"
        return (Finding(ok=False, what=f"Slack does not answer our app ({because}).", fix=_MANIFEST),)
    found = []
    for channel in ground.named:
        community = ground.of(channel)
        if community is not None:
            found.append(await _channel(wire, ground, channel, community, answer.scopes))
    return found


async def _channel(
    wire: SlackWire, ground: Ground, channel: str, community: Community, scopes: frozenset[str]
) -> Finding:
    if await ground.team_sits(channel):
        fix = f"Take {channel} out of the channels of [[community]]: where the team sits nobody is listened to."
        return Finding(ok=False, what=f"Slack: the team sits in the channel {channel}.", fix=fix)
    wanted = {*_READS, *(_WRITES if community.post_as_bot else ())}
    lacking = sorted(wanted - scopes) if scopes else []
    if lacking:
        return Finding(ok=False, what=f"Slack: our app lacks the scopes {', '.join(lacking)}.", fix=_MANIFEST)
    answer = await wire.slack.call("conversations.info", {"channel": channel}, rank=Rank.NEW)
    told = answer.body.get("channel") if isinstance(answer, Answered) else None
    if not isinstance(told, Mapping):
        return Finding(ok=False, what=f"Slack: the channel {channel} cannot be read.", fix="Is the id right?")
    if not told.get("is_member") or told.get("is_archived"):
        what = f"Slack: our app is not in the channel {channel}, or it is archived."
        return Finding(ok=False, what=what, fix="Invite the app there with /invite.")
    how = "answers go out as our app" if community.post_as_bot else "a moderator answers from their own account"
    return Finding(ok=True, what=f"Slack: the channel {channel} is listened to; {how}.")
