"""Messages that are posted once, whatever gets lost on the way.

Slack knows no key that would make a post safe to repeat. So each carries a hash of its key as metadata; where an answer
was lost, the channel's history is looked at after a while, and only what is not there is sent again, once. What an earlier
life of ours had on the way when it was killed may still arrive after we have looked: so a channel is looked at twice.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import LIMITED, Answer, Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.message import Message
from adapters.rooms.slack.refs import At

EVENT: Final = "coolhead_line"
#: Seconds until a message whose answer was lost would be seen in the history.
SETTLE: Final = 10.0
#: So many of a channel's newest messages are looked through, in so many pages.
PAGE, PAGES = 200, 3
_MOST: Final = 20_000


class Posts:
    """`post` with the same key is one message. What an earlier life of ours posted is found again in the history."""

    def __init__(self, slack: Slack, secret: bytes) -> None:
        self._slack = slack
        self._secret = hmac.digest(secret, b"coolhead slack keys", "sha256")
        self._known: Kept[str, At] = Kept(_MOST)
        self._doubtful: Kept[str, bool] = Kept(_MOST)
        #: When a place was first looked at, and those that no earlier life can have anything on the way to any more.
        self._looked: Kept[At, float] = Kept(_MOST)
        self._settled: Kept[At, bool] = Kept(_MOST)
        self._ours: Kept[At, str] = Kept(_MOST)
        self._found: Kept[At, bool] = Kept(_MOST)

    async def post(
        self, channel: str, message: Message, key: str, *, thread: str = "", rank: Rank = Rank.NEW
    ) -> At | Refused | Lost:
        """Where it stands. Lost: nobody knows, or nobody can look for what an earlier life of ours posted; the same key may be
        tried again later.
        """
        name = hmac.new(self._secret, f"{channel}\n{key}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]
        if (known := self._known.get(name)) is not None:
            return known
        place = At(channel, thread)
        if name in self._doubtful or place not in self._settled:
            found = await self._look(place, name)
            if found is not None:
                return found
        answer = await self._send(place, message, name, rank)
        return await self._once_more(place, message, name, rank) if isinstance(answer, Lost) else answer

    async def look_again(self) -> None:
        """Look a second time at each channel that was first looked at a while ago, and take away what arrived twice."""
        now = await self._slack.ticks.now()
        for place, since in self._looked.items():
            if place not in self._settled and now - since >= SETTLE:
                await self._look(place, "")

    def found(self, where: At) -> bool:
        """Whether it stood there already when we first looked: nobody knows what it shows."""
        return where in self._found

    def forget(self, where: At) -> None:
        """It was taken away: the same key is a new message."""
        if (name := self._ours.get(where)) is not None:
            self._known.drop(name)
            self._ours.drop(where)

    async def _send(self, place: At, message: Message, name: str, rank: Rank) -> At | Refused | Lost:
        args = {
            "channel": place.channel,
            "thread_ts": place.ts or None,
            **painted(message),
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": EVENT, "event_payload": {"key": name}},
        }
        answer = await self._slack.call("chat.postMessage", args, channel=place.channel, rank=rank)
        if not isinstance(answer, Answered):
            return answer
        where = At(str(answer.body.get("channel") or place.channel), str(answer.body.get("ts", "")))
        if not place.ts:
            self._settled.put(where, True)  # nobody but us can have written under what did not exist
        return self._keep(name, where)

    async def _once_more(self, place: At, message: Message, name: str, rank: Rank) -> At | Refused | Lost:
        """The answer was lost: look for it, and send it again where it is not there. Then only one may be left."""
        self._doubtful.put(name, True)
        await self._slack.ticks.sleep(SETTLE)
        found = await self._look(place, name)
        if found is not None:
            return found
        answer = await self._send(place, message, name, rank)
        if isinstance(answer, At):
            await self._slack.ticks.sleep(SETTLE)
            twins = await self._look(place, name)
            return twins if isinstance(twins, At) else answer
        return answer

    async def _look(self, place: At, name: str) -> At | Lost | None:
        """The message of that key in the history. Where there are several the one we know stands, else the oldest; the others
        are taken away.
        """
        found = await self._history(place)
        if isinstance(found, Lost):
            return found
        await self._note(place)
        for at_, key in sorted(((where, key) for where, key in found), key=lambda one: one[0].ts):
            first = self._known.get(key)
            if first is None:
                self._found.put(self._keep(key, at_), True)
            elif first != at_:
                await self._slack.call("chat.delete", {"channel": at_.channel, "ts": at_.ts}, rank=Rank.SEND)
        return self._known.get(name)

    async def _note(self, place: At) -> None:
        """It was looked at. A thread once is enough: a line that stands there twice is no second card."""
        now = await self._slack.ticks.now()
        since = self._looked.get(place)
        if since is None:
            self._looked.put(place, now)
        if place.ts or (since is not None and now - since >= SETTLE):
            self._settled.put(place, True)

    async def _history(self, place: At) -> Sequence[tuple[At, str]] | Lost:
        """Every message of ours there, with its key. Where Slack will not show the history, none."""
        method = "conversations.replies" if place.ts else "conversations.history"
        args: dict[str, Any] = {"channel": place.channel, "limit": str(PAGE), "include_all_metadata": True}
        args |= {"ts": place.ts} if place.ts else {}
        found: list[tuple[At, str]] = []
        for _ in range(PAGES):
            answer = await self._slack.call(method, args, rank=Rank.SEND)
            if not isinstance(answer, Answered):
                return _unseen(answer) or found
            found += [
                (At(place.channel, str(one["ts"])), key)
                for one in answer.body.get("messages", ())
                if (key := key_of(one))
            ]
            cursor = (answer.body.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                break
            args["cursor"] = cursor
        return found

    def _keep(self, name: str, where: At) -> At:
        self._doubtful.drop(name)
        self._ours.put(where, name)
        return self._known.put(name, where)


def painted(message: Message) -> dict[str, Any]:
    """A message as the Web API takes it."""
    return {"text": message.text, "blocks": list(message.blocks)}


def key_of(message: Mapping[str, Any]) -> str:
    """The key's hash in a message of ours; '' in any other."""
    data = message.get("metadata") or {}
    return str((data.get("event_payload") or {}).get("key", "")) if data.get("event_type") == EVENT else ""


def _unseen(answer: Answer) -> Lost | None:
    match answer:
        case Refused(error=error) if error in LIMITED:
            return Lost("Slack did not let us look now.")
        case Lost():
            return answer
        case _:
            return None
