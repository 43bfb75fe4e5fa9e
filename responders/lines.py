"""One line of `coolhead caution --json`: an object in, an object out, exactly as outside programs may rely on it."""

from typing import Any

from bot.errors import WrongUse
from bot.nouns.caution import Caution, Reading
from responders.limits import measure
from responders.tone import read


def caution_line(obj: dict[str, Any]) -> dict[str, Any]:
    """`{"id"*, "text"*, "mention", "platform", "recent": […]}` → `{"id", "cautions": […]}`.

    A caution is `{"code", "level", "span", "because", "try"}`; `try` is null where there is no better wording to take.

    Unknown keys are ignored. Raises WrongUse, naming the key, where the line cannot be read.
    """
    ident = obj.get("id")
    if not isinstance(ident, str):
        raise WrongUse('"id" is missing or is not a text')
    text, platform = _text(obj, "text", needed=True), _text(obj, "platform")
    reading = Reading(
        text=text,
        length=measure(text, platform),
        mention=_text(obj, "mention"),
        platform=platform,
        recent=_texts(obj, "recent"),
    )
    return {"id": ident, "cautions": [_plain(one) for one in read(reading)]}


def _plain(one: Caution) -> dict[str, Any]:
    return {
        "code": one.code,
        "level": one.level.value,
        "span": list(one.span),
        "because": one.because,
        "try": one.instead,
    }


def _text(obj: dict[str, Any], key: str, *, needed: bool = False) -> str:
    value = obj.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str):
        raise WrongUse(f'"{key}" is missing or is not a text')
    return value


def _texts(obj: dict[str, Any], key: str) -> tuple[str, ...]:
    value = obj.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongUse(f'"{key}" is not a list of texts')
    return tuple(value)
