"""The desk: gesture -> command -> answer, nothing else."""

from collections.abc import Callable, Mapping

from bot.errors import StoreAway
from bot.nouns.delivery import Account
from bot.nouns.mention import Hear
from bot.nouns.team import Refusal
from bot.ports import Asides, Clock, Platform, Sessions, Timelines, Vault, Whereabouts
from bot.screens.shapes import Answer, Gesture, GestureKind
from bot.work.act import Act
from bot.work.desk import filling, table
from bot.work.desk.once import Once
from bot.work.desk.table import Answers
from bot.work.desk.tools import Care, InviteWords, Promises, Read, Suggest, Summarise, Tools, Words
from bot.work.desk.turn import STALE, Turn
from bot.work.desk.who import GUEST, STRANGER, guest
from bot.work.health import Health
from bot.work.members import Members
from bot.work.outside import PlatformOf
from bot.work.waiting import within

#: How long what is known may take to be read before a form opens without it, in seconds (DESIGN §5).
BUDGET = 0.3
_UNFILLED = "The store is slow, so this opened without what is known."
_PRESS_AGAIN = "Not saved: the store cannot be reached. Please press again in a moment."
_LOOK_AGAIN = "The store cannot be reached, so this can't be shown just now. It comes back by itself."


class Desk:
    """`hear` answers what people do in any room.

    What chooses words is handed in: `suggest`, `read`, `summarise`, `invite_words`, `reference`, `promises`, `care`.
    `ids` makes random ids, unguessable and safe in a URL. `accounts` are ours by platform.
    """

    def __init__(
        self,
        *,
        act: Act,
        timelines: Timelines,
        whereabouts: Whereabouts,
        asides: Asides,
        vault: Vault,
        members: Members,
        sessions: Sessions,
        platforms: Mapping[str, Platform],
        platform: PlatformOf,
        suggest: Suggest,
        read: Read,
        summarise: Summarise,
        invite_words: InviteWords,
        reference: Callable[[str], str],
        promises: Promises,
        care: Care,
        hear_news: Hear,
        clock: Clock,
        health: Health,
        ids: Callable[[], str],
        public_url: str = "",
        accounts: Mapping[str, Account] | None = None,
    ) -> None:
        words = Words(suggest, read, summarise, invite_words, reference, promises, care)
        self._tools = Tools(
            act=act,
            timelines=timelines,
            whereabouts=whereabouts,
            asides=asides,
            vault=vault,
            members=members,
            sessions=sessions,
            platforms=platforms,
            platform=platform,
            accounts=accounts or {},
            words=words,
            hear_news=hear_news,
            clock=clock,
            health=health,
            ids=ids,
            public_url=public_url.rstrip("/"),
        )
        self._once = Once()

    async def hear(self, gesture: Gesture) -> Answer:
        """The answer to one gesture. The same gesture again is answered the same, and applied once."""
        try:
            if _does(gesture):
                return await self._once((gesture.who.model_dump_json(), gesture.id), lambda: self._answer(gesture))
            return await self._answer(gesture)
        except StoreAway:
            return _not_saved(gesture)

    async def _answer(self, gesture: Gesture) -> Answer:
        team, now = await self._tools.act.team(), await self._tools.clock.now()
        person = await self._tools.members.who(gesture.who, team)
        if person is None:
            return STRANGER
        turn = Turn(self._tools, gesture, person, team, now)
        if guest(person):
            reads = table.FOR_GUESTS.get(gesture.act) if gesture.kind is not GestureKind.FILLED else None
            return GUEST if reads is None else await reads(turn)
        answers = _answers(gesture)
        if answers is None:
            return STALE
        return await (answers(turn) if _does(gesture) or gesture.act not in table.OPENS else _in_time(answers, turn))


async def _in_time(answers: Answers, turn: Turn) -> Answer:
    """A form, filled with what is known; unfilled where the store takes too long, since both chats give 3 s."""
    try:
        return await within(turn.tools.clock, BUDGET, answers(turn))
    except TimeoutError:
        return filling.back(turn.gesture, _UNFILLED) or STALE


def _does(gesture: Gesture) -> bool:
    """Whether it may change something."""
    match gesture.kind:
        case GestureKind.ASK:
            return False
        case GestureKind.PRESS:
            return gesture.act in table.PRESSES
        case _:
            return gesture.finished


def _answers(gesture: Gesture) -> Answers | None:
    """The function that answers it; None where no such press is known. Asking never changes anything."""
    act = gesture.act
    match gesture.kind:
        case GestureKind.ASK:
            return table.PAGES.get(act) or table.OPENS.get(act)
        case GestureKind.PRESS:
            return table.PRESSES.get(act) or table.PAGES.get(act) or table.OPENS.get(act)
        case GestureKind.FILLED:
            return table.FILLS.get(act) if gesture.finished or act in table.CHECKED else _only_looked_at
        case GestureKind.NOTED:
            return table.FILLS["note"]
        case _:
            return table.FILLS["bring"]


async def _only_looked_at(turn: Turn) -> Answer:
    """A form nobody reads along with comes back as it was typed."""
    return filling.back(turn.gesture, "") or STALE


def _not_saved(gesture: Gesture) -> Answer:
    """Nothing is lost that was typed; nothing is said to be saved that was not."""
    match gesture.kind:
        case GestureKind.FILLED:
            return filling.back(gesture, filling.NOT_SAVED) or Refusal(because=filling.NOT_SAVED)
        case GestureKind.ASK:
            return Refusal(because=_LOOK_AGAIN)
        case _:
            return Refusal(because=_PRESS_AGAIN)
