"""A card as a message: headline, mood, passages, choices. Pure: the same card gives the same message."""

from typing import assert_never

from adapters.rooms.slack.links import named
from adapters.rooms.slack.message import (
    FALLBACK,
    MOST_BLOCKS,
    MOST_TEXT,
    Block,
    Message,
    context,
    header,
    numbered,
    section,
    weight,
)
from adapters.rooms.slack.passages import passages
from adapters.rooms.slack.presses import presser, presses
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.text import clip, clip_marked, escape
from bot.nouns.conversation import Mood
from bot.screens.moods import marked
from bot.screens.shapes import Card, Choice

#: How long a quote may stand, tried in turn until the whole fits.
_LONGEST = (4000, 2000, 1000, 400, 160)
_BEFORE = "Its earlier thread"
_ON = "This goes on in another thread."
_SHARED = "This channel is shared with people outside the team, so nobody's words or names stand here."


def card(one: Card, signer: Signer, *, minimal: bool = False, before: str = "") -> Message:
    """The card. `minimal`: for a channel that people of other companies read, without anybody's words or names. `before`: the
    address of an earlier card of it, in whose thread the earlier lines stand."""
    earlier = [context(named(before, _BEFORE))] if before else []
    return _minimal(one, signer, earlier) if minimal else _whole(one, signer, earlier)


def went_on(address: str) -> Message:
    """What an earlier card becomes whose thread takes no more lines."""
    return Message(_ON, (context(_ON), context(named(address, "Its thread"))))


def _whole(one: Card, signer: Signer, earlier: list[Block]) -> Message:
    text = " · ".join(part for part in (escape(one.headline), marked(one), escape(one.about)) if part)
    return Message(
        clip_marked(text, FALLBACK),
        tuple(numbered(fitted(one, [header(one.headline), _second(one), *earlier], signer))),
    )


def now(one: Card, says: str, signer: Signer) -> Message:
    """The card as it is now, under a sentence of ours, for who pressed an older one."""
    return Message(says, tuple(numbered(fitted(one, [section(says), header(one.headline), _second(one)], signer))))


def fitted(one: Card, head: list[Block], signer: Signer) -> list[Block]:
    """`head`, the passages and the presses, with quotes shortened until Slack takes the whole."""
    foot = presses(signer, one.choices, one.more, one.incident, one.conversation)
    foot += [context(named(one.link, "The whole story"))] if one.link else []
    press = presser(signer, one.incident, one.conversation) if one.conversation and one.choices else None
    for longest in _LONGEST:
        body = passages(one.passages, longest, press)
        whole = [*head, *body, *foot]
        if len(whole) <= MOST_BLOCKS and weight(whole) <= MOST_TEXT:
            return whole
    return [*head, *_as_much(body, head, foot), *foot]


def _as_much(body: list[Block], head: list[Block], foot: list[Block]) -> list[Block]:
    """As many of the passages as fit, and a sentence on the rest."""
    rest = section("There is more to it than fits here. Open it to read the whole.")
    room, blocks = MOST_TEXT - weight([head, foot, rest]), MOST_BLOCKS - len(head) - len(foot) - 1
    taken: list[Block] = []
    for block in body[:blocks]:
        room -= weight(block)
        if room < 0:
            break
        taken.append(block)
    return [*taken, rest]


def _second(one: Card) -> Block:
    about = escape(one.about)
    return context(f"*{marked(one)}*{f' · {clip(about, 600)}' if about else ''}")


def _minimal(one: Card, signer: Signer, earlier: list[Block]) -> Message:
    """Only that something is here, and how it stands."""
    headline = _plainly(one.mood)
    look = Choice("incident", "Look at it", likely=True, form=True)
    choices = (look, *(Choice(c.act, c.label, c.values, form=c.form) for c in one.choices))
    blocks = [
        header(headline),
        context(f"*{marked(one)}*"),
        context(_SHARED),
        *earlier,
        *presses(signer, choices, one.more, one.incident, one.conversation),
    ]
    return Message(f"{headline} · {marked(one)}", tuple(numbered(blocks)))


def _plainly(of: Mood) -> str:
    match of:
        case Mood.WAITING:
            return "Somebody waits for us"
        case Mood.COOLING:
            return "An answer is cooling"
        case Mood.READY:
            return "An answer is ready to be read once more"
        case Mood.SETTLED:
            return "This is settled"
        case Mood.STORM:
            return "Several people wait for us"
        case _:
            assert_never(of)
