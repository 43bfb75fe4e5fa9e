"""What Slack takes and what it reads out of a text, as rules of our own beside those of its SDK."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from adapters.rooms.slack.message import Message
from adapters.rooms.slack.text import size

Part = Mapping[str, Any]
#: What Slack makes of an angle bracket: dates and links are ours, everything else would be somebody's.
_TOKEN = re.compile(r"<([^<>]*)>")
_DATE = re.compile(r"!date\^-?\d+\^[^|^<>]*\|[^<>|]*")
_LINK = re.compile(r"(https?://[^|<>\s]+)\|([^<>|]*)")
_BARE = re.compile(r"[a-z][a-z0-9+.-]*:(//|[^\s:]+@\w)|mailto:\w|www\.\w|\w\.[a-z\u0430-\u044f]{2,}\b|\w@\w", re.I)
_AT = re.compile(r"(?:^|[^\w])@(?=\w)|<[!@#]")


def parts(node: object) -> Iterator[Part]:
    """Every object in a message or view, from the outside in."""
    if isinstance(node, Mapping):
        yield node
        for value in node.values():
            yield from parts(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from parts(value)


def texts(node: object, kind: str) -> list[str]:
    """The texts of that kind (mrkdwn, plain_text) in it."""
    return [part["text"] for part in parts(node) if part.get("type") == kind and isinstance(part.get("text"), str)]


def presses(node: object) -> list[Part]:
    """Every button."""
    return [part for part in parts(node) if part.get("type") == "button"]


def labels(node: object) -> list[str]:
    """What the buttons say."""
    return [one["text"]["text"] for one in presses(node)]


def words(node: object) -> str:
    """All that can be read in it."""
    return "\n".join(texts(node, "mrkdwn") + texts(node, "plain_text"))


def pings_nobody(message: Message) -> None:
    """No text of it is read by Slack as a ping, or as a link that does not show where it leads."""
    harmless(message.text, verbatim=False)
    for text in texts(message.blocks, "mrkdwn"):
        harmless(text, verbatim=True)


def sound(message: Message) -> None:
    """A message Slack takes: its SDK's own validation, and what that leaves out."""
    _sound_blocks(message.blocks, 50)
    assert 0 < size(message.text) <= 4000
    assert sum(size(text) for kind in ("mrkdwn", "plain_text") for text in texts(message.blocks, kind)) <= 12_000
    assert not [block for block in message.blocks if block["type"] == "input"]
    harmless(message.text, verbatim=False)


def sound_view(view: Part) -> None:
    """A modal or Home that Slack takes."""
    View(**view).to_dict()
    assert len(json.dumps(view, ensure_ascii=False).encode()) <= 250_000
    _sound_blocks(view["blocks"], 100)
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    if view["type"] == "home":
        assert not inputs
        assert "title" not in view
    else:
        assert view["title"]["text"]
        assert not inputs or view["submit"]["text"]
    assert len(view.get("private_metadata", "")) <= 3000


def _sound_blocks(blocks: Sequence[Part], most: int) -> None:
    plain = json.loads(json.dumps(list(blocks)))
    [block.to_dict() for block in Block.parse_all(plain)]
    json.dumps(plain, ensure_ascii=False).encode()  # nothing in it is half a letter
    assert 1 <= len(blocks) <= most
    named = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(named) == len(set(named))
    for block in blocks:
        _sound_block(block)
    said = [one["accessibility_label"] for one in presses(blocks) if "accessibility_label" in one]
    assert all(0 < size(label) <= 75 for label in said)
    pressed = [one["action_id"] for one in presses(blocks)]
    assert len(pressed) == len(set(pressed))


def _sound_block(block: Part) -> None:
    match block["type"]:
        case "actions":
            assert 1 <= len(block["elements"]) <= 25
        case "context":
            assert 1 <= len(block["elements"]) <= 10
        case "input":
            _sound_element(block["element"])
        case _:
            pass
    for part in parts(block):
        if part.get("type") in ("mrkdwn", "plain_text"):
            assert part["text"].strip()
            assert size(part["text"]) <= 3000
        if part.get("type") == "mrkdwn":
            assert part["verbatim"] is True
            harmless(part["text"], verbatim=True)
        if part.get("type") == "plain_text" and block["type"] != "input":
            assert part["emoji"] is False


def _sound_element(element: Part) -> None:
    options = [*element.get("options", ()), *(o for g in element.get("option_groups", ()) for o in g["options"])]
    values = [option["value"] for option in options]
    assert len(values) == len(set(values))
    assert all(1 <= size(value) <= 150 for value in values)
    assert element["type"] not in ("checkboxes", "radio_buttons") or len(options) <= 10
    assert "options" not in element or 1 <= len(element["options"]) <= 100
    chosen = [*element.get("initial_options", ()), *([one] if (one := element.get("initial_option")) else ())]
    assert all(one in options for one in chosen)
    assert size(element.get("initial_value", "")) <= element.get("max_length", 3000) <= 3000


def harmless(text: str, *, verbatim: bool) -> None:
    """No ping, no link but ours under the name it leads to, nothing that Slack would make a link of by itself."""
    for inside in _TOKEN.findall(text):
        link = _LINK.fullmatch(inside)
        assert _DATE.fullmatch(inside) or link, f"Slack would read <{inside}>"
        if link is not None:
            host = link[1].split("/")[2]
            assert link[2] in (host, "The\u2060 whole story", "The whole story", "Its thread", "Its earlier thread"), (
                inside
            )
    bare = _TOKEN.sub("", text)
    assert "<" not in bare
    assert ">" not in bare.replace("\n>", "\n").removeprefix(">")
    assert not re.search(r"@(here|channel|everyone|[UW][A-Z0-9]{6,})", bare)
    if not verbatim:
        assert not _BARE.search(bare), bare
        assert not _AT.search(bare), bare
