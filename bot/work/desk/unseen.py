"""What has come since the presser was shown a conversation: a form shows it, and nothing ends before it was read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.nouns import commands as c
from bot.nouns.conversation import Conversation
from bot.nouns.mention import Kept
from bot.nouns.team import Refusal
from bot.ports import Sealed
from bot.rules.standing import NEWS
from bot.screens.forms import shape
from bot.screens.shapes import Answer, Form, Passage, Said
from bot.screens.words_of import history, quote, spoken
from bot.work.desk import filling
from bot.work.desk.answers import done
from bot.work.desk.turn import STALE, Turn

#: So many of their messages stand beside a form.
MOST = 5
_OURS = Said("An answer of ours was posted there by another hand.")
Opens = Callable[[Turn], Awaitable[Answer]]


async def opened(
    turn: Turn, act: str, filled: Callable[[Conversation], Mapping[str, str]] = lambda _: {}
) -> Form | Refusal:
    """The form of `act`, filled with what was typed already, beside all that came since the press was painted. It is bound
    to what it shows."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    values = {**filled(conversation), **filling.typed(shape(act), turn.gesture)}
    form = filling.bound(shape(act), incident, conversation, filled=values, seen=str(conversation.seen))
    shown = turn.number("seen")
    return form if shown == conversation.seen else beside(form, turn, [(conversation, shown)])


def beside(form: Form, turn: Turn, news: Sequence[tuple[Conversation, int]]) -> Form:
    """The form beside what came in each of these since so much of it was shown (-1: nobody can tell)."""
    passages = tuple(passage for each, shown in news[:MOST] for passage in _since(turn, each, shown))
    return replace(form, beside=passages, error=NEWS.because if any(shown >= 0 for _, shown in news) else "")


async def act(turn: Turn, command: c.Command, opens: Opens, said: str, *sealed: Sealed) -> Answer:
    """One command, as `answers.act`; where something new came, what `opens` the form shows it with everything typed."""
    acted = await turn.do(command, *sealed)
    return await instead(turn, acted, opens) if isinstance(acted, Refusal) else done(turn, said)


async def instead(turn: Turn, refused: Refusal, opens: Opens) -> Answer:
    """The refusal; of what was not shown the form again, so that it is read and nothing typed is lost."""
    form = await opens(turn) if refused == NEWS else refused
    return replace(form, error=form.error or STALE.because) if isinstance(form, Form) else form


def _since(turn: Turn, found: Conversation, shown: int) -> Sequence[Passage]:
    """Their newest messages, at least those that came or changed since, and whether our own account spoke there."""
    new = min(max(found.seen - shown, 1), MOST) if shown >= 0 else 1
    passages = [passage for kept in sorted(found.mentions, key=_touched)[-new:] for passage in _told(turn, kept)]
    return [*passages, _OURS] if found.ours_seen > max(shown, 0) else passages


def _told(turn: Turn, kept: Kept) -> Sequence[Passage]:
    words = [quote(kept, turn.who)] if spoken(kept) else []
    return [*words, *history(kept)]


def _touched(kept: Kept) -> datetime:
    """When it came or was changed last."""
    gone = [kept.deleted] if kept.deleted is not None else []
    return max([kept.arrived, *(edit.at for edit in kept.edits), *gone])
