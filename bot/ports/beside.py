"""What stands beside the chats: the clock, and an alarm outside of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.nouns.time import Now
from bot.ports.finding import Finding


class Alarm(Protocol):
    """Outside the chat: a webhook, an e-mail. True once somebody out there took it."""

    async def ring(self, headline: str, lines: Sequence[str], key: str) -> bool: ...
    async def check(self) -> Sequence[Finding]: ...


class Clock(Protocol):
    """The one source of time. `bear_witness` hands it a second machine's clock, as a platform's Date header shows it."""

    async def now(self) -> Now: ...
    def bear_witness(self, at: datetime) -> None: ...
    async def sleep(self, seconds: float) -> None: ...
