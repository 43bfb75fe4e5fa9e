"""blame: the customer or somebody else is at fault. Owning it calms sooner (Lewicki et al. 2016)."""

from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_DONE = (
    r"(?:read|check\w*|follow\w*|listen\w*|bother\w*|tell|told|provid\w*|updat\w*|charg\w*|cancel\w*|ask\w*|show\w*|"
    r"wait\w*|answer\w*|repl\w+|respond\w*|giv\w*|gave|install\w*|set|clean\w*|look\w*|bring|brought|contact\w*|"
    r"call\w*|book\w*|arriv\w*|turn\w*|pay|paid|enter\w*|choos\w*|chose|order\w*|leave|left|use|used|mention\w*|speak|"
    r"spoke|notice\w*|report\w*|understand|understood|keep|kept|pick\w*|open\w*|pack\w*|store\w*|keep|kept|select\w*|"
    r"complete\w*|sign\w*|plan\w*|measure\w*|collect\w*|confirm\w*|tighten\w*|press\w*|plug\w*|type\w*)"
)
_THIRD = (
    r"(?:courier|carrier|driver|supplier|seller|delivery (?:company|partner|service|firm|driver|people)|shipping "
    r"(?:company|partner)|warehouse|vendor|manufacturer|airport|weather|post(?:al service| office|man)|royal mail|"
    r"fedex|ups|dhl|usps|hermes|evri|dpd|your (?:bank|phone|router|computer|browser|provider|employer|"
    r"neighbou?r|kids?|"
    r"wife|husband|child|dog|isp|internet|wi-?fi|device)|contractor|partner|franchisee?|previous agent|agency|agent|"
    r"third[- ]party|subcontractor|temp|new (?:guy|girl|starter|hire)|trainee|intern|kitchen|landlord|ticket office|"
    r"union|strikers|insurer|platform)s?"
)
_OWN = "They came to us. People calm down sooner when we own it, whoever dropped it."
_YOU = "It tells them it was their doing. Even where that is so, it makes them defend themselves."
_GROUPS = (
    group(
        _YOU,
        "I would like to find out with you where this went wrong.",
        rf"(?:if|perhaps if|maybe if|unless) (?:you|customers|people|everyone)(?:'d| had| have|'ve)?(?: (?:only|"
        rf"just|actually|simply|even|bothered to|taken (?:the|a) \w+ to|not|properly|carefully))* "
        rf"{_DONE}[^.!?\n]{{0,60}}(?:would|wouldn't|you'd)",
        rf"(?:if you'd|if you had|had you|if only you(?:'d| had)?)(?: (?:only|just|actually|simply|even|bothered|"
        rf"taken|not|properly|carefully))* (?:{_DONE}|been|had|taken|done)",
        r"you (?:really |simply |clearly |probably )?(?:should(?:'ve| have)|ought to have|could have|might have) "
        r"(?!rec(?:ei|ie)ved|got|gotten|heard (?:from|back)|had an answer|been (?:sent|told|given|able|offered|treated|helped|contacted)|had (?:a|an|"
        r"to)|an? |access|seen an)(?:\w+)",
        r"(?:that|this|it)(?: only| usually| often)? (?:happens|occurs|breaks|fails) (?:when|if|because) (?:you|the \w+|it|people|customers|"
        r"\w+ (?:is|are))|(?:this|that|it)(?:'s| is| was) an? (?:\w+ )?(?:problem|issue|matter|fault|error) (?:with|of|at|on|for) your "
        r"\w+|your (?:phone|device|browser|computer|router|tablet|card|bank|app|laptop|car|house|order) (?:is|was) (?:just |simply |far )?"
        r"(?:too|at fault|to blame|not)|until you (?:touched|changed|moved|opened|dropped|installed|pressed|broke|used)|(?:perhaps|maybe|"
        r"possibly|probably) you (?:forgot|missed|overlooked|misread|did|didn't|were|had|entered|left)",
        r"you (?:should|need to|have to|must|might want to) (?:really |just |always |at least |simply )?(?:use a|"
        r"be more|know|learn|pay (?:more )?attention|watch|take (?:better|more)|read (?:the|our|it)|look after|"
        r"keep your|try (?:being|reading|using)|not (?:leave|use|order|expect|have)|expect|think before|listen|"
        r"grow|accept|understand that)",
        r"(?:because|since) you (?!(?:matter|deserve|asked|said|told|mentioned|wrote|are (?:right|important)|can|"
        r"may|might|will))\w+|so of course (?:you|it)|you (?:clicked|pressed|wore|washed|opened|left|put|ordered|"
        r"booked|chose|selected|typed|agreed to|signed|installed|plugged|dropped|bent|forced|ate|overloaded|parked|"
        r"missed) (?:the|it|on|twice|them|that|this|in|a|an|your|too|late|our)",
        r"(?:maybe|perhaps|probably|possibly) (?:it was|it's|it is|you (?!can|could|would|might|may|have a)|your|"
        r"something|someone) ?\w*|always (?:back up|check|read|keep|make sure|remember|bring|double|use|ask|test)|"
        r"(?:must|should|need to|have to) be (?:supervised|accompanied|handled with|stored|used (?:as|only|"
        r"correctly)|read|cleaned by|looked after)|(?:manual|instructions?|label|website|email|sign|ticket|"
        r"contract|confirmation|box|packaging|listing|description|faq) (?:\w+ )?(?:tells?|says?|states?|warns?|"
        r"explains?|clearly|shows?) (?:you|that|it|clearly|not|very|this|how|to)",
        r"(?:customers?|passengers?|guests?|users?|owners?|parents?|people|buyers?|clients?|patients?|members|"
        r"everyone|tenants|it(?:'s| is) your (?:job|responsibility|duty)|it(?:'s| is) up to you)(?: (?:themselves|"
        r"are|is|must|should|need|have|'re))+ (?:responsible|to blame|to (?:check|ensure|arrive|read|make|keep|be|"
        r"provide|follow)|careful|check|ensure|arrive|read|bring|careless|expected to)",
        r"(?:only|always|usually|normally|typically) (?:ever )?(?:occurs?|happens?|breaks?|fails?|an issue|a "
        r"problem|comes? up|shows? up) (?:if|when|because|with|to) (?:customers?|you|people|users?|someone|the "
        r"(?:customer|user)|it(?:'s| is) (?:not|mis|dropped|used))|misus(?:e|ed|ing)|(?:was|were|been|is|are) "
        r"(?:mis|im)(?:used|handled|properly)\w*|(?:don't|do not|doesn't|didn't) (?:just )?(?:\w+ )?(?:on (?:their|"
        r"its) own|by (?:themselves|itself)|for no reason|without (?:a )?(?:cause|reason|misuse))",
        r"you(?:'ve| have| must have| must've)? (?:\w+ )?(?:obviously|clearly|evidently|apparently|must have|"
        r"must've) (?!access|want|need|deserve|care|love|feel|know|like|enjoy|click|tap|go|follow|been through|had "
        r"an|had a)\w+",
        r"you (?:shouldn't|should not) have (?!had|been|to|received|got)\w+",
        rf"(?:you|the customer|he|she|they)(?: (?:just|simply|clearly|obviously|probably|apparently|also))* "
        rf"(?:didn't|did not|never|failed to|forgot to|neglected to|refused to|haven't|have not|hadn't|don't "
        rf"bother|chose (?:not )?to|decided (?:not )?to|omitted to|couldn't be bothered)(?: (?:even|"
        rf"bother(?:ed)?(?: to)?|actually|properly|correctly))* {_DONE}",
        r"you (?:\w+ )?(?:entered|gave|typed|provided|selected|chose|ordered|picked|used|put|booked|sent|clicked|"
        r"supplied|submitted|bought|installed)(?: us| in)? (?:the |an? |in )?(?:wrong|incorrect|old|invalid|bad|"
        r"cheapest|cheaper|basic|false)",
        r"(?:your|the customer's|customer|user|human) (?:own )?(?:fault|mistake|error|responsibility|negligence|"
        r"carelessness|doing|own problem|own choice|misuse|impatience|ignorance|oversight)(?! (?:message|code|"
        r"report))",
        r"(?:next time|in future|in the future),? (?:please |just |maybe |perhaps |you (?:should|may want to|might "
        r"want to) )*(?:read|check|make sure|try|be|order|arrive|plan|don't|remember|pay|listen|use|follow|double|"
        r"do|leave|bring|ask|book|think|keep|look|choose|buy|call)",
        r"(?:you(?:'re| are)) (?:the (?:one who|only one who|cause|problem)|to blame|responsible for|at fault|"
        r"partly|simply|clearly|obviously|just) ?(?:not|using|doing|holding|too|to blame|impatient|confused|"
        r"responsible|mistaken|wrong|misusing)?",
        r"you (?:must|probably|obviously|clearly|evidently|apparently|simply|just) (?:have )?(?!be (?:so|very)|"
        r"need|want|feel|follow|click|go|tap|send|dm|have to)(?:\w+ )?(?:misunderst\w+|misread|missed|broke|"
        r"dropped|damaged|forgot\w*|lost|deleted|ignored|overlooked|misus\w+|confused|made|did|done|got|pressed|"
        r"spilled|left|ordered|expected|wanted|used)",
        r"you(?:'ve| have)? (?:misunderst\w+|misread|mishandled|mistreated|misused|broke|dropped it|damaged|"
        r"overlooked|ignored (?:our|the)|agreed to|accepted the|signed (?:up|the)|waived|caused|brought this|did "
        r"this|voided)",
        r"(?:because|since|as) (?:of )?you(?:r)? (?:\w+ )?(?:didn't|did not|never|failed|late|own|refus\w+|chose|"
        r"entered|gave|forgot|ignored|were (?:late|rude|not|away|out)|weren't|are not|aren't|misus\w+|wrong|"
        r"incorrect)",
        r"(?:most|other|all our other|normal|our|sensible|reasonable) (?:people|customers|guests|users|adults) "
        r"(?:manage|know (?:how|that|to|better)|read|understand|check|have no|don't have|can (?:read|follow))",
        r"(?:customers|people|guests|passengers) like you|you people|(?:it's|that's|it is|that is) (?:all )?(?:on|"
        r"down to|up to) (?:you|them|your|the (?:courier|carrier|driver|seller|customer))\b",
        r"(?:clearly|plainly) (?:stated|written|says|marked|labelled|labeled|explained|shown|visible|listed|"
        r"printed)|(?:it's|it is|was|is) (?:all )?(?:in|on) the (?:manual|instructions|website|faq|label|small "
        r"print|fine print|terms|receipt|contract|menu|sign|description|listing|email)(?! (?:at|here|below|page)\b)",
        r"(?:read|check|consult|look at|learn to read|refer to) (?:\w+ ){0,2}(?:the |your |our )?(?:manual|"
        r"instructions?|small print|fine print|label|description|before (?:you|buying|ordering|complaining|"
        r"posting))(?! (?:here|below|at)\b)",
        r"(?:did you|have you|do you|were you|why (?:did|didn't|would|wouldn't|don't|weren't) you|how could you|"
        r"what did you expect|what were you) (?:even |not |really |actually |bother(?:ing)? |seriously |expect|"
        r"thinking)+\w*",
        r"(?:have you|did you|ever) (?:ever )?(?:considered|consider|thought|think|stopped to think)(?: that|"
        r" about)?|how (?:hard|difficult) (?:is|can) it|haven't (?:even )?(?:updated|read|checked)|who "
        r"hasn't|who (?:can't|"
        r"cannot|don't|doesn't|didn't|won't) (?:read|follow|bother|update|check|understand|know how|use|listen)",
        level=Level.WARN,
        excuse=r"\b(?:if you'd (?:like|prefer|rather)|fraud|phish|scam|hack|to (?:confirm|clarify)|have you already|"
        r"thank "
        r"you for)\w*",
    ),
    group(
        _OWN,
        "It was ours to get right.",
        rf"{_THIRD}(?:'s)?(?: \w+){{0,2}} (?:fault|mistake|error|responsibility|problem|failure|negligence|doing|"
        rf"decision|issue)(?!s)",
        rf"(?:the|our|your|this) {_THIRD} (?:\w+ )?(?:lost|damaged|delayed|broke|dropped|failed|must have|must've|"
        rf"probably|messed|forgot|messed|let (?:you|us)|didn't|did not|refused|is (?:at fault|to blame|responsible|"
        rf"liable|the problem|the one)|are (?:at fault|to blame|responsible)|was (?:at fault|to blame|careless|"
        rf"late|new|rude)|caused|screwed|misplaced|left it|made (?:a|the|an) \w+|ignored|never|stole|ruined|"
        rf"mishandled|sent (?:us )?(?:the )?(?:wrong|late|bad))",
        rf"(?:blame|complain to|take (?:it|that|this) up with|speak to|talk to|contact|ask|call|go to) (?:it on "
        rf")?(?:the |your |their )?{_THIRD}(?:,? (?:not|about|for|instead|directly|who|as|because)|[.!]|$)",
        r"(?:not|isn't|wasn't|n't|never|hardly|nothing) (?:\w+ )?(?:our|my|us)(?: \w+)? (?:fault|problem|mistake|"
        r"doing|responsibility|error|concern|job|department)|nothing to do with us|no fault of ours|(?:not|isn't|"
        r"wasn't) (?:us|on us|caused by us|down to us)|we(?:'re| are) not (?:to blame|at fault|responsible)",
        r"blame (?:the|your|it on|them|him|her)|(?:out of|beyond|outside)(?: of)? (?:our|my) (?:control|hands)|"
        r"that's (?:an? )?\w+ (?:issue|problem|matter),? not (?:us|ours|our)",
        r"(?:one|some) (?:of our )?(?:careless|incompetent|bad|lazy|rogue|junior|former|new) (?:\w+ )?(?:employee|"
        r"staff|colleague|agent|driver|worker|waiter|cashier|intern|person|server)s?",
        level=Level.WARN,
    ),
)


def find(draft: Draft) -> Iterator[Caution]:
    """Sentences that put it on them, or on somebody else."""
    for caution in find_groups("blame", _GROUPS, draft):
        yield caution.model_copy(update={"level": Level.NOTE}) if draft.playful else caution
