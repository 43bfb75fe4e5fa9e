"""defensive: policy, the industry or our own merits in place of an answer."""

from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.heard import Step, acknowledges, next_step
from responders.tone.phrases import find_groups, group

_BECAUSE = "It defends us before they were heard. They asked what happens now."
_INSTEAD = "You expected something else from us, and I would like to hear it in full."
_BEST = (
    r"(?:the (?:\w+ ){0,2}?(?:best|highest|strictest|safest|most \w+|finest|cleanest|fastest|lowest|top|leading)|among the|"
    r"one of the|second to none|unmatched|unrivalled|excellent|outstanding|impeccable|exemplary|superb|first[- ]class|"
    r"premium|professionally \w+|professional|(?:fully |highly |well |properly |thoroughly )?(?:trained|certified|vetted|"
    r"qualified|tested)|courteous|better than)"
)
_BEST_NOUN = r"(?:quality|excellence|service|safety|reliability|value|freshness|hygiene|cleanliness|honesty)"
_ALWAYS = (
    group(
        _BECAUSE,
        _INSTEAD,
        r"(?:could|can|may|might) (?:\w+ )?happen (?:with|to|at|in) (?:any|every|all|even|the best|anyone|"
        r"other)\w*|(?:these|such|those|accidents|mistakes|delays|things|errors|breakages)(?: things)? (?:do |can |"
        r"will |just |always )?happen(?: (?:from time|sometimes|to the best|everywhere|occasionally|in \w+))?",
        r"(?:nothing|little|not much) (?:more |else |further )?(?:that )?(?:we|i|anyone) (?:can|could|are able to|"
        r"'re able to) (?:do|say|offer|add)|(?:we|i)(?:'ve| have)? (?:did|done|do|are doing|'re doing) "
        r"(?:everything|all|what|nothing wrong|our (?:best|job|utmost))(?: (?:right|we can|we could|possible|"
        r"correctly))?",
        r"(?:we(?:'re| are)|i(?:'m| am)|are) (?:only |not |under no |in no way )(?:legally |really |technically |"
        r"contractually )?(?:obligat\w+|obliged|required|bound|responsible|liable|supposed|expected to|to blame)|"
        r"under no obligation|no obligation to|(?:within|well within) our rights|we reserve the right|we(?:'re| "
        r"are) (?:fully )?entitled to",
        r"(?:industry|market|sector|common|standard|normal|usual|legal|international) (?:standards?|practice|"
        r"procedure|norm|average|wide|requirements?)(?! (?:of|for) (?:care|service))",
        r"(?:any|every|all|other|most) (?:other )?(?:airlines?|compan(?:y|ies)|shops?|stores?|hotels?|restaurants?|"
        r"retailers?|banks?|providers?|brands?|carriers?|business(?:es)?|competitors?|places?|suppliers?) (?:would|"
        r"do|does|has|have|will|is|are|charges?|can)",
        r"(?:other|most|all|many|thousands of|millions of|hundreds of|our|the majority of|plenty of|countless)(?: "
        r"of)?(?: our)?(?: other| happy| satisfied| loyal| \d+)? (?:customers?|guests?|people|users?|clients?|"
        r"visitors?|diners?|patients|members|passengers|reviews?|reviewers) (?:\w+ )?(?:are|were|love|loved|like|"
        r"enjoy\w*|agree|disagree|have no|had no|don't|never|seem|say|rate[ds]?|find|found|manage|think|prefer|"
        r"appreciate|report|praise|trust|would)",
        r"(?:no ?(?:one|body)(?= (?:else|has|had|ever))|none of our (?:\w+ )?(?:customers|guests|users)|you(?:'re| "
        r"are) the (?:first|only)|the (?:first|only) (?:person|customer|guest|one|complaint|complainer|user)|only "
        r"(?:complaint|you)|first (?:complaint|time anyone|person|to complain)|never (?:had|received|heard)(?: "
        r"\w+){0,3} (?:complain\w*|problems?|issues?|like this|before))(?: (?:else|who|to|has|had|we|ever|in|about|"
        r"of)(?: \w+){0,3})?",
        r"(?:we|i)(?: always| really| do| truly)? (?:take (?:great |immense |enormous )?pride|pride ourselves|are "
        r"proud|stand by|stand behind|maintain|hold ourselves|work(?:ed)? (?:very |extremely |incredibly |so "
        r")?hard|are known|are committed to|adhere|only use|use only|guarantee|have (?:always )?been (?:in|serving|"
        r"doing)|have (?:the )?(?:best|highest|excellent|great|strict|over|an? \d|won)|are (?:the )?(?:best|"
        r"leading|market|one of the|rated|an award|voted|number one|very good|a (?:small|reputable|respected|"
        r"family|leading|quality|premium|trusted|busy|tiny|little)))",
        r"(?:award[- ]winning|(?:five|5|4|4\.\d|9\.\d|four)(?:[- ]| ?/ ?\d+ )?(?:stars?|rating)|\d[.,]\d (?:rating|"
        r"stars?|out of)|(?:excellent|great|good|high|strong|perfect|average|overall) (?:rating|reviews?|track "
        r"record|reputation|feedback)|rated (?:\d|five|four|excellent|best|number)|\d+ ?% of (?:our )?(?:\w+ "
        r")?(?:customers|orders|guests|flights|parcels|users|trains|deliveries)|(?:highest|strictest|best|top|"
        r"high) (?:possible )?(?:standards?|quality|level)s?|top[- ]notch|world[- ]class|best in (?:the|class)|"
        r"finest|state[- ]of[- ]the[- ]art|reputation)",
        r"(?:our|my|the) (?:staff|team|drivers?|employees|colleagues?|people|food|product|products|chefs?|"
        r"couriers?|service|system|app|website|agents?|quality|prices?|policy|rooms?|waiters?|cleaners|technicians|"
        r"engineers) (?:is|are|would|was|were|has|have|does|do|always|never|work)(?: (?:all|always|fully|highly|"
        r"very|well|extremely|perfectly|never|not|been|some of the|only|among))* (?:do (?:that|this|such)|be rude|"
        r"behave|best|excellent|trained|professional|perfect\w*|fine|correct|clear|fair|friendly|polite|great|"
        r"tested|checked|lie|wrong|reasonable|cleaned daily|the same for everyone|competitive|experienced|"
        r"qualified|working (?:fine|perfectly|as)|second to none|hard|reliable|accurate|there for a reason|"
        r"delicious|fresh|safe|spotless)",
        r"(?:we|our (?:team|staff|agents|drivers)) (?:\w+ )?(?:handle|receive|process|serve|get|ship|deal with|"
        r"answer|deliver|make|sell|see)s? (?:thousands|hundreds|millions|many|a lot|so many|tens|\d[\d,]+)|"
        r"(?:meets?|compl(?:y|ies)|conforms?|exceeds?|satisf(?:y|ies))(?: with| to)? (?:all |the |every |any |"
        r"strict |european |legal |relevant |safety |industry |national |required )+\w*|(?:all|each|every one)(?: "
        r"of)? our \w+ (?:is|are|meet|meets|has|have|comply|go|goes|pass|undergo|were|was) (?:\w+)",
        r"(?:is|are|were|was) (?:perfectly |completely |quite |totally |very |absolutely )?(?:normal|common|to be "
        r"expected|unavoidable|inevitable|standard|the same (?:as|everywhere|for everyone)) (?:at|for|during|in|"
        r"with|as|everywhere|on|when|practice|this)|we(?:'ve| have)? won|voted (?:best|number)|of course we "
        r"(?:care|do|did|want|try)|same as (?:everywhere|anywhere|every|any|all|most)|(?:fees?|charges?|prices?|"
        r"rules?|conditions|limits?|times?) (?:is|are|were|was) (?:clearly |fully |all )?(?:explained|listed|shown|"
        r"stated|set out|published|posted|displayed|in (?:our|the) \w+)",
        r"(?:that(?:'s| is)|this is|it(?:'s| is)) (?:just |simply |exactly |not |perfectly |completely |quite "
        r")*(?:how (?:it|things|this|the|we) (?:\w+ )?(?:works?|is|are|do\w*|operate)|the way (?:it|things)|life|"
        r"business|company policy|our policy|standard|the rules?|policy|procedure|expected behaviou?r|by design|a "
        r"feature|the nature of|what it is|unreasonable|uncommon|a bug|to be expected|legal|allowed|what you "
        r"(?:paid|signed|agreed)|market (?:price|value)|the price)",
        rf"our (?:own )?(?:\w+ )?\w+ (?:is|are|has been|have been|have always been|remains?)(?: \w+ly| all| always| still| "
        rf"consistently| widely)* {_BEST}|{_BEST_NOUN} (?:is|are) what (?:we|our \w+)|our (?:reviews?|record|reputation|"
        rf"results|ratings?|numbers|figures|history) (?:speaks?|shows?|says?|proves?)(?: for (?:itself|themselves))?",
        r"we(?:'ve| have) (?:\w+ )?(?:served|welcomed|delivered|helped|sold|carried|handled|flown|shipped) (?:over |more than |"
        r"about )?(?:thousands|millions|hundreds|\d[\d,.]*)",
        r"(?:every|each|all|any)(?: of our)? (?:item|product|order|parcel|dish|meal|batch|room|car|driver|device|unit|piece)s? "
        r"(?:passes|goes through|undergoes|is (?:\w+ )?(?:tested|checked|inspected|trained|cleaned)|pass|go through|undergo|are "
        r"(?:\w+ )?(?:tested|checked|inspected))|no (?:airline|shop|store|company|bank|hotel|restaurant|carrier|system|business|"
        r"courier|provider|product|team) (?:can|could|is|has|would)",
        r"(?:most|almost all|nearly all|the vast majority)(?: of)?(?: our)? (?:guests|customers|users|travellers|diners|members|"
        r"people|passengers|patients|clients|visitors)",
        r"it is what it is|you get what you pay|(?:what do you|what did you|can't) expect (?:for|from|at)|for "
        r"(?:the|that) price|at (?:this|that|these|our) prices?|considering (?:the|how)|(?:cheap|budget) (?:ticket|"
        r"fare|option|tier)|we(?:'re| are) (?:only|just) (?:human|a (?:small|tiny|little|family|local|young)|doing "
        r"our|following|the (?:messenger|middle))|nobody(?:'s| is) perfect|no one(?:'s| is) perfect|can't "
        r"(?:please|keep|make) everyone|cannot please everyone|(?:rules are rules|our hands are tied|not up to "
        r"(?:us|me)|just doing (?:my|our) job)",
        r"(?:considerable|a lot of|so much|some|spreading|this is) (?:amount of )?(?:misinformation|fake news|"
        r"rumou?rs?|exaggerat\w+|misleading|out of context)|misinformation|(?:taken|quoted) out of context|blown "
        r"out of proportion|overreact\w*|over the top|a bit (?:harsh|unfair|much|dramatic)|(?:that|this|it|"
        r"you(?:'re| are)?)(?:'s| is)? (?:\w+ )?(?:unfair|harsh)(?: (?:to|on|of))?",
        r"we(?:'d| would)?(?: never| only ever| only| simply| just| don't| do not| wouldn't| would not| can't| "
        r"cannot| won't| will not| are not able to| aren't able to|'re not able to| are unable to)+ (?:ever "
        r")?(?:offer|compensate|guarantee|cover|reimburse|refund|be held|accept|take responsibility|allow|make "
        r"exceptions|knowingly|intentionally|do (?:that|such)|send|sell|serve|treat)(?! (?:more|you to|customers "
        r"to))",
        r"(?:busy|peak|high) (?:period|season|time|demand|volumes?) (?:\w+ ){0,3}(?:so|and you|what|expect)|"
        r"(?:staff|driver) shortages?|we(?:'re| are) (?:very |extremely |really |so )?(?:busy|short[- ]staffed|"
        r"understaffed|swamped)|it (?:was|is) (?:very |really |a )?(?:busy|saturday|weekend|christmas|black friday|"
        r"holiday)",
        level=Level.WARN,
    ),
)
_POLICY = (
    group(
        "A rule is no answer to somebody who is upset. Say first that you heard them, then what you can do.",
        "I know a rule does not help you here, so let me look at what I can do.",
        r"(?:our|company|the|store|airline|hotel|per|under|due to|against|with|a|this|returns?|refund|cancellation|"
        r"privacy|strict|that's|is|as) (?:\w+ ){0,2}(?:polic(?:y|ies))(?: (?:is|are|states?|says?|does|doesn't|"
        r"requires?|clearly|allows?|prohibits?|applies|not|to|for|on|and|that|of|was|which)\b)?",
        r"(?:terms (?:and conditions|of (?:service|use|sale|carriage))|t&cs?|terms|guidelines|regulations|rules|"
        r"procedures?|contract|agreement(?= (?:states?|says?|you|clearly|requires?))|fine print|protocol|"
        r"conditions of carriage)(?: (?:state|say|are|require|clearly|apply|you|that|of|we)\b)?",
        r"(?:as|which (?:is|was)) (?:\w+ )?(?:stated|agreed|outlined|specified|written|shown|listed|published|"
        r"advertised|disclosed|disclosed)\b",
        r"(?:we(?:'re| are)|i(?:'m| am)) (?:un|not )able to (?:offer|refund|guarantee|make|accept)|(?:non[- "
        r"]refundable|non[- ]transferable|no refunds|no exceptions)",
        r"(?:our goal is|we (?:always )?(?:strive|aim|endeavou?r|try)) to (?:\w+ ){0,2}(?:provide|deliver|offer|"
        r"give|ensure|be|meet)[^.!?\n]{0,60}",
        level=Level.WARN,
        excuse=r"\b(?:report|violat\w+|learn|here's|link|updated our|sorry|disappointed with|visit|see our|read "
        r"(?:more|"
        r"about)|check (?:out )?our|protect)\b",
    ),
)


def find(draft: Draft) -> Iterator[Caution]:
    """Defences under a complaint. A policy named beside an acknowledgement and a step is only a note."""
    if draft.playful and not draft.complaint:
        return
    answered = acknowledges(draft) and next_step(draft) is Step.PLAIN
    for caution in find_groups("defensive", _ALWAYS, draft):
        yield caution
    for caution in find_groups("defensive", _POLICY, draft):
        helped = answered or draft.linked or next_step(draft) is Step.PLAIN
        yield caution.model_copy(update={"level": Level.NOTE}) if helped else caution
