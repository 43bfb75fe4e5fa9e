"""too_long, unfilled_slot and asks_for_removal: what can be seen without knowing the mention."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level, Stage
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_SLOT = re.compile(
    r"\[(?=[^\]\n]{0,80}[^\W\d_])(?!sic\])[^\[\]\n]{2,80}\](?!\()|\{\{?[^{}\n]{1,60}\}?\}|<(?:insert|name|first|last|"
    r"your|date|time|customer|order|add|link|signature|contact|number)[^<>\n]{0,40}>"
    r"|(?<!_)_{2,80}|\b(?:x{3,}|tbd|tbc|todo|lorem ipsum)\b|\binsert (?:\w+ )?(?:name|date|time|"
    r"link|number|here)\b|%(?:name|first_?name|date|order)%",
    re.IGNORECASE,
)
_REST = "The rest is better said directly, so please send us a private message."
_REMOVE = (
    r"(?:delet(?:e|ed|ing)|remov(?:e|ed|ing)|retract(?:ed|ing)?|withdr(?:aw|ew|awn|awing)|hid(?:e|den|ing)|eras(?:e|ed|"
    r"ing)|tak(?:e|en|ing) down|took down|edit(?:ed|ing)?|chang(?:e|ed|ing)|amend(?:ed|ing)?)"
)
_SAID = (
    r"(?:reviews?|posts?|tweets?|comments?|ratings?|videos?|stars?|feedback|complaints?|threads?|story|messages?|"
    r"pictures?|photos?|remarks?)"
)
_REMOVAL = (
    group(
        "Asking for it to go looks as if we mind the words more than the trouble. They may do it unasked later.",
        "If anything here changes for you, I would be glad to hear it.",
        r"(?:delete|remove|take down|taking down|takedown|removing|deleting|edit|editing|amend|amending|withdraw|"
        r"retract|change|changing|update|updating|revise|revising|reconsider|reconsidering|rethink|raise|improve|"
        r"adjust|hide)(?: \w+)? (?:your|this|the|that) (?:\w+ ){0,2}(?:reviews?|posts?|tweets?|comments?|ratings?|"
        r"videos?|stars?|feedback|complaint|thread|story|message)(?: down)?",
        r"take (?:your|this|the|that|it) (?:\w+ )?(?:reviews?|posts?|tweets?|comments?|videos?|thread )?down|"
        r"(?:give|leave|rate) us (?:a )?(?:5|five|four|4|better|higher|good|positive)[ -]?(?:stars?|reviews?|"
        r"ratings?|\w+)|(?:5|five)[- ]stars? (?:review|rating) (?:in|if|would|for)",
        rf"(?:please|kindly|could you|can you|would you|will you|if you(?:'d)?|once you(?:'ve| have)?|until you(?:'ve| "
        rf"have)?|after you(?:'ve| have)?|when you(?:'ve| have)?|(?:ask|like|want|need) (?:that )?you (?:to )?|mind|"
        rf"and|then)(?: \w+ly| just| first| please)? {_REMOVE} (?:your|this|the|that) (?:\w+ )?{_SAID}",
        rf"(?:take|takes|took|taken|taking|pull|bring) (?:(?:your|this|the|that|it) )?(?:\w+ ){{0,2}}?{_SAID} (?:back )?"
        rf"down|{_REMOVE} (?:your|the|this|that) (?:(?:one|two|bad|low|negative|public) )*{_SAID}",
        rf"(?:once|after|when|until|unless) (?:your|the|this|that) (?:\w+ )?{_SAID} (?:is|has been|gets|was|comes?|goes) "
        rf"(?:gone|down|removed|deleted|taken|changed|edited|away|hidden|off)",
        r"(?:delete|take) (?:it|that|this)(?: down)? (?:and|then) (?:we|i|you|dm|message us|write|contact)|take (?:it|this|that) down,? please",
        level=Level.WARN,
        excuse=r"\b(?:address|personal|details|private|privacy|safety|account|security|phone|e-?mail|information|"
        r"number|"
        r"data|your (?:child|own)|we(?:'ll| will|'ve| have) (?:\w+ )?(?:delet|remov|tak|hid|edit|chang|amend|updat)\w*|how to|you can|settings?|identif\w+|protect\w*|plate|"
        r"i(?:'ll| will|'ve| have) (?:\w+ )?(?:delet|remov|tak|hid|edit|chang|amend|updat)\w*)\b",
    ),
)


def find(draft: Draft) -> Iterator[Caution]:
    """Slots left open, words past the limit, and the wish that they take it down."""
    for found in _SLOT.finditer(draft.text):
        if draft.low[found.start() : found.end()].strip():
            yield Caution(
                code="unfilled_slot",
                level=Level.STOP,
                span=found.span(),
                because="This place is still to be filled in by hand.",
                instead=None,
            )
    yield from _too_long(draft)
    if draft.reading.stage is not Stage.STATEMENT:
        yield from find_groups("asks_for_removal", _REMOVAL, draft)


def _too_long(draft: Draft) -> Iterator[Caution]:
    length = draft.reading.length
    if length is None or length.fits:
        return
    over = length.used - length.limit
    room = max(0, len(draft.text) - over)
    tail = f"{_REST} {draft.signature}".rstrip()
    kept = max((end for _, end in draft.sentences if end + 1 + len(tail) <= room), default=None)
    yield Caution(
        code="too_long",
        level=Level.STOP,
        span=(room if kept is None else kept, len(draft.text)),
        because=f"It is {over} over what fits here ({length.used} of {length.limit}).",
        instead=None if kept is None else f" {tail}",
    )
