"""HTML from strangers as the plain text a person would read: paragraphs and line breaks kept, markup gone.

No tree is built, so depth costs nothing; nothing is fetched, and no attribute survives.
"""

import re
from html import unescape
from html.parser import HTMLParser

#: More than any platform's post; what is longer is cut before it is read.
LONGEST = 200_000
_PARAGRAPHS = frozenset({"p", "div", "blockquote", "ul", "ol", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_LINES = frozenset({"li", "tr"})
_SILENT = frozenset({"script", "style", "template", "head", "title"})
_TAG = re.compile(r"<[^<>]{0,2000}>")
_TOO_MANY = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\r\f\v]+")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        else:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(_SPACES.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")


def html_text(html: str) -> str:
    """The text of an HTML fragment. Never raises: what cannot be parsed has its tags cut out."""
    reader = _Reader()
    try:
        reader.feed(html[:LONGEST])
        reader.close()
        text = "".join(reader.parts)
    except (AssertionError, ValueError):  # html.parser asserts on some broken declarations
        text = unescape(_TAG.sub(" ", html[:LONGEST]))
    lines = "\n".join(line.strip() for line in text.split("\n"))
    return _TOO_MANY.sub("\n\n", lines).strip()
