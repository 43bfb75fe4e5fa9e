"""Where a new mention belongs: reads what stands around it, and lets `bot.listening.causes` decide."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime

from bot.listening.causes import WAVE, Around, Cause, Wording, belongs, fingerprint_for_copies
from bot.listening.storms import flooded
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept, Mention, MentionKey
from bot.nouns.team import Team
from bot.ports import Query, Timelines, Whereabouts
from bot.work.act import Act

#: So many recent wordings are compared with a new one; a wave shows itself long before.
LATELY = 200
#: So many of an author's conversations are looked at.
STANDING = 20


class Placing:
    """Remembers the last hour's wordings as fingerprints. What the process forgets, `begin` reads again."""

    def __init__(self, act: Act, timelines: Timelines, whereabouts: Whereabouts) -> None:
        self._act = act
        self._timelines = timelines
        self._whereabouts = whereabouts
        self._lately: deque[Wording] = deque(maxlen=LATELY)
        self._began: deque[tuple[str, datetime]] = deque(maxlen=LATELY)

    async def begin(self, now: datetime) -> None:
        """Read what came in the last hour."""
        since = (now - WAVE).timestamp()
        found = await self._timelines.find(Query(index="i:all", limit=LATELY, since=since))
        for name in reversed(found.ids):
            front = await self._timelines.find(Query(index=f"pile:{name}", limit=1))
            view = await self._act.look((name,), front.ids)
            for conversation in view.conversations.values():
                if (first := conversation.first) is not None:
                    self.placed(name, first, first.words.read(""))

    def placed(self, incident: str, kept: Kept, text: str) -> None:
        """Remember where a mention went. No `incident`: it joined a conversation, which is found by its author."""
        if not incident:
            return
        fingerprint = fingerprint_for_copies(text)
        self._lately.append(Wording(incident, kept.person, fingerprint, kept.arrived))
        if incident not in {name for name, _ in self._began}:
            self._began.append((incident, kept.arrived))

    async def standing(self, person: str) -> Sequence[Conversation]:
        """The author's conversations, newest first."""
        if not person:
            return ()
        found = await self._timelines.find(Query(index=f"author:{person}", limit=STANDING))
        view = await self._act.look((), found.ids)
        return tuple(view.conversations[name] for name in found.ids if name in view.conversations)

    async def where(self, mention: Mention, kept: Kept, standing: Sequence[Conversation], team: Team) -> Cause:
        """Where `kept` belongs."""
        around = Around(
            standing=standing,
            occasion=await self._occasion(mention),
            lately=tuple(self._lately),
            storm=await self._storm(kept.arrived, team),
        )
        return belongs(kept, fingerprint_for_copies(mention.text), around)

    async def _occasion(self, mention: Mention) -> Incident | None:
        if not mention.in_reply_to:
            return None
        key = MentionKey(platform=mention.key.platform, id=mention.in_reply_to)
        name = await self._whereabouts.occasion(key)
        return (await self._act.look((name,))).incidents.get(name) if name else None

    async def _storm(self, at: datetime, team: Team) -> str:
        """The incident that takes in what a flooded channel brings: the newest that storms, else the newest of all."""
        if not flooded([began for _, began in self._began], team, at):
            return ""
        storms = await self._timelines.find(Query(index="i:storm", limit=1))
        return storms.ids[0] if storms.ids else self._began[-1][0]
