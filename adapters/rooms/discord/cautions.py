"""Cautions and the wait, in words; and a better wording put where it belongs."""

from adapters.rooms.discord import text
from bot.nouns.caution import Caution, Level
from bot.screens.caution_names import caution_name
from bot.screens.shapes import Form
from bot.screens.waits import EDIT, cools

_WORDS, _BETTER = 200, 300


def said(one: Caution, words: str) -> str:
    """Name, reason, the words it means, and the better wording where there is one."""
    start, end = one.span
    meant = text.escape_within(text.one_line(words[start:end]), _WORDS)
    stops = " (to be repaired first)" if one.level is Level.STOP else ""
    lines = [f"**{caution_name(one.code)}**{stops}: {text.escape_within(one.because, 300)}"]
    lines += [f"-# In: “{meant}”"] if meant else []
    match one.instead:
        case None:
            pass
        case "":
            lines.append("-# Better left out.")
        case better:
            lines.append(
                f"-# {'Better' if meant else 'Could be added'}: “{text.escape_within(text.one_line(better), _BETTER)}”"
            )
    return "\n".join(lines)


def improved(words: str, one: Caution) -> str:
    """The words with the better wording in the place of those it means; with no span it comes at the end."""
    start, end = one.span
    if one.instead is None:
        return words
    if not words[start:end]:
        return f"{words.rstrip()} {one.instead}".strip()
    before, after = words[:start], words[end:]
    return f"{before}{one.instead}{after}" if one.instead else f"{before.rstrip(' ')}{after}"


def wait(form: Form) -> str:
    """How long it cools, in a sentence; '' where nothing cools."""
    return text.escape_within(f"{cools(form.cools, form.because)} {EDIT}", 1000) if form.cools is not None else ""
