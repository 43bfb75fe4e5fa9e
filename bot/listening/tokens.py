"""One way to cut a text into words, shared by every listener and by the training script.

Nothing here raises on any `str`: lone surrogates, NUL, direction marks and megabytes included.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

CAP = 3000
"""Code points that are looked at; of a longer text the first five sixths of the cap and the last sixth."""

_HEAD = CAP * 5 // 6
_DROPPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]+")
_TOKEN = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|[@#]\w+"
    r"|(?:[:;=8xX]['’]?[-o]?[)D\]pP*](?!\w)|\(:|<3|\^\^)"
    r"|(?:[:;=]['’]?-?[(\[/|](?!/)|\):|-_-)"
    r"|[^\W\d_]+(?:['’-][^\W\d_]+)*"
    r"|\d+"
    r"|[!?]+"
    r"|\.{2,}"
    r"|[^\w\s]"
)
_SMILE = re.compile(r"[:;=8xX]['’]?[-o]?[)D\]pP*]|\(:|<3|\^\^")
_FROWN = re.compile(r"[:;=]['’]?-?[(\[/|]|\):|-_-")

URL = "<url>"
HANDLE = "<handle>"
SMILE = ":)"
FROWN = ":("


@dataclass(frozen=True, slots=True)
class Cut:
    """A text made ready to be listened to.

    `tidied` as by `tidy`; `tokens` as by `words`; `lowered`: tidied, in lower case, spaces single, `#` taken away.
    """

    tidied: str
    tokens: tuple[str, ...]
    lowered: str


@lru_cache(maxsize=4)  # every mention is cut by one listener after the other
def cut(text: str) -> Cut:
    """Makes any text ready."""
    tidied = tidy(text)
    return Cut(tidied, tuple(words(tidied)), " ".join(tidied.lower().replace("#", "").split()))


def tidy(text: str) -> str:
    """The part of a text that is looked at: capped, in compatibility form, without marks nobody can see."""
    if len(text) > CAP:
        text = text[:_HEAD] + " " + text[_HEAD - CAP :]
    if "&" in text:
        text = unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).replace("’", "'")
    return text.replace("\x00", "")


def words(text: str) -> list[str]:
    """Lower-case tokens of a tidy text: words, `#tags`, numbers as zeros, marks, smileys and emoji one by one."""
    return [_token(found) for found in _TOKEN.findall(text)]


@lru_cache(maxsize=20_000)  # as many words as the scorer keeps
def _token(found: str) -> str:
    first = found[0]
    if first.isalpha():
        if found[:4] in ("http", "www."):
            return URL
        return found.lower() if not _SMILE.fullmatch(found) else SMILE
    if first == "@" and len(found) > 1:
        return HANDLE
    if first.isdigit():
        return SMILE if _SMILE.fullmatch(found) else "0" * min(len(found), 5)
    if first in "!?":
        return found[:2]
    if first == "#" or len(found) == 1:
        return found.lower()
    return SMILE if _SMILE.fullmatch(found) else FROWN if _FROWN.fullmatch(found) else found
