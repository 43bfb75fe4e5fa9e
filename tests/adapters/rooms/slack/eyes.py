"""Reading what stands in Slack as a person would: what it says, what can be pressed, which boxes a form has."""

from collections.abc import Mapping, Sequence
from typing import Any


def found(message: Mapping[str, Any], label: str) -> dict[str, Any]:
    """What Slack would send for the button or the menu entry of that label. Fails where nobody can press it."""
    for block in message.get("blocks", ()):
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            base = {
                "type": element.get("type"),
                "action_id": element.get("action_id"),
                "block_id": block.get("block_id"),
            }
            if element.get("type") == "button" and element["text"]["text"] == label:
                return {**base, "value": element.get("value"), "text": element["text"]}
            for option in element.get("options", ()):
                if option["text"]["text"] == label:
                    return {**base, "selected_option": option}
    raise AssertionError(f"There is no {label!r} in {labels(message)}.")


def shown(view: object) -> str:
    """Everything a view or a message says, in one text."""
    match view:
        case {"text": str(text), **rest} if "blocks" not in rest:
            return text
        case Mapping():
            return " ".join(shown(one) for one in view.values())
        case list():
            return " ".join(shown(one) for one in view)
        case _:
            return ""


def labels(message: Mapping[str, Any]) -> list[str]:
    """Everything that can be pressed on a message or a view."""
    named: list[str] = []
    for block in message.get("blocks", ()):
        for element in (*block.get("elements", ()), block.get("accessory") or {}):
            if element.get("type") == "button":
                named.append(element["text"]["text"])
            named.extend(option["text"]["text"] for option in element.get("options", ()))
    return named


def filled(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    left = dict(values)
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element, label = block["element"], block["label"]["text"]
            typed = left.pop(label) if label in left else _initial(element)
            state[block["block_id"]] = {element["action_id"]: _value(element, typed)}
    assert not left, (
        f"There is no field {list(left)} in {[b['label']['text'] for b in view['blocks'] if b['type'] == 'input']}."
    )
    return state


def _initial(element: Mapping[str, Any]) -> Any:
    """What stands in the field before anybody types."""
    if "initial_option" in element:
        return element["initial_option"]["text"]["text"]
    if "initial_options" in element:
        return [option["text"]["text"] for option in element["initial_options"]]
    return element.get("initial_value", element.get("initial_date_time"))


def _value(element: Mapping[str, Any], typed: Any) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": [_option(element, one) for one in typed or ()]}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": _option(element, typed) if typed else None}
        case "datetimepicker":
            return {"type": kind, "selected_date_time": typed}
        case _:
            return {"type": kind, "value": typed}


def _option(element: Mapping[str, Any], label: str) -> dict[str, Any]:
    options: Sequence[dict[str, Any]] = element["options"]
    for option in options:
        if option["text"]["text"] == label:
            return option
    raise AssertionError(f"There is no {label!r} in {[one['text']['text'] for one in options]}.")
