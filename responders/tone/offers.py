"""public_offer: money, credit, points or a free thing promised to one person where everybody reads it.

Compensation in public feeds the fire (Herhausen et al. 2019). List prices, policy pages and how a refund works are no
offers.
"""

import re
from collections.abc import Iterator

from bot.nouns.caution import Caution, Level, Stage
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_GOOD = (
    r"(?:full |partial |complete )?(?:refund\w*|vouchers?|credits?|discounts?|coupons?|gift ?cards?|gift "
    r"certificates?|"
    r"compensat\w+|reimburse\w*|rebates?|cash ?back|bonus|points|miles|store credit|goodwill \w+|upgrades?|"
    r"promo(?:tional)? codes?|"
    r"discount codes?|replacement for free|free \w+|freebies?|money back|money off|complimentary \w+|gesture of "
    r"(?:good ?will|apology))"
)
_MONEY = (
    r"(?:[$£€]\s?\d[\d.,]*|\d[\d.,]* ?(?:%|percent|per cent|pct|dollars|pounds|euros?|usd|gbp|eur|bucks|quid|points|"
    r"miles))"
)
_GIVE = (
    r"(?:give|offer|issue|send|provide|apply|add|credit|put|grant|arrange|process|extend|get|do|throw in|knock|"
    r"take|waive|make|include|"
    r"transfer|sort|organi[sz]e|award|honou?r|cover|pay|email|post|pop|drop|deposit)"
)
_WE = (
    r"(?:i|we)(?:'ll| will| can|'d like to| would like to|'d (?:love|be happy|be glad) to| want to|'re going to|'m "
    r"going to| are going to|"
    r" am going to|'ve| have|'re happy to|'m happy to| are happy to| am happy to|'ll be (?:glad|happy) to| will be "
    r"(?:glad|happy) to|'re| are|'m| am)"
)
_BECAUSE = "Others will read it and ask for the same. Keep it for when you talk."
_INSTEAD = "I would like to put this right with you directly, in a private message."
_EXCUSE = (
    r"\b(?:can't|cannot|can not|won't|wouldn't|don't|do not|unable|not able|couldn't|isn't|never|once (?:you|it|"
    r"the)|usually takes|policy|"
    r"policies|how to|learn|refund options|credit cards?|to (?:redeem|use|apply)|credit where|earn\w*|have a "
    r"(?:discount|promo|voucher|coupon)|save \d|standard|you can (?:still |also )?(?:use|get)|to get|if you|"
    r"ts?&cs?|(?:at this|that) point|credit limit|"
    r"in order to|need to|request(?:s|ing)? (?:a|for)|eligible for|ask for|if you qualify|give you credit|credit "
    r"to)\b"
)
_GROUPS = (
    group(
        _BECAUSE,
        _INSTEAD,
        rf"{_WE} (?:\w+ ){{0,3}}{_GIVE}\w*[^.!?\n]{{0,50}}?(?:{_GOOD}|{_MONEY})",
        rf"{_WE} (?:\w+ ){{0,3}}(?:refund|credit|reimburse|compensat|comp(?:ed|ing)?\b|waiv|discount|pay(?!ment|roll|pal))\w*",
        rf"(?:offer|give|send|credit|refund|compensate|reimburse|pay) you[^.!?\n]{{0,40}}?(?:{_GOOD}|{_MONEY})",
        rf"(?:here(?:'s| is| are)|have (?:a|an|some|your)|take|accept|use|claim|grab)(?: \w+){{0,4}}? (?:{_MONEY} "
        rf"(?:off|discount|voucher|credit|refund|gift|back|coupon)|"
        rf"{_GOOD})(?: (?:code|for|on|as|off|towards?|from|of|next)[^.!?\n]*)?",
        rf"{_MONEY} ?(?:off|discount|voucher|credit|refund|gift ?card|coupon|back|on (?:us|your account)|for your "
        rf"trouble|to say sorry|as (?:a|an) (?:apology|thank|gesture))\b[^.!?\n]*",
        r"(?:on the house|free of charge|at no (?:extra )?(?:cost|charge)|free (?:month|meal|night|coffee|drink|"
        r"dessert|pizza|burger|delivery|shipping|ticket|upgrade|"
        r"replacement|item|product|stay|ride|year|week|one|gift|voucher)s?)",
        r"(?:meal|dinner|lunch|breakfast|drinks?|coffee|beer|pizza|burger|dessert|round|night|stay|delivery|"
        r"shipping|ride|month|tickets?|time|visit|order|next \w+|one)(?:'s| is| are| will be|'ll be|) on us(?! to| "
        r"for)",
        r"(?:use|with|enter|quote|apply) (?:the )?(?:promo |discount |voucher |coupon )?code "
        r"(?!of\b)\w+[^.!?\n]*\b(?:off|discount|free|save|next|order|checkout)",
        r"your (?:full )?(?:money|refund|compensation|voucher|credit|discount)(?: of [^.!?\n]{1,20})? (?:is|are|"
        r"has been|will be|was) (?:on (?:its|the) way|coming|issued|waiting|sent|"
        r"refunded|processed|paid|credited|approved|added|returned)[^.!?\n]*",
        r"(?:will|shall|'ll) be (?:fully )?(?:refunded|credited|compensated|reimbursed)",
        r"you(?:'ll| will) (?:get|receive|have)(?: \w+){0,3} (?:refund|voucher|credit|discount|coupon|compensation|"
        r"gift)\w*",
        r"(?:free|complimentary|half[- ]price) (?:\w+ ){0,3}(?:on us|for you|for your trouble|next (?:time|visit))",
        r"(?:next|your) (?:\w+ ){1,3}(?:is|are|will be) free",
        r"already (?:compensated|refunded|credited|reimbursed)[^.!?\n]*",
        r"(?:a|an|your|some|another|with) (?:\w+ )?(?:free|complimentary) (?!trial|account|app|version|tool|"
        r"service|number|phone|line|of|to|from|wi-?fi|plan|tier|copy|software|download|update|consult)\w+",
        r"(?:we|i)(?:'ve| have|'ll| will)? (?:\w+ )?(?:knock\w*|tak\w+|took) (?:\w+ )?[$£€]?\d[\d.,]* ?(?:%|"
        r"percent|\w+)? off|[$£€]\d[\d.,]* off your",
        r"(?:eats?|stays?|fly|flies|travels?|drinks?|ride|goes|go|comes?) (?:for )?free|(?:show|bring|mention|"
        r"present) this (?:tweet|post|message|comment|reply)[^.!?\n]{0,40}(?:off|free|discount)|refund(?:ing|ed)? "
        r"(?:you|double|the|your|it|everything|all|half)",
        r"next (?:\w+)(?:'s| is) free|(?:goodwill gesture|gesture of goodwill|to make (?:it )?up (?:for|to)|"
        r"as (?:a|an) (?:apology|thank you|token))[^.!?\n]{0,60}|(?:i|we)(?: can|'ll| will|'ve| have) (?:\w+ "
        r")?(?:add|give|extend|credit|put|added|given|extended)(?: you)? [^.!?\n]{0,15}(?:months?|weeks?|"
        r"days?|years?|nights?) (?:of|to your|on your|free|extra|for free)",
        rf"(?:you(?:'ll| will| can| should| shall)|expect)(?: \w+){{0,2}} (?:get|receive|have|see|expect|be getting|be receiving|be "
        rf"given|find|keep|{_MONEY})\b(?! the (?:\w+ points|cash ?back))[^.!?\n]{{0,25}}?(?:{_GOOD}|{_MONEY}|money|both)\b(?! (?:policy|form|page))",
        rf"(?:expect|look out for) (?:an? |your |the )?(?:{_GOOD}|{_MONEY})",
        r"(?:there(?:'s| is)) (?:an? |your )(?:\w+ )?(?:refund|voucher|credit|coupon|discount|gift ?card|free \w+)\b[^.!?\n]*"
        r"(?:your name|for you|waiting|with you|on your|at the)",
        r"(?:a |an |your |the )(?:full |partial )?(?:refund|credit|voucher|compensation|money|gift ?card)[^.!?\n]{0,12} (?:is|are) "
        r"(?:heading|coming|going|waiting|due|ready|on)\b[^.!?\n]*",
        r"(?:fees?|charges?|bill|cost|payment|fine|balance|invoice)(?: \w+){0,2} (?:has been|have been|is|was|are|will be) (?:waived|"
        r"wiped|cancelled|written off|dropped|refunded|credited|halved)",
        r"(?:we|i)(?:'ll|'re| will| are|'m| am|'ve| have)? (?:wip(?:e|ing)|waiv(?:e|ing|ed)|writ(?:e|ing) off|scrap(?:ping)?) (?:this|"
        r"your|the|that|all)[^.!?\n]{0,20} (?:bill|fees?|charges?|cost|payment|balance|invoice|fine)",
        r"(?:we|i)(?:'ll| will|'d like to| would like to)(?: \w+)? (?:cover|pay for|pick up|foot|treat you|throw in)\b(?! (?:it|this|that)"
        r" in)[^.!?\n]*",
        r"(?:new one|another(?: one)?|replacement|it|one)(?: \w+)? (?:for nothing|for free|free of charge|at our expense)|(?:we|i) won't "
        r"charge you|(?:for|get|at) half (?:off|price)|be (?:fully )?(?:reimbursed|refunded|compensated)|money back (?:by|today|tomorrow|tonight|"
        r"this|next|within|in full)",
        r"double your (?:points|money|refund)",
        r"make it worth your while",
        level=Level.STOP,
        excuse=_EXCUSE,
        after=False,
    ),
)
_TO_US = re.compile(r"\b(?:we'd get|you can (?:get|use)|free to|feel free)\b")


def find(draft: Draft) -> Iterator[Caution]:
    """Offers; none is looked for in a private word."""
    if draft.reading.stage is Stage.PRIVATE:
        return
    for caution in find_groups("public_offer", _GROUPS, draft):
        unsure = _TO_US.search(draft.said(caution.span)) is not None
        yield caution.model_copy(update={"level": Level.NOTE}) if unsure else caution
