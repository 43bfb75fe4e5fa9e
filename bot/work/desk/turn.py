"""One gesture being answered: who it is, what the team looks like, and the few things every answer needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal, Team, Teammate
from bot.nouns.time import Now
from bot.ports import Sealed
from bot.rules.due import clocks
from bot.screens.portrait import portrait
from bot.screens.shapes import Card, Gesture
from bot.work.act import Acted
from bot.work.desk.tools import Tools

GONE = Refusal(because="That conversation is no longer here. It may have moved; the list shows where it is.")
NO_INCIDENT = Refusal(because="That incident is no longer here. The list shows what is.")
STALE = Refusal(because="That press no longer fits what stands here. Look at it as it is now, and press again.")


def count(text: str) -> int:
    """A count as it stands in a gesture; -1 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@dataclass(frozen=True, slots=True)
class Turn:
    """`gesture` by `who`, answered with the team and the clocks as they were when it came."""

    tools: Tools
    gesture: Gesture
    who: Teammate
    team: Team
    now: Now

    def value(self, name: str) -> str:
        """What was filled in or pressed under that name, without space around it; '' where nothing was."""
        return self.gesture.values.get(name, "").strip()

    def number(self, name: str) -> int:
        """A count among the values; -1 where there is none."""
        return count(self.value(name))

    def listed(self, name: str) -> tuple[str, ...]:
        """Several options of one field."""
        return tuple(dict.fromkeys(line for line in self.value(name).split("\n") if line))

    def moment(self, name: str) -> datetime | None:
        """A moment in UTC. Without an offset it is one of the presser's own zone; None where it can't be read."""
        try:
            read = datetime.fromisoformat(self.value(name))
            return (read if read.tzinfo is not None else read.replace(tzinfo=ZoneInfo(self.zone))).astimezone(UTC)
        except (ValueError, OverflowError):
            return None

    @property
    def zone(self) -> str:
        """The zone the presser lives in, as far as it is known."""
        return self.who.zone or self.team.policy.quiet_hours.zone

    def local(self) -> datetime:
        """Now, by the presser's own clock."""
        return self.now.wall.astimezone(ZoneInfo(self.zone))

    @property
    def incident(self) -> str:
        """The incident it acts on, or ''."""
        return self.gesture.incident or self.value("incident")

    @property
    def conversation(self) -> str:
        """The conversation it acts on, or ''."""
        return self.gesture.conversation or self.value("conversation")

    async def found(self) -> tuple[Incident, Conversation] | Refusal:
        """The conversation it names and the incident that lies in now."""
        view = await self.tools.act.look((), (self.conversation,) if self.conversation else ())
        conversation = view.conversations.get(self.conversation)
        incident = view.incidents.get(conversation.incident) if conversation is not None else None
        return GONE if conversation is None or incident is None else (incident, conversation)

    async def do(self, command: c.Command, *sealed: Sealed) -> Acted | Refusal:
        """Act on it as the presser."""
        return await self.tools.act(command, self.who, sealed)

    async def seal(self, text: str, about: Conversation | None = None) -> Sealed:
        """Words ready to be kept, with the first author `about` is of, so that they are forgotten with them."""
        first = about.first if about is not None else None
        return await self.tools.vault.seal(first.person if first is not None else self.tools.vault.team, text)

    def painted(self, incident: Incident, front: Sequence[Conversation], before: Sequence[Conversation] = ()) -> Card:
        """The card of a front of one incident, for the presser."""
        ticking = {each.id: clocks(each, self.team) for each in front}
        link = self.link(incident.id)
        return portrait(incident, front, self.team, self.now, self.who, link=link, clocks=ticking, before=before)

    def link(self, incident: str) -> str:
        """The public address of an incident's story, or ''."""
        return f"{self.tools.public_url}/i/{incident}" if self.tools.public_url else ""
