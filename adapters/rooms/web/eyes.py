"""Who looks at a page: the little that painting needs to know of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.rooms.web.signing import Acted
from adapters.rooms.web.times import Shown, shown
from bot.screens.shapes import Choice


@dataclass(frozen=True, slots=True)
class Press:
    """A choice as a page holds it. `key` finds it again after a repaint; `values` are packed."""

    act: str
    label: str
    incident: str
    conversation: str
    values: str
    signature: str
    likely: bool
    key: str


@dataclass(frozen=True, slots=True)
class Eyes:
    """`presses` false: a guest, who gets no buttons. `sign` makes a press theirs."""

    now: datetime
    zone: ZoneInfo
    presses: bool
    sign: Callable[[Acted], str]

    def time(self, at: datetime) -> Shown:
        """A moment as they read it."""
        return shown(at, self.now, self.zone)

    def press(self, choice: Choice, incident: str = "", conversation: str = "") -> Press:
        """A choice they can press."""
        acted = Acted(choice.act, incident, conversation, choice.values)
        signature = self.sign(acted)
        return Press(
            choice.act, choice.label, incident, conversation, acted.packed, signature, choice.likely, signature[:12]
        )

    def signed(self, act: str, incident: str, conversation: str, values: Mapping[str, str]) -> Press:
        """What a form carries so that its return can be trusted."""
        return self.press(Choice(act, "", values), incident, conversation)
