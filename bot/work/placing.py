"""Where a new mention belongs: reads what stands around it, and lets `bot.listening.causes` decide."""

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.listening.causes import WAVE, Around, Cause, Fresh, Pile, Wording, belongs, fingerprint_for_copies
from bot.listening.storms import flooded
from bot.nouns.incident import Incident
from bot.nouns.mention import Kept, Mention
from bot.ports import Query, Timelines
from bot.work.act import Act
from bot.work.ahead import Ahead, answered
from bot.work.batch import Batch

#: So many recent wordings are compared with a new one; a wave shows itself long before.
LATELY = 200
#: So many storms of the whole channel are remembered at the start.
STORMS = 20
#: What the id of an incident begins with that a whole channel's storm opened; the rest comes from its first mention.
STORM = "storm-"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered at one moment, to go back to."""

    lately: tuple[Wording, ...]
    began: tuple[datetime, ...]
    storm: str


class Placing:
    """Remembers the last hour's wordings as fingerprints. What the process forgets, `begin` reads again."""

    def __init__(self, act: Act, timelines: Timelines) -> None:
        self._act = act
        self._timelines = timelines
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
        storms = await self._timelines.find(Query(index="i:storm", limit=STORMS))
        for name in reversed([each for each in storms.ids if each not in new.ids]):
            await self._remember(name, fresh=False)
        for name in reversed(new.ids):
            await self._remember(name, fresh=True)

    async def _remember(self, incident: str, *, fresh: bool) -> None:
        front = await self._timelines.find(Query(index=f"pile:{incident}", limit=1))
        view = await self._act.look((), front.ids)
        for conversation in view.conversations.values():
            if (kept := conversation.first) is not None:
                self.placed(incident, kept, fingerprint_for_copies(kept.words.read("")), fresh=fresh)

    def likely(self, most: int) -> Sequence[str]:
        """Incidents that what comes next may well belong to: the channel's own storm, and `most` piles that grew lately."""
        count = Counter(wording.incident for wording in self._lately) if most else Counter[str]()
        grown = [name for name, times in count.most_common(most) if times > 1]
        return tuple(dict.fromkeys(name for name in (self._storm, *grown) if name))

    @property
    def memory(self) -> Memory:
        """As it is now."""
        return Memory(tuple(self._lately), tuple(self._began), self._storm)

    def go_back(self, memory: Memory) -> None:
        """What was placed since then was not written."""
        self._lately = deque(memory.lately, maxlen=LATELY)
        self._began = deque(memory.began, maxlen=LATELY)
        self._storm = memory.storm

    def placed(self, incident: str, kept: Kept, fingerprint: int, *, fresh: bool) -> None:
        """Remember where a conversation began; `fresh`: the incident began with it."""
        self._lately.append(Wording(incident, kept.person, fingerprint, kept.arrived))
        if incident.startswith(STORM):
            self._storm = incident
        elif fresh:
            self._began.append(kept.arrived)

    async def where(self, mention: Mention, kept: Kept, fingerprint: int, ahead: Ahead, storm: str) -> Cause:
        """Where `kept` belongs, whose text has that fingerprint (`fingerprint_for_copies`).

        `storm` names the incident that a channel's storm would open with it.
        """
        occasion, lies = _answered(mention, ahead)
        known = await self._looked(occasion, lies, ahead.batch)
        around = Around(
            standing=await ahead.standing(kept.person),
            occasion=known.get(occasion) or known.get(lies),
            lately=tuple(self._lately),
        )
        cause = belongs(kept, fingerprint, around)
        if isinstance(cause, Fresh):  # in a storm few are: only for them is it asked whether the channel storms
            storming = await self._storming(known.get(self._storm), kept.arrived, ahead.batch, storm)
            cause = belongs(kept, fingerprint, replace(around, storm=storming))
        if not isinstance(cause, Pile):
            return cause
        found = known.get(cause.incident) or await _incident(cause.incident, ahead.batch)
        standing = await _standing(found, ahead.batch)
        return cause if standing is None else Pile(standing.id)

    async def _looked(self, occasion: str, lies: str, batch: Batch) -> Mapping[str, Incident]:
        """These incidents and the storm's, looked at together; the one `lies` lies in under its name too."""
        names = tuple(name for name in dict.fromkeys((occasion, self._storm)) if name)
        if not (names or lies):
            return {}
        view = await batch.look(names, (lies,) if lies else ())
        known = {name: view.incidents[name] for name in names if name in view.incidents}
        talk = view.conversations.get(lies)
        return known if talk is None else {**known, lies: view.incidents[talk.incident]}

    async def _storming(self, storm: Incident | None, at: datetime, batch: Batch, new: str) -> str:
        """The incident of the whole channel's storm, while there is one.

        It begins when too many incidents do, and takes in what would have begun more of them; so it goes on for as long
        as its own pile grows as fast.
        """
        standing, team = await _standing(storm, batch), batch.team
        if standing is not None and standing.closed is None:
            newest = max(standing.arrivals, default=standing.opened)
            young = at - newest < team.policy.storm_within
            if flooded(standing.arrivals, team, at) or (young and flooded(self._began, team, at)):
                return standing.id
        return new if flooded(self._began, team, at) else ""


async def _standing(found: Incident | None, batch: Batch) -> Incident | None:
    """The incident itself, or the one it was merged into."""
    seen = {""}
    while found is not None and found.merged_into not in seen:
        seen |= {found.id, found.merged_into}
        found = await _incident(found.merged_into, batch) or found
    return found


async def _incident(name: str, batch: Batch) -> Incident | None:
    return (await batch.look((name,))).incidents.get(name)


def _answered(mention: Mention, ahead: Ahead) -> tuple[str, str]:
    """The incident about the post it answers, or the conversation in which the mention it answers lies; '' and ''."""
    key = answered(mention)
    if key is None:
        return "", ""
    name = ahead.occasion(key)
    return (name, "") if name else ("", ahead.lies(key))
