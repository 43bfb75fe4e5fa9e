"""Guesses a text's language from its script, its small words and its accents. An honest None where it is unsure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from bot.listening.phrases import lines
from bot.listening.scorer import SCORED, families
from bot.listening.tokens import Cut, cut

NAMES: Mapping[str, str] = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech", "ro": "Romanian", "tr": "Turkish", "id": "Indonesian", "vi": "Vietnamese", "hu": "Hungarian",
    "ca": "Catalan", "tl": "Tagalog", "sw": "Swahili", "ar": "Arabic", "fa": "Persian", "ur": "Urdu",
    "he": "Hebrew", "hi": "Hindi", "bn": "Bengali", "ta": "Tamil", "te": "Telugu", "th": "Thai", "ru": "Russian",
    "uk": "Ukrainian", "el": "Greek", "ko": "Korean", "ja": "Japanese", "zh": "Chinese", "ka": "Georgian",
    "hy": "Armenian",
}  # fmt: skip
"""Two-letter codes and how we call the language in a sentence."""

ENOUGH = 0.8
"""Weight of small words and accents below which nothing is said; a word of one language alone weighs 1."""

LEAD = 1.3
"""How many times the second language's weight the first must have."""

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "\u3040-\u30ff"), ("ko", "\u1100-\u11ff\uac00-\ud7af"), ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("hi", "\u0900-\u097f"), ("bn", "\u0980-\u09ff"), ("ta", "\u0b80-\u0bff"), ("te", "\u0c00-\u0c7f"),
    ("th", "\u0e00-\u0e7f"), ("ar", "\u0600-\u06ff\u0750-\u077f"), ("he", "\u0590-\u05ff"),
    ("ru", "\u0400-\u04ff"), ("el", "\u0370-\u03ff"), ("ka", "\u10a0-\u10ff"), ("hy", "\u0530-\u058f"),
)  # fmt: skip
_BY_SCRIPT = tuple((lang, re.compile(f"[{span}]")) for lang, span in _SCRIPTS)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_UKRAINIAN, _URDU, _PERSIAN = re.compile("[іїєґІЇЄҐ]"), re.compile("[ٹڈڑںےھ]"), re.compile("[پچژگ]")
_ACCENTS: Mapping[str, str] = {
    "ñ": "es", "¿": "es", "¡": "es", "ß": "de", "ä": "de", "ã": "pt", "õ": "pt", "œ": "fr", "ê": "fr", "ù": "fr",
    "è": "it", "ò": "it", "ì": "it", "ø": "da", "å": "sv", "ł": "pl", "ż": "pl", "ę": "pl", "ř": "cs", "ů": "cs",
    "ș": "ro", "ț": "ro", "ă": "ro", "ı": "tr", "ğ": "tr", "ş": "tr", "ő": "hu", "ű": "hu", "đ": "vi", "ơ": "vi",
    "ư": "vi", "ç": "fr",
}  # fmt: skip
_ELISIONS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "d'": (("fr", 0.4), ("it", 0.2)),
    "l'": (("fr", 0.3), ("it", 0.3)),
    "j'": (("fr", 0.8),),
    "n'": (("fr", 0.6),),
    "qu'": (("fr", 0.8),),
    "s'": (("fr", 0.3),),
    "dell'": (("it", 0.8),),
    "all'": (("it", 0.8),),
    "un'": (("it", 0.6),),
}
"""What stands before an apostrophe."""

_CODE = re.compile(r"[a-z]{2}(?=$|[-_])")


def guess(text: str, hint: str | None = None) -> str | None:
    """A two-letter code, or None where nothing is sure.

    `hint` is what the platform says ("en", "pt-BR"). It often names the author's menus and not the words, so it is
    believed only where the words leave room for it.
    """
    return guess_cut(cut(text), hint)


def guess_cut(ready: Cut, hint: str | None = None) -> str | None:
    """The same for a text that was made ready already."""
    tidied = ready.tidied
    hinted = _hint(hint)
    script = None if tidied.isascii() else _by_script(tidied)
    if script is not None:
        return hinted if hinted in _SISTERS.get(script, ()) else script
    weights = _weights(tidied, ready.tokens)
    ranked = sorted(weights, key=lambda lang: (-weights[lang], lang))
    if not ranked:
        return hinted
    best = ranked[0]
    second = weights[ranked[1]] if len(ranked) > 1 else 0.0
    if weights[best] >= ENOUGH and weights[best] >= LEAD * second:
        return best
    return hinted if hinted and weights.get(hinted, 0.0) * LEAD >= weights[best] else None


def unscored(lang: str | None) -> str | None:
    """Why a language is not scored, in words; None for one that is, or where we are unsure."""
    if lang is None or lang in SCORED:
        return None
    name = NAMES.get(lang, f"this language ({lang})")
    return f"not scored: nobody here reads {name} by machine; a person should look"


_SISTERS: Mapping[str, tuple[str, ...]] = {
    "ru": ("uk", "bg", "sr", "mk", "be", "kk"),
    "ar": ("fa", "ur", "ps", "ku"),
    "hi": ("mr", "ne", "sa"),
    "zh": ("ja",),
    "he": ("yi",),
}
"""Languages of one script, between which a hint may choose."""


def _hint(hint: str | None) -> str | None:
    found = _CODE.match(hint.lower()) if hint else None
    return found[0] if found else None


def _by_script(text: str) -> str | None:
    """The language of a script that is no Latin, if a third of the letters are in it."""
    latin = len(_LATIN.findall(text))
    counts = {lang: len(letters.findall(text)) for lang, letters in _BY_SCRIPT}
    best = max(counts, key=lambda lang: counts[lang])
    if not counts[best] or counts[best] * 2 < latin:
        return None
    match best:
        case "zh" | "ja" if counts["ja"]:
            return "ja"
        case "ru" if _UKRAINIAN.search(text):
            return "uk"
        case "ar" if _URDU.search(text):
            return "ur"
        case "ar" if _PERSIAN.search(text):
            return "fa"
    return best


def _weights(text: str, tokens: Iterable[str]) -> dict[str, float]:
    """How much speaks for each language: a small word counts less the more languages share it."""
    small = _small_words()
    weights: Counter[str] = Counter()
    total: dict[str, float] = {}
    for token in tokens:
        known = small.get(token)
        if known is None and "'" in token:
            known = _ELISIONS.get(token[: token.find("'") + 1])
        for lang, weight in known or ():
            total[lang] = total.get(lang, 0.0) + weight
    if not text.isascii():
        weights.update(_ACCENTS[letter] for letter in text.lower() if letter in _ACCENTS)
        for lang, count in weights.items():
            total[lang] = total.get(lang, 0.0) + min(count, 3) * 0.5
    return total


@cache
def _small_words() -> dict[str, tuple[tuple[str, float], ...]]:
    users: dict[str, list[str]] = {}
    for line in lines("words.stop.txt"):
        lang, colon, said = line.partition(": ")
        if colon and not line.startswith("#"):
            for word in dict.fromkeys(said.split()):
                users.setdefault(word, []).append(lang)
    for lang in sorted(SCORED):
        for word in families(lang).whole:
            if len(word) > 3 and lang not in users.setdefault(word, []):
                users[word].append(lang)
    return {word: tuple((lang, 1 / len(langs)) for lang in langs) for word, langs in users.items()}
