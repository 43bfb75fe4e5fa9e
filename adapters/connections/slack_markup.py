"""Slack's own markup and plain words, both ways."""

import re
from collections.abc import Mapping
from typing import Final

_ANGLED: Final = re.compile(r"<([^<>]*)>")
_NOBODY: Final[Mapping[str, str]] = {}


def written(text: str, names: Mapping[str, str] = _NOBODY) -> str:
    """Slack's own markup back into plain words: links as their address, people and channels by their names.

    A name is what the text says, else what `names` has under the id.
    """

    def named(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        match target[:1]:
            case "@":
                return f"@{label or names.get(target[1:]) or target[1:]}"
            case "#":
                return f"#{label or target[1:]}"
            case "!":
                return label or f"@{target[1:].partition('^')[0]}"
            case _:
                plain = target.removeprefix("mailto:").removeprefix("tel:")
                return plain if label in ("", target, plain) else f"{label} ({plain})"

    return unescaped(_ANGLED.sub(named, text))


def escaped(text: str) -> str:
    """Words of ours so that Slack reads no ping, link or date into them (docs.slack.dev, Formatting message text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The other way round."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
