"""Read once more, and send: a named person's press on exactly that text."""

from dataclasses import replace

from bot.nouns import commands as c
from bot.nouns.conversation import AttemptState, Conversation, Draft
from bot.nouns.delivery import Account, Audience, How, ToAccount, ToPost, platform_of, shown_as
from bot.nouns.incident import Incident
from bot.nouns.team import Refusal
from bot.screens import called
from bot.screens.forms import shape
from bot.screens.notes import ready_choices
from bot.screens.plain import counted
from bot.screens.shapes import Answer, Done, Fact, Form, Passage, Quote, Said
from bot.screens.words_of import quote, spoken, veiled
from bot.work.attempts import whole
from bot.work.desk import filling, reading
from bot.work.desk.answers import act
from bot.work.desk.turn import STALE, Turn

_UNCHANGED = "Nothing changed since you wrote it."
_CANNOT_LOOK = "We know of no change since you wrote it. Nobody but you can look there; please do before you send it."


async def read_once_more(turn: Turn) -> Answer:
    """Open the cooled draft before the presser's eyes, and write that down."""
    command = c.ReadOnceMore(
        id=turn.gesture.id, conversation=turn.conversation, draft=turn.value("draft"), version=turn.number("version")
    )
    acted = await turn.do(command)
    if isinstance(acted, Refusal):
        return acted
    conversation = acted.view.conversations[turn.conversation]
    draft = conversation.draft(command.draft)
    return STALE if draft is None else _ready(turn, acted.view.incidents[conversation.incident], conversation, draft)


def _ready(turn: Turn, incident: Incident, conversation: Conversation, draft: Draft) -> Form:
    text, account = draft.words.read(), turn.tools.accounts.get(platform_of(draft.target))
    form = filling.bound(
        shape("send"),
        incident,
        conversation,
        draft=draft.id,
        version=str(draft.version),
        seal=shown_as(draft.words.seal, account),
        attempt=turn.tools.ids(),
    )
    ours = Quote(
        text, by=turn.who.signature, ours=True, length=reading.measure(turn, reading.where(conversation), text)
    )
    looks = form.fields if _looks(turn, conversation, draft) else ()
    changed = _changed(turn, conversation, draft) or (Said(_CANNOT_LOOK if looks else _UNCHANGED),)
    return replace(
        form,
        title=f"It has cooled. Read it as {called.reader(conversation)} would.",
        fields=looks,
        beside=(*theirs(turn, conversation), ours, *_from(account), *changed, *_signed(turn, draft, text)),
        finish=f"Send, as {turn.who.signature}",
        choices=ready_choices(draft)[1:],
    )


def _from(account: Account | None) -> tuple[Passage, ...]:
    """From which account it goes out, where we know who we are there."""
    return (Said(f"As {called.account(account)}."),) if account is not None and account.name else ()


def theirs(turn: Turn, conversation: Conversation) -> tuple[Passage, ...]:
    """Their newest words, veiled for who asked for that; nothing where there are none."""
    last = conversation.last
    return (quote(last, turn.who),) if last is not None and spoken(last) else ()


def _changed(turn: Turn, conversation: Conversation, draft: Draft) -> tuple[Passage, ...]:
    """What has changed on their side since the draft's wait began: edits with the words before, new words, deletion."""
    since = draft.cooling.begun if draft.cooling is not None else conversation.opened
    found: list[Passage] = []
    for kept in conversation.mentions:
        for place, edit in enumerate(kept.edits):
            if edit.at > since:
                was = kept.edits[place - 1].words if place else kept.words
                found += [
                    Fact("They edited it", "", edit.at),
                    Quote(was.read(), by="Before", veiled=veiled(kept, turn.who)),
                ]
        if kept.deleted is not None and kept.deleted > since:
            found.append(Fact("They deleted it", "", kept.deleted))
    new = [kept for kept in conversation.mentions if kept.arrived > since]
    if new:
        found.append(Said(f"They wrote {counted(len(new), 'message')} since."))
        found += [quote(kept, turn.who) for kept in new if kept is not conversation.last and spoken(kept)]
    return tuple(found)


def _signed(turn: Turn, draft: Draft, text: str) -> tuple[Passage, ...]:
    """Whoever sends another's words sends them as themselves; changing only the signature keeps the wait."""
    author = turn.team.people.get(draft.author)
    if author is None or author.id == turn.who.id or not text.rstrip(" .").endswith(author.signature):
        return ()
    return (Said(f"It is signed by {author.signature}. Edit the signature to send it as you; that keeps the wait."),)


def _looks(turn: Turn, conversation: Conversation, draft: Draft) -> bool:
    """Whether the presser is asked to look: by hand, where nothing can be asked, or where the last look failed."""
    if isinstance(draft.target, ToAccount | ToPost):
        return False
    sent = [a for a in conversation.attempts if a.draft == draft.id]
    if sent and sent[-1].state is AttemptState.SENT_BACK:
        return True
    platform = turn.tools.platforms.get(draft.target.key.platform)
    kept = conversation.mention(draft.target.key)
    if platform is None or kept is None:
        return True
    reach = platform.reach(whole(kept))
    return (reach.private if draft.audience is Audience.PRIVATE else reach.public).how is not How.API


async def send(turn: Turn) -> Answer:
    """Send exactly what was read."""
    command = c.Send(
        id=turn.gesture.id,
        conversation=turn.conversation,
        draft=turn.value("draft"),
        version=turn.number("version"),
        seal=turn.value("seal"),
        attempt=turn.value("attempt"),
        looked=turn.value("looked") == "yes",
        accounts=tuple(turn.tools.accounts.values()),
    )
    return await act(turn, command, "On its way. What becomes of it is said here.")


async def not_now(turn: Turn) -> Answer:
    """It stays as it is: nothing is written down."""
    return Done("It stays as it is.", turn.incident, turn.conversation)
