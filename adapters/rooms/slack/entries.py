"""What a page holds, as blocks: the sentence that answers it, its card, its parts."""

from collections.abc import Callable, Iterator, Sequence

from adapters.rooms.slack.dates import date
from adapters.rooms.slack.line import sentence
from adapters.rooms.slack.links import named
from adapters.rooms.slack.message import Block, context, divider, section, spoken
from adapters.rooms.slack.passages import fact, passages, quoted
from adapters.rooms.slack.presses import presser, presses
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.text import brief, clip, clip_marked, readable, size
from adapters.rooms.slack.views import fits
from bot.screens.moods import marked
from bot.screens.shapes import Card, Choice, Fact, Line, Page, Passage, Quote, Row, Said, Section

#: On a page words may stand whole; so much of them in a list.
_WHOLE, _SHORT = 120_000, 200
#: Words of a story's line up to so many stand in it.
_INLINE = 400
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
        *_passages(one.passages, signer, where),
        *_story(one.lines),
        *presses(signer, one.choices, (), *about, spoken_of=one.title),
    ]
    if not held and not one.empty:
        return
    yield divider()
    if one.title:
        yield section(f"*{brief(one.title, 1000)}*")
    yield from held or [context(brief(one.empty, 1000))]


def _passages(found: Sequence[Passage], signer: Signer, where: Where) -> Iterator[Block]:
    """As anywhere; what leads somewhere stands alone, with the way there beside it."""
    plain: list[Passage] = []
    for one in found:
        if isinstance(one, Fact) and one.incident:
            yield from passages(plain, _WHOLE)
            yield _leading(one, signer, where)
            plain = []
        else:
            plain.append(one)
    yield from passages(plain, _WHOLE)


def _leading(one: Fact, signer: Signer, where: Where) -> Block:
    open_ = presser(signer, one.incident, one.conversation)(Choice("incident", "Open", form=True))
    thread = where(one.incident)
    return section(f"{fact(one)}{f' · {_thread(thread)}' if thread else ''}", spoken(open_, one.name))


def _thread(address: str) -> str:
    return named(address, "Its thread")


def _row(one: Row, signer: Signer, where: Where) -> Iterator[Block]:
    """One card in a list: what it is, how it stands, its first words, and the way to it."""
    card = one.card
    choice = Choice("incident", "Open", form=True)
    open_ = spoken(presser(signer, card.incident, card.conversation)(choice), card.headline)
    thread = where(card.incident)
    headline = brief(card.headline, 600) or "–"
    yield section(f"*{headline}*{_first_words(card)}", open_ if card.incident else None)
    said = [brief(p.text, 300) for p in card.passages if isinstance(p, Said)][:3]
    told = [marked(card), brief(card.about, 300), *said, *(brief(aside, 300) for aside in one.aside)]
    told += [_thread(thread)] if thread else []
    yield context(clip_marked(" · ".join(part for part in told if part), 2800))


def _first_words(card: Card) -> str:
    for passage in card.passages:
        if isinstance(passage, Quote) and passage.veiled:
            return f"\n_{brief(passage.veiled, 300)}_"
        if isinstance(passage, Quote) and not passage.ours:
            words = clip(" ".join(readable(passage.text).split()), _SHORT)
            return f"\n{next(quoted(words))}" if words else ""
    return ""


def _story(lines: Sequence[Line]) -> Iterator[Block]:
    """What happened, many lines to a paragraph, each with its time. Short words stand in the line, long ones whole below."""
    whole = ""
    for one in lines:
        long = size(one.quote) > _INLINE
        words = f" “{brief(one.quote, _INLINE)}”" if one.quote.strip() and not long else ""
        told = clip_marked(f"{date(one.at)}  {sentence(one, bool(words) or long)}", 2000) + words
        if whole and size(whole) + size(told) > _PARAGRAPH:
            yield section(whole)
            whole = ""
        whole = f"{whole}\n{told}" if whole else told
        if long:
            yield section(whole)
            whole = ""
            yield from (section(piece) for piece in quoted(clip(readable(one.quote).strip(), _WHOLE)))
    if whole:
        yield section(whole)
