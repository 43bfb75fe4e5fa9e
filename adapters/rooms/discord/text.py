r"""What somebody wrote, made harmless for Discord: it pings nobody, marks nothing up, links and unfurls nothing.

Discord takes a backslash before any ASCII sign as "show this sign". References (`<@1>`, `<#1>`, `<t:1>`, `<:e:1>`,
`</c:1>`) and `@everyone` are found by Discord's servers whatever stands before them, so they are broken by an unseen
WORD JOINER inside. Whoever sends still forbids mentions and embeds: this is the second lock, not the only one.
"""

import re

#: WORD JOINER: takes no room, breaks no line.
BREAK = "\u2060"
# Controls but line feed and tab; what overrides the reading direction; surrogates; noncharacters; our own breaker.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]"
)
_BROKEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TAGS = re.compile("[\U000e0000-\U000e007f]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# More marks on one letter than any language uses would pile up over the lines around.
_PILED = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")

# What is escaped wherever it stands; what only at a line's start (headings, lists, quotes, small print).
_ANYWHERE = re.compile(r"[\\`*_~|\[\]]")
# The space before it stays within its line: were line ends a part of it, every one of many would look through all others.
_LINE_START = re.compile(r"^([^\S\n]*)([#>+=-])", re.MULTILINE)
_LISTED = re.compile(r"^([^\S\n]*\d{1,9})([.)])", re.MULTILINE)
# A scheme makes a link of what follows; these hosts make an invitation without one.
_SCHEME = re.compile(r":(?=//)")
_INVITE = re.compile(r"(?i)(discord(?:app)?|dsc)\.(?=(?:gg|gift|com|new|me|io|li)\b)")
_PING = re.compile(r"@(?=everyone|here)", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` without signs that nobody sees, with line feeds for every kind of line end."""
    lines = _LINE_ENDS.sub("\n", text)
    return _PILED.sub(r"\1", _BROKEN.sub("\ufffd", _TAGS.sub("", _UNSEEN.sub("", lines))))


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """Length as the strictest reading of Discord's limits counts it: a sign outside the first plane is two."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def clip(text: str, most: int) -> str:
    """At most `most` units of `text`, with … where something was left out."""
    if units(text) <= most:
        return text
    room, kept = most - 1, []
    for sign in text:
        room -= units(sign)
        if room < 0:
            break
        kept.append(sign)
    return "".join(kept).rstrip() + "…"


def escape(text: str) -> str:
    """Untrusted text as it may stand in a message. `reveal` gives it back."""
    whole = _ANYWHERE.sub(r"\\\g<0>", clean(text))
    whole = _LISTED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", whole))
    whole = _INVITE.sub(r"\1\\.", _SCHEME.sub(r"\:", whole))
    return _PING.sub(f"@{BREAK}", whole.replace("<", f"<{BREAK}"))


def reveal(escaped: str) -> str:
    """What `escape` was given, cleaned."""
    return re.sub(r"\\(.)", r"\1", escaped.replace(BREAK, ""), flags=re.DOTALL)


def escape_within(text: str, most: int) -> str:
    """Untrusted text escaped in at most `most` units; what does not fit is left out, with …"""
    short = clean(text)
    if len(short) <= most and units(whole := escape(short)) <= most:
        return whole
    # Escaping makes nothing shorter, so what lies behind the first `most` signs is never looked at.
    low, high = 0, min(len(short), most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if units(escape(short[:middle])) < most else (low, middle - 1)
    return escape(short[:low].rstrip()) + "…"


def quoted(escaped: str) -> str:
    """Escaped words as Discord paints a quotation: every line behind `> `, empty ones too."""
    return "\n".join(f"> {line}".rstrip() if line else "> " for line in escaped.split("\n"))


def unquoted(painted: str) -> str:
    """The escaped words of a quotation."""
    return "\n".join(line[1:].removeprefix(" ") for line in painted.split("\n") if line.startswith(">"))


def label(text: str, most: int) -> str:
    """Words on a button, an option, a title: Discord shows these as they are, so they are only cleaned and clipped."""
    return clip(one_line(text), most) or "…"
