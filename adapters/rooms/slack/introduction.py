"""Who our app is, and in which workspace: asked of Slack by whoever needs it first, on every replica."""

import asyncio
from typing import Final

from adapters.connections.slack import Slack
from adapters.connections.slack_answers import Answered, Lost, Refused
from adapters.connections.slack_budget import Rank
from adapters.rooms.slack.cures import because
from adapters.rooms.slack.healing import Troubles
from adapters.rooms.slack.refs import Workspace

#: Seconds the question waits for its turn: somebody who pressed may wait for what hangs on it.
_PATIENCE: Final = 2.0
_PART: Final = "slack token"
_UNSAID: Final = Lost("Slack did not say which workspace ours is.")


class Introduction:
    """Fills `workspace`; and since Slack answers only whom it knows, tells health whether our token is good."""

    def __init__(self, slack: Slack, workspace: Workspace, health: Troubles) -> None:
        self._slack = slack
        self._workspace = workspace
        self._health = health
        self._known = False
        self._asking: asyncio.Task[Refused | Lost | None] | None = None

    async def known(self) -> Refused | Lost | None:
        """None once `workspace` is filled and the token not known to be no good, else why not. Those who ask at the same
        time share one question."""
        if self._known and not self._slack.dead:
            return None
        if self._asking is None:
            self._asking = asyncio.ensure_future(self._ask())
            self._asking.add_done_callback(lambda _: setattr(self, "_asking", None))
        return await asyncio.shield(self._asking)

    async def _ask(self) -> Refused | Lost | None:
        answer = await self._slack.call("auth.test", {}, rank=Rank.ANSWER, patience=_PATIENCE)
        self._known = isinstance(answer, Answered) and bool(answer.body.get("team_id"))
        if isinstance(answer, Answered):
            self._workspace.me = str(answer.body.get("user_id", ""))
            self._workspace.team = str(answer.body.get("team_id", ""))
            self._workspace.url = str(answer.body.get("url", ""))
            self._health.well(_PART)
            return None if self._known else _UNSAID
        if self._slack.dead:
            self._health.trouble(_PART, because(self._slack.dead))
        return answer
