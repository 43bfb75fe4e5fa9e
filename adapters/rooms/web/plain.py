"""What somebody wrote, made harmless to look at. Escaping is the templates' own work and comes after."""

import re

# C0 and C1 controls but tab and line feed; what overrides the reading direction; lone surrogates; noncharacters.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# More marks on one letter than any language uses; they would pile up over the lines around.
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def readable(text: str) -> str:
    """`text` with every control character made visible or neutral. Line ends become line feeds."""
    return _PILED.sub(r"\1", _CONTROL.sub(_shown, text.replace("\r\n", "\n").replace("\r", "\n")))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of that control character
    return "\u2421" if code == 0x7F else "\ufffd"
