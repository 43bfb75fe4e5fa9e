"""A whole house on fakes, and the steps of a mention's life in it. Time is moved by hand."""

import itertools
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, Conversation
from bot.nouns.delivery import Account, Audience, ToMention
from bot.nouns.events import Event
from bot.nouns.mention import Author, Mention, MentionKey, News, Said
from bot.nouns.record import event as event_of
from bot.nouns.team import Part, Place, Policy, Refusal, Team, Teammate, Watch
from bot.ports import Inbox, Timelines
from bot.work.act import Act, Acted
from bot.work.clockwork import Clockwork
from bot.work.health import Health
from bot.work.intake import Intake
from bot.work.outbox import Outbox
from bot.work.painter import Painter
from bot.work.sorter import Sorter
from tests.bot.build import ANA as ANA
from tests.bot.build import BEN as BEN
from tests.bot.build import KIM as KIM
from tests.fakes.asides import FakeAsides
from tests.fakes.clock import FakeClock
from tests.fakes.inbox import FakeInbox
from tests.fakes.platform import FakePlatform
from tests.fakes.room import FakeRoom
from tests.fakes.roster import FakePulse, FakeRoster
from tests.fakes.timelines import FakeDues, FakeThreads, FakeTimelines, FakeWhereabouts
from tests.fakes.vault import FakeVault

OURS = Account(platform="mastodon", name="@shop")
C = TypeVar("C", bound=c.Command)
DESK = Place(room="web", id="desk", name="Desk")


@dataclass
class House:
    """Everything, with one platform and one room. `policy`, `places` and `watches` are the settings in force."""

    policy: Policy = field(default_factory=Policy)
    places: tuple[Place, ...] = (DESK,)
    watches: tuple[Watch, ...] = ()
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.vault = FakeVault()
        self.timelines = FakeTimelines(self.vault)
        self.whereabouts = FakeWhereabouts(self.timelines)
        self.dues = FakeDues(self.timelines)
        self.threads = FakeThreads()
        self.inbox = FakeInbox(self.vault, self.clock)
        self.asides = FakeAsides(self.vault)
        self.pulse = FakePulse()
        self.health = Health()
        self.platform = FakePlatform(self.clock)
        self.platforms = {"mastodon": self.platform}
        self.room = FakeRoom()
        self.rooms = {"web": self.room}
        self.roster = FakeRoster()
        self.rung: list[tuple[tuple[str, ...], str]] = []
        self.act = self.acting(self.timelines)
        self.intake = Intake(self.inbox, self.health, self.clock)
        self.sorter = self.a_sorter()
        self._ids = itertools.count(1)

    def lay(self, team: Team) -> Team:
        """The settings in force."""
        return team.model_copy(update={"policy": self.policy, "places": self.places, "watches": self.watches})

    def acting(self, timelines: Timelines) -> Act:
        """Act over these timelines."""
        return Act(timelines, self.clock, self.lay)

    def a_sorter(self, inbox: Inbox | None = None, **changes: Any) -> Sorter:
        """A sorter of this house."""
        fitting: dict[str, Any] = {
            "act": self.act,
            "inbox": inbox or self.inbox,
            "whereabouts": self.whereabouts,
            "timelines": self.timelines,
            "asides": self.asides,
            "vault": self.vault,
            "clock": self.clock,
            "health": self.health,
            "bell": self.intake.bell,
            "watches": self.watches,
        }
        return Sorter(**{**fitting, **changes})

    def an_outbox(self, timelines: Timelines | None = None, **changes: Any) -> Outbox:
        """An outbox of this house, over other timelines where given."""
        over = timelines or self.timelines
        fitting: dict[str, Any] = {
            "act": self.acting(over),
            "timelines": over,
            "platform": self.platforms.__getitem__,
            "clock": self.clock,
            "health": self.health,
            "ask_roles": self._roles,
            "accounts": {"mastodon": OURS},
        }
        return Outbox(**{**fitting, **changes})

    def a_clockwork(self, **changes: Any) -> Clockwork:
        """A clockwork of this house; what it rings outside lies in `rung`."""
        fitting: dict[str, Any] = {
            "act": self.act,
            "dues": self.dues,
            "pulse": self.pulse,
            "timelines": self.timelines,
            "clock": self.clock,
            "health": self.health,
            "ring": self._ring,
        }
        return Clockwork(**{**fitting, **changes})

    def a_painter(self, **changes: Any) -> Painter:
        """A painter of this house."""
        fitting: dict[str, Any] = {
            "act": self.act,
            "timelines": self.timelines,
            "threads": self.threads,
            "roster": self.roster,
            "rooms": self.rooms,
            "tells": self.rooms,
            "clock": self.clock,
            "health": self.health,
            "public_url": "",
        }
        return Painter(**{**fitting, **changes})

    async def _roles(self, person: str, team: Team) -> Teammate | None:
        return team.people.get(person)

    async def _ring(self, names: Sequence[str], key: str) -> bool:
        self.rung.append((tuple(names), key))
        return True

    # -- what people do

    def command(self, kind: type[C], **fields: Any) -> C:
        """A command under an id of its own."""
        return kind(id=f"cmd-{next(self._ids)}", **fields)

    async def must(self, answer: Awaitable[Acted | Refusal]) -> Acted:
        """What must not be refused."""
        acted = await answer
        assert isinstance(acted, Acted), acted.because
        return acted

    async def press(self, who: Teammate | Part, kind: type[C], **fields: Any) -> Acted:
        """A press that must succeed; texts (`text`) are sealed first."""
        sealed = []
        if (text := fields.pop("text", None)) is not None:
            sealed.append(await self.vault.seal(self.vault.team, text))
            fields["words"] = sealed[0].words
        return await self.must(self.act(self.command(kind, **fields), who, sealed))

    async def staffed(self, *people: Teammate) -> "House":
        """These people are the team (Ana, Ben and Kim where none are named)."""
        for person in people or (ANA, BEN, KIM):
            fields = person.model_dump(exclude={"id"})
            await self.press(Part.CLOCKWORK, c.SetPerson, person=person.id, **fields)
        return self

    async def hears(self, *news: News) -> None:
        """News comes in and is sorted."""
        assert not isinstance(await self.intake.hear(news, None), Refusal)
        while await self.sorter.sort_all():
            pass

    async def arrives(
        self, text: str = "My parcel never came and nobody answers.", id: str = "m1", person: str = "mara", **more: Any
    ) -> str:
        """Somebody says this in public; the conversation it lies in, or ''."""
        mention = self.mention(text, id, person, **more)
        self.platforms[mention.key.platform].said(mention)
        await self.hears(Said(mention=mention))
        return self.lies(id, mention.key.platform)

    def mention(self, text: str, id: str, person: str = "mara", platform: str = "mastodon", **more: Any) -> Mention:
        """A mention of somebody's, said now."""
        author = Author(id=person, name=person.title(), handle=f"@{person}")
        fitting = {"url": f"https://square.test/{id}", "at": self.clock.wall, "source": platform}
        return Mention(key=key(id, platform), text=text, author=author, **{**fitting, **more})

    def lies(self, id: str, platform: str = "mastodon") -> str:
        """The conversation a mention lies in, or ''."""
        return self.timelines.where.get(key(id, platform), "")

    async def drafted(self, conversation: str, who: Teammate = ANA, **changes: Any) -> Conversation:
        """Who finished a response; it cools."""
        found = await self.talk(conversation)
        if found.owner is None:
            await self.press(who, c.Claim, conversation=conversation, epoch=found.owners)
        assert found.first is not None
        fitting: dict[str, Any] = {
            "draft": "d1",
            "based_on": 0,
            "stage": Stage.RESPONSE,
            "audience": Audience.PUBLIC,
            "target": ToMention(key=found.first.key),
            "text": "We are sorry. We look into it and write to you by Friday. Ana",
        }
        await self.press(who, c.Write, conversation=conversation, **{**fitting, **changes})
        return await self.talk(conversation)

    async def asked(self, conversation: str, attempt: str = "s1", **changes: Any) -> Attempt:
        """Ana's draft has cooled, she read it once more and pressed Send."""
        found = await self.drafted(conversation, **changes)
        draft = found.drafts[0]
        assert draft.cooling is not None
        self.clock.advance((draft.cooling.until - self.clock.wall).total_seconds())
        await self.press(Part.CLOCKWORK, c.Wake, conversation=conversation, what=f"cooled:{draft.id}:{draft.version}")
        return await self.sends(conversation, attempt)

    async def sends(
        self, conversation: str, attempt: str = "s1", who: Teammate = ANA, *, looked: bool = False
    ) -> Attempt:
        """They read it once more and press Send."""
        draft = (await self.talk(conversation)).drafts[0]
        on = {"conversation": conversation, "draft": draft.id, "version": draft.version}
        await self.press(who, c.ReadOnceMore, **on)
        await self.press(who, c.Send, **on, seal=draft.words.seal, attempt=attempt, looked=looked)
        return await self.attempt(conversation, attempt)

    # -- what stands

    async def talk(self, conversation: str) -> Conversation:
        """A conversation as it stands."""
        return (await self.timelines.view((), (conversation,))).conversations[conversation]

    async def attempt(self, conversation: str, key: str = "s1") -> Attempt:
        """A send as it stands."""
        found = (await self.talk(conversation)).attempt(key)
        assert found is not None
        return found

    async def events(self, incident: str = "") -> list[Event]:
        """Everything on a timeline; '' is the team's own."""
        return [event_of(line) for line in await self.timelines.events(incident, 0, 10_000)]

    async def kinds(self, incident: str = "") -> list[str]:
        """What happened there."""
        return [event.kind for event in await self.events(incident)]

    async def pass_time(self, **length: float) -> None:
        """Time goes by for everything that runs, in steps so small that what is woken gets its work done."""
        left = timedelta(**length).total_seconds()
        step = max(0.25, left / 100)
        while left > 0:
            await self.clock.run(min(step, left))
            left = round(left - step, 6)
        for _ in range(3):
            await self.clock.settle()


def key(id: str = "m1", platform: str = "mastodon") -> MentionKey:
    """A mention's key."""
    return MentionKey(platform=platform, id=id)
