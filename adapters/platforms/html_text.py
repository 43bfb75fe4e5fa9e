"""HTML from strangers as the plain text a person would read: paragraphs and line breaks kept, markup gone.

Read in one pass, each character looked at a bounded number of times: the standard library's parser and those built on
it need minutes for a hundred kilobytes of `<a href='`. Nothing is fetched, and no attribute survives.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

#: More than any platform's post; what is longer is cut before it is read.
LONGEST: Final = 200_000
_BREAKS: Final = {
    **dict.fromkeys(("p", "div", "blockquote", "ul", "ol", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6"), "\n\n"),
    **dict.fromkeys(("br", "li", "tr"), "\n"),
}
_SILENT: Final = frozenset({"script", "style", "template", "title"})
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_SILENCE_ENDS = re.compile(r"</(?:script|style|template|title)\b", re.IGNORECASE)
_TOO_MANY = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\f\v]+")


def html_text(html: str) -> str:
    """The text of an HTML fragment. Never raises; an unfinished tag or comment ends it, as in a browser."""
    text = "".join(_pieces(html[:LONGEST]))
    lines = "\n".join(line.strip() for line in _SPACES.sub(" ", text).split("\n"))
    return _TOO_MANY.sub("\n\n", lines).strip()


def _pieces(html: str) -> Iterator[str]:
    at = 0
    while (start := html.find("<", at)) >= 0:
        yield unescape(html[at:start])
        if html[start + 1 : start + 2] not in ("/", "!", "?") and not html[start + 1 : start + 2].isalpha():
            yield "<"
            at = start + 1
            continue
        at = _end(html, start)
        if at < 0:
            return
        named = _NAME.match(html, start)
        name = named.group(1).lower() if named is not None else ""
        yield _BREAKS.get(name, "")
        if name in _SILENT and html[start + 1] != "/":
            silence = _SILENCE_ENDS.search(html, at)
            if silence is None:
                return
            at = silence.start()
    yield unescape(html[at:])


def _end(html: str, start: int) -> int:
    """Just after the tag or comment that begins at `start`; -1 where it never ends."""
    closing = "-->" if html.startswith("<!--", start) else ">"
    found = html.find(closing, start + 1)
    return found + len(closing) if found >= 0 else -1
