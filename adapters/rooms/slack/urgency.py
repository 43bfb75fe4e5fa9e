"""Which of our messages goes first where Slack does not let all go at once."""

from typing import Final

from adapters.connections.slack_budget import Rank
from adapters.connections.slack_ticks import Ticks
from adapters.rooms.slack.kept import Kept
from bot.screens.shapes import Card, Line

#: Seconds in which a card counts as pressed: whoever pressed looks at it.
_PRESSED: Final = 30.0
_SENDS: Final = frozenset(
    {"claimed", "assigned", "cooled", "send_asked", "sent_back", "set_aside", "delivered", "hold_began", "hold_ended"}
)
_HANDOFFS: Final = frozenset({"invited", "taken_offline", "contacted", "taken_over", "handoff_ended", "promised"})


class Urgency:
    """Tells a change that people wait for from a number that went up."""

    def __init__(self, ticks: Ticks) -> None:
        self._ticks = ticks
        self._pressed: Kept[str, float] = Kept(1000)
        self._looks: Kept[str, object] = Kept(5000)

    async def pressed(self, incident: str) -> None:
        """Somebody just pressed something of it."""
        if incident:
            self._pressed.put(incident, await self._ticks.now())

    async def card(self, card: Card) -> Rank:
        """How soon its edit deserves to be seen."""
        now = await self._ticks.now()
        looked, looks = self._looks.get(card.incident), _looks(card)
        self._looks.put(card.incident, looks)
        pressed = self._pressed.get(card.incident)
        self._pressed.drop(
            card.incident
        )  # one edit for a press: a card that changes all the time must not hold up others
        if pressed is not None and now - pressed < _PRESSED:
            return Rank.ANSWER
        if looked == looks:
            return Rank.COUNTER
        return Rank.HANDOFF if card.offline else Rank.SEND


def line_rank(line: Line) -> Rank:
    """How soon a line deserves to be said."""
    if line.kind in _SENDS:
        return Rank.SEND
    return Rank.HANDOFF if line.kind in _HANDOFFS else Rank.COUNTER


def _looks(card: Card) -> object:
    """What of a card is more than a counter: how it stands, and what can be pressed."""
    return card.mood, card.late, card.offline, tuple((one.act, one.label) for one in card.choices)
