"""What stood in an open form when somebody pressed: its boxes read back into the fields' values."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.rooms.slack.fields import Part, Seen, parted
from adapters.rooms.slack.message import MOST_VIEW_BLOCKS
from adapters.rooms.slack.text import sendable

Payload = Mapping[str, Any]
#: What an element's state is called, and what it opens with.
_OPENS = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date_time": "initial_date_time",
}


def seen(view: Payload, options: Sequence[str] = ()) -> Seen:
    """The fields' values in `view`, a modal of ours as Slack hands it back. `options` are the long ones of its form.

    A box whose state is missing was not touched: it holds what it opened with.
    """
    told = (view.get("state") or {}).get("values") or {}
    found: dict[str, list[tuple[Part, str]]] = {}
    for block_id, element in _inputs(view, told):
        part = parted(block_id)
        if part is not None:
            state = next(iter((told.get(block_id) or {}).values()), None)
            value = _value(state, options) if state is not None else _opened_with(element, options)
            found.setdefault(part.name, []).append((part, value))
    values = {name: _joined(parts) for name, parts in found.items()}
    return Seen(values, {name: max(part.round for part, _ in parts) for name, parts in found.items()})


def _inputs(view: Payload, told: Payload) -> Iterator[tuple[str, Payload]]:
    """Every input of the view once: as it was painted, or as far as its state tells."""
    painted = [block for block in view.get("blocks") or () if block.get("type") == "input"]
    known = {str(block.get("block_id")): block.get("element") or {} for block in painted}
    yield from known.items()
    yield from ((block_id, {}) for block_id in told if block_id not in known)


def _joined(parts: list[tuple[Part, str]]) -> str:
    """A text from its boxes, with what stood between them. An empty one adds nothing."""
    whole = ""
    for part, text in sorted(parts, key=lambda each: each[0].part):
        whole = f"{whole}{part.seam if whole and text else ''}{text}"
    return whole


def _value(state: Payload, options: Sequence[str]) -> str:
    """An element's state as a gesture carries it: several options joined by line breaks, a moment as RFC 3339."""
    match state:
        case {"selected_options": list(chosen)}:
            return "\n".join(_option(one, options) for one in chosen)
        case {"selected_option": dict(chosen)}:
            return _option(chosen, options)
        case {"selected_date_time": int(at)}:
            return _moment(at)
        case {"value": str(text)}:
            return text.replace("\r\n", "\n")
        case _:
            return ""


def _opened_with(element: Payload, options: Sequence[str]) -> str:
    match element:
        case {"initial_options": list(chosen)}:
            return "\n".join(_option(one, options) for one in chosen)
        case {"initial_option": dict(chosen)}:
            return _option(chosen, options)
        case {"initial_date_time": int(at)}:
            return _moment(at)
        case _:
            return str(element.get("initial_value") or "")


def _option(chosen: Payload, options: Sequence[str]) -> str:
    """An option's value; a long one is looked up by its place."""
    value = str(chosen.get("value") or "")
    if not value.startswith("~"):
        return value
    place = value[1:]
    known = place.isascii() and place.isdigit() and len(place) < 6 and int(place) < len(options)
    return options[int(place)] if known else ""


def _moment(at: int) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def as_it_stood(view: Payload, above: Payload) -> dict[str, Any]:
    """A form that had given way to another view, painted anew: with everything that stood in its boxes, below `above`."""
    told = (view.get("state") or {}).get("values") or {}
    kept = {
        part: view[part]
        for part in ("type", "callback_id", "title", "submit", "close", "private_metadata")
        if part in view
    }
    blocks = [_filled(block, told) for block in view.get("blocks") or ()]
    return {**kept, "notify_on_close": True, "blocks": [above, *blocks][:MOST_VIEW_BLOCKS]}


def _filled(block: Payload, told: Payload) -> dict[str, Any]:
    """An input that opens with its state; what Slack says nothing of opens as before."""
    state = next(iter((told.get(str(block.get("block_id"))) or {}).values()), None)
    if block.get("type") != "input" or state is None:
        return dict(block)
    element = {part: value for part, value in block["element"].items() if not part.startswith("initial_")}
    chosen = {opens: state[kept] for kept, opens in _OPENS.items() if state.get(kept)}
    if isinstance(typed := chosen.get("initial_value"), str):
        chosen["initial_value"] = sendable(typed)
    return {**block, "element": {**element, **chosen}}


def fingerprint(found: Seen) -> tuple[str, ...]:
    """What tells two submissions of one view apart."""
    return tuple(itertools.chain.from_iterable(sorted(found.values.items())))
