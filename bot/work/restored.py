"""A store that was brought back from a backup: what may have happened since is not known to it.

Whoever was forgotten since is forgotten again. A send that was asked for, and not yet begun when the backup was made, may
have gone out: a person is asked. Everything public is on hold until a lead, who was told why, ends that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState
from bot.nouns.delivery import Unknown
from bot.nouns.team import Part, Refusal
from bot.ports import Clock, Query, Timelines, Vault
from bot.rules.hold import LONGEST
from bot.work.act import Act
from bot.work.forgetting import Forgetting

PAGE = 100


@dataclass(frozen=True, slots=True)
class Restored:
    """Does it all; every part may be done twice without effect. `id` is the backup's, `at` when it was made (UTC)."""

    act: Act
    timelines: Timelines
    vault: Vault
    forgetting: Forgetting
    clock: Clock
    id: str
    at: datetime

    async def settle(self, forgotten: Sequence[str]) -> int:
        """How many sends a person is asked about. Raises StoreAway: do it again."""
        if forgotten:
            await self.act(c.Forget(id=f"restored:{self.id}:forget", persons=tuple(forgotten)), Part.CLOCKWORK)
        await self.forgetting.settle()
        doubtful = await self._doubt()
        await self._hold()
        return doubtful

    @property
    def _when(self) -> str:
        return f"{self.at:%d %B %Y, %H:%M} UTC"

    async def _doubt(self) -> int:
        count, after = 0, ""
        while True:
            page = await self.timelines.find(Query(index="asked", rising=True, limit=PAGE, after=after))
            view = await self.act.look((), page.ids)
            for talk in view.conversations.values():
                for attempt in talk.attempts:
                    if attempt.state is AttemptState.ASKED:
                        unknown = Unknown(
                            because=f"Restored from a backup of {self._when}. It may have gone out since."
                        )
                        count += await self._told(talk.incident, talk.id, attempt.key, unknown)
            if not page.after:
                return count
            after = page.after

    async def _told(self, incident: str, conversation: str, attempt: str, unknown: Unknown) -> int:
        command = c.Deliver(
            id=f"restored:{self.id}:{attempt}",
            incident=incident,
            conversation=conversation,
            attempt=attempt,
            delivery=unknown,
        )
        return 0 if isinstance(await self.act(command, Part.OUTBOX), Refusal) else 1

    async def _hold(self) -> None:
        text = (
            f"Restored from a backup of {self._when}. What was sent since is not known here: "
            "look at what stands in public first, then end the hold."
        )
        sealed = await self.vault.seal(self.vault.team, text)
        until = (await self.clock.now()).wall + LONGEST
        command = c.BeginHold(id=f"restored:{self.id}:hold", until=until, words=sealed.words)
        await self.act(command, Part.CLOCKWORK, [sealed])
