"""A public square that a test commands: it answers late, drops, refuses, forgets, and keeps a ledger of what stands."""

from collections.abc import Sequence
from enum import StrEnum

from bot.nouns.caution import Length
from bot.nouns.delivery import (
    Absent,
    Account,
    Cleared,
    Delivery,
    How,
    NotSent,
    Posted,
    Reach,
    ToAccount,
    Unknown,
    Way,
)
from bot.nouns.mention import (
    AnsweredByUs,
    CannotTell,
    Cursor,
    Deleted,
    Hear,
    Mention,
    MentionKey,
    Said,
    Seen,
)
from bot.ports import Clock, Door, Finding


class Temper(StrEnum):
    """How it takes a send. HANGS: the words stand, and no answer ever comes."""

    WELL = "well"
    REFUSES = "refuses"
    UNSURE = "unsure"
    DROPS_BEFORE = "drops_before"
    DROPS_AFTER = "drops_after"
    HANGS = "hangs"


class FakePlatform:
    """The port Platform. `ledger`: every post of ours that was ever made, in order; `late`: seconds until it answers.

    `findable` False: it can't be asked for our own posts. `looks` False: nor for anybody's.
    """

    def __init__(self, clock: Clock, name: str = "mastodon") -> None:
        self._clock = clock
        self._name = name
        self.ledger: list[Cleared] = []
        self.temper = Temper.WELL
        self.late = 0.0
        self.findable = True
        self.looks = True
        self.way = Way(how=How.API)
        self.asked_to_find = 0
        self._posts: dict[MentionKey, Mention] = {}
        self._after: dict[MentionKey, list[Said | AnsweredByUs]] = {}

    # -- what the public does

    def said(self, mention: Mention) -> None:
        """Somebody said or edited this."""
        self._posts[mention.key] = mention

    def delete(self, key: MentionKey) -> None:
        """Its author took it away."""
        self._posts.pop(key, None)

    def follow(self, key: MentionKey, *news: Said | AnsweredByUs) -> None:
        """This came after it in its thread."""
        self._after.setdefault(key, []).extend(news)

    # -- the port

    @property
    def name(self) -> str:
        """Of the platform."""
        return self._name

    def trouble(self) -> str | None:
        """It always works."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """It is only told."""
        del since, hear

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """As it stands now."""
        await self._clock.sleep(self.late)
        if not self.looks:
            return CannotTell(because="The platform shows nothing to us.")
        if key not in self._posts:
            return Deleted(key=key, at=(await self._clock.now()).wall)
        return Seen(mention=self._posts[key], after=tuple(self._after.get(key, ())))

    def reach(self, subject: Mention | Account) -> Reach:
        """The same way to everybody."""
        del subject
        return Reach(public=self.way, private=self.way)

    def measure(self, words: str) -> Length:
        """In code points."""
        return Length(len(words), 500)

    async def send(self, cleared: Cleared) -> Delivery:
        """As its temper is."""
        match self.temper:
            case Temper.REFUSES:
                return NotSent(because="The replies are closed")
            case Temper.DROPS_BEFORE:
                raise ConnectionResetError
        self.ledger.append(cleared)
        match self.temper:
            case Temper.DROPS_AFTER:
                raise ConnectionResetError
            case Temper.HANGS:
                await self._clock.sleep(1e9)
            case Temper.UNSURE:
                return Unknown(because="It answered 500.")
        await self._clock.sleep(self.late)
        return self._posted(cleared)

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """By its attempt key."""
        self.asked_to_find += 1
        await self._clock.sleep(self.late)
        if not self.findable:
            return CannotTell(because="The platform shows nothing to us.")
        made = next((one for one in self.ledger if one.attempt_key == cleared.attempt_key), None)
        return Absent() if made is None else self._posted(made)

    async def check(self) -> Sequence[Finding]:
        """Nothing is missing."""
        return ()

    def _posted(self, cleared: Cleared) -> Posted:
        where = "statement" if isinstance(cleared.target, ToAccount) else cleared.target.key.id
        return Posted(
            key=MentionKey(platform=self._name, id=f"ours-{cleared.attempt_key}"), url=f"https://square.test/{where}"
        )
