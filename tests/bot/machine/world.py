"""The truth beside the core, for its state machine: what time really passed, and what really stands in public."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.nouns.delivery import Target
from bot.nouns.mention import AnsweredByUs, Author, Deleted, Mention, Said, Seen
from bot.nouns.time import Now
from tests.bot.build import START, key


@dataclass
class Clockface:
    """True seconds since START, and clocks that may be wrong by so many. A witness always tells the truth."""

    true: float = 0.0
    wall: float = 0.0
    store: float = 0.0
    boots: int = 1
    booted: float = 0.0
    witness: bool = True

    def now(self) -> Now:
        """What the machine sees."""
        return Now(
            wall=self.at(self.wall),
            store=self.at(self.store),
            elapsed=self.true - self.booted,
            boot=f"boot-{self.boots}",
            witness=self.at() if self.witness else None,
        )

    def at(self, wrong: float = 0.0) -> datetime:
        """The true instant, or what a clock shows that is wrong by so many seconds."""
        return START + timedelta(seconds=self.true + wrong)

    def reboot(self) -> None:
        """The machine begins anew: its elapsed time is gone."""
        self.boots += 1
        self.booted = self.true

    def mend(self) -> None:
        """Somebody sets the clocks right."""
        self.wall = self.store = 0.0


@dataclass(frozen=True)
class Post:
    """What really stands in public from us."""

    id: str
    attempt: str
    draft: str
    version: int
    seal: str
    text: str
    target: Target


@dataclass
class Square:
    """The public square. `said` maps each mention of theirs to its words, None once deleted."""

    said: dict[str, str | None] = field(default_factory=lambda: {"m1": "My parcel never came."})
    posts: list[Post] = field(default_factory=list)
    by_hand: list[tuple[str, str]] = field(default_factory=list)

    def standing(self) -> dict[str, str]:
        """Their words as they stand now."""
        return {id: text for id, text in self.said.items() if text is not None}

    def look(self, id: str) -> Seen | Deleted:
        """An honest answer to `look_again`."""
        text = self.said[id]
        if text is None:
            return Deleted(key=key(id), at=START)
        mara = Author(id="mara", handle="@mara")
        others = [
            Said(mention=Mention(key=key(other), text=words, author=mara, at=START))
            for other, words in self.standing().items()
            if other != id
        ]
        ours = [(post.id, post.text) for post in self.posts] + self.by_hand
        answers = [AnsweredByUs(key=key(id), ours=key(name), words=words, at=START) for name, words in ours]
        return Seen(mention=Mention(key=key(id), text=text, author=mara, at=START), after=(*others, *answers))

    def has(self, attempt: str) -> bool:
        """Whether this send really is there."""
        return any(post.attempt == attempt for post in self.posts)
