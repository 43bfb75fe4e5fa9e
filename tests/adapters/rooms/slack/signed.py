"""A signed sender: what Slack would post for what people do, to a room in virtual time."""

import itertools
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from adapters.rooms.slack.doors import COMMANDS, EVENTS, INTERACTIONS, signature
from bot.ports import Knock, Response
from bot.screens.shapes import Answer, Gesture
from tests.adapters.rooms.slack.peers import SIGNING_SECRET, found
from tests.adapters.rooms.slack.virtual import CARE, Virtual

ANA = "U0ANA"
#: Slack's ids are nobody else's.
_NUMBERS = itertools.count(1)


class Sender:
    """Everything is handed in by the room's own doors, signed."""

    def __init__(self, slack: Virtual, hear: Callable[[Gesture], Awaitable[Answer]] | None = None) -> None:
        self.slack = slack
        self._doors = {door.path: door.open for door in slack.room.doors(hear or slack.desk.hear)}

    async def event(self, event: Mapping[str, Any], *, id: str = "", **more: Any) -> Response:
        """An event of the Events API."""
        told = {"type": "event_callback", "event_id": id or f"Ev{next(_NUMBERS)}", "event": dict(event), **more}
        return await self._knock(EVENTS, json.dumps(told).encode())

    async def interaction(self, payload: Mapping[str, Any]) -> Response:
        """A press, a modal that came back, a shortcut."""
        base = {"user": {"id": ANA}, "team": {"id": "T1", "domain": "shop"}, "trigger_id": f"t{next(_NUMBERS)}"}
        return await self._knock(INTERACTIONS, urlencode({"payload": json.dumps({**base, **payload})}).encode())

    async def command(self, text: str) -> Response:
        """`/coolhead text`."""
        fields = {"user_id": ANA, "channel_id": "C9", "text": text, "trigger_id": f"t{next(_NUMBERS)}"}
        return await self._knock(COMMANDS, urlencode(fields).encode())

    async def press(self, message: Mapping[str, Any], label: str, **more: Any) -> Response:
        """A button of a message in the channel."""
        action = found(message, label)
        return await self.interaction(
            {
                "type": "block_actions",
                "channel": {"id": CARE.id, "name": "care"},
                "container": {"type": "message", "message_ts": message["ts"], "channel_id": CARE.id},
                "message": {"ts": message["ts"]},
                "actions": [{**action, "action_ts": "1.0"}],
                **more,
            }
        )

    async def press_in(self, view: Mapping[str, Any], label: str, id: str = "V9") -> Response:
        """A button of a view."""
        action = found(view, label)
        told = {"type": "block_actions", "view": {**view, "id": id}, "actions": [{**action, "action_ts": "1.0"}]}
        return await self.interaction(told)

    async def typing(self, view: Mapping[str, Any], values: Mapping[str, str], id: str = "V9") -> Response:
        """A letter typed in a view: Slack tells the state of all its boxes."""
        box = next(one for one in view["blocks"] if one["type"] == "input" and "dispatch_action" in one)
        action = {"type": "plain_text_input", "action_id": box["element"]["action_id"], "block_id": box["block_id"]}
        whole = {**view, "id": id, "state": {"values": state(view, values)}}
        return await self.interaction(
            {"type": "block_actions", "view": whole, "actions": [{**action, "action_ts": "1.0"}]}
        )

    async def submit(self, view: Mapping[str, Any], values: Mapping[str, str], id: str = "V9") -> Response:
        """A form that came back."""
        whole = {**view, "id": id, "state": {"values": state(view, values)}}
        return await self.interaction({"type": "view_submission", "view": whole})

    async def close(self, view: Mapping[str, Any], id: str = "V9") -> Response:
        """A form that was closed."""
        return await self.interaction({"type": "view_closed", "view": {**view, "id": id}})

    async def shortcut(self, message: Mapping[str, Any], channel: str = CARE.id) -> Response:
        """ "Bring this to Coolhead" on a message."""
        told = {"type": "message_action", "callback_id": "coolhead_bring_this", "message_ts": message["ts"]}
        return await self.interaction({**told, "channel": {"id": channel}, "message": dict(message)})

    async def _knock(self, path: str, body: bytes) -> Response:
        at = str(int(self.slack.clock.wall.timestamp()))
        headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature(SIGNING_SECRET, at, body)}
        return await self._doors[path](Knock("POST", path, {}, {}, headers, body))


def state(view: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The state of a view's text boxes: `values` by the beginning of their label, the others as they opened."""
    told: dict[str, Any] = {}
    for block in view["blocks"]:
        element = block.get("element") or {}
        if block["type"] == "input" and element["type"] == "plain_text_input":
            label = block["label"]["text"]
            typed = next(
                (text for start, text in values.items() if label.startswith(start)), element.get("initial_value")
            )
            told[block["block_id"]] = {element["action_id"]: {"type": "plain_text_input", "value": typed}}
    return told


def body(response: Response) -> dict[str, Any]:
    """A receipt's JSON; {} where it is bare."""
    told: dict[str, Any] = json.loads(response[2]) if isinstance(response[2], bytes) and response[2] else {}
    return told
