"""The templates: everything printed is made readable first and escaped after, in one place."""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from adapters.rooms.web.plain import readable
from adapters.rooms.web.times import Shown

_FOLDER = Path(__file__).parent / "templates"
# No printed text can hold it: `readable` takes NUL away.
_FRESH = "\x00fresh\x00"


class Ink:
    """Renders templates. What is missing is an error, never an empty place."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_neutral,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters |= {"clock": _clock, "far": _far}
        self._environment.globals |= {"static": urls, "fresh": Markup(_FRESH)}

    def page(self, template: str, /, **context: object) -> Markup:
        """A template, rendered. Hand the result to `finished` before it goes out."""
        return Markup(self._environment.get_template(template).render(**context))


def finished(markup: str) -> str:
    """The same with a gesture id of its own for every press, so that a press sent twice is known as one."""
    return re.sub(_FRESH, lambda _: secrets.token_hex(12), markup)


def _clock(at: Shown) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(at.iso, at.clock)


def _far(at: Shown) -> Markup:
    """With how far away it is, which the page's script keeps true."""
    return Markup('<time datetime="{}" data-far>{}, {}</time>').format(at.iso, at.clock, at.far)


def _neutral(value: object) -> object:
    match value:
        case Markup():
            return value
        case str():
            return readable(value)
        case _:
            return value
