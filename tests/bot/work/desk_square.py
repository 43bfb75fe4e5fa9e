"""What stands around a desk in tests: a platform, and those who choose words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.nouns.caution import Asking, Caution, Length, Level, Reading, Suggestion
from bot.nouns.delivery import Absent, Account, Cleared, Delivery, How, Posted, Reach, Way
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Door, Finding


class FakeSquare:
    """The port Platform. `reach_` is how it can be reached, `found` what a look for a send finds."""

    def __init__(self) -> None:
        self.reach_ = Reach(public=Way(how=How.API), private=Way(how=How.API))
        self.found: Posted | Absent | CannotTell | Exception = Absent()
        self.sent: list[Cleared] = []

    @property
    def name(self) -> str:
        """As keys have it."""
        return "square"

    def trouble(self) -> str | None:
        """It always works."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """It is only asked."""
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """It has nothing to say by itself."""

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """Nobody asks here."""
        return CannotTell(because="not asked")

    def reach(self, subject: Mention | Account) -> Reach:
        """As set."""
        return self.reach_

    def measure(self, words: str) -> Length:
        """At most 500 code points."""
        return Length(used=len(words), limit=500)

    async def send(self, cleared: Cleared) -> Delivery:
        """It goes out."""
        self.sent.append(cleared)
        return Posted(key=MentionKey(platform="square", id="ours"), url="https://square.test/ours")

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """As set."""
        if isinstance(self.found, Exception):
            raise self.found
        return self.found

    async def check(self) -> Sequence[Finding]:
        """All is well."""
        return ()


@dataclass(frozen=True)
class Promised:
    """A time in a draft."""

    phrase: str
    due: datetime | None


async def suggest(asking: Asking) -> Sequence[Suggestion]:
    """One, that says what was asked."""
    return [Suggestion(key="one", text=f"Sorry. {asking.signature}", fits=f"Fits: {asking.stage.value}")]


def read(reading: Reading) -> Sequence[Caution]:
    """An offer stops, an explanation is warned of."""
    found = []
    if (at := reading.text.find("20 %")) >= 0:
        found.append(Caution(code="public_offer", level=Level.STOP, span=(at, at + 4), because="Others will ask too."))
    if (at := reading.text.find("As we explained")) >= 0:
        found.append(Caution(code="argument", level=Level.WARN, span=(at, at + 15), because="It argues."))
    return found
