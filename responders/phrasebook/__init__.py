"""The phrasebook: calm replies as Markdown files, read once and checked.

A file begins with front matter between two lines of `+++` (TOML), then the words; a line `## Short` begins a shorter
way to say them. Keys: `title`, `situations` (list), `stage`, `fits`, and where they differ from the usual `lang`
("en"), `turn` ("any", "first", "later"), `invites` (false; true where it asks them out of public), `grave` (false;
true where it may stand under something critical). In the words `{name}`, `{signature}` and `{contact}` are filled in
for you, and `[anything]` by hand.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.errors import WrongUse
from bot.nouns.caution import Stage

_FILE = re.compile(r"\+\+\+\n(.*?)\n\+\+\+\n(.*)", re.DOTALL)
_FIELD = re.compile(r"\{([^{}]*)\}")
_KNOWN = frozenset({"name", "signature", "contact"})
_SHORT = re.compile(r"^## Short$", re.MULTILINE)


class _Matter(BaseModel):
    """The front matter; a key we don't know is an error, since it is most likely a slip."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    situations: tuple[str, ...]
    stage: Stage
    fits: str
    lang: str = "en"
    turn: Literal["any", "first", "later"] = "any"
    invites: bool = False
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply. `text` and `short` ("" if there is none) still hold their fields and slots."""

    key: str
    title: str
    situations: tuple[str, ...]
    stage: Stage
    fits: str
    lang: str
    turn: str
    invites: bool
    grave: bool
    text: str
    short: str


@cache
def entries() -> tuple[Entry, ...]:
    """All replies that ship with the product, by key."""
    return load(Path(__file__).parent)


def load(folder: Path) -> tuple[Entry, ...]:
    """All `*.md` files of a folder. Raises WrongUse, naming the file, for one that cannot be used."""
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.md")))


def parse(key: str, source: str) -> Entry:
    """One file's text. Raises WrongUse, naming the key and what is wrong."""
    found = _FILE.fullmatch(source)
    if found is None:
        raise WrongUse(f"{key}: begin with front matter between two lines of +++, then the words")
    matter = _matter(key, found[1])
    text, short = (_words(key, part) for part in [*_SHORT.split(found[2], maxsplit=1), "{signature}"][:2])
    if text == "{signature}":
        raise WrongUse(f"{key}: there are no words")
    return Entry(key=key, text=text, short="" if short == "{signature}" else short, **_fields(matter))


def _matter(key: str, source: str) -> _Matter:
    try:
        return _Matter.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as wrong:
        raise WrongUse(f"{key}: the front matter is no TOML ({wrong})") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise WrongUse(f"{key}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _fields(matter: _Matter) -> dict[str, Any]:
    return {name: getattr(matter, name) for name in _Matter.model_fields}


def _words(key: str, part: str) -> str:
    """Lines joined to paragraphs; every text ends with the signature."""
    text = "\n\n".join(" ".join(block.split()) for block in part.strip().split("\n\n")).strip()
    unknown = set(_FIELD.findall(text)) - _KNOWN
    if unknown:
        raise WrongUse(f"{key}: unknown field {{{min(unknown)}}}; known are {', '.join(sorted(_KNOWN))}")
    if text and not text.endswith("{signature}"):
        raise WrongUse(f"{key}: the words must end with {{signature}}")
    return text or "{signature}"
