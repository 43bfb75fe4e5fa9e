"""What the alarm outside the chat is told: how many, and where to look. Never a name, never their words."""

from collections.abc import Sequence

from bot.ports import Alarm
from bot.work.act import Act


class Ringing:
    """`ring` is the clockwork's `Ring`. `base_url` is where teammates open the desk."""

    def __init__(self, *, act: Act, alarm: Alarm, base_url: str) -> None:
        self._act = act
        self._alarm = alarm
        self._base_url = base_url

    async def ring(self, conversations: Sequence[str], key: str) -> bool:
        """True once somebody out there took it. Raises StoreAway."""
        count = len(conversations)
        headline = (
            "Somebody could be hurt, and nobody has it." if count == 1 else f"{count} critical ones that nobody has."
        )
        view = await self._act.look((), conversations)
        lines = [f"{self._base_url}/i/{each.incident}" for each in view.conversations.values()]
        return await self._alarm.ring(headline, lines, key)
