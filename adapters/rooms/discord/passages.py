"""Passages as Discord's markdown. What somebody wrote is escaped; what is ours is painted."""

from collections.abc import Sequence
from typing import assert_never

from adapters.rooms.discord import text
from adapters.rooms.discord.blocks import Block, chunks
from adapters.rooms.discord.buttons import opens
from adapters.rooms.discord.dates import clock, distance, moment
from bot.nouns.time import Addition
from bot.screens.shapes import Fact, Passage, Quote, Said, Wait

#: A fact or a sentence longer than this is cut: they are ours, and short.
_SENTENCE = 600
#: So much of a text stands in one block.
_PIECE = 1200
#: So much of words to be copied stands in one code block.
_COPY = 3400
#: Words to be copied stand in a code block: its button copies them to the sign, and nothing in it is marked up.
_FENCE = "```"


def blocks(passages: Sequence[Passage], most: int) -> list[Block]:
    """Passages in order; each quotation shows at most `most` characters. Facts and sentences in a row share a block."""
    found, plain = list[Block](), list[str]()
    for one in passages:
        if isinstance(one, Quote):
            found += [*_plain(plain), quote(one, most)]
            plain = []
        else:
            plain.append(sentence(one))
    return [*found, *_plain(plain)]


def whole(passages: Sequence[Passage]) -> list[Block]:
    """Passages in order, with nothing left out: a long text takes several blocks."""
    found = list[Block]()
    for one in passages:
        if isinstance(one, Quote) and not one.veiled:
            found += _whole(one)
        else:
            found += blocks((one,), _SENTENCE)
    return found


def _plain(lines: Sequence[str]) -> list[Block]:
    said = [line for line in lines if line.strip()]
    return [Block("\n".join(said))] if said else []


def sentence(one: Said | Fact | Wait) -> str:
    """One of the short passages."""
    match one:
        case Said():
            return text.escape_within(one.text, _SENTENCE)
        case Fact():
            said = text.escape_within(text.one_line(one.text), _SENTENCE)
            name = text.escape_within(text.one_line(one.name), 120)
            since = moment(one.at) if one.at is not None else ""
            body = " ".join(part for part in (said, since) if part)
            return f"**{name}**{': ' if body else ''}{body}{' (waiting too long)' if one.late else ''}"
        case Wait():
            words = text.escape_within(text.one_line(one.text), _SENTENCE)
            return f"{words} until {clock(one.until)}, {distance(one.until)}{because(one.because)}"
        case _:
            assert_never(one)


def because(additions: Sequence[Addition]) -> str:
    """What made a wait longer."""
    return "".join(f", {more.minutes} min more because {text.escape_within(more.because, 200)}" for more in additions)


def quote(one: Quote, most: int) -> Block:
    """A quotation: their words, or ours before they go. Veiled words lie under a spoiler, one press away."""
    if one.copy:
        return Block(f"{_copied(one.text, most)}\n{_under(one)}".rstrip("\n"), beside=opens(one.url))
    words = text.escape_within(one.text, most)
    if one.veiled:
        hidden = "\n".join(f"||{line}||" if line.strip() else line for line in words.split("\n"))
        words = f"{text.escape_within(one.veiled, _SENTENCE)}\n{hidden}"
    return Block(f"{text.quoted(words)}\n{_under(one)}".rstrip("\n"), beside=opens(one.url))


def _whole(one: Quote) -> list[Block]:
    paint, size = (_copied, _COPY) if one.copy else (_quoted, _PIECE)
    pieces = [paint(piece.rstrip("\n"), size + 1) for piece in chunks(text.clean(one.text), size)]
    found = [Block(piece) for piece in pieces[:-1]]
    return [*found, Block(f"{pieces[-1]}\n{_under(one)}".rstrip("\n"), beside=opens(one.url))]


def _quoted(words: str, _: int) -> str:
    return text.quoted(text.escape(words))


def _copied(words: str, most: int) -> str:
    short = text.clip(text.clean(words), most)
    if _FENCE in short:
        return text.quoted(text.escape(short))
    return f"{_FENCE}\n{short}\n{_FENCE}"


def _under(one: Quote) -> str:
    """The small line under a quotation: who, when, how long, and that there is more."""
    parts = [
        text.escape_within(text.one_line(one.by), 120),
        moment(one.at) if one.at is not None else "",
        f"{one.length.used} of {one.length.limit} characters" if one.length is not None else "",
        "too long for there" if one.length is not None and not one.length.fits else "",
        "there is more of it" if one.more else "",
    ]
    said = " · ".join(part for part in parts if part)
    return f"-# {said}" if said else ""
