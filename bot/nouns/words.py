"""Words: the one type for anything a person wrote.

Events keep `ref` and `seal`; the text lies in the vault and is filled in by the read that builds a view.
"""

import hashlib
from typing import Literal

from pydantic import Field

from bot.nouns.base import Noun


class Forgotten(Noun):
    """The text was erased at its person's wish. The seal stays, so the timeline still verifies."""

    kind: Literal["forgotten"] = "forgotten"


class Words(Noun):
    """`ref` names the vault's entry; `seal` is the hex SHA-256 of salt + text (UTF-8).

    `text` is None until a read fills it in from the vault. It is left out whenever this is written down, so that no row,
    event or log can carry it by mistake.
    """

    ref: str
    seal: str
    text: str | Forgotten | None = Field(default=None, exclude=True)

    def bare(self) -> "Words":
        """The same words as an event keeps them: without their text."""
        return self if self.text is None else Words(ref=self.ref, seal=self.seal)

    def read(self, forgotten: str = "(forgotten at their wish)") -> str:
        """The text for a screen; `forgotten` stands where nothing readable is left."""
        return self.text if isinstance(self.text, str) else forgotten


def seal(salt: str, text: str) -> str:
    """The seal of a text, as DESIGN's vault defines it: hex SHA-256 of salt + text.

    Lone surrogates cannot be encoded; they are escaped first, the same way on every machine.
    """
    return hashlib.sha256((salt + text).encode("utf-8", "backslashreplace")).hexdigest()
