"""What a line is made with."""

from dataclasses import dataclass
from datetime import datetime

from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt
from bot.nouns.delivery import Target, ToPost
from bot.nouns.events import Happened, SendAsked
from bot.nouns.team import Team
from bot.screens.plain import excerpt
from bot.screens.shapes import Line

#: So much of somebody's words stands in a line; the whole is on the card's pages.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Sent:
    """The send a delivery speaks of."""

    stage: Stage
    target: Target
    by: str
    text: str

    @property
    def corrects(self) -> bool:
        """Whether it amends or withdraws a post of ours."""
        return isinstance(self.target, ToPost)


@dataclass(frozen=True, slots=True)
class Told:
    """The team, the event's own text where it has one and it is not forgotten, and the send it speaks of."""

    team: Team
    text: str = ""
    sent: Sent | None = None

    def who(self, event: Happened) -> str:
        """Whom the event names, as a sentence begins."""
        return self.team.name(event.by)

    def line(
        self,
        event: Happened,
        text: str,
        *,
        by: str = "",
        quote: str = "",
        ours: bool = False,
        moment: datetime | None = None,
    ) -> Line:
        """A line of this event."""
        kind: str = getattr(event, "kind", "")
        return Line(text, event.at, by, excerpt(quote, LONGEST)[0], ours, kind, moment)


def sent_by(event: SendAsked, text: str) -> Sent:
    """The send as its event has it."""
    return Sent(event.stage, event.target, event.by, text)


def sent_of(attempt: Attempt) -> Sent:
    """The send as the conversation has it."""
    return Sent(attempt.stage, attempt.target, attempt.by, attempt.words.read(""))
