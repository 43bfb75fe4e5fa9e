"""Where a new mention belongs: reads what stands around it, and lets `bot.listening.causes` decide."""

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.listening.causes import WAVE, Around, Cause, Pile, Wording, belongs, fingerprint_for_copies
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
#: What the id of an incident begins with that a whole channel's storm opened; the rest comes from its first mention.
STORM = "storm-"


class Placing:
    """Remembers the last hour's wordings as fingerprints. What the process forgets, `begin` reads again."""

    def __init__(self, act: Act, timelines: Timelines, whereabouts: Whereabouts) -> None:
        self._act = act
        self._timelines = timelines
        self._whereabouts = whereabouts
        self._lately: deque[Wording] = deque(maxlen=LATELY)
        self._began: deque[datetime] = deque(maxlen=LATELY)
        self._storm = ""

    async def begin(self, now: datetime) -> None:
        """Read what came in the last hour, and which storm still goes on."""
        self._lately.clear()
        self._began.clear()
        self._storm = ""
        since = (now - WAVE).timestamp()
        new = await self._timelines.find(Query(index="i:all", limit=LATELY, since=since))
        storms = await self._timelines.find(Query(index="i:storm", limit=STANDING))
        for name in reversed([each for each in storms.ids if each not in new.ids]):
            await self._remember(name, fresh=False)
        for name in reversed(new.ids):
            await self._remember(name, fresh=True)

    async def _remember(self, incident: str, *, fresh: bool) -> None:
        front = await self._timelines.find(Query(index=f"pile:{incident}", limit=1))
        view = await self._act.look((), front.ids)
        for conversation in view.conversations.values():
            if (kept := conversation.first) is not None:
                self.placed(incident, kept, kept.words.read(""), fresh=fresh)

    def placed(self, incident: str, kept: Kept, text: str, *, fresh: bool) -> None:
        """Remember where a conversation began; `fresh`: the incident began with it."""
        self._lately.append(Wording(incident, kept.person, fingerprint_for_copies(text), kept.arrived))
        if incident.startswith(STORM):
            self._storm = incident
        elif fresh:
            self._began.append(kept.arrived)

    async def standing(self, person: str) -> Sequence[Conversation]:
        """The author's conversations, newest first."""
        if not person:
            return ()
        found = await self._timelines.find(Query(index=f"author:{person}", limit=STANDING))
        if not found.ids:  # as with nearly everybody in a storm
            return ()
        view = await self._act.look((), found.ids)
        return tuple(view.conversations[name] for name in found.ids if name in view.conversations)

    async def where(
        self, mention: Mention, kept: Kept, standing: Sequence[Conversation], team: Team, storm: str
    ) -> Cause:
        """Where `kept` belongs. `storm` names the incident that a channel's storm would open with it."""
        occasion, lies = await self._answered(mention)
        known = await self._looked(occasion, lies)
        storming = await self._storming(known.get(self._storm), kept.arrived, team, storm)
        around = Around(
            standing=standing,
            occasion=known.get(occasion) or known.get(lies),
            lately=tuple(self._lately),
            storm=storming,
        )
        cause = belongs(kept, fingerprint_for_copies(mention.text), around)
        if not isinstance(cause, Pile):
            return cause
        found = await self._standing(known.get(cause.incident) or await self._incident(cause.incident))
        return cause if found is None else Pile(found.id)

    async def _answered(self, mention: Mention) -> tuple[str, str]:
        """The incident about the post it answers, or the conversation in which the mention it answers lies; '' and ''."""
        if not mention.in_reply_to:
            return "", ""
        key = MentionKey(platform=mention.key.platform, id=mention.in_reply_to)
        name = await self._whereabouts.occasion(key)
        return (name, "") if name else ("", (await self._whereabouts.mentions([key])).get(key, ""))

    async def _looked(self, occasion: str, lies: str) -> Mapping[str, Incident]:
        """These incidents and the storm's, looked at together; the one `lies` lies in under its name too."""
        names = tuple(name for name in dict.fromkeys((occasion, self._storm)) if name)
        if not (names or lies):
            return {}
        view = await self._act.look(names, (lies,) if lies else ())
        talk = view.conversations.get(lies)
        return view.incidents if talk is None else {**view.incidents, lies: view.incidents[talk.incident]}

    async def _standing(self, found: Incident | None) -> Incident | None:
        """The incident itself, or the one it was merged into."""
        seen = {""}
        while found is not None and found.merged_into not in seen:
            seen |= {found.id, found.merged_into}
            found = await self._incident(found.merged_into) or found
        return found

    async def _storming(self, storm: Incident | None, at: datetime, team: Team, new: str) -> str:
        """The incident of the whole channel's storm, while there is one.

        It begins when too many incidents do, and takes in what would have begun more of them; so it goes on for as long
        as its own pile grows as fast.
        """
        standing = await self._standing(storm)
        if standing is not None and standing.closed is None:
            newest = max(standing.arrivals, default=standing.opened)
            young = at - newest < team.policy.storm_within
            if flooded(standing.arrivals, team, at) or (young and flooded(self._began, team, at)):
                return standing.id
        return new if flooded(self._began, team, at) else ""

    async def _incident(self, name: str) -> Incident | None:
        return (await self._act.look((name,))).incidents.get(name)
