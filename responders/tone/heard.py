"""What a draft does well: does it show that we listened, does it name a next step, does it open a private way?"""

import re
from enum import IntEnum

from responders.tone.draft import Draft

_CHANNEL = re.compile(
    r"\b(?:dms?|d\.m\.|pms?|inbox|direct(?:ly)? messag\w*|private(?:ly)?(?: \w+)?|in confidence|secure(?:ly)?|"
    r"one-on-one|"
    r"(?:message|messaging|write|writing|e-?mail|call|phone|ring|text|contact) (?:me|us|our \w+|to)\b|drop (?:me|"
    r"us) a (?:line|note|message)|"
    r"send (?:me|us) a (?:note|message|line|private|direct)|give (?:me|us) a (?:call|ring|bell)|by (?:phone|chat|"
    r"e-?mail|"
    r"message|telephone)|(?:via|over|in|through|on) (?:e-?mail|chat|whatsapp|messenger|the app|our (?:site|website|"
    r"form|help ?line))|"
    r"(?:web ?|contact ?|online ?)form|(?:fill|open|submit|raise|create) (?:\w+ )?(?:ticket|form|request)|live chat|"
    r"help ?line|message to us|chat with us|link below|(?:following|this|the) link|follow (?:and|us))\b"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|(?<!\d)\+?\d[\d ().-]{7,20}\d"
)
_HEARD = re.compile(
    r"\b(?:sorry|apolog\w+|regret\w*|forgive|understand\w*|understood|i can (?:see|imagine|hear)|we can see|i see|"
    r"(?:i|we)(?: do)? hear|hear (?:you|that|this|about)|sorry|oh (?:no|dear|gosh|my)|uh oh|yikes|ouch|bummer|whoa|"
    r"hmm+|sounds? (?:\w+ ){0,2}"
    r"(?:bad|awful|terrible|frustrating|like|off|odd|strange|wrong|weird)|(?:doesn't|does not|don't) (?:sound|look|"
    r"seem) (?:\w+ )?"
    r"(?:good|right|great|fun)|(?:that|this)(?:'s| is)(?: \w+)? (?:not (?:good|right|okay|ok|what|how|the)|strange|"
    r"odd|weird|frustrating|"
    r"awful|terrible|concerning|unusual|unacceptable|a shame|no good|serious)|(?:very|how) (?:strange|odd|"
    r"frustrating|weird)|"
    r"not (?:what|the (?:\w+ ){1,2}(?:we|i|you)|how) (?:we|you|i)?|never (?:like|want|good|our intent\w+|should|"
    r"okay)|hate to|frustrat\w+|"
    r"inconvenien\w+|disappoint\w*|concern\w*|upset\w*|worr(?:y|ied|ying)|alarm\w*|trouble\w*|hassle|you(?:'re| "
    r"are) right|you(?:'ve| have) "
    r"(?:waited|been|had|every)|you (?:waited|deserve|were|expected|asked for|paid)|must (?:have|be)|should(?:n't| "
    r"not| never) have|deserve\w*|"
    r"(?:our|my) (?:mistake|error|fault|bad)|(?:we|i) (?:got|let|messed|dropped|failed|missed|broke|made a|fell "
    r"short)|"
    r"thank(?:s| you)(?: so much| very much)? for (?:\w+ ){0,2}(?:tell\w*|let\w*|flag\w*|rais\w*|bring\w*|"
    r"report\w*|shar\w*|reach\w*|"
    r"writ\w*|tag\w*|patience|bear\w*|wait\w*|point\w*|feedback|heads|message|tweet\w*|contact\w*|get\w*|concern|"
    r"info\w*|update|details?)|"
    r"(?:appreciate|value) (?:your|the|you)|happened|experience[ds]?|feedback|nobody should|no one should|heard from|was ours|that was us|on us|(?:have|"
    r"'ve) read|fell short|the rating|asking us)\b|😔|😟|💔"
)
_STOCK = re.compile(
    r"\b(?:(?:we're|i'm|we are|i am) (?:always )?here (?:to help|for you)|(?:happy|glad|love|like|pleased) to "
    r"(?:\w+ )?(?:help|assist|look\w*)|"
    r"thank(?:s| you)(?: so much)? for (?:reaching out|contacting us|getting in touch|your (?:message|feedback|"
    r"patience|understanding)|"
    r"the (?:feedback|message))|(?:sorry|apologi[sz]e|apologies) (?:for|about) (?:the|any|this|that|your)(?: "
    r"\w+)?(?: inconvenience| trouble| "
    r"experience| issue)?|(?:sorry|sad) to (?:hear|see|learn)(?: (?:that|this|about (?:this|that|it|your \w+)))?|"
    r"we apologi[sz]e|"
    r"appreciate your (?:feedback|patience|understanding|concern)|value your (?:feedback|custom)|your (?:feedback|"
    r"experience)|"
    r"(?:take|taking) (?:this|these|all|such)(?: \w+){0,2} (?:very )?seriously|we understand (?:your|how)(?: \w+)?)\b"
)
_STEP = re.compile(
    r"\b(?:i|we|you|it|they|he|she|team|someone|somebody|agent|engineer\w*|manager|colleagues?)(?:'ll| will| "
    r"shall)(?! (?:never|not)\b)|"
    r"\b(?:i'm|i am|we're|we are|team is|they're) (?:\w+ )?(?:look|check|work|ask|call|send|investigat|try|find|"
    r"chas|pass|trac|review|writ|ring|"
    r"speak|talk|going to|fix|on it|arrang|gett|mak|monitor|rais|releas|introduc|replac|follow)\w*|"
    r"\b(?:and|who|she|he|they) will \w+|\b(?:is|are) (?:\w+ )?(?:coming|checking|calling|arriving|asking|repairing|fixing|looking|"
    r"ringing|searching|testing) (?!soon)\w+|\bi'm (?:on|with|tak\w+|collect\w+) (?:the|this|it|them|him|her)\b|"
    r"\b(?:i|we)(?:'ve| have) (?:\w+ )?(?:ask|sent|pass|rais|found|arrang|report|open|spok|check|fix|start|order|"
    r"book|forward|let|escalat|"
    r"call|tak|put|turn|updat|reach|contact|remov|releas|reset|replac|call|repli|add|shar|stopp|flagg|fed|rout|"
    r"loop|refund)\w*|\b(?:i|we) (?:just (?:replied|called|sent|asked|passed|checked|emailed|spoke|fixed)|can "
    r"(?!not)\w+|want to|need to|would like|'d|hope to (?:call|fix|have))|"
    r"\b(?:i|we)'d (?:\w+ ){0,2}(?:like|love|glad|happy)|\b(?:happy|glad|love|like|here|able|keen) to (?:\w+ "
    r")?(?:help|assist|look|hear|take|chat|talk|see|speak|check)|"
    r"\blet(?:'s| me| us)\b(?! down)|\bplease(?! (?:accept|know|bear|understand|be patient|rest|forgive|calm|"
    r"stop))\b|\b(?:can|could|would|will|may|have|has|did|do|does|are|is|were|was|which|what\w*|when|where|who|why|"
    r"how|mind)\b"
    r"(?! \w+ (?:dare|long must))[^.!?\n]{0,200}\?|\b(?:check|try|visit|follow|click|head|go|see|use|tap|send|drop|"
    r"shoot|give|reach|call|write|"
    r"e-?mail|message|contact|dm|pop|stay|keep|restart|reset|update|report|submit|share|join|ask|reply|tweet|refer|"
    r"speak|chat)\b (?:\w+ )?"
    r"(?:me|us|to|out|our|your|the|this|here|it|at|on|in|if|these|an?|over|for|tuned|posted|an eye|back)\b|"
    r"\byou(?:'ll| can| may| could| should)\b|\bwill be (?:in touch|with you|back|able|fixed|resolved|there|happy|"
    r"glad|here|looking|calling|open|available|released|restored)\b|\b(?:be sure|make sure|unplug|awaiting|i'd "
    r"recommend|recommend|continue)\b|\b(?:i|we)(?:'ve| have) (?:responded|logged|noted|log)\b|\b(?:by|"
    r"before|within|until) (?:the end|\d|\w+day|tomorrow|noon|tonight|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)|\bas soon as\b|\bon (?:its|their|the) "
    r"way\b|\bhere(?:'s| is| are) "
    r"(?:how|the|a|an|some|our|what)\b|\bdms?\b|\bnext step\b|\bsteps? \w+ take\b|\bback (?:up|online|on) (?:by|at|"
    r"now)\b|\bescalat\w+"
)
_REGRETS = re.compile(
    r"\b(?:sorry|apolog\w+|regret|(?:we|i)(?: \w+)? (?:know|understand|hear|can (?:see|imagine))|frustrat\w+|"
    r"disappoint\w+)\b"
)
_REACHED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.\w+|(?<!\d)\+?\d[\d ().-]{7,20}\d|\b(?:dm|message|chat|call|"
    r"help)\b[^.!?\n]{0,40}\?"
)
_VAGUE = re.compile(
    r"(?:nothing|not much|little|all)[^.!?\n]{0,20}\b(?:we|i|anyone) (?:can|could) (?:do|say|offer)|(?:feel free|"
    r"always|any(?:thing|thing else)|if there(?:'s| is))[^.!?\n]{0,60}(?:anything|reach out|let us know|contact us|"
    r"other "
    r"questions|further)|\bhope\b|\bstrive\b|\bin (?:the|near|due) (?:future|course)\b|\b(?:soon|shortly)\b"
)


class Step(IntEnum):
    """How plain the way forward is."""

    NONE = 0
    VAGUE = 1
    PLAIN = 2


def private_way(draft: Draft) -> bool:
    """Whether the reply itself names a place out of public: a message, a call, a form, a listed contact, a link."""
    return draft.linked or _CHANNEL.search(draft.low) is not None


def regrets(low: str) -> bool:
    """Whether these words are about how sorry or understanding we are."""
    return _REGRETS.search(low) is not None


def acknowledges(draft: Draft) -> bool:
    """Whether the reply shows that we heard what happened: by its turn of phrase, or by two of their own words."""
    shared = content_words(draft.low) & content_words(draft.reading.mention.lower())
    return _HEARD.search(draft.low) is not None or len(shared) > 1


def specific(draft: Draft) -> bool:
    """Whether it still shows that once every stock line is taken away, and names something they named."""
    rest = without_stock(draft.low)
    return _HEARD.search(rest) is not None and bool(content_words(rest) & content_words(draft.reading.mention.lower()))


def without_stock(low: str) -> str:
    """The words left when every line that could stand under anything is taken away."""
    return _STOCK.sub(" ", low)


def next_step(draft: Draft) -> Step:
    """What happens now, as far as the reply says."""
    if draft.linked or _REACHED.search(draft.low):
        return Step.PLAIN
    if _STEP.search(_VAGUE.sub(" ", without_stock(draft.low))):
        return Step.PLAIN
    return Step.VAGUE if _VAGUE.search(draft.low) or _STEP.search(draft.low) else Step.NONE


_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        about after again also another because been before being could doing every first from give going have having
        here into just know like little made make many more most much need never nothing only other over please
        really right same should some something still such take than thank thanks that their them then there these
        they thing think this those time today told under until very want well went were what when where which while
        will with without would year your
        """,
    )
)


def content_words(low: str) -> frozenset[str]:
    """Words that carry the matter, cut to six letters so that "delayed" meets "delay"."""
    return frozenset(word[:6] for word in re.findall(r"[^\W\d_]{4,}", low) if word not in _COMMON)
