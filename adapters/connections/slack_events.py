"""What Slack tells this app, for everybody who listens: Slack hands each payload to one socket, so its room passes it on."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

#: What the message shortcut calls back with by which a member of a community reports a message to the moderators.
REPORT: Final = "coolhead_report"
#: Told the kind (`events_api`, `interactive`) and the payload. True: it was for this one, and nobody else need answer.
Ear = Callable[[str, Mapping[str, Any]], Awaitable[bool]]


class SlackEvents:
    """`tell` is called by whoever receives, `back` by whoever finds that something was not received for a while."""

    def __init__(self) -> None:
        self._ears: list[Ear] = []
        self._missed: list[Callable[[], None]] = []

    def on(self, ear: Ear, missed: Callable[[], None]) -> None:
        """Tell `ear` of everything, and `missed` where something was not received."""
        self._ears.append(ear)
        self._missed.append(missed)

    async def tell(self, kind: str, payload: Mapping[str, Any]) -> bool:
        """Whether somebody took it for theirs alone."""
        taken = False
        for ear in self._ears:
            taken = await ear(kind, payload) or taken
        return taken

    def back(self) -> None:
        """Slack is heard again after a while without."""
        for missed in self._missed:
            missed()
