"""A town before squares that tell our accounts and readers apart, and people who press whatever they like there; what was
confirmed to them is the truth that a ledger is held against.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation, Draft
from bot.nouns.delivery import Account, Audience, Target, ToAccount, ToAuthor, ToMention
from bot.nouns.mention import Author, Mention, MentionKey, Said
from bot.nouns.team import Part, Teammate
from tests.bot.work.house import ANA, BEN, KIM
from tests.chaos.square_accounts import ALONE, READERS, SquareOfAccounts, signed_in
from tests.chaos.square_inside import Inside
from tests.chaos.square_world import Ledger, Shape
from tests.chaos.town import Town

SLOW = 0.2
TEAM = (ANA, BEN, KIM)
ACCOUNTS = ("@shop", "@service", "@shop_berlin")
_STAGES = (Stage.RESPONSE, Stage.RESPONSE, Stage.ACKNOWLEDGEMENT, Stage.PRIVATE)
_DO = ("write", "write", "assign", "hand over", "hear", "discard", "correct", "correct", *("send",) * 9)


@dataclass(frozen=True, slots=True)
class Meant:
    """What a version of a draft says, to what, for whom; when that was confirmed, and since when it cools."""

    words: str
    to: str
    readers: str
    at: float
    since: float


@dataclass
class Truth:
    """What was confirmed to whom. `pressed`: which version each send was pressed on, and from which account."""

    written: dict[tuple[str, str, int], Meant] = field(default_factory=dict)
    released: set[tuple[str, str, int]] = field(default_factory=set)
    pressed: dict[str, tuple[tuple[str, str, int], str]] = field(default_factory=dict)


class Streets(Town):
    """A town before squares that tell accounts and readers apart; `account`: who we are there now."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed, slow=SLOW)
        self.within = {shape: SquareOfAccounts(shape, Ledger(), self.now, lenient=True) for shape in Shape}
        self.squares = self.within
        self.ways = {shape: Inside(self.within[shape], self.dice, slow=SLOW) for shape in Shape}
        self.visible: dict[str, str] = {}
        self.account = ""
        self.signs_in()

    def signs_in(self) -> None:
        """As somebody else, in a process of its own; the one before is ended, or does not know of it for a while."""
        if self.processes and self.dice.random() < 0.7:
            self.processes[-1].kill()
        self.account = self.dice.choice([name for name in ACCOUNTS if name != self.account])
        self.platforms = signed_in(self.ways, self.house.clock, self.account)
        self.accounts = {shape.value: Account(platform=shape.value, name=self.account) for shape in Shape}
        self.starts()

    async def hears(self, shape: Shape, author: str) -> str:
        """That author says something, for some readers; the conversation it lies in."""
        number = next(self._names)
        id, words = f"m{number}", f"My parcel number {number} never came, nobody answers."
        self.visible[id] = self.dice.choice(READERS)
        self.squares[shape].says(id, author, words)
        mention = Mention(
            key=MentionKey(platform=shape.value, id=id),
            text=words,
            author=Author(id=author, name=author.title(), handle=f"@{author}"),
            at=self.house.clock.wall,
            source=shape.value,
            visibility=self.visible[id],
        )
        await self.house.hears(Said(mention=mention))
        return await self.lies(shape, id)

    async def states(self) -> str:
        """A conversation about a statement from the account that we are now."""
        name = f"st{next(self._names)}"
        account = self.accounts[self.dice.choice(tuple(Shape)).value]
        await self.house.press(KIM, c.BeginStatement, incident=f"i{name}", conversation=name, account=account)
        return name


class Person:
    """Presses whatever they like on one conversation; `shape` and `author`: of whom wrote to us there."""

    def __init__(self, town: Streets, who: Teammate, talk: str, truth: Truth, shape: Shape, author: str) -> None:
        self._town, self._who, self._talk, self._truth = town, who, talk, truth
        self._shape, self._author = shape, author
        self._dice = town.dice

    async def presses(self) -> None:
        """Some times, on what was shown a moment ago."""
        for _ in range(self._dice.randint(8, 16)):
            shown = await self._town.house.talk(self._talk)
            await asyncio.sleep(self._dice.choice((0.0, 0.1, 0.5, 1.5)) * self._dice.random())
            await self._press(shown)

    async def _press(self, shown: Conversation) -> None:
        draft = self._dice.choice(shown.drafts) if shown.drafts else None
        match self._dice.choice(_DO) if draft is not None else self._dice.choice(("write", "correct")):
            case "write":
                await self._writes(shown)
            case "correct":
                await self._corrects(shown)
            case "assign":
                to = self._dice.choice(TEAM).id
                await self._town.tries(c.Assign, self._talk, KIM, to=to, epoch=shown.owners)
            case "hand over":
                await self._town.tries(c.HandBack, self._talk, self._who)
                await self._town.tries(c.Claim, self._talk, self._dice.choice(TEAM), epoch=shown.owners)
            case "hear" if not shown.statement:
                await self._town.hears(self._shape, self._author)
            case "discard" if draft is not None:
                await self._town.tries(c.Discard, self._talk, self._who, draft=draft.id, version=draft.version)
            case "send" if draft is not None:
                await self._sends(shown, draft)

    async def _writes(self, shown: Conversation) -> None:
        """A draft or its next version; now and then the same words for another mention."""
        stage = Stage.STATEMENT if shown.statement else self._dice.choice(_STAGES)
        before, target = shown.staged(stage), self._target(shown, stage)
        old = self._truth.written.get((self._talk, before.id, before.version)) if before is not None else None
        words = old.words if old is not None and self._dice.random() < 0.4 else self._words()
        audience = Audience.PRIVATE if stage is Stage.PRIVATE else Audience.PUBLIC
        name, based_on = (before.id, before.version) if before is not None else (f"d{self._dice.randrange(10**9)}", 0)
        to: dict[str, Any] = {"stage": stage, "audience": audience, "target": target}
        if await self._town.tries(c.Write, self._talk, self._who, words, draft=name, based_on=based_on, **to):
            self._confirmed(name, based_on + 1, words, target)

    async def _corrects(self, shown: Conversation) -> None:
        """Other words for a post of ours."""
        posts = [each for each in shown.attempts if each.standing is not None and each.standing.id.startswith("p")]
        if not posts:
            return
        attempt, name, words = self._dice.choice(posts), f"d{self._dice.randrange(10**9)}", self._words()
        if await self._town.tries(c.Correct, self._talk, self._who, words, draft=name, attempt=attempt.key):
            to, now = attempt.standing.id if attempt.standing is not None else "", self._town.now()
            self._truth.written[self._talk, name, 1] = Meant(words, to, READERS[0], now, now)

    def _words(self) -> str:
        return f"We are sorry. Number {self._dice.randrange(10**9)} of our answers. {self._who.name}"

    def _target(self, shown: Conversation, stage: Stage) -> Target:
        if shown.account is not None:
            return ToAccount(account=shown.account)
        key = self._dice.choice(shown.mentions).key
        return ToAuthor(key=key) if stage is Stage.PRIVATE else ToMention(key=key)

    def _confirmed(self, name: str, version: int, words: str, target: Target) -> None:
        match target:
            case ToMention(key=key):
                to, readers = key.id, self._town.visible[key.id]
            case ToAuthor(key=key):
                to, readers = key.id, ALONE
            case _:
                to, readers = "", READERS[0]
        now, last = self._town.now(), (self._talk, name, version - 1)
        before = self._truth.written.get(last)
        same = before is not None and (before.words, before.to, before.readers) == (words, to, readers)
        since = before.since if same and before is not None else now  # what was not changed keeps its wait
        self._truth.written[self._talk, name, version] = Meant(words, to, readers, now, since)
        if same and last in self._truth.released:
            self._truth.released.add((self._talk, name, version))

    async def _sends(self, shown: Conversation, draft: Draft) -> None:
        """Released, woken, read once more, and Send on exactly that version, from the account we are where they press."""
        town, version = self._town, (self._talk, draft.id, draft.version)
        on: dict[str, Any] = {"draft": draft.id, "version": draft.version}
        if self._dice.random() < 0.2 and await town.tries(c.ReleaseEarly, shown.id, KIM, "They wait.", **on):
            self._truth.released.add(version)
        wake = town.house.command(c.Wake, conversation=shown.id, what=f"cooled:{draft.id}:{draft.version}")
        await town.house.act(wake, Part.CLOCKWORK)
        await town.tries(c.ReadOnceMore, shown.id, self._who, **on)
        key, account, accounts = f"s{self._dice.randrange(10**9)}", town.account, tuple(town.accounts.values())
        press = {**on, "seal": draft.words.seal, "attempt": key, "accounts": accounts}
        if await town.tries(c.Send, shown.id, self._who, **press):
            self._truth.pressed[key] = version, account
