"""profanity and shouting: rude words, insults, and capital letters used as a voice."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_WORDS = (
    group(
        "A rude word is all anyone will quote. The sentence works without it.",
        "[the same in plain words]",
        r"(?:mother ?)?f+(?:u+|[*#@!.-]+)c*k*(?:[*#@!-]*c?k)(?:s|er|ers|ed|ing|in|wit|face)?",
        r"(?:bull ?|horse ?|dip ?)?sh(?:i+|[*#@!1-]+)t+(?:s|ty|ter|show|head|ting)?|bull ?crap|crap(?:py|s)?|bs",
        r"(?:god ?)?dam(?:n|mit)(?:ed)?|goddamn|bloody (?:hell|idiot|stupid|awful|\w+)|(?:what|who|why|how) the "
        r"(?:hell|heck|f\w*)|go to hell|to hell with",
        r"a(?:ss|rse)(?:hole|holes|hat|es)?|jack ?ass|dumb ?ass|smart ?ass|bad ?ass|half[- ]assed|bastards?|"
        r"bitch(?:es|ing|y)?|son of a \w+|piss(?:ed|ing)?(?: off)?|dick ?head|(?:a|such a|being a) (?:dick|prick)|"
        r"pricks|"
        r"wank\w*|twat\w*|cunt\w*|bollocks|bugger(?: off)?|tosser|sod off|screw (?:you|this|that|him|her|them)|"
        r"stfu|wtf|gtfo|ffs|lmfao|shut up|get lost|get stuffed|kiss my|suck it|sucks|up yours|slut\w*|whore\w*",
        r"retard\w*|spastic|faggot\w*|nigg\w+|tranny|psycho|nutter|nut ?job|lunatic|crazy (?:person|customer|lady|"
        r"woman|man|people)",
        level=Level.STOP,
        whole=False,
    ),
    group(
        "It insults a person, and people remember that longest. Say what happened instead.",
        "I see this differently, and I would like to hear more from you.",
        r"(?:idiot|moron|imbecile|loser|cretin|dimwit|halfwit|troll|crybab(?:y|ie)|snowflake|karen|clown|scumbag|"
        r"scum|lowlife|parasite|freeloader|whiner|dumbo|pathetic little \w+)s?",
        r"(?:you(?:'re| are)|you (?:must be|sound|seem)|are you|your?|how|being) (?:\w+ ){0,3}(?:stupid|dumb|"
        r"pathetic|ignorant|thick|brainless|clueless|idiotic|moronic|dense|mental|insane|crazy|delusional|"
        r"disgusting|ridiculous|nuts|hysterical|lazy)",
        r"you(?:'re| are)(?: \w+){0,3} (?:liar|fool|joke|nobody|cheat|thief|scammer|fraud)",
        level=Level.STOP,
    ),
)
_CAPS = re.compile(r"(?<![\w@#/])[A-Z][A-Z']{1,}(?:[\s,.!?'-]+[A-Z][A-Z']*){1,}(?![\w/])")
_LOUD = re.compile(r"[!?]{3,}|(?:![^!]{1,60}){3,}!")
_LETTERS = re.compile(
    r"(?:[AP]M|ASAP|FAQ|DVR|USB|PIN|SIM|TV|HD|UK|USA?|EU|NHS|VAT|PDF|SMS|DM|OK|ID|PO|BOX|URL|IOS|PC|PS|XBOX|"
    r"WIFI|VPN|BBC|CEO|HR|PR|GDPR|"
    r"CCTV|ATM|GPS|LED|LCD|DVD|CD|SSD|RAM|CPU|X+L|BST|GMT|EST|PST|UTC|COVID)"
)


def find(draft: Draft) -> Iterator[Caution]:
    """Rude words stop a draft; a raised voice is a warning where somebody complains, a note in play."""
    yield from find_groups("profanity", _WORDS, draft)
    level = Level.WARN if draft.complaint or not draft.reading.mention else Level.NOTE
    for found in _CAPS.finditer(_kept(draft)):
        words = [
            word for word in re.findall(r"[A-Z']+", found.group()) if not _LETTERS.fullmatch(word) and len(word) > 1
        ]
        if len(words) > 1 and sum(map(len, words)) > 7 or [len(w) for w in words if w in _ORDERS]:
            yield Caution(
                code="shouting",
                level=level,
                span=_trim(draft, found.span()),
                because="Capitals read as a raised voice. The same words in small letters carry further.",
                instead=_calm(found.group()),
            )
    for found in _LOUD.finditer(draft.low):
        yield Caution(
            code="shouting",
            level=Level.NOTE,
            span=found.span(),
            because="So many marks sound louder than you mean.",
            instead=None,
        )


_ORDERS = frozenset({"CALM", "STOP", "READ", "LISTEN", "RELAX", "ENOUGH"})


def _kept(draft: Draft) -> str:
    """The text as written where the reader looks, blank where it does not."""
    return "".join(a if b != " " else " " for a, b in zip(draft.text, draft.low, strict=True))


def _trim(draft: Draft, span: tuple[int, int]) -> tuple[int, int]:
    return span[0], span[0] + len(draft.text[slice(*span)].rstrip(" ,.!?'-\n"))


def _calm(words: str) -> str:
    low = words.rstrip(" ,.!?'-\n").lower()
    return low[:1].upper() + low[1:]
