"""A Slack in memory and in virtual time: the limits it documents, the errors it has, and answers that get lost."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.connections.slack import Secret, Slack
from adapters.connections.slack_answers import Answer, Answered, Lost, Refused
from tests.fakes.clock import FakeClock

#: Calls a minute, as docs.slack.dev says of each method's tier.
ALLOWED: Mapping[str, int] = {
    "chat.update": 50,
    "conversations.history": 50,
    "conversations.replies": 50,
    "conversations.info": 50,
    "conversations.open": 50,
    "chat.delete": 50,
    "chat.postMessage": 200,
    "chat.postEphemeral": 100,
    "users.info": 100,
    "views.open": 100,
    "views.update": 100,
    "views.publish": 100,
    "usergroups.list": 20,
    "apps.connections.open": 20,
    "auth.test": 100,
}
#: Messages at once in a channel that takes one a second.
BURST = 3
LATENCY = 0.08

#: What becomes of one call: an answer in its place, or `after` the effect.
Fault = Answer | tuple[str, Answer]


@dataclass
class World:
    """The workspace. `faults` by method are used up in turn; `standing` by (method, channel) stay until taken away."""

    clock: FakeClock
    messages: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    faults: defaultdict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    standing: dict[tuple[str, str], str] = field(default_factory=dict)
    shared: set[str] = field(default_factory=set)
    invited: set[str] = field(default_factory=set)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    groups: list[dict[str, Any]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    limited: Counter[str] = field(default_factory=Counter)
    log: list[tuple[float, str, Mapping[str, Any]]] = field(default_factory=list)
    views: list[dict[str, Any]] = field(default_factory=list)
    metadata_kept: bool = True

    def __post_init__(self) -> None:
        self._windows: defaultdict[str, deque[float]] = defaultdict(deque)
        self._levels: dict[str, tuple[float, float]] = {}
        self._count = 0

    def cards(self, channel: str) -> list[dict[str, Any]]:
        """What stands in a channel outside threads, oldest first."""
        return [one for (where, _), one in sorted(self.messages.items()) if where == channel and not one["thread_ts"]]

    def thread(self, channel: str, ts: str) -> list[dict[str, Any]]:
        """The lines under a card."""
        return [one for (where, _), one in sorted(self.messages.items()) if where == channel and one["thread_ts"] == ts]

    async def answer(self, method: str, args: Mapping[str, Any]) -> Answer:
        """One call, with its latency."""
        self.calls[method] += 1
        self.log.append((self.clock.elapsed, method, args))
        if (wait := self._limit(method, str(args.get("channel", "")))) > 0:
            self.limited[method] += 1
            return Refused("ratelimited", float(int(wait) + 1))
        await self.clock.sleep(LATENCY)
        if error := self.standing.get((method, str(args.get("channel", "")))) or self.standing.get((method, "")):
            return Refused(error)
        fault = self.faults[method].popleft() if self.faults[method] else None
        match fault:
            case None:
                return self._do(method, args)
            case (_, lost):
                self._do(method, args)
                return lost
            case Answered() | Refused() | Lost():
                return fault

    def _limit(self, method: str, channel: str) -> float:
        """Seconds to wait, as its Retry-After would say, or 0."""
        now, window = self.clock.elapsed, self._windows[method]
        while window and window[0] <= now - 60:
            window.popleft()
        if len(window) >= ALLOWED.get(method, 20):
            return window[0] + 60 - now
        if method == "chat.postMessage":
            level, at = self._levels.get(channel, (float(BURST), now))
            level = min(BURST, level + (now - at))
            if level < 1 - 1e-9:
                return 1 - level
            self._levels[channel] = level - 1, now
        window.append(now)
        return 0.0

    def _do(self, method: str, args: Mapping[str, Any]) -> Answer:
        channel, ts = str(args.get("channel", "")), str(args.get("ts", ""))
        match method:
            case "chat.postMessage":
                return self._post(channel, args)
            case "chat.update":
                if (channel, ts) not in self.messages:
                    return Refused("message_not_found")
                self.messages[channel, ts] |= {"text": args["text"], "blocks": args["blocks"]}
                return Answered({"ok": True, "channel": channel, "ts": ts})
            case "chat.delete":
                gone = self.messages.pop((channel, ts), None)
                return Refused("message_not_found") if gone is None else Answered({"ok": True})
            case "conversations.history":
                return Answered({"ok": True, "messages": list(reversed(self.cards(channel)))})
            case "conversations.replies":
                parent = [self.messages[channel, ts]] if (channel, ts) in self.messages else []
                return Answered({"ok": True, "messages": [*parent, *self.thread(channel, ts)]})
            case "conversations.open":
                return Answered({"ok": True, "channel": {"id": f"D{args['users']}"}})
            case "users.conversations":
                return Answered({"ok": True, "channels": [{"id": each} for each in sorted(self.invited)]})
            case "conversations.info":
                told = {
                    "id": channel,
                    "name": channel.lower(),
                    "is_channel": True,
                    "is_private": True,
                    "is_member": True,
                }
                return Answered({"ok": True, "channel": told | {"is_ext_shared": channel in self.shared}})
            case "views.open" | "views.push" | "views.update":
                self._count += 1
                self.views.append(dict(args["view"]))
                return Answered({"ok": True, "view": {"id": str(args.get("view_id") or f"V{self._count}")}})
            case "users.info":
                user = self.users.get(str(args["user"]))
                return Answered({"ok": True, "user": user}) if user else Refused("user_not_found")
            case "usergroups.list":
                return Answered({"ok": True, "usergroups": self.groups})
            case "auth.test":
                return Answered(
                    {
                        "ok": True,
                        "user_id": "UBOT",
                        "team_id": "T1",
                        "url": "https://shop.slack.com/",
                        "user": "coolhead",
                    }
                )
            case _:
                return Answered({"ok": True})

    def _post(self, channel: str, args: Mapping[str, Any]) -> Answer:
        self._count += 1
        ts = f"{int(self.clock.wall.timestamp())}.{self._count:06}"
        message = {"ts": ts, "thread_ts": args.get("thread_ts") or "", "text": args["text"], "blocks": args["blocks"]}
        kept = {"metadata": args["metadata"]} if self.metadata_kept and "metadata" in args else {}
        self.messages[channel, ts] = message | kept
        return Answered({"ok": True, "channel": channel, "ts": ts})


def connection(world: World) -> Callable[..., Slack]:
    """What a room is handed as `connect`: calls end in that world."""

    class InMemory(Slack):
        async def once(self, method: str, args: Mapping[str, Any], token: Secret) -> Answer:
            del token
            return await world.answer(method, args)

    return InMemory
