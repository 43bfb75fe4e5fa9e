"""Passages as blocks. What belongs together stands in one paragraph, so that a card is read at a glance."""

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.links import link
from adapters.rooms.slack.message import SECTION, Block, context, section, spoken, verbatim
from adapters.rooms.slack.text import brief, clip, cut, quote, readable, sendable, size
from bot.nouns.time import Addition
from bot.screens.shapes import Choice, Fact, Passage, Quote, Said, Wait

#: No paragraph of facts grows beyond this.
_PARAGRAPH = 2600
#: One fact, one sentence: at most this much.
_SENTENCE = 1200
#: A choice as a button; None where this reader presses nothing.
Press = Callable[[Choice], Block]


def passages(found: Sequence[Passage], longest: int, press: Press | None = None) -> list[Block]:
    """`found` in its order. Their words show at most `longest` characters, ours four times as many, since those are to be
    read whole; where there is more of theirs and `press` is given, *Read all* stands beside them."""
    blocks: list[Block] = []
    facts: list[str] = []
    for one in found:
        match one:
            case Fact() | Wait():
                facts.append(fact(one) if isinstance(one, Fact) else _wait(one))
            case Quote():
                blocks += [*_paragraphs(facts), *_quoted(one, longest, press)]
                facts = []
            case Said():
                blocks += [*_paragraphs(facts), section(brief(one.text, _SENTENCE))]
                facts = []
            case _:
                assert_never(one)
    return [*blocks, *_paragraphs(facts)]


def _paragraphs(lines: Sequence[str]) -> Iterator[Block]:
    """Lines in as few paragraphs as hold them."""
    whole = ""
    for line in lines:
        if whole and size(whole) + size(line) > _PARAGRAPH:
            yield section(whole)
            whole = ""
        whole = f"{whole}\n{line}" if whole else line
    if whole:
        yield section(whole)


def fact(one: Fact) -> str:
    """One fact in a line, escaped."""
    parts = [brief(one.text, _SENTENCE)] if one.text.strip() else []
    parts += [date(one.at)] if one.at is not None else []
    parts += ["waiting too long"] if one.late else []
    name = f"{'● ' if one.late else ''}*{brief(one.name, _SENTENCE)}"
    return f"{name}:* {' · '.join(parts)}" if parts else f"{name}*"


def _wait(one: Wait) -> str:
    return f"*{brief(one.text, _SENTENCE)}* until {date(one.until)}{because(one.because)}"


def because(additions: Sequence[Addition]) -> str:
    """What made a wait longer: ", 10 min more because it argues with them"."""
    return "".join(f", {_amount(more)} more because {brief(more.because, 300)}" for more in additions)


def _amount(more: Addition) -> str:
    return " ".join(
        [*([f"{more.minutes} min"] if more.minutes else []), *([f"{more.seconds} s"] if more.seconds else [])]
    )


def _quoted(one: Quote, longest: int, press: Press | None) -> Iterator[Block]:
    """Their words behind a line, ours as they will be read."""
    if one.veiled:
        yield from _veiled(one, press)
        return
    if one.ours or one.copy:
        yield context(_above(one))
        yield from (
            verbatim(piece) for piece in cut(_shown(sendable(one.text), 4 * longest) or "–", SECTION) if piece.strip()
        )
        return
    head = one.text[: 4 * longest]
    text = readable(head).strip()
    shown = _shown(text, longest)
    pieces = [section(piece) for piece in quoted(shown)] if shown else []
    if press is not None and pieces and (one.more or shown != text or head != one.text):
        pieces[-1]["accessory"] = spoken(press(Choice("words", "Read all", form=True)), one.by)
    yield from pieces
    if below := _byline(one):
        yield context(below)


def _shown(text: str, longest: int) -> str:
    return text if size(text) <= longest else clip(text, longest)


def _veiled(one: Quote, press: Press | None) -> Iterator[Block]:
    """The reasons in place of hostile words; the words are one press away."""
    shows = Choice("words", "Show their words", form=True)
    accessory = spoken(press(shows), one.by) if press is not None else None
    yield section(f"_{brief(one.veiled, _SENTENCE)}_", accessory)
    if below := _byline(one):
        yield context(below)


def quoted(text: str) -> Iterator[str]:
    """`text` as quotes of mrkdwn, each short enough for a paragraph."""
    for piece in cut(text, SECTION - 100):
        painted = quote(piece.strip("\n"))
        if size(painted) <= SECTION:
            yield painted
        else:
            yield from quoted(piece[: len(piece) // 2])
            yield from quoted(piece[len(piece) // 2 :])


def _byline(one: Quote) -> str:
    parts = [brief(one.by, 200)] if one.by else []
    parts += [date(one.at)] if one.at is not None else []
    parts += [found] if (found := link(one.url)) else []
    return " · ".join(parts)


def _above(one: Quote) -> str:
    """Over words of ours: whose they are, and how long as the platform counts."""
    what = "To copy, as it stands" if one.copy else "Ours, as it will be read"
    parts = [what, *([brief(one.by, 200)] if one.by else [])]
    if one.length is not None:
        parts.append(f"{one.length.used} of {one.length.limit}" + ("" if one.length.fits else ", too long"))
    parts += [found] if (found := link(one.url)) else []
    return " · ".join(parts)
