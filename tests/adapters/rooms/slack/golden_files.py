"""Messages and views as reviewers read them in golden/: a block a line. Set COOLHEAD_GOLDEN=1 to write them anew."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adapters.rooms.slack.message import Message
from adapters.rooms.slack.pressing import Signer

SIGNER = Signer(b"a secret of the tests")
_GOLDEN = Path(__file__).parent / "golden"


def same_as_golden(name: str, painted: Message | Mapping[str, Any]) -> None:
    """Compare with golden/<name>.txt, or write it where it is asked for."""
    path = _GOLDEN / f"{name}.txt"
    shown = _shown(painted)
    if os.environ.get("COOLHEAD_GOLDEN"):
        _GOLDEN.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == shown


def _shown(painted: Message | Mapping[str, Any]) -> str:
    if isinstance(painted, Message):
        head, blocks = [painted.text], painted.blocks
    else:
        head = [_line({name: value for name, value in painted.items() if name != "blocks"})]
        blocks = painted["blocks"]
    return "\n".join([*head, "", *(_line(block) for block in blocks)]) + "\n"


def _line(block: object) -> str:
    return json.dumps(_told(block), ensure_ascii=False).replace("\u2060", "")


def _told(node: Any) -> Any:
    """Without what is the same everywhere; values opened, so that one reads what a press carries."""
    match node:
        case {"type": "mrkdwn" | "plain_text", "text": str(text)}:
            return text
        case dict():
            return {
                name: _opened(value) if name in ("value", "private_metadata") else _told(value)
                for name, value in node.items()
            }
        case list() | tuple():
            return [_told(one) for one in node]
        case _:
            return node


def _opened(value: str) -> str:
    pressed, menu = SIGNER.unpack(value), SIGNER.unpack_menu(value)
    form, words = SIGNER.unpack_form(value), SIGNER.unpack_words(value)
    if pressed is not None:
        sheet = f" sheet={pressed.sheet}" if pressed.sheet else ""
        return f"-> {pressed.act} {pressed.incident} {pressed.conversation}{_values(pressed.values)}{sheet}"
    if menu is not None:
        return "; ".join(f"{c.label} -> {c.act}{_values(c.values)}" for c in menu.choices)
    if form is not None:
        return f"{form.act} {form.incident} {form.conversation}{_values(form.values)}"
    return f"the words {words}" if words is not None else value


def _values(values: Mapping[str, str]) -> str:
    return "".join(f" {name}={value[:12]}" for name, value in values.items())
