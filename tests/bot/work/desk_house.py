"""A desk with everything behind it in memory: people press, the outbox and the clockwork do their part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import count

from adapters.platforms import platform_for
from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.delivery import Account, Delivery, How, Posted, Reach, Way
from bot.nouns.flag import Flag, Scores, Severity
from bot.nouns.mention import Author, CannotTell, Cursor, Heard, Kept, Mention, MentionKey, News, Seen
from bot.nouns.team import Contacts, Grants, Handle, Part, Refusal, Role, Team, Teammate
from bot.ports import Platform, Room
from bot.screens.shapes import Answer, Done, Form, Gesture, GestureKind, Page
from bot.work.act import Act
from bot.work.desk import Desk
from bot.work.health import Health
from bot.work.members import Members
from tests.bot.work.desk_square import FakeSquare, Promised, read, suggest
from tests.fakes.asides import FakeAsides
from tests.fakes.clock import FakeClock
from tests.fakes.inbox import FakeInbox
from tests.fakes.room import FakeRoom
from tests.fakes.roster import FakeRoster
from tests.fakes.timelines import FakeTimelines, FakeWhereabouts
from tests.fakes.vault import FakeVault

SHE = "Eleven days, three chats, still no parcel."
#: Where Mara's post lies.
HERE = ("i1", "c:m1")
URL = "https://square.test/m1"
NO_ROOMS: Mapping[str, Room] = {}
NO_GRANTS = Grants()
PEOPLE = (
    Teammate(id="ana", name="Ana", roles=frozenset({Role.TEAMMATE}), public_name="Ana for the shop"),
    Teammate(id="ben", name="Ben", roles=frozenset({Role.TEAMMATE})),
    Teammate(id="kim", name="Kim", roles=frozenset({Role.LEAD})),
    Teammate(id="ravi", name="Ravi", roles=frozenset({Role.LEAD})),
    Teammate(id="max", name="Max", roles=frozenset({Role.MANAGER})),
    Teammate(id="gus", name="Gus", roles=frozenset({Role.GUEST})),
)


class House:
    """The desk and all behind it. `press`, `fill`, `ask` are what people do.

    `rooms` are those that know their people themselves, and `grants` what the settings list of them.
    """

    def __init__(
        self,
        *,
        people: Sequence[Teammate] = PEOPLE,
        installer: str = "",
        rooms: Mapping[str, Room] = NO_ROOMS,
        grants: Grants = NO_GRANTS,
    ) -> None:
        self.vault = FakeVault()
        self.timelines = FakeTimelines(self.vault)
        self.clock = FakeClock()
        self.roster = FakeRoster()
        self.asides = FakeAsides(self.vault)
        self.inbox = FakeInbox(self.vault, self.clock)
        self.health = Health()
        self.square = FakeSquare()
        self.platforms: dict[str, Platform] = {"square": self.square}
        self.accounts = {"square": Account(platform="square", name="@shop")}
        self.contacts = Contacts(email="help@shop.example", phone="+49 30 5550")
        self.act = Act(self.timelines, self.clock, self._lay)
        self.people = people
        self.deaf = False
        self.care: str | None = None
        self._ids = count(1)
        self._gestures = count(1)
        self.chat = FakeRoom("chat")
        self.members = Members(
            act=self.act,
            roster=self.roster,
            clock=self.clock,
            rooms={"chat": self.chat} if rooms is NO_ROOMS else rooms,
            grants=grants,
            installer=installer,
        )
        self.desk = Desk(
            act=self.act,
            timelines=self.timelines,
            whereabouts=FakeWhereabouts(self.timelines),
            asides=self.asides,
            vault=self.vault,
            members=self.members,
            sessions=self.roster,
            platforms=self.platforms,
            platform=lambda name: platform_for(name, self.platforms),
            suggest=suggest,
            read=read,
            summarise=lambda words, situation, rating: f"Summary of {len(words)}.",
            invite_words=lambda contact, ref, *, name="", signature="", limit=None, direct=False: (
                f"{name}, write to {contact}, {ref}. {signature}"
            ),
            reference=lambda conversation: "K7",
            promises=self._promises,
            care=lambda times, now: self.care if times else None,
            hear_news=self.hear_news,
            clock=self.clock,
            health=self.health,
            ids=lambda: f"id{next(self._ids)}",
            public_url="https://desk.test/",
            accounts=self.accounts,
        )

    def _lay(self, team: Team) -> Team:
        return team.model_copy(update={"contacts": self.contacts})

    async def hear_news(self, news: Sequence[News], cursor: Cursor | None) -> Sequence[Heard] | Refusal:
        """Where all news comes in; refused while `deaf`."""
        return Refusal(because="The disk is nearly full.") if self.deaf else await self.inbox.put(news, cursor)

    def _promises(self, text: str, now: datetime, zone: str) -> Sequence[Promised]:
        if "by four" in text:
            return [Promised("by four", now.replace(hour=16))]
        return [Promised("soon", None)] if "soon" in text else []

    async def begin(self) -> "House":
        """The team is set up."""
        for person in self.people:
            values = person.model_dump(exclude={"id"})
            await self.do(c.SetPerson(id=f"set:{person.id}", person=person.id, **values))
            await self.roster.bind(Handle(room="web", id=person.id), person.id)
        return self

    async def do(self, command: c.Command, who: Part | str = Part.CLOCKWORK) -> None:
        """A command that must be taken."""
        actor = who if isinstance(who, Part) else (await self.act.team()).people[who]
        refused = await self.act(command, actor)
        assert not isinstance(refused, Refusal), refused.because

    async def mention(
        self, name: str = "m1", incident: str = "i1", text: str = SHE, places: Sequence[str] = (), **changes: object
    ) -> str:
        """A mention arrives, heard in `places`; the conversation it began."""
        author = Author(id=name, name="Mara", handle="@mara", followers=1200)
        mention = Mention(
            key=MentionKey(platform="square", id=name), text=text, author=author, url=URL, at=self.clock.wall
        )
        sealed = await self.vault.seal_mention(mention)
        fitting = {
            "key": mention.key,
            "person": sealed.person,
            "words": sealed.words,
            "at": mention.at,
            "arrived": self.clock.wall,
            "flag": Flag(forward=True, severity=Severity.MEDIUM, scores=Scores(complaint=0.9), reasons=("complaint",)),
        }
        command = c.Open(
            id=f"open:{name}",
            incident=incident,
            conversation=f"c:{name}",
            mention=Kept(**{**fitting, **changes}),
            places=tuple(places),
        )
        refused = await self.act(command, Part.SORTER, [sealed])
        assert not isinstance(refused, Refusal), refused.because
        return command.conversation

    async def look(self, name: str = "c:m1") -> Conversation:
        """A conversation as it stands."""
        return (await self.act.look((), (name,))).conversations[name]

    async def hear(
        self, kind: GestureKind, who: str, act: str, where: tuple[str, str], id: str, **values: str
    ) -> Answer:
        """One gesture."""
        special = {name: values.pop(name) == "yes" for name in ("finished", "kept") if name in values}
        incident, conversation = where
        gesture = Gesture(
            id=id or f"g{next(self._gestures)}",
            kind=kind,
            who=Handle(room="web", id=who),
            act=act,
            incident=incident,
            conversation=conversation,
            values=values,
            **special,
        )
        return await self.desk.hear(gesture)

    async def press(self, who: str, act: str, where: tuple[str, str] = HERE, id: str = "", **values: str) -> Answer:
        """A choice."""
        return await self.hear(GestureKind.PRESS, who, act, where, id, **values)

    async def ask(self, who: str, act: str, where: tuple[str, str] = ("", ""), **values: str) -> Page | Form:
        """A page or a form, which must come."""
        answer = await self.hear(GestureKind.ASK, who, act, where, "", **values)
        assert isinstance(answer, Page | Form), answer
        return answer

    async def page(self, who: str, act: str, where: tuple[str, str] = ("", ""), **values: str) -> Page:
        """A page, which must come."""
        answer = await self.ask(who, act, where, **values)
        assert isinstance(answer, Page)
        return answer

    async def form(self, who: str, act: str, where: tuple[str, str] = HERE, **values: str) -> Form:
        """A form, which must open."""
        answer = await self.press(who, act, where, **values)
        assert isinstance(answer, Form), answer
        return answer

    async def send_back(self, who: str, form: Form, id: str = "", **typed: str) -> Answer:
        """A form comes back with what it held and what was typed."""
        values = {**form.filled, **typed, **form.values}
        return await self.hear(GestureKind.FILLED, who, form.act, (form.incident, form.conversation), id, **values)

    async def fill(self, who: str, act: str, where: tuple[str, str] = HERE, **typed: str) -> Answer:
        """Open a form and finish it."""
        opened = {
            name: typed[name] for name in ("stage", "draft", "version", "attempt", "invites", "person") if name in typed
        }
        return await self.send_back(who, await self.form(who, act, where, **opened), **typed)

    async def outbox(self, delivery: Delivery, *, by_hand: bool = False) -> None:
        """The outbox clears the one asked send and says what became of it."""
        found = await self.look()
        (attempt,) = [a for a in found.attempts if a.state.value == "asked"]
        reach = Reach(public=Way(how=How.HAND), private=Way(how=How.HAND)) if by_hand else self.square.reach_
        seen = Seen(
            mention=Mention(key=found.mentions[-1].key, text=found.mentions[-1].latest.read(), at=self.clock.wall)
        )
        clear = c.Clear(
            id=f"clear:{attempt.key}:{attempt.round}", conversation=found.id, attempt=attempt.key,
            seen=None if found.statement else seen, reach=reach,
            account=Account(platform="square", name="@shop"), allowed=True,
        )  # fmt: skip
        await self._as_outbox(clear)
        if not by_hand:
            await self._as_outbox(
                c.Deliver(id=f"deliver:{attempt.key}", conversation=found.id, attempt=attempt.key, delivery=delivery)
            )

    async def sent_back(self) -> None:
        """The outbox could not look again, so the one asked send comes back."""
        found = await self.look()
        (attempt,) = [a for a in found.attempts if a.state.value == "asked"]
        clear = c.Clear(
            id=f"back:{attempt.key}", conversation=found.id, attempt=attempt.key, reach=self.square.reach_,
            seen=CannotTell(because="It did not answer."), account=Account(platform="square", name="@shop"), allowed=True,
        )  # fmt: skip
        await self._as_outbox(clear)

    async def _as_outbox(self, command: c.Command) -> None:
        refused = await self.act(command, Part.OUTBOX, sender=1)
        assert not isinstance(refused, Refusal), refused.because

    async def cooled(self, who: str = "ana", text: str = "I am on it by four. Ana", stage: str = "response") -> Form:
        """A draft is written, cools, and is open to be read once more."""
        written = await self.fill(who, "write", stage=stage, words=text)
        assert isinstance(written, Done), written
        self.clock.advance(3600)
        draft = next(d for d in (await self.look()).drafts if d.stage.value == stage)
        return await self.form(who, "read_once_more", draft=draft.id, version=str(draft.version))

    async def posted(self) -> None:
        """An answer stands in public."""
        ready = await self.cooled()
        assert isinstance(await self.send_back("ana", ready), Done)
        await self.outbox(Posted(key=MentionKey(platform="square", id="ours"), url="https://square.test/ours"))


def said(answer: Answer) -> str:
    """What a person was told; it must be done."""
    assert isinstance(answer, Done), answer
    return answer.said


def no(answer: Answer) -> str:
    """Why not; it must be refused."""
    assert isinstance(answer, Refusal), answer
    return answer.because
