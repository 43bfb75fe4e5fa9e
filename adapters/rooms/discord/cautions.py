"""Cautions and the wait, in words; and a better wording put where it belongs."""

from collections.abc import Mapping

from adapters.rooms.discord import text
from adapters.rooms.discord.dates import length
from bot.nouns.caution import Caution, Level
from bot.screens.shapes import Form

_NAMES: Mapping[str, str] = {
    "public_offer": "An offer in public",
    "pii_leak": "Somebody's private details",
    "pii_request": "Asks for private details in public",
    "profanity": "A rude word",
    "sarcasm": "May sound like mockery",
    "too_long": "Too long for this place",
    "unfilled_slot": "A place to fill in",
    "blame": "Blames somebody else",
    "defensive": "Defends us before it listens",
    "argument": "Argues with them",
    "non_apology": "Not quite an apology",
    "shouting": "Sounds loud",
    "legal_admission": "Admits a fault in law",
    "no_acknowledgement": "Does not say that we heard",
    "no_next_step": "No next step",
    "passive_evasion": "Nobody did it",
    "asks_for_removal": "Asks them to take it down",
    "repeated_words": "The same words as before",
}
_WORDS, _BETTER = 200, 300


def named(code: str) -> str:
    """The name of a caution; a code nobody named yet is read as words."""
    return _NAMES.get(code, code.replace("_", " ").capitalize())


def said(one: Caution, words: str) -> str:
    """Name, reason, the words it means, and the better wording where there is one."""
    start, end = one.span
    meant = text.escape_within(text.one_line(words[start:end]), _WORDS)
    stops = " (to be repaired first)" if one.level is Level.STOP else ""
    lines = [f"**{named(one.code)}**{stops}: {text.escape_within(one.because, 300)}"]
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
    """How long it cools, in a sentence; '' where nothing cools. Where a ceiling cut the additions, their minutes no
    longer add up and are not told."""
    if form.cools is None:
        return ""
    base = round(form.cools.total_seconds() / 60) - sum(addition.minutes for addition in form.because)
    reasons = [(more.minutes, text.escape_within(more.because, 120)) for more in form.because]
    if base > 0 and reasons:
        told = f"{base} min" + "".join(f", {minutes} more because {because}" for minutes, because in reasons)
    else:
        told = length(form.cools) + "".join(f", because {because}" for _, because in reasons)
    return f"It cools for {told}. You can edit while it cools; it starts again from the last change."
