"""The verdict on a mention: is it forwarded, how grave is it, and why, in words."""

from enum import StrEnum

from pydantic import Field

from bot.nouns.base import Noun


class Severity(StrEnum):
    """How soon somebody should look. CRITICAL: somebody could be hurt, or the like; it rings people."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for LOW to 3 for CRITICAL."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Scores(Noun):
    """Each 0 to 1, 0.5 the balanced point."""

    complaint: float = Field(default=0.0, ge=0, le=1)
    hostility: float = Field(default=0.0, ge=0, le=1)
    urgency: float = Field(default=0.0, ge=0, le=1)


class Flag(Noun):
    """`forward` false: it lies in the list of what was not forwarded, open to everyone.

    `situation` names what it is about ("parcel_lost"), or None where that is not sure.
    `reasons` are short sentences in a colleague's words. `lang` is a two-letter code or None.
    """

    forward: bool
    severity: Severity
    scores: Scores = Scores()
    lang: str | None = None
    situation: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def heat(self) -> float:
        """The hostility score, 0 to 1."""
        return self.scores.hostility
