"""Untrusted text made harmless for Slack: it pings nobody, links nowhere, formats nothing, and cannot hide.

Slack reads three things out of a message's text: `<…>` (pings, links, dates), bare addresses, and the marks of its own
formatting. Escaping `& < >` ends the first (docs.slack.dev/messaging/formatting-message-text). The second and third
are broken by signs that are not seen, or look the same. What must be read letter by letter (our own words before they go)
is painted as plain_text, which Slack shows as it is: there `literal` is enough.
"""

import re
import unicodedata
from bisect import bisect_right

#: An unseen sign that breaks a word for programs and not for eyes.
_JOINER = "\u2060"
# C0 and C1 controls but tab and line feed; what overrides the reading direction; lone surrogates; noncharacters.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# More marks on one letter than any language uses; they would pile up over the lines around.
_PILED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
# What Slack would make a link or a ping of: a scheme, an address, a name with dots.
_LINKS = re.compile(r"(?<=[A-Za-z0-9+.-]):(?=[^\s\d])|(?<=[A-Za-z]):(?=\d)|(?<=\w)[.\u3002\uff0e\uff61](?=\w)|@")
_PINGS = re.compile(r"@|<(?=[!@#])")
_EMOJI = re.compile(r":(?=[A-Za-z0-9_+'-]+:)")
# `_` inside a word is no mark of Slack's; around one it is.
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LOOKALIKES = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb"})
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def readable(text: str) -> str:
    """`text` with control signs made visible, unseen ones left out, and line ends as line feeds."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _PILED.sub(r"\1", _UNSEEN.sub("", _CONTROL.sub(_shown, lines)))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of that control character
    if 0x7F <= code <= 0x9F:
        return "\u2421" if code == 0x7F else "\ufffd"
    # A direction mark is left out; half a letter is shown as one that cannot be read.
    return "" if unicodedata.category(match.group()) == "Cf" else "\ufffd"


def one_line(text: str) -> str:
    """`text` readable, and in one line."""
    return " ".join(readable(text).split())


def literal(text: str) -> str:
    """Untrusted text for a plain_text: Slack shows it as it is, so only what looks like a ping is broken, unseen."""
    return _PINGS.sub(lambda found: f"{found.group()}{_JOINER}", readable(text))


def sendable(text: str) -> str:
    """`text` as it is, but for halves of letters, which nothing can carry: for boxes and words to be copied."""
    return text.encode("utf-8", "replace").decode()


def escape(text: str) -> str:
    """Untrusted text for a mrkdwn text: in one line, as it reads, with no mark, link, ping or emoji left in it."""
    return _mrkdwn(one_line(text))


def brief(text: str, longest: int) -> str:
    """The same in at most `longest` by `size`. What could never fit is not even looked at."""
    return clip(escape(text[: 4 * longest]), longest)


def escape_lines(text: str) -> str:
    """The same, with its line ends."""
    return "\n".join(_mrkdwn(line) for line in readable(text).split("\n"))


def _mrkdwn(line: str) -> str:
    marked = _EDGE.sub("\u02cd", line.translate(_LOOKALIKES))
    broken = _LINKS.sub(lambda found: f"{found.group()}{_JOINER}", _EMOJI.sub(f":{_JOINER}", marked))
    escaped = broken.translate(_ENTITIES)
    # At a line's beginning Slack reads `&gt;` as its own mark for a quote.
    return f"{_JOINER}{escaped}" if escaped.startswith("&gt;") else escaped


def quote(text: str) -> str:
    """Untrusted text as a quote in mrkdwn: every line of it, empty ones too, stands behind the mark."""
    return "\n".join(f">{line}" for line in escape_lines(text).split("\n"))


def size(text: str) -> int:
    """A length as Slack counts it at worst: in UTF-16 units, entities as they are written."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, longest: int) -> str:
    """`text`, or its beginning with an ellipsis, in at most `longest` (two or more) by `size`; no entity is cut through."""
    if size(text) <= longest:
        return text
    head = _head(text, longest - 1)
    start = head.rfind("&")
    if start >= 0 and ";" not in head[start:] and ";" in text[start : start + 5]:
        head = head[:start]
    space = head.rfind(" ", len(head) * 2 // 3)
    return f"{(head[:space] if space > 0 else head).rstrip()}…"


def _head(text: str, longest: int) -> str:
    """As much of the beginning of `text` as is at most `longest` by `size`."""
    # Sought by halves: sign by sign, a mention of nothing but emoji stopped everything for seconds.
    counts = range(min(len(text), longest) + 1)
    return text[: bisect_right(counts, longest, key=lambda count: size(text[:count])) - 1]


def clip_marked(text: str, longest: int) -> str:
    """The same for mrkdwn with our own dates and links in it: none of those is cut through either. Untrusted text in it is
    escaped, so every `<` in it begins one of them."""
    clipped = clip(text, longest)
    opened = clipped.rfind("<")
    if clipped == text or opened <= clipped.rfind(">"):
        return clipped
    return f"{clipped[:opened].rstrip(' ·(')}…"


def cut(text: str, longest: int) -> tuple[str, ...]:
    """`text` in pieces of at most `longest` by `size`, cut at line ends or spaces where there are any; joined they are
    the same text."""
    pieces: list[str] = []
    start = 0
    # Only as much as shows whether the rest is too long is looked at: looking at all of it for every piece adds up.
    while size(text[start : start + longest + 1]) > longest:
        head = _head(text[start : start + longest], longest)
        at = max(head.rfind("\n") + 1, head.rfind(" ") + 1 if "\n" not in head[len(head) // 2 :] else 0)
        at = at if at > len(head) // 2 else len(head)
        pieces.append(head[:at])
        start += at
    return (*pieces, text[start:])
