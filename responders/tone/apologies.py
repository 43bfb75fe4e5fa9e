"""non_apology and passive_evasion: regret in which nobody did anything. Responsibility first (Lewicki et al. 2016)."""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_SORRY = r"(?:sorry|apologi[sz]e|apologies|apology|regret)"
_NON_APOLOGY = (
    group(
        "It is sorry for how they feel, not for what happened. Name what happened.",
        "I am sorry about [what happened to them].",
        rf"{_SORRY}(?: \w+)?,? (?:if|should|in case|in the event|in so far as|to the extent|wherever|for whatever|"
        rf"to (?:anyone|anybody|those|any|whoever|people|everyone) (?:who|that|\w+ (?:who|that)|offended|affected|"
        rf"upset))(?! (?:that|you)(?:'ve| have) (?:already|not))",
        rf"{_SORRY}(?: to (?:hear|see|learn|read))?(?: that| how| for how| about how| for the way| for making)? "
        rf"(?:you|anyone|(?:some |other |many |a few )?(?:people|customers|viewers|readers|guests|users|of you)|"
        rf"some|others|customers|anybody|someone|they)(?:'re| are| were| was| have been|'ve been| may have been| "
        rf"might have been)?(?: (?:\w+ly|may|might|have|still|have been|all|do|did|now|got|get|became|so|a bit))* "
        rf"(?:feel|felt|feeling|think|thought|took|take|see it|saw it|believe|believed|perceived?|perceive|"
        rf"interpret\w*|misunderst\w+|misinterpret\w*|find (?:it|this|that|our|us|fault)|found (?:it|this|that|"
        rf"our) (?:offensive|rude|funny|un\w+|hurtful)|"
        r"offended|chose|choose|offence|offense|consider|regard|viewed?|so (?:sensitive|easily|upset|angry|"
        r"negative)|reacted|expected (?:more|better|something|otherwise|the)|didn't (?:like|enjoy|get the joke|"
        r"appreciate|understand|find|agree)|did not (?:like|enjoy|understand)|don't (?:like|agree|appreciate|"
        r"understand|see)|couldn't (?:appreciate|understand)|upset by (?:our|a) (?:joke|policy)|can't (?:take|see|"
        r"appreciate))",
        rf"{_SORRY} (?:for|about|over) (?:any (?:offen[cs]e|hurt feelings|upset|misunderstanding)|whatever|what "
        rf"you (?:feel|perceive|see|call|consider)|your (?:feelings?|perception|misunderstanding|reaction|anger|"
        rf"unhappiness|interpretation|opinion)|(?:the )?perceived|how (?:you|it (?:made|may)|this (?:made|may)|"
        rf"that (?:made|may)|our)|(?:the|this|that) (?:perceived|so-called)|being human)",
        rf"{_SORRY}[^.!?\n–—-]{{0,40}}(?:if (?:any(?:one|body|thing)?|you|it|that|this|our|we|some|they)\b|but "
        rf"(?:you (?:should|didn't|did|are|were|never|need to (?:read|calm|under))|it's your|that's|this is (?:how|"
        rf"our|not)|we did nothing|it (?:wasn't|isn't|was not) (?:our|us)|the (?:courier|driver|customer|carrier)|"
        rf"rules|policy|our policy|these|not our|honestly|frankly|seriously|i don't see|most|other|nobody|no one|"
        rf"maybe|perhaps))",
        r"if (?:any(?:one|body)|you|some(?:one| people)|people|feelings)(?:'re|'ve)? (?:was|were|is|are|felt|feel|"
        r"took|has been|have been|find|found|got)(?: \w+)? (?:offen\w+|upset|hurt|inconvenienced|disappointed|"
        r"affected|unhappy|bothered|disturbed|confused|offence|offense|misled|let down|insulted|it)",
        rf"(?:we|i) {_SORRY} (?:that )?(?:you(?:'re| are| were)? )?(?:feel\w*|any|you (?:chose|think|took)|the "
        rf"(?:misunderstanding|perception))|(?:{_SORRY}|regrettable|unfortunate)(?: \w+){{0,4}} (?:feel that way|"
        rf"felt that way|feel this way|felt this way|see it that way|think so|misunderstanding on your)",
        rf"{_SORRY} (?:that )?(?:our|the|this|that|it|we) (?:\w+ )?(?:didn't|did not|doesn't|wasn't|failed to) (?:meet|live up to|match|"
        rf"satisfy|suit) your|{_SORRY} (?:that )?you (?:found|thought|considered|perceived|experienced it|saw|see it|took|read)\b|{_SORRY} "
        rf"(?:that )?you(?:'re| were| are) (?:\w+ )?(?:disappointed|unhappy|upset|dissatisfied|frustrated),? but",
        r"regret (?:that |to (?:hear|learn) (?:that )?)?you(?:'re| are| were)? (?:not |un|dis)(?:\w*)|(?:it(?:'s| "
        r"is| was)|that(?:'s| is| was)|this is) (?:regrettable|unfortunate|a (?:shame|pity)) (?:that )?you (?:feel|"
        r"felt|think|thought|took|see|believe|chose|didn't|did not|are|were|had to)|(?:was|were)(?:n't| not| "
        r"never) (?:our|my|the) inten\w+ to (?:offend|upset|hurt|insult|cause)|no offen[cs]e (?:was )?(?:meant|"
        r"intended)|(?:never|didn't|did not) mean(?:t)? to (?:offend|upset|hurt)|(?:meant|intended|only|just|"
        r"supposed to be) (?:as )?a (?:bit of )?(?:joke|humou?r|fun)|sorry not sorry|whatever we did|sorry,? (?:i "
        r"guess|okay|ok\b|happy now)",
        level=Level.WARN,
    ),
    group(
        "A line they have read everywhere. Naming the trouble says more.",
        "I am sorry about [what happened to them].",
        r"any (?:\w+ )?(?:inconvenience|trouble|confusion|frustration|distress|delay|disappointment|difficult(?:y|"
        r"ie)|issue)s?(?: (?:this|that|it|we|caused|may|you)[^.!?\n]{0,50})?",
        level=Level.NOTE,
    ),
)
_GONE = (
    r"(?:is|are|was|were|has been|have been|had been|will be|is being|are being|was being|being|may have been|might "
    r"have been|can be|got|shall be)(?: \w+ly| now| already| currently| also| not| since)?"
)
_DONE = (
    r"(?:made|looked (?:into|at)|dealt with|taken|handled|addressed|investigated|reviewed|noted|passed (?:on|"
    r"along)|escalated|forwarded|learne?d|logged|recorded|implemented|rectified|resolved|examined|monitored|"
    r"acknowledged|actioned|"
    r"processed|followed|caused|experienced|identified|considered|received|communicated|expected|put in place|"
    r"sorted|affected|impacted|missed|dropped|overlooked|mishandled|lost|sent|charged|delayed|misplaced|given|"
    r"informed|worked on|assessed|carried out|brought to)"
)
_RULED = (
    r"(?:decided|determined|agreed|felt|concluded|deemed|considered|established|thought|judged|found|ruled|resolved|"
    r"chosen|decreed)"
)
_UNDONE = (
    r"(?:removed|discontinued|closed|cancell?ed|withdrawn|dropped|ended|stopped|taken away|changed|declined|denied|"
    r"rejected|suspended|terminated|revoked|postponed|heard|filed|initiated|misplaced|overlooked|retired|scrapped|"
    r"disabled|blocked|rescheduled|reduced|moved|deleted|shelved|archived|mislaid|mishandled|forgotten|phased out)"
)
_PASSIVE = (
    group(
        "Nobody does anything in this sentence. Say who looks after it.",
        "I am looking into it myself and will come back to you by [day and hour].",
        r"(?:mistakes?|errors?|some (?:mistakes?|errors?)) (?:were|was|have been|has been|may have been|might have "
        r"been|had been|got) (?:made|committed|introduced)|(?:mistakes?|errors?|issues?|things?|something|"
        r"problems?) (?:\w+ )?(?:occurred|happened|arose|has occurred|have occurred|slipped (?:through|by)|fell "
        r"through|went (?:wrong|awry|unnoticed))(?= (?:and|but|in|with|on|somewhere|during|along|which|that|at)|"
        r"[.,!]|$)",
        rf"(?:it|this|that|matter|issue|incident|situation|problem|case|complaint|feedback|comments?|concerns?|"
        rf"report|request|steps|measures|actions?|lessons|processes|procedures?|things|error|mistake|changes|"
        rf"everything|balls?|refund|order|inconvenience|message|mention|communication|expectations?|standards?|"
        rf"delays?|improvements?|investigation|enquir\w+|inquir\w+|review|appropriate \w+|necessary \w+|your \w+|"
        rf"one|what happened|parties|departments?|teams?|protocols?|details?) {_GONE} (?:\w+ )?{_DONE}",
        r"(?:it is|it's|it was) (?:regrettable|unfortunate) that (?:\w+ ){1,5}(?:was|were|has been|had been|did "
        r"not|got)|\w+ (?:was|were|has been|have been) (?:\w+ed|sent|made|done) (?:incorrectly|wrongly|in error|"
        r"improperly|inadvertently|by mistake|erroneously)|\w+ (?:was|were) (?:inadvertently|incorrectly|wrongly|"
        r"erroneously|mistakenly|unintentionally) \w+",
        r"(?:it (?:appears|seems|would (?:appear|seem)|looks like)(?: that)?|apparently) (?:there (?:was|has been|"
        r"were|may have)|something|an?|some|the|that)(?: \w+){0,5} (?:issue|error|mistake|wrong|miscommunication|"
        r"misunderstanding|glitch|mix-?up|oversight|breakdown|hiccup|failure|delay|overlooked|missed)",
        r"there (?:was|were|has been|have been|may have been|might have been|seems to (?:be|have been)|appears to "
        r"(?:be|have been)) (?:an? |some )?(?:\w+ )?(?:mistakes?|errors?|oversights?|miscommunications?|"
        r"misunderstandings?|breakdowns?|shortcomings?|lapses?|failings?|mix-?ups?|slip-?ups?|glitch|hiccups?|"
        r"confusion|delays?|issues?|problems?|failures?)|(?:not|wasn't|weren't) (?:up to|handled|followed|met|"
        r"meeting) (?:the |our )?(?:usual |expected |normal )?(?:standards?|as|correctly|properly|expectations?)",
        rf"it (?:was|has been|had been|is|will be) (?:\w+ly |then |also )?{_RULED}(?: (?:that|to|not|by|on|best)\b)?|(?:the |a |this |"
        rf"that )(?:\w+ )?(?:decision|conclusion|choice|agreement|determination|call) (?:was|has been|had been|is being) "
        rf"(?:made|taken|reached)",
        rf"(?:the|your|this|that|our|an?|all|some|appropriate|corrective|further) (?:\w+ ){{1,2}}(?:was|were|has been|have "
        rf"been|had been|had to be|have to be|will be|would be|is being|are being|got)(?: \w+ly| now| since| also)? "
        rf"{_UNDONE}(?! (?:by|to you|from you)\b)",
        r"(?:steps|things|measures|improvements|changes|options|lessons) (?:are|were|have been|will be|got) (?:being )?"
        r"(?:taken|considered|overlooked|explored|evaluated|drawn|missed|lost|muddled)",
        level=Level.WARN,
    ),
)
_SOMEBODY = re.compile(
    r"\b(?:i|i'm|i'll|i've|my|we|we're|we'll|we've|our (?:team|engineers?|manager|specialists?|technicians?|"
    r"product)|us|me|let's|[a-z]+ (?:is|will) (?:look|call|writ|check|be in touch)\w*)\b"
)
_REGRET_ONLY = re.compile(
    r"\b(?:(?:we|i)(?:'re|'m| are| am)?(?: \w+)? (?:sorry|apologi[sz]e|regret|appreciate|understand|thank|value|"
    r"hope|take)\w*|thank you|our (?:apologies|policy)|(?:let|bear with|tell|telling|letting) (?:us|me)(?: know)?|"
    r"made us aware|for (?:our|us|your))\b"
)


def find(draft: Draft) -> Iterator[Caution]:
    """Regret without a deed, and deeds without a doer. The second is only read under a complaint."""
    for caution in find_groups("non_apology", _NON_APOLOGY, draft):
        yield caution.model_copy(update={"level": Level.NOTE}) if draft.playful else caution
    acted = _SOMEBODY.search(_REGRET_ONLY.sub(" ", draft.low)) is not None
    for caution in find_groups("passive_evasion", _PASSIVE, draft):
        sure = not (acted or draft.playful or draft.linked or "?" in draft.text)
        yield caution if sure else caution.model_copy(update={"level": Level.NOTE})
