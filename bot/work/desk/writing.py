"""The writing form: opened, looked at, kept, finished."""

from dataclasses import dataclass, replace

from bot.nouns import commands as c
from bot.nouns.caution import Stage
from bot.nouns.conversation import Conversation, Draft
from bot.nouns.delivery import Audience, Target, ToAccount, ToAuthor, ToMention
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal
from bot.screens import called
from bot.screens.forms import shape
from bot.screens.plain import lasting
from bot.screens.shapes import Answer, Choice, Field, Form, Passage, Said
from bot.screens.words_of import theirs
from bot.work.desk import filling, reading
from bot.work.desk.answers import done
from bot.work.desk.turn import STALE, Turn

_TITLES = {
    Stage.ACKNOWLEDGEMENT: "Say we heard",
    Stage.RESPONSE: "Write a reply",
    Stage.PRIVATE: "Write to them privately",
    Stage.STATEMENT: "Write a statement",
}
_NOBODY = Refusal(because="There is nobody left here to write to.")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is being written, and where: `draft` is its id, `before` the draft as it stands, None for a new one.

    `invites`: the writer means to ask them to write or call.
    """

    incident: Incident
    conversation: Conversation
    stage: Stage
    draft: str
    before: Draft | None
    invites: bool


async def open_(turn: Turn) -> Answer:
    """The form, with what is known: their words, the draft as it stands, suggestions, cautions, the wait."""
    found = await _desk(turn)
    if isinstance(found, Refusal):
        return found
    words = found.before.words.read("") if found.before is not None else ""
    if not words and found.invites:
        words = invitation(turn, found.conversation)
    last = found.conversation.last
    what = turn.tools.words.summarise(last.latest.read(""), last.flag.situation, last.rating) if last else ""
    version = found.before.version if found.before is not None else 0
    return await _form(turn, found, words, what, version)


async def fill(turn: Turn) -> Answer:
    """It came back: only to be looked at, to be kept, or to be finished."""
    found = await _desk(turn)
    if isinstance(found, Refusal):
        return found
    words, what = turn.gesture.values.get("words", ""), turn.value("what")
    # A form that opened without what is known began a new draft.
    version = turn.number("based_on") if turn.value("based_on") else 0
    if version < 0:
        return STALE
    if not turn.gesture.finished:
        return await _form(turn, found, words, what, version)
    refused = await _write(turn, found, words, version)
    if not isinstance(refused, Refusal):
        return refused
    return replace(await _form(turn, found, words, what, version), error=refused.because)


async def _desk(turn: Turn) -> Desk | Refusal:
    found = await turn.found()
    if isinstance(found, Refusal):
        return found
    incident, conversation = found
    named = conversation.draft(turn.value("draft"))
    stage = named.stage if named is not None else _stage(turn.value("stage"))
    if stage is None:
        return STALE
    before = named or conversation.staged(stage)
    draft = before.id if before is not None else turn.value("draft") or turn.tools.ids()
    invites = turn.value("invites") == "yes" or (before is not None and before.invites)
    return Desk(incident, conversation, stage, draft, before, invites)


def _stage(name: str) -> Stage | None:
    return Stage(name) if name in set(Stage) else None


async def _form(turn: Turn, desk: Desk, words: str, what: str, version: int) -> Form:
    """The form as it stands with these words."""
    c = desk.conversation
    cautions = reading.cautions(turn, c, desk.stage, words) if words.strip() else ()
    wait = reading.would_cool(turn, c, desk.stage, cautions)
    suggestions = tuple(await turn.tools.words.suggest(reading.asking(turn, c, desk.stage)))
    asks = desk.invites or any(each.invites and each.text == words for each in suggestions)
    form = filling.bound(
        shape("write"),
        desk.incident,
        c,
        filled={"what": what, "words": words},
        stage=desk.stage.value,
        draft=desk.draft,
        based_on=str(version),
        invites="yes" if asks else "",
    )
    return replace(
        form,
        title=_TITLES[desk.stage],
        fields=tuple(_labelled(field, desk) for field in form.fields if field.name != "what" or not c.statement),
        cautions=cautions,
        suggestions=suggestions,
        beside=_beside(turn, desk, words),
        length=reading.measure(turn, reading.where(c), words),
        cools=wait.length,
        because=wait.reasons,
        finish=f"Finish, cools {lasting(wait.length)}",
        choices=_discard(desk.before),
    )


def _labelled(field: Field, desk: Desk) -> Field:
    if field.name != "words":
        return field
    if desk.stage is Stage.STATEMENT:
        return replace(field, label="The statement, as everybody will see it")
    who = called.reader(desk.conversation)
    private = desk.stage is Stage.PRIVATE
    return replace(
        field, label=f"Your {'words' if private else 'reply'}, as {who} will see {'them' if private else 'it'}"
    )


def _discard(before: Draft | None) -> tuple[Choice, ...]:
    if before is None:
        return ()
    return (Choice("discard", "Discard", {"draft": before.id, "version": str(before.version)}),)


def _beside(turn: Turn, desk: Desk, words: str) -> tuple[Passage, ...]:
    found = list(theirs(desk.conversation, turn.who))
    if desk.before is not None and desk.before.author != turn.who.id:
        found.append(Said(f"These are {turn.team.name(desk.before.author)}'s words."))
    for promise in turn.tools.words.promises(words, turn.now.wall, turn.zone) if words.strip() else ():
        found.append(Said(f"It promises a time (“{promise.phrase}”). Record the promise once it is out."))
    return tuple(found)


async def _write(turn: Turn, desk: Desk, words: str, version: int) -> Answer:
    target = _target(desk)
    if target is None:
        return _NOBODY
    sealed = await turn.seal(words, desk.conversation)
    finished = not turn.gesture.kept
    cautions = reading.cautions(turn, desk.conversation, desk.stage, words)
    command = c.Write(
        id=turn.gesture.id,
        conversation=desk.conversation.id,
        draft=desk.draft,
        based_on=version,
        stage=desk.stage,
        audience=Audience.PRIVATE if desk.stage is Stage.PRIVATE else Audience.PUBLIC,
        target=target,
        words=sealed.words,
        cautions=cautions,
        finished=finished,
        invites=desk.invites and desk.stage is not Stage.PRIVATE and reading.invites(turn, desk.conversation, words),
    )
    acted = await turn.do(command, sealed)
    if isinstance(acted, Refusal):
        return acted
    after = acted.view.conversations.get(desk.conversation.id, desk.conversation).draft(desk.draft)
    if after is None or after.cooling is None:
        return done(turn, "Kept as a draft. Nobody else is told.")
    left = lasting(after.cooling.until - turn.now.wall)
    return done(turn, f"Finished. It cools for {left}, and you are told when it has. You can edit it meanwhile.")


def _target(desk: Desk) -> Target | None:
    """Where the words go: where the draft's went; else to their newest words that still stand, or to our account."""
    if desk.before is not None:
        return desk.before.target
    if desk.stage is Stage.STATEMENT:
        account = desk.conversation.account
        return ToAccount(account=account) if account is not None else None
    last = desk.conversation.last
    if last is None:
        return None
    return ToAuthor(key=last.key) if desk.stage is Stage.PRIVATE else ToMention(key=last.key)


def invitation(turn: Turn, conversation: Conversation) -> str:
    """The public words that ask them to write or call, as the form opens with them."""
    first = conversation.first
    words, where = turn.tools.words, reading.where(conversation)
    return words.invite_words(
        reading.contact(turn),
        words.reference(conversation.id),
        name=called.author(first).split(" ")[0] if first is not None else "",
        signature=turn.who.signature,
        limit=reading.measure(turn, where, "").limit,
        direct=reading.direct(conversation),
    )


async def discard(turn: Turn) -> Answer:
    """Throw a draft away."""
    command = c.Discard(
        id=turn.gesture.id, conversation=turn.conversation, draft=turn.value("draft"), version=turn.number("version")
    )
    acted = await turn.do(command)
    return acted if isinstance(acted, Refusal) else done(turn, "Discarded.")
