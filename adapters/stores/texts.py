"""The texts of a timeline's lines, which lie in the vault."""

from collections.abc import Iterable, Mapping

from bot.nouns.record import Line
from bot.ports import Opened


def refs_of(lines: Iterable[Line]) -> list[str]:
    """The vault's refs of the texts these lines are shown with. A contact is not: it takes a recorded press."""
    return [ref for line in lines if (ref := _ref(line))]


def with_text(line: Line, opened: Mapping[str, Opened]) -> Line:
    """The line with `text` and `salt`; both None where there is no text, or none that may be shown or is left."""
    found = opened.get(_ref(line))
    if found is None or not isinstance(found.text, str):
        return {**line, "text": None, "salt": None}
    return {**line, "text": found.text, "salt": found.salt}


def _ref(line: Line) -> str:
    ref = line["data"].get("ref")
    return ref if isinstance(ref, str) and line["kind"] != "taken_offline" else ""
