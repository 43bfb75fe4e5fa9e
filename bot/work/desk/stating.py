"""Posts of ours that answer no single mention, and corrections of what we said."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Attempt, Conversation
from bot.nouns.delivery import Account, Audience, How, ToAccount, Way
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal
from bot.screens import called
from bot.screens.forms import shape
from bot.screens.plain import lasting
from bot.screens.shapes import Answer, Done, Form, Quote
from bot.work.desk import filling, reading
from bot.work.desk.answers import done
from bot.work.desk.turn import STALE, Turn


def _account(turn: Turn, name: str) -> Account:
    return turn.tools.accounts.get(name, Account(platform=name))


def _way(turn: Turn, name: str) -> Way:
    return turn.tools.platforms[name].reach(_account(turn, name)).public


def _accounts(turn: Turn) -> dict[str, Account]:
    """Every account a statement may stand on, by platform: where an API posts it, or a hand on an account with a name.

    Where mentions only come in, there is nothing of ours to post on.
    """
    found: dict[str, Account] = {}
    for name in sorted(turn.tools.platforms):
        account, way = _account(turn, name), _way(turn, name)
        if way.how is How.API or (way.how is How.HAND and account.name):
            found[name] = account
    return found


def _nowhere(turn: Turn) -> str:
    """Why a statement can stand on no account."""
    ways = {name: _way(turn, name) for name in sorted(turn.tools.platforms)}
    by_hand = {name: way.because.rstrip(".") for name, way in ways.items() if way.how is How.HAND and way.because}
    why = [f"{called.platform(name)}: {because}." for name, because in by_hand.items()]
    return " ".join(["There is no account of ours to say it on.", *why, "Settings name the accounts we speak from."])


async def open_statement(turn: Turn) -> Answer:
    """Say something to all: on which account, in which words."""
    if not _accounts(turn):
        return Refusal(because=_nowhere(turn))
    view = await turn.tools.act.look((turn.incident,) if turn.incident else ())
    return _statement(turn, view.incidents.get(turn.incident))


def _statement(turn: Turn, incident: Incident | None) -> Form:
    accounts = _accounts(turn)
    options = tuple((name, called.account(account)) for name, account in accounts.items())
    form = filling.offer(shape("statement"), "account", options)
    chosen = turn.value("account") or next(iter(accounts), "")
    words = turn.gesture.values.get("words", "")
    blank = _blank(turn, accounts.get(chosen, Account(platform=chosen)))
    cautions = reading.cautions(turn, blank, Stage.STATEMENT, words) if words.strip() else ()
    wait = reading.would_cool(turn, blank, Stage.STATEMENT, cautions)
    return replace(
        filling.bound(form, incident, filled={"account": chosen, "words": words}),
        cautions=cautions,
        length=reading.measure(turn, chosen, words),
        cools=wait.length,
        because=wait.reasons,
        finish=f"Finish, cools {lasting(wait.length)}",
    )


def _blank(turn: Turn, account: Account) -> Conversation:
    """A statement before there is one, so that its words can be looked at."""
    return Conversation(id="", incident="", opened=turn.now.wall, statement=True, account=account)


async def state(turn: Turn) -> Answer:
    """Begin the statement and its draft."""
    view = await turn.tools.act.look((turn.incident,) if turn.incident else ())
    incident = view.incidents.get(turn.incident)
    form = _statement(turn, incident)
    account = _accounts(turn).get(turn.value("account"))
    if not turn.gesture.finished:
        return form
    if account is None:
        return replace(form, error="Choose the account it is for." if _accounts(turn) else _nowhere(turn))
    begun = c.BeginStatement(
        id=turn.gesture.id,
        incident=turn.incident or turn.tools.ids(),
        conversation=turn.tools.ids(),
        account=account,
        fresh=not turn.incident,
    )
    return await _begin(turn, begun, form)


async def _begin(turn: Turn, begun: c.BeginStatement, form: Form) -> Answer:
    words = turn.gesture.values.get("words", "")
    if not words.strip():
        return replace(form, error="There is nothing written yet.")
    refused = await turn.do(begun)
    if isinstance(refused, Refusal):
        return replace(form, error=refused.because)
    sealed = await turn.seal(words)
    write = c.Write(
        id=f"{turn.gesture.id}:words",
        conversation=begun.conversation,
        draft=turn.tools.ids(),
        based_on=0,
        stage=Stage.STATEMENT,
        audience=Audience.PUBLIC,
        target=ToAccount(account=begun.account),
        words=sealed.words,
        cautions=form.cautions,
        finished=not turn.gesture.kept,
    )
    acted = await turn.do(write, sealed)
    if isinstance(acted, Refusal):
        # The statement is begun; its words are kept, so that nothing typed is lost, and repaired from its card.
        await turn.do(write.model_copy(update={"id": f"{turn.gesture.id}:kept", "finished": False}), sealed)
        return Done(f"Kept as a draft. {acted.because}", begun.incident, begun.conversation)
    said = "Kept as a draft." if turn.gesture.kept else "Finished. It cools now, and you are told when it has."
    return Done(said, begun.incident, begun.conversation)


async def open_correct(turn: Turn) -> Answer:
    """Other words for a post of ours, or none."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    attempt = conversation.attempt(turn.value("attempt"))
    if attempt is None:
        return STALE
    return _correction(turn, incident, conversation, attempt, attempt.words.read(""))


def _correction(turn: Turn, incident: Incident, conversation: Conversation, attempt: Attempt, words: str) -> Form:
    cautions = reading.cautions(turn, conversation, attempt.stage, words) if words.strip() else ()
    wait = reading.would_cool(turn, conversation, attempt.stage, cautions)
    stood = Quote(attempt.words.read(), by="What stands there now", at=attempt.ended, url=attempt.url, ours=True)
    return replace(
        filling.bound(shape("correct"), incident, conversation, filled={"words": words}, attempt=attempt.key),
        beside=(stood,),
        cautions=cautions,
        length=reading.measure(turn, reading.where(conversation), words),
        cools=wait.length,
        because=wait.reasons,
        finish=f"Finish, cools {lasting(wait.length)}",
    )


async def correct(turn: Turn) -> Answer:
    """The correction's words: looked at, or finished."""
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    attempt = conversation.attempt(turn.value("attempt"))
    if attempt is None:
        return STALE
    words = turn.gesture.values.get("words", "")
    form = _correction(turn, incident, conversation, attempt, words)
    if not turn.gesture.finished:
        return form
    sealed = await turn.seal(words, conversation)
    command = c.Correct(
        id=turn.gesture.id,
        conversation=conversation.id,
        attempt=attempt.key,
        draft=turn.tools.ids(),
        words=sealed.words,
        cautions=form.cautions,
    )
    acted = await turn.do(command, sealed)
    if isinstance(acted, Refusal):
        return replace(form, error=acted.because)
    return done(turn, "Finished. It cools now, and you are told when it has.")
