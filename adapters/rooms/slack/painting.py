"""The edits of cards: the newest state wins, many changes of one card are one edit, nothing is dropped, only painted later."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import LIMITED, Answer, Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.kept import Kept
from adapters.rooms.slack.message import Message
from adapters.rooms.slack.reconcile import painted
from adapters.rooms.slack.refs import At
from bot.work.waiting import first

_log = logging.getLogger(__name__)
#: So many cards are remembered as they are shown.
_MOST: Final = 5000
#: An edit waits for its turn as long as it takes; it is worth it.
_FOREVER: Final = 1e9


@dataclass(slots=True)
class _Shown:
    """One card: what it shows, and what it is to show."""

    version: int
    rank: Rank
    wanted: Message | None = None
    shows: Message | None = None
    waiting: list["asyncio.Future[Answer]"] = field(default_factory=list)
    served: list["asyncio.Future[Answer]"] = field(default_factory=list)
    task: "asyncio.Task[None] | None" = None
    lost: int = 0
    sending: bool = False


class Edits:
    """`close` ends what still waits."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._cards: Kept[At, _Shown] = Kept(_MOST)

    async def paint(self, card: At, message: Message, *, version: int, rank: Rank, patience: float) -> Answer:
        """Once that card shows `message` or something newer. An older version than it shows or waits for is left out.

        Not painted within `patience` seconds: Refused with `ratelimited`, and it is painted all the same, later.
        """
        state = self._cards.get(card) or self._cards.put(card, _Shown(version, rank))
        if version < state.version:
            return Answered({})
        state.version = version
        if state.task is None and state.shows == message:
            return Answered({})
        state.wanted = message
        painted_: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        state.waiting.append(painted_)
        self._hurry(card, state, rank)
        await first(asyncio.wait({painted_}), self._slack.ticks.sleep(patience))
        return painted_.result() if painted_.done() else Refused("ratelimited", patience)

    def posted(self, card: At, message: Message, version: int) -> None:
        """It was just posted and shows that."""
        self._cards.put(card, _Shown(version, Rank.NEW, shows=message))

    def forget(self, card: At) -> None:
        """It is gone, or not as we painted it."""
        state = self._cards.get(card)
        if state is not None and state.task is None:
            self._cards.drop(card)
        elif state is not None:
            state.shows = None

    def close(self) -> None:
        """Nothing more is painted."""
        for state in self._cards.values():
            if state.task is not None:
                state.task.cancel()

    def _hurry(self, card: At, state: _Shown, rank: Rank) -> None:
        """See that somebody paints it, and not later than `rank` deserves."""
        if state.task is not None and (state.sending or rank >= state.rank):
            return
        if state.task is not None:
            state.task.cancel()
        state.rank = rank
        state.task = asyncio.get_running_loop().create_task(self._run(card, state))

    async def _run(self, card: At, state: _Shown) -> None:
        try:
            while state.wanted is not None:
                answer = await self._slack.call(
                    "chat.update", lambda: self._args(card, state), rank=state.rank, patience=_FOREVER
                )
                state.sending = False
                self._told(state, answer)
        except Exception as error:
            _log.error("An edit of a card in Slack fell over: %s", type(error).__name__)
            state.shows = None
        finally:  # however it ends: a task that is over and still named would keep everybody else from painting this card
            if state.task is asyncio.current_task():
                state.task, state.rank, state.sending = None, Rank.COUNTER, False

    def _args(self, card: At, state: _Shown) -> Mapping[str, Any]:
        """Made when it is our turn: whatever is newest then. Asked again after a "not now", it is the same or newer."""
        if state.wanted is not None:
            state.shows, state.wanted, state.sending = state.wanted, None, True
            state.served, state.waiting = [*state.served, *state.waiting], []
        shown = painted(state.shows) if state.shows is not None else {}
        return {"channel": card.channel, "ts": card.ts, **shown}

    def _told(self, state: _Shown, answer: Answer) -> None:
        """Whoever waited for this state or an older one is answered; a change that came meanwhile waits on."""
        again = state.wanted or state.shows
        match answer:
            case Answered():
                state.lost = 0
            case Refused(error=error) if error in LIMITED:
                state.wanted = again
                return
            case Lost() if state.lost == 0:
                state.lost, state.wanted = 1, again
                return
            case _:  # what Slack refuses is for the healer; the next change is another try
                state.lost, state.wanted, state.shows = 0, None, None
                state.served, state.waiting = [*state.served, *state.waiting], []
        served, state.served = state.served, []
        for one in served:
            if not one.done():
                one.set_result(answer)
