"""Cautions under the words they mean: a name, a reason, one better wording to take with a press."""

from collections.abc import Iterator, Sequence

from adapters.rooms.slack.message import Block, button, context, section, spoken
from adapters.rooms.slack.presses import Kind
from adapters.rooms.slack.pressing import Signer
from adapters.rooms.slack.text import brief
from bot.nouns.caution import Caution, Level
from bot.screens.caution_names import caution_name

#: So many stand with all they say; of the rest the names are told.
_WHOLE = 25


def cautions(found: Sequence[Caution], words: str, signer: Signer) -> Iterator[Block]:
    """`found` on `words`, the gravest first."""
    grave = {Level.STOP: 0, Level.WARN: 1, Level.NOTE: 2}
    ordered = sorted(found, key=lambda one: (grave[one.level], one.span))
    for one in ordered[:_WHOLE]:
        yield section(_said(one, words), _press(one, words, signer))
    if rest := ordered[_WHOLE:]:
        yield context(f"And: {', '.join(dict.fromkeys(caution_name(one.code) for one in rest))}.")


def _said(one: Caution, words: str) -> str:
    meant = words[slice(*one.span)]
    first = [f"*{caution_name(one.code)}*", *([f"“{brief(meant, 300)}”"] if meant.strip() else [])]
    first += ["this has to be mended first"] if one.level is Level.STOP else []
    lines = [" · ".join(first), brief(one.because, 1000)]
    if one.instead:
        lines.append(f"{'Say instead' if meant else 'Add'}: “{brief(one.instead, 1000)}”")
    return "\n".join(lines)


def _press(one: Caution, words: str, signer: Signer) -> Block | None:
    if one.instead is None:
        return None
    start, end = one.span
    value = signer.pack_words((words[start:end], start, one.instead))
    label = "Take it" if one.instead else "Take it out"
    return None if value is None else spoken(button(label, Kind.INSTEAD, value), one.instead or words[start:end])


def improved(words: str, was: str, at: int, now: str) -> str:
    """`words` with the better wording where the words it means still stand; with none of its own it comes at the end."""
    if not was:
        return f"{words.rstrip()} {now}".strip()
    if words[at : at + len(was)] != was:
        at = words.find(was)
    if at < 0:
        return words
    before, after = words[:at], words[at + len(was) :]
    return f"{before}{now}{after}" if now else f"{before.rstrip(' ')}{after}"
