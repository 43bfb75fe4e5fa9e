"""What a page holds, as blocks: the sentence that answers it, its card, its parts."""

from collections.abc import Callable, Iterator, Sequence

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.line import sentence
from adapters.rooms.slack.links import named
from adapters.rooms.slack.message import Block, context, divider, section
from adapters.rooms.slack.passages import passages, quoted
from adapters.rooms.slack.presses import presser, presses
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.text import brief, clip, readable, size
from adapters.rooms.slack.views import fits
from bot.screens.moods import marked
from bot.screens.shapes import Card, Choice, Line, Page, Quote, Row, Said, Section

#: On a page words may stand whole; so much of them in a list.
_WHOLE, _SHORT = 120_000, 200
_PARAGRAPH = 2600
#: Where the thread of an incident stands, or ''.
Where = Callable[[str], str]


def nowhere(incident: str) -> str:
    """No thread is known."""
    del incident
    return ""


def entries(one: Page, signer: Signer, where: Where = nowhere) -> list[Block]:
    """The whole page."""
    about = (one.card.incident, one.card.conversation) if one.card is not None else ("", "")
    blocks: list[Block] = [] if fits(one.title) else [section(f"*{brief(one.title, 1000)}*")]
    blocks += [section(brief(one.answer, 2000))] if one.answer else []
    blocks += _card(one.card, signer) if one.card is not None else []
    blocks += presses(signer, one.choices, (), *about)
    for part in one.parts:
        said = part.empty == one.answer and not (part.rows or part.passages or part.lines or part.choices)
        blocks += () if said else _part(part, signer, about, where)
    return blocks or [context("Nothing is here.")]


def _card(one: Card, signer: Signer) -> list[Block]:
    """A card on its own page: no header, since the page has its title."""
    about = f" · {brief(one.about, 600)}" if one.about else ""
    press = presser(signer, one.incident, one.conversation) if one.conversation else None
    return [
        section(f"*{brief(one.headline, 600)}*"),
        context(f"*{marked(one)}*{about}"),
        *passages(one.passages, 3000, press),
        *presses(signer, one.choices, one.more, one.incident, one.conversation),
        *([context(named(one.link, "The whole story"))] if one.link else []),
    ]


def _part(one: Section, signer: Signer, about: tuple[str, str], where: Where) -> Iterator[Block]:
    held = [
        *(block for row in one.rows for block in _row(row, signer, where)),
        *passages(one.passages, _WHOLE),
        *_story(one.lines),
        *presses(signer, one.choices, (), *about),
    ]
    if not held and not one.empty:
        return
    yield divider()
    if one.title:
        yield section(f"*{brief(one.title, 1000)}*")
    yield from held or [context(brief(one.empty, 1000))]


def _row(one: Row, signer: Signer, where: Where) -> Iterator[Block]:
    """One card in a list: what it is, how it stands, its first words, and the way to it."""
    card = one.card
    open_ = presser(signer, card.incident, card.conversation)(Choice("incident", "Open", form=True))
    thread = where(card.incident)
    headline = brief(card.headline, 600) or "–"
    yield section(f"*{headline}*{_first_words(card)}", open_ if card.incident else None)
    said = [brief(p.text, 300) for p in card.passages if isinstance(p, Said)][:3]
    told = [marked(card), brief(card.about, 300), *said, *(brief(aside, 300) for aside in one.aside)]
    told += [named(thread, "Its thread")] if thread else []
    yield context(clip(" · ".join(part for part in told if part), 2800))


def _first_words(card: Card) -> str:
    for passage in card.passages:
        if isinstance(passage, Quote) and passage.veiled:
            return f"\n_{brief(passage.veiled, 300)}_"
        if isinstance(passage, Quote) and not passage.ours:
            words = clip(" ".join(readable(passage.text).split()), _SHORT)
            return f"\n{next(quoted(words))}" if words else ""
    return ""


def _story(lines: Sequence[Line]) -> Iterator[Block]:
    """What happened, many lines to a paragraph, each with its time."""
    whole = ""
    for one in lines:
        words = f" “{brief(one.quote, 400)}”" if one.quote.strip() else ""
        told = clip(f"{date(one.at)}  {sentence(one, bool(words))}", 2000) + words
        if whole and size(whole) + size(told) > _PARAGRAPH:
            yield section(whole)
            whole = ""
        whole = f"{whole}\n{told}" if whole else told
    if whole:
        yield section(whole)
