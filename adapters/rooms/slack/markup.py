"""Slack's own markup back into plain words: what a person sees of a message they hand us."""

import re

_ANGLED = re.compile(r"<([^<>]*)>")


def written(text: str) -> str:
    """A message's text as it reads: links as their address, people and channels by name where it tells one."""
    return _ANGLED.sub(_named, text).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _named(found: re.Match[str]) -> str:
    target, _, label = found[1].partition("|")
    match target[:1]:
        case "@":
            return f"@{label or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return label or f"@{target[1:].partition('^')[0]}"
        case _:
            plain = target.removeprefix("mailto:").removeprefix("tel:")
            return plain if label in ("", target, plain) else f"{label} ({plain})"
