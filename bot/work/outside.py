"""Questions put to a platform, each with a deadline. A platform's fault is an answer here, never an error."""

from collections.abc import Awaitable, Callable

from bot.nouns.conversation import Attempt, Conversation
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
    ToPost,
    Unknown,
    Way,
    platform_of,
)
from bot.nouns.mention import CannotTell, Deleted, Seen
from bot.nouns.team import Role, Team, Teammate
from bot.nouns.time import Now
from bot.ports import Clock, Fence, Platform
from bot.rules import send
from bot.work.attempts import answered, whole
from bot.work.waiting import within

#: How long one attempt may take on the wire, in seconds; after that nobody knows.
SOCKET_DEADLINE = send.SOCKET_DEADLINE.total_seconds()
#: How long a look may take; after that the platform cannot tell.
LOOK_DEADLINE = 5.0

HELD_UP = NotSent(because="The product was held up just before it went out. Read it once more and press again.")

PlatformOf = Callable[[str], Platform]
#: A person's roles asked anew, or None where nobody can tell.
AskRoles = Callable[[str, Team], Awaitable[Teammate | None]]

#: What stands against an attempt in this very moment, or None.
Against = Callable[[Now], NotSent | None]


class Outside:
    """The world as the outbox sees it."""

    def __init__(self, platform: PlatformOf, clock: Clock, ask_roles: AskRoles) -> None:
        self._platform = platform
        self._clock = clock
        self._ask_roles = ask_roles

    async def look_again(self, attempt: Attempt) -> Seen | Deleted | CannotTell | None:
        """The mention it answers as it stands now; None for what answers nothing."""
        if isinstance(attempt.target, ToAccount | ToPost):
            return None
        key = attempt.target.key
        try:
            return await within(self._clock, LOOK_DEADLINE, self._platform(key.platform).look_again(key))
        except Exception as error:
            return CannotTell(because=f"The platform gave no answer ({type(error).__name__}).")

    async def find(self, sent: Cleared) -> Posted | Absent | CannotTell:
        """Whether it stands there already."""
        try:
            return await within(self._clock, LOOK_DEADLINE, self._platform(platform_of(sent.target)).find(sent))
        except Exception as error:
            return CannotTell(because=f"The platform gave no answer ({type(error).__name__}).")

    async def send(self, words: Cleared, against: Against) -> Delivery:
        """The one attempt. Whatever goes wrong, nobody knows what became of it.

        `against` is asked in the very step that begins it: the process may be stopped at every await before. What comes
        to the wire later than the attempt may last is held back there, and then nothing went out.
        """
        fence = Fence(self._clock, SOCKET_DEADLINE)
        try:
            told = await within(self._clock, SOCKET_DEADLINE, self._attempt(words, against, fence))
        except TimeoutError:
            told = Unknown(because="The platform did not answer in time.")
        except Exception as error:
            told = Unknown(because=f"The attempt broke off ({type(error).__name__}).")
        return HELD_UP if fence.held and isinstance(told, Unknown) else told

    async def _attempt(self, words: Cleared, against: Against, fence: Fence) -> Delivery:
        platform = self._platform(platform_of(words.target))
        now = await self._clock.now()
        no = against(now)
        if no is not None:
            return no
        with fence.around(now):
            return await platform.send(words)

    def reach(self, conversation: Conversation, attempt: Attempt) -> Reach:
        """By what means the words get there."""
        try:
            platform = self._platform(platform_of(attempt.target))
            kept = answered(conversation, attempt)
            if kept is not None:
                return platform.reach(whole(kept))
            if isinstance(attempt.target, ToAccount | ToPost):
                return platform.reach(attempt.account or Account(platform=platform_of(attempt.target)))
            because = "What it answers is not here any more."
        except Exception as error:
            because = f"The platform could not be asked how to reach them ({type(error).__name__})."
        return Reach(public=Way(how=How.NONE, because=because), private=Way(how=How.NONE, because=because))

    async def allowed(self, person: str, team: Team) -> bool:
        """Whether they may send, asked anew; where nobody can tell they may not."""
        try:
            found = await within(self._clock, LOOK_DEADLINE, self._ask_roles(person, team))
        except Exception:
            return False
        return found is not None and found.may(Role.TEAMMATE)
