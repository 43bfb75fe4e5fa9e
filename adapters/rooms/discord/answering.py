"""An answer of the desk, painted; and the next gesture where one press takes more than one.

answer = await hear(did.gesture)
while (more := follow(did, answer)) is not None:
    did, answer = more, await hear(more.gesture)
shown(answer, did, signer)
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from discord import ui

from adapters.rooms.discord import lead, saying
from adapters.rooms.discord.cautions import improved
from adapters.rooms.discord.doing import Do, Then
from adapters.rooms.discord.page import Asked, page
from adapters.rooms.discord.pressing import Signer
from adapters.rooms.discord.window import Window, hidden, public, window
from bot.nouns.team import Refusal
from bot.screens.shapes import Answer, Choice, Done, FieldKind, Form, Gesture, GestureKind, Page

_WORDS = "words"
_WRITTEN = {GestureKind.FILLED, GestureKind.NOTED, GestureKind.BROUGHT}
STALE = Refusal(because="That press no longer fits what stands here. Look at it as it is now, and press again.")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as Discord shows it. `modal` is there where a window may be opened at once: only as the very first
    answer to a press. `views` are there always; where there are several, the last holds the presses."""

    views: tuple[ui.LayoutView, ...]
    modal: Window | None = None


def shown(answer: Answer, did: Do, signer: Signer) -> Shown:
    """The answer to `did`, for the one who did it."""
    match answer:
        case Done():
            return Shown((saying.done(answer, signer),))
        case Refusal():
            return Shown(saying.refused(answer, _typed(did.gesture)))
        case Page():
            return Shown((page(answer, signer, _asked(did)),))
        case Form():
            form = refilled(answer, did)
            at_once = did.then in {Then.OPEN, Then.TAKE} or not _to_be_read(form)
            return Shown(lead.lead(form, signer), window(form, signer) if at_once else None)
        case _:
            assert_never(answer)


def _typed(gesture: Gesture) -> str:
    """What they wrote, where a no must not lose it."""
    return gesture.values.get(_WORDS, gesture.values.get("text", "")) if gesture.kind in _WRITTEN else ""


def _asked(did: Do) -> Asked:
    gesture = did.gesture
    values = gesture.values
    return Asked(
        gesture.incident or values.get("incident", ""),
        gesture.conversation or values.get("conversation", ""),
        values,
        did.skip,
    )


def _to_be_read(form: Form) -> bool:
    """Whether there is something to look at before it is filled in."""
    return bool(form.beside or form.suggestions or form.cautions or form.choices or form.error) or public(form)


def follow(did: Do, answer: Answer) -> Do | None:
    """The gesture that belongs to the same press and comes next; None where `answer` is to be shown."""
    match answer:
        case Form():
            return _with_form(did, answer)
        case Page() if did.choose:
            return _chosen(did, answer)
        case Done() if did.gesture.kind is GestureKind.FILLED and did.gesture.kept and did.then is Then.SHOW:
            return _shown_again(did)
        case _:
            return None


def _with_form(did: Do, form: Form) -> Do | None:
    gesture = did.gesture
    if gesture.kind is GestureKind.FILLED:
        if did.then is Then.IMPROVE:
            return _improved(did, form)
        return _kept_whole(did, form) if not gesture.finished and not lead.holds(form) else None
    if did.changes:
        return _filled(did, form, {**form.filled, **did.changes})
    match did.then:
        case Then.FINISH | Then.KEEP if _same(did, form):
            return _filled(did, form, refilled(form, did).filled)
        case Then.IMPROVE:
            return _filled(did, form, refilled(form, did).filled, finished=False)
        case _:
            return None


def _same(did: Do, form: Form) -> bool:
    """Whether the draft is still the one that stood in the message, where nothing typed stood there."""
    based_on = did.gesture.values.get("based_on")
    return bool(did.typed) or based_on is None or based_on == form.values.get("based_on")


def _filled(did: Do, form: Form, typed: Mapping[str, str], *, finished: bool = True) -> Do:
    """The form, sent back with these values."""
    one = refilled(form, did)
    gesture = _next(did, form, {**typed, **hidden(one)})
    return replace(did, gesture=gesture.model_copy(update={"finished": finished, "kept": did.then is Then.KEEP}))


def _next(did: Do, form: Form, values: Mapping[str, str]) -> Gesture:
    return did.gesture.model_copy(
        update={
            "id": f"{did.gesture.id}+",
            "kind": GestureKind.FILLED,
            "act": form.act,
            "incident": form.incident or did.gesture.incident,
            "conversation": form.conversation or did.gesture.conversation,
            "values": values,
        }
    )


def _improved(did: Do, form: Form) -> Do | None:
    """Their words with a better wording, to be looked at again."""
    if not 0 <= did.nth < len(form.cautions):
        return None
    words = improved(form.filled.get(_WORDS, ""), form.cautions[did.nth])
    values = {**form.filled, _WORDS: words, **hidden(form)}
    return Do(_next(did, form, values).model_copy(update={"finished": False}))


def _kept_whole(did: Do, form: Form) -> Do:
    """Words too long for a message to carry are kept as a draft where that can be, else finished: never lost."""
    values = {**form.filled, **hidden(form)}
    return Do(_next(did, form, values).model_copy(update={"finished": True, "kept": bool(form.keep)}))


def _shown_again(did: Do) -> Do | None:
    """What was kept because it is too long for a message comes back from the store, with what is to be said of it."""
    gesture = did.gesture
    if gesture.act != "write" or not gesture.id.endswith("+"):
        return None
    values = {name: gesture.values[name] for name in ("stage", "draft") if name in gesture.values}
    asks = {"id": f"{gesture.id}+", "kind": GestureKind.PRESS, "values": values, "finished": True, "kept": False}
    return Do(gesture.model_copy(update=asks))


def _chosen(did: Do, answer: Page) -> Do | None:
    """The press of that name on the card that came back, with the values it has now."""
    card = answer.card
    offered = (*card.choices, *card.more) if card is not None else ()
    found = next((choice for choice in offered if choice.act == did.choose), None)
    if found is None and did.choose == "claim":
        found = next((choice for choice in offered if choice.act == "take_next"), None)
    return None if card is None or found is None else _pressed(did, found, card.incident, card.conversation)


def _pressed(did: Do, choice: Choice, incident: str, conversation: str) -> Do:
    update = {
        "id": f"{did.gesture.id}+",
        "kind": GestureKind.PRESS,
        "act": choice.act,
        "incident": incident,
        "conversation": conversation,
        "values": choice.values,
    }
    return Do(did.gesture.model_copy(update=update))


def refilled(form: Form, did: Do) -> Form:
    """The form with what its message carried, or with the words of the suggestion that was taken."""
    found = dict(form.filled)
    labels = {
        f.name: {label: option for option, label in lead.labels(f).items()}
        for f in form.fields
        if f.kind is FieldKind.CHOICE
    }
    for name, words in did.typed.items():
        options = labels.get(name)
        if options is None:
            found[name] = words
        else:
            found[name] = "\n".join(options[label] for label in words.split("\n") if label in options)
    if did.then is Then.TAKE:
        taken = next((one.text for one in form.suggestions if one.key == did.taken), None)
        found |= {} if taken is None else {_WORDS: taken}
    values = dict(form.values)
    if did.typed and form.act == did.gesture.act:
        values |= {name: did.gesture.values[name] for name in values if name in did.gesture.values}
    return replace(form, filled=found, values=values)
