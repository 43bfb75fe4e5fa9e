"""A form as a modal: what to look at above, the boxes, what a second reader says of the words, how long it cools."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from adapters.rooms.slack.cautions import cautions
from adapters.rooms.slack.fields import Seen, inputs
from adapters.rooms.slack.message import MOST_VIEW_BLOCKS, Block, actions, button, context, section, spoken, weight
from adapters.rooms.slack.passages import passages
from adapters.rooms.slack.presses import Kind, presser
from adapters.rooms.slack.pressing import Opened, Signer
from adapters.rooms.slack.text import brief, clip, escape_lines
from adapters.rooms.slack.views import MOST_VIEW_TEXT, fits, modal
from bot.nouns.caution import Suggestion
from bot.screens.shapes import FieldKind, Form
from bot.screens.waits import EDIT, cools

#: The field that cautions speak of.
WORDS = "words"
#: How much of their words stands above the boxes, tried in turn; the whole is one press away and covers nothing typed.
_LONGEST = (2000, 1000, 400)
_TOO_MUCH = "This holds more than Slack can carry. Please fill it in on the web desk."


def form(one: Form, signer: Signer, *, seen: Seen | None = None) -> Block:
    """The modal. `seen`: what stood in it before, where it is painted over an open one."""
    seen = seen or Seen()
    options: list[str] = []
    boxes: list[Block] = []
    for field in one.fields:
        value = one.filled.get(field.name, "").replace("\r\n", "\n")
        boxes += inputs(field, value, seen.round(field.name, value), options)
    metadata = signer.pack_form(_opened(one, options))
    if metadata is None:
        return modal("said", one.title, [section(_TOO_MUCH)])
    blocks = _fitted(one, signer, boxes)
    return modal("form", one.title, blocks, submit=one.finish, metadata=metadata)


def _opened(one: Form, options: Sequence[str]) -> Opened:
    hidden = {f.name: one.filled.get(f.name, "") for f in one.fields if f.kind is FieldKind.HIDDEN}
    values = {**one.values, **hidden}
    return Opened(one.act, one.incident, one.conversation, values, tuple(options), checks(one), bool(one.keep))


def checks(one: Form) -> bool:
    """Whether its words are to be said outside: then they have a length, a wait or cautions. A reason has none."""
    spoken = one.length is not None or one.cools is not None or bool(one.cautions)
    return spoken and any(field.name == WORDS and field.kind is FieldKind.TEXT for field in one.fields)


def _fitted(one: Form, signer: Signer, boxes: list[Block]) -> list[Block]:
    """All of it, with what stands beside shortened until Slack takes the whole."""
    press = presser(signer, one.incident, one.conversation) if one.conversation else None
    head, foot = [*_head(one)], [*_foot(one, signer)]
    for longest in _LONGEST:
        beside = passages(one.beside, longest, press)
        whole = [*head, *beside, *boxes, *foot]
        if len(whole) <= MOST_VIEW_BLOCKS and weight(whole) <= MOST_VIEW_TEXT:
            return whole
    room = max(0, MOST_VIEW_BLOCKS - len(head) - len(boxes) - len(foot) - 1)
    rest = [context("There is more to read than fits here.")]
    return [*head, *beside[: min(room, 20)], *rest, *boxes, *foot][:MOST_VIEW_BLOCKS]


def _head(one: Form) -> Iterator[Block]:
    if one.error:
        yield section(f"● *{brief(one.error, 2000)}*")
    if not fits(one.title):
        yield section(f"*{brief(one.title, 1000)}*")


def _foot(one: Form, signer: Signer) -> Iterator[Block]:
    words = one.filled.get(WORDS, "").replace("\r\n", "\n")
    yield from cautions(one.cautions, words, signer)
    if told := " · ".join(_told(one)):
        yield context(told)
    press = presser(signer, one.incident, one.conversation)
    row = [button("Check my words", Kind.CHECK, Kind.CHECK)] if checks(one) else []
    row += [button(one.keep, Kind.KEEP, Kind.KEEP)] if one.keep else []
    row += [press(replace(choice, likely=False)) for choice in one.choices]
    yield from actions(row) if row else ()
    if one.suggestions:
        yield context("Words others found good")
        for suggestion in one.suggestions[:8]:
            yield from _suggested(suggestion, signer)


def _told(one: Form) -> Iterator[str]:
    """How long the words are, how long they cool, and what the last button says where it has no room for it."""
    if one.length is not None:
        yield f"{one.length.used} of {one.length.limit}" + ("" if one.length.fits else ", too long for this place")
    if one.cools is not None:
        yield brief(f"{cools(one.cools, one.because)} {EDIT}", 1000)
    if not fits(one.finish):
        yield f"The last button means: {brief(one.finish, 500)}"


def _suggested(one: Suggestion, signer: Signer) -> Iterator[Block]:
    """Words to take, each with why it fits. What is too long for a press stands there to be copied."""
    value = signer.pack_words((one.text,))
    text = f"_{brief(one.fits, 300)}_\n{clip(escape_lines(one.text), 2500)}"
    yield section(text, spoken(button("Take it", Kind.TAKE, value), one.text) if value is not None else None)
