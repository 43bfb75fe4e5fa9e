"""A card, a form, a page as plain text: what reviewers read in golden/. Set COOLHEAD_GOLDEN=1 to write them anew."""

import os
from datetime import datetime
from pathlib import Path
from typing import assert_never

from bot.screens.shapes import Card, Choice, Fact, Form, Line, Page, Passage, Quote, Said, Section, Wait

GOLDEN = Path(__file__).parent / "golden"


def same_as_golden(name: str, painted: str) -> None:
    """Compare with golden/<name>.txt, or write it where it is asked for."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("COOLHEAD_GOLDEN"):
        path.write_text(painted + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == painted + "\n"


def card(one: Card) -> str:
    """A card, top to bottom."""
    mood = f"[{one.mood.value}{', late' if one.late else ''}{', offline' if one.offline else ''}]"
    head = [f"{one.headline}", f"{one.about}" if one.about else "(no second line)", mood, ""]
    body = [passage(p) for p in one.passages]
    presses = [f"  {choice(c)}" for c in one.choices]
    more = [f"  {choice(c)}" for c in one.more]
    return "\n".join([*head, *body, "", "Choices", *presses, "More", *more])


def passage(one: Passage) -> str:
    """One passage in a line."""
    match one:
        case Quote():
            veil = f" (veiled: {one.veiled})" if one.veiled else ""
            marks = "".join(
                (" (more)" if one.more else "", " (copy)" if one.copy else "", " (ours)" if one.ours else "")
            )
            url = f" <{one.url}>" if one.url else ""
            return f"> {one.text}{marks}{veil}\n  {one.by or 'nobody'}{at(one.at)}{url}"
        case Said():
            return f"- {one.text}"
        case Fact():
            late = " LATE" if one.late else ""
            return f"* {one.name}: {one.text}{at(one.at)}{late}"
        case Wait():
            because = "".join(f", {x.minutes} more because {x.because}" for x in one.because)
            return f"~ {one.text}{at(one.since)} until{at(one.until)}{because}"
        case _:
            assert_never(one)


def at(moment: datetime | None) -> str:
    """A time of the test's day, or the day with it."""
    return f" {moment:%a %H:%M}" if moment is not None else ""


def choice(one: Choice) -> str:
    """A press with what it acts on; seals are shortened."""
    values = " ".join(f"{name}={value[:12]}" for name, value in one.values.items())
    return f"{'(*)' if one.likely else '( )'} {one.label}{'…' if one.form else ''} -> {one.act} {values}".rstrip()


def line(one: Line) -> str:
    """A line of the thread."""
    by = f" ({one.by})" if one.by else ""
    quote = f": “{one.quote}”" if one.quote else ""
    return f"{one.at:%H:%M}  {one.text}{at(one.moment)}{by}{quote}"


def form(one: Form) -> str:
    """A form with what is filled in."""
    parts = [one.title, *(passage(p) for p in one.beside)]
    for field in one.fields:
        options = f" {{{', '.join(label for _, label in field.options)}}}" if field.options else ""
        needed = " (required)" if field.required else ""
        parts.append(f"[{field.kind.value}] {field.label}{needed}{options}: {one.filled.get(field.name, '')}")
    parts += [f"! {c.code} {c.span}: {c.because}" for c in one.cautions]
    parts += [f"? {s.fits}: {s.text}" for s in one.suggestions]
    if one.error:
        parts.append(f"ERROR {one.error}")
    presses = [f"({one.finish})", *([f"({one.keep})"] if one.keep else []), *(choice(c) for c in one.choices)]
    return "\n".join([*parts, " ".join(presses)])


def page(one: Page) -> str:
    """A page with all its parts."""
    parts = [f"# {one.title}", one.answer]
    if one.card is not None:
        parts.append(card(one.card))
    parts += [section(each) for each in one.parts]
    return "\n".join([*parts, *(choice(c) for c in one.choices)])


def section(one: Section) -> str:
    """A part of a page."""
    found = [f"## {one.title}"]
    found += [
        f"{row.card.headline} · {row.card.about} [{row.card.mood.value}] {' '.join(row.aside)}" for row in one.rows
    ]
    found += [passage(p) for p in one.passages]
    found += [line(entry) for entry in one.lines]
    found += [choice(c) for c in one.choices]
    return "\n".join(found if len(found) > 1 else [*found, one.empty])
