"""pii_request: asking for personal data in public. The test is whether a private way stands in the same reply."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level, Stage
from responders.tone.draft import Draft
from responders.tone.heard import private_way

_ASK = (
    r"(?:(?:may|can|could|might) (?:i|we) (?:please )?(?:have|get|take|ask for|know|see|confirm|check)|(?:can|"
    r"could|would|will) you (?:please |kindly |possibly )?"
    r"(?:also )?(?:send|share|provide|give|confirm|tell|let (?:us|me) (?:know|have)|post|reply|advise|supply|"
    r"include|add|drop|state|verify|leave|type|forward|comment|pass|write)|"
    r"(?:please|pls|kindly|just|and|then|so|first|or) (?:also )?(?:send|share|provide|give|confirm|post|reply|tell|"
    r"advise|supply|quote|include|leave|drop|state|verify|comment|let (?:us|me) (?:know|have)|write|type|put|add)|"
    r"(?:send|give|tell|post|share|provide|drop|leave|supply|confirm|reply with|comment(?: \w+)? with|reply (?:\w+ "
    r"){0,2}with|answer with|respond with|verify) (?:me |us |here |it |down |back )?(?:with )?(?:your|a|the|both|"
    r"full)|"
    r"what(?:'s| is| was| are) (?:your|the)|which|(?:we|i)(?:'ll| will| do| would)? (?:also |just |first )?(?:need|"
    r"require)|do you have (?:a|an|your|the)|"
    r"let (?:me|us) (?:know|have)|looking for your|waiting for your|with)"
)
_NUMBERED = (
    r"(?:order|account|acct|booking|ticket|reservation|confirmation|customer|policy|member(?:ship)?|loyalty|invoice|"
    r"receipt|passport|card|licen[cs]e|patient|frequent flyer|rewards?|iban|bank|insurance|social security|national "
    r"insurance|tracking|purchase)"
)
_HARD = re.compile(
    rf"\b{_ASK}\b[^.!?\n]{{0,70}}?\b(?:{_NUMBERED} ?(?:numbers?|no\b\.?|nr|#|codes?|ref(?:erence)?s?|ids?\b|"
    rf"details)|(?:reference|ref|phone|mobile|cell ?(?:phone)?|cellphone|"
    r"telephone|contact|home|landline|whatsapp) (?:numbers?|no\b|#|details|info\w*)|phone(?= (?:and|or|,)|[.,?!]|"
    r"$)|(?:full|first|last|family|legal|maiden)(?: and (?:last|family))? names?|your (?:name|surname|number)s?\b|"
    r"e-?mail ?(?:address|id)s?\b|(?:your|full name and|phone (?:number )?(?:and|or)) e-?mail(?! \w)|(?:home|"
    r"street|billing|delivery|shipping|postal|full|your|mailing|exact) address|date of birth|"
    r"\bdob|birthday|pnr|ssn|account (?:name|holder)|contact (?:details|info\w*)|(?:card|bank|account|personal|"
    r"booking|order|login) (?:details|info\w*)|last (?:four|4) digits|password|security (?:code|answer)|"
    r"username and|booking ref\w*)(?!\w)"
)
_SOFT = re.compile(
    rf"\b{_ASK}\b[^.!?\n]{{0,50}}?\b(?:serial (?:number|no)|imei|post ?code|zip(?: ?code)?|username|user ?name|"
    rf"gamertag|online id|case (?:number|id)|reference|tag)(?!\w)"
)
_GUARD = re.compile(
    r"\b(?:without (?:\w+ ){0,2}(?:giv|post|shar|reveal|includ|provid|stat)\w*|(?:do not|don't|never|please avoid|"
    r"avoid|not to|no need to|rather than|instead of) (?:\w+ )?(?:post|shar|giv|provid|includ|send|put|need|reveal|"
    r"writ)\w*|"
    r"no (?:account|personal|order|card|card or account|private|phone)|not (?:your|here|in public|publicly|(?:to "
    r")?(?:post|share))|remove|delete|protect|"
    r"(?:have|has|had) (?:a )?(?:confirm\w+|e-?mail)(?: you|$)|sent to your|associated with|linked to)\b"
)
_OPEN = re.compile(
    r"\b(?:reply|answer|respond|comment|post|share|leave|drop|put) (?:\w+ ){0,4}(?:here|below|publicly|in the "
    r"comments|"
    r"in this thread|on this post|with)\b|\bright here\b|\bin the comments\b|\bon here\b"
)
_BECAUSE = "Everybody would read what they answer. Name a private way in the same breath."
_INSTEAD = "Please send me a private message, and I will ask for the details there."


def find(draft: Draft) -> Iterator[Caution]:
    """Requests for data; in a private word, or with a private way named, they are fine."""
    if draft.reading.stage is Stage.PRIVATE:
        return
    shut = not private_way(draft)
    for pattern, level in ((_HARD, Level.STOP), (_SOFT, Level.NOTE)):
        for found in pattern.finditer(draft.low):
            span = draft.around(found.start())
            words = draft.said(span)
            if (shut or _OPEN.search(words) and not draft.linked) and not _GUARD.search(words):
                sure = Level.NOTE if draft.part else level
                yield Caution(code="pii_request", level=sure, span=span, because=_BECAUSE, instead=_INSTEAD)
