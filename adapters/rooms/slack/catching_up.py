"""After a gap: what was said to us and marked in our channels meanwhile, read from the history.

Each message keeps its id, so what had been heard before the gap is not done twice. Shortcuts and presses leave no trace
in Slack; whoever pressed saw that nothing came of it.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered
from adapters.connections.slack_budget import Rank
from adapters.connections.slack_markup import written
from adapters.rooms.slack.commands import wished
from adapters.rooms.slack.refs import ROOM
from bot.nouns.team import Place

#: How far back is read at a start, where nobody knows when the gap began; and how much more than the gap otherwise.
FIRST: Final = timedelta(hours=6)
OVERLAP: Final = timedelta(seconds=60)
#: A wish older than this is not acted on any more: who had it has gone on. Notes and marks are kept however late.
STALE: Final = timedelta(minutes=10)
_PAGE, _PAGES, _THREADS = "200", 5, 100

#: An event as Slack would have told it.
Envelope = Mapping[str, Any]


class CatchingUp:
    """`me` tells the app's own user id ('' while unknown: then only marks are found). `learn` is handed every message of a
    channel that was read, oldest first."""

    def __init__(
        self,
        slack: Slack,
        places: Callable[[], Awaitable[Sequence[Place]]],
        me: Callable[[], str],
        learn: Callable[[str, Mapping[str, Any]], None],
    ) -> None:
        self._slack = slack
        self._places = places
        self._me = me
        self._learn = learn

    async def since(self, at: datetime, now: datetime, hear: Callable[[Envelope], Awaitable[None]]) -> None:
        """Everything from then on, oldest first in each channel."""
        oldest, stale = f"{at.timestamp():.6f}", f"{(now - STALE).timestamp():.6f}"
        for place in await self._places():
            if place.room == ROOM:
                for message in await self._said(place.id, oldest):
                    for envelope in self._events(place.id, message, stale):
                        await hear(envelope)

    async def _said(self, channel: str, oldest: str) -> Sequence[Mapping[str, Any]]:
        """What stands in the channel and, below cards that were answered since, in their threads."""
        known = await self._pages("conversations.history", {"channel": channel})
        for one in reversed(known):
            self._learn(channel, one)
        said = [one for one in known if str(one.get("ts", "")) > oldest]
        answered = [one for one in known if str(one.get("latest_reply", "")) > oldest]
        for card in answered[:_THREADS]:
            thread = {"channel": channel, "ts": str(card["ts"]), "oldest": oldest}
            replies = await self._pages("conversations.replies", thread)
            said += [one for one in replies if one.get("ts") != card["ts"] and str(one.get("ts", "")) > oldest]
        return sorted(said, key=lambda one: str(one["ts"]))

    async def _pages(self, method: str, args: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        asked = {**args, "limit": _PAGE}
        for _ in range(_PAGES):
            answer = await self._slack.call(method, asked, rank=Rank.COUNTER, patience=120.0)
            if not isinstance(answer, Answered):
                break
            found += answer.body.get("messages") or ()
            cursor = (answer.body.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            asked["cursor"] = str(cursor)
        return found

    def _events(self, channel: str, message: Mapping[str, Any], stale: str) -> Iterator[Envelope]:
        me, at, text = self._me(), str(message.get("ts", "")), str(message.get("text", ""))
        wish = wished(written(text))
        if me and f"<@{me}>" in text and not message.get("bot_id") and (at > stale or (wish and wish.note)):
            yield {"type": "event_callback", "event": {**message, "type": "app_mention", "channel": channel}}
        for reaction in message.get("reactions") or ():
            for who in reaction.get("users") or ():
                told = {"type": "reaction_added", "user": who, "reaction": str(reaction.get("name", ""))}
                yield {
                    "type": "event_callback",
                    "event": {**told, "item": {"type": "message", "channel": channel, "ts": at}},
                }
