"""Meaning to what the templates show. Pure: same card, same reader, same moment, same paint."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from adapters.rooms.web.eyes import Eyes, Press
from adapters.rooms.web.links import Link, link
from adapters.rooms.web.times import Shown
from bot.screens.moods import mark, word
from bot.screens.shapes import Card, Choice, Fact, Line, Page, Passage, Quote, Row, Said, Section, Wait

#: Talk among the team: painted softer than what happened.
_ASIDES = frozenset({"noted"})


@dataclass(frozen=True, slots=True)
class Painted:
    """One passage. `kind` names its template; the rest is filled as that template needs it."""

    kind: str
    text: str = ""
    name: str = ""
    at: Shown | None = None
    link: Link | None = None
    more: bool = False
    veiled: str = ""
    copy: bool = False
    count: str = ""
    late: bool = False
    left: int = 0
    whole: int = 1
    because: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class PaintedCard:
    """A card. `main` is read, `aside` looked up; a row uses the first quote and the notes only."""

    href: str
    headline: str
    about: str
    mood: str
    mark: str
    late: bool
    open: Link | None
    main: tuple[Painted, ...]
    aside: tuple[Painted, ...]
    choices: tuple[Press, ...]
    more: tuple[Press, ...]
    incident: str
    conversation: str


@dataclass(frozen=True, slots=True)
class PaintedLine:
    """A line of the timeline: `text moment (by): quote`. `soft`: talk among the team; `veiled` stands for a quote."""

    at: Shown
    text: str
    moment: Shown | None
    by: str
    quote: str
    ours: bool
    soft: bool
    veiled: str


#: A card in a list, what stands beside it, and when the words came that it is about.
PaintedRow = tuple[PaintedCard, tuple[str, ...], Shown | None]


@dataclass(frozen=True, slots=True)
class PaintedSection:
    """A part of a page."""

    title: str
    rows: tuple[PaintedRow, ...]
    passages: tuple[Painted, ...]
    lines: tuple[PaintedLine, ...]
    choices: tuple[Press, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page. `after` leads on, or ''."""

    name: str
    title: str
    answer: str
    card: PaintedCard | None
    parts: tuple[PaintedSection, ...]
    choices: tuple[Press, ...]
    after: str


def passage(one: Passage, eyes: Eyes) -> Painted:
    """One passage."""
    match one:
        case Quote():
            at = eyes.time(one.at) if one.at else None
            count = f"{one.length.used} of {one.length.limit}" if one.length else ""
            return Painted(
                "draft" if one.ours or one.copy else "quote",
                one.text,
                one.by,
                at,
                link(one.url),
                more=one.more,
                veiled=one.veiled,
                count=count,
                late=one.length is not None and not one.length.fits,
                copy=one.copy,
            )
        case Said():
            return Painted("said", one.text)
        case Fact():
            return Painted("fact", one.text, one.name, eyes.time(one.at) if one.at else None, late=one.late)
        case Wait():
            whole = max(1, round((one.until - one.since).total_seconds()))
            left = min(whole, max(0, round((one.until - eyes.now).total_seconds())))
            because = ", ".join(f"{more.minutes} more because {more.because}" for more in one.because)
            since = eyes.time(one.since).iso
            return Painted(
                "wait", one.text, "", eyes.time(one.until), left=left, whole=whole, because=because, since=since
            )
        case _:
            assert_never(one)


def card(one: Card, eyes: Eyes) -> PaintedCard:
    """A card, whole."""
    quotes = [p for p in one.passages if isinstance(p, Quote)]
    painted = [(p, passage(p, eyes)) for p in one.passages]
    return PaintedCard(
        href=f"/i/{one.incident}" + (f"/{one.conversation}" if one.conversation else "") if one.incident else "",
        headline=one.headline,
        about=one.about,
        mood=word(one),
        mark=mark(one).value,
        late=one.late,
        open=next((found for quote in quotes if (found := link(quote.url))), None),
        main=tuple(paint for p, paint in painted if isinstance(p, Quote | Said)),
        aside=tuple(paint for p, paint in painted if isinstance(p, Wait | Fact)),
        choices=presses(one.choices, eyes, one.incident, one.conversation),
        more=presses(one.more, eyes, one.incident, one.conversation),
        incident=one.incident,
        conversation=one.conversation,
    )


def presses(choices: Sequence[Choice], eyes: Eyes, incident: str = "", conversation: str = "") -> tuple[Press, ...]:
    """Choices as buttons; none for a guest."""
    return tuple(eyes.press(choice, incident, conversation) for choice in choices) if eyes.presses else ()


def line(one: Line, eyes: Eyes) -> PaintedLine:
    """A line of the timeline."""
    moment = eyes.time(one.moment) if one.moment else None
    return PaintedLine(
        eyes.time(one.at), one.text, moment, one.by, one.quote, one.ours, one.kind in _ASIDES, one.veiled
    )


def section(one: Section, eyes: Eyes, incident: str = "", conversation: str = "") -> PaintedSection:
    """A part of a page. Its presses act on what the page is about."""
    return PaintedSection(
        one.title,
        tuple(_row(row, eyes) for row in one.rows),
        tuple(passage(p, eyes) for p in one.passages),
        tuple(line(entry, eyes) for entry in one.lines),
        presses(one.choices, eyes, incident, conversation),
        one.empty,
    )


def _row(one: Row, eyes: Eyes) -> PaintedRow:
    return card(one.card, eyes), one.aside, eyes.time(one.since) if one.since is not None else None


def page(one: Page, eyes: Eyes) -> PaintedPage:
    """A page, whole. Its own presses act on what its card is about, if it has one."""
    about = (one.card.incident, one.card.conversation) if one.card else ("", "")
    return PaintedPage(
        one.name,
        one.title,
        one.answer,
        card(one.card, eyes) if one.card else None,
        tuple(section(part, eyes, *about) for part in one.parts),
        presses(one.choices, eyes, *about),
        one.after,
    )
