"""A platform nobody has an adapter for: a teammate posts with their own hands, we keep the rules and the record."""

from collections.abc import Sequence

from adapters.platforms.counting import measure
from bot.nouns.caution import Length
from bot.nouns.delivery import Absent, Account, ByHand, Cleared, Delivery, How, Posted, Reach, Way
from bot.nouns.mention import CannotTell, Cursor, Deleted, Hear, Mention, MentionKey, Seen
from bot.ports import Door, Finding

_NO_ADAPTER = "there is no connection to this platform, so a teammate posts it"


class ByHandPlatform:
    """Serves any platform name. Hears nothing by itself: its mentions come through the inbox or from a teammate."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def name(self) -> str:
        """As mentions name it."""
        return self._name

    def trouble(self) -> str | None:
        """Nothing here can fail by itself."""
        return None

    def doors(self, hear: Hear) -> Sequence[Door]:
        """None."""
        del hear
        return ()

    async def listen(self, since: Cursor | None, hear: Hear) -> None:
        """Nothing to listen to: returns at once."""

    async def look_again(self, key: MentionKey) -> Seen | Deleted | CannotTell:
        """We cannot look: the presser does, and says so."""
        del key
        return CannotTell(because=f"Coolhead cannot look at {self._name} itself; please look yourself.")

    def reach(self, subject: Mention | Account) -> Reach:
        """In public always by hand; in private by hand where we know who it is."""
        public = Way(how=How.HAND, because=_NO_ADAPTER)
        match subject:
            case Mention(author=author) if author.handle or author.id or author.name:
                return Reach(public=public, private=Way(how=How.HAND, because=_NO_ADAPTER))
            case Mention():
                return Reach(public=public, private=Way(how=How.NONE, because="we do not know who wrote it"))
            case _:
                return Reach(public=public, private=Way(how=How.NONE, because="an account of ours has no private side"))

    def measure(self, words: str) -> Length:
        """By the limits known for this platform's name."""
        return measure(self._name, words)

    async def send(self, cleared: Cleared) -> Delivery:
        """Hands the words to the teammate: nothing goes out from here."""
        return ByHand(url=cleared.about.url if cleared.about is not None else "")

    async def find(self, cleared: Cleared) -> Posted | Absent | CannotTell:
        """Only a person can look."""
        del cleared
        return CannotTell(because=f"Coolhead cannot look at {self._name} itself; please look yourself.")

    async def check(self) -> Sequence[Finding]:
        """It always works: it needs only hands."""
        return (Finding(ok=True, what=f"{self._name}: answered by hand"),)
