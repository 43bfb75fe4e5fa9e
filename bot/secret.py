"""A secret that cannot be printed by mistake."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """`reveal()` is the only way to its text; everything else shows dots."""

    _text: str

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(••••)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)
