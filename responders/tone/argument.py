"""argument: contradicting them, "as we said", orders and threats."""

from collections.abc import Iterator

from bot.nouns.caution import Caution, Level
from responders.tone.draft import Draft
from responders.tone.phrases import find_groups, group

_FALSE = (
    r"(?:not (?:(?:even|remotely|actually|at all|entirely|really|quite|exactly) )?(?:true|correct|accurate|right|"
    r"fair|"
    r"the case|what happened|how it (?:happened|went)|the whole story|factual|what we said)|false|wrong|incorrect|"
    r"inaccurate|untrue|a lie|lies|nonsense|rubbish|absurd|ridiculous|made up|fake|fabricated|an exaggeration|"
    r"exaggerated|misleading|laughable|slander\w*|libel\w*|defam\w*|unfounded|baseless)(?! possible)"
)
_GROUPS = (
    group(
        "It tells them they are wrong, in front of everyone. They can only argue back.",
        "That is not how I have it here, so I would like to hear from you what happened.",
        rf"(?:that(?:'s| is| was)|this is|it(?:'s| is| was)|your (?:\w+ ){{1,3}}(?:is|are|was)|you(?:'re| are)|"
        rf"which is)(?: (?:simply|just|completely|absolutely|plainly|totally|factually|quite|clearly|actually|also|"
        rf"very|all|entirely|demonstrably|frankly|blatantly|obviously|patently|utterly|n't))* {_FALSE}",
        r"(?:that|this|it)(?: simply| just)? (?:isn't|wasn't|didn't|never|did not|can't have|couldn't have) (?:\w+ "
        r"){0,1}(?:true|accurate|happen\w*|the case|occur\w*|fair|what happened|how it (?:happened|went))",
        r"you(?:'re| are)(?: (?:just|simply|clearly|obviously|being|quite|very|so|really|totally))+ (?:mistaken|"
        r"wrong|lying|exaggerat\w+|unreasonable|dramatic|rude|aggressive|abusive|impatient|confused|difficult|"
        r"unfair|misinformed|misleading|overreacting|silly|childish|ridiculous|hysterical|emotional)|you(?:'re| "
        r"are) (?:mistaken|wrong|lying|exaggerat\w+|unreasonable|misinformed|overreacting|imagining)",
        r"(?:we|i) (?:\w+ )?(?:already|clearly|repeatedly|specifically|explicitly) (?:\w+ )?(?:told|said|explained|"
        r"answered|replied|informed|advised|warned|mentioned|stated|offered|gave|sent|responded|asked|"
        r"apologi[sz]ed|addressed)|(?:we|i)(?:'ve| have) (?:already |clearly |repeatedly )?(?:told|explained|said|"
        r"informed|answered|warned) (?:\w+ )?(?:you|this|that|it|to you|several|many|twice)",
        r"(?:as|like) (?:(?:i|we)(?:'ve| have)?|already|previously|clearly|repeatedly|my colleagues?|you were|our "
        r"(?:team|agent|colleagues?))(?: (?:already|previously|clearly|just|repeatedly|have|has|all|both|had|"
        r"were))* (?:said|told|explained|mentioned|stated|advised|informed|noted|pointed|outlined|discussed|"
        r"written|wrote)",
        r"(?:it|that|this|they|we|there|you)(?: was| were| took| had| did| only took) [^.!?,\n]{1,40}, not (?!only|"
        r"just|sure|to worry|what)[^.!?\n]{1,40}|why (?:do|did|would|are) you (?:keep|still|even|come|came|order|"
        r"buy|bought|stay|using|use|here|book|bother)|if (?:we(?:'re| are)|it(?:'s| is| was)|our) (?:\w+ )?(?:so|"
        r"that) (?:bad|terrible|awful|expensive|slow|horrible)|(?:be )?careful (?:what|with) (?:you|your|such)|"
        r"that(?:'s| is| was) not what (?:our|my|the|he|she|they|it|we (?:said|saw|have|were|heard|agreed|wrote|"
        r"did|promised))|that(?:'s| is) (?:your|just your|one) (?:opinion|version|side|word)|opinion,? not|we both "
        r"know",
        r"(?:nobody|no one|none of us|our (?:team|staff|driver|agent) never) (?:ever )?(?:promised|told(?! you (?:why|so|that|about|when|how|where|anything)\b)|said|asked|"
        r"forced|guaranteed|charged|lied|ignored|refused|touched|stole|insulted)|(?:tracking|gps|the (?:system|"
        r"records?|camera|cctv|photo|log|tracking|data|receipt)) (?:clearly |plainly )?(?:says?|proves?|confirms?|"
        r"disagrees?|shows? (?:otherwise|that (?:it|you|we)|delivered|you))|(?:serious|big|bold|strong|false|"
        r"baseless) (?:accusation|allegation|claim)s?|(?:hard|difficult|impossible) to believe|(?:that|this|"
        r"it)(?:'s| is| was) (?:an? )?(?:\w+ )?(?:unfair|unreasonable|cheap|low|nasty|rude|silly|ridiculous) "
        r"(?:thing|comment|accusation|claim|remark|attack|review)",
        r"(?:calm (?:down|yourself)|relax|chill(?: out)?|settle down|simmer down|take a (?:deep )?breath|easy,? "
        r"(?:there|tiger|now)|watch your (?:language|tone|mouth)|mind your (?:language|tone)|show some respect|be "
        r"(?:reasonable|polite|patient for once|civil)|act like an adult|don't be (?:so|rude|dramatic|ridiculous|"
        r"silly|like that))",
        r"(?:stop|quit) (?:lying|spreading|posting|complaining|whining|moaning|exaggerat\w+|harass\w+|spamming|"
        r"shouting|making|blaming|accusing|attacking|bothering|crying|tweeting|messaging|being)|(?:get|check|know) "
        r"your (?:facts|story)(?: (?:right|straight))?|before you (?:accuse|post|complain|blame|tweet|write|make "
        r"(?:such|false))",
        r"(?:we|i|our \w+)(?:'ll| will| may| might| can|'re going to| are going to| have| reserve the right to| "
        r"shall)(?: \w+){0,3} (?:see you in court|legal action|lawyers?|solicitors?|sue|prosecut\w*|report you|"
        r"block(?:ed)? you|ban(?:ned)? you|remove you|cancel your (?:account|membership)|press charges|terminate|"
        r"close your account)|see you in court|(?<!to )(?<!with )(?<!asked )our (?:lawyers?|solicitors?|legal (?:team|department)|attorneys?)|"
        r"legal (?:action|steps|consequences)|defamat\w+|defam(?:e|ing)|libel\w*|slander\w*|cease and desist|"
        r"you(?:'ll| will) (?:be (?:blocked|banned|sued|hearing)|hear from our|regret)",
        r"(?:with (?:all )?(?:due )?respect|let(?:'s| us) be (?:honest|clear|real|fair)|to be (?:perfectly |"
        r"brutally |quite )?(?:honest|fair|frank|clear),|frankly|for the record|let me correct|just to set the "
        r"record|set the record straight|once again,?|for the (?:last|third|second|hundredth|umpteenth) time|how "
        r"many times|i repeat|(?:as|again) a matter of fact|in (?:actual )?fact,)",
        r"(?:we|i) (?:\w+ )?(?:disagree|dispute|don't agree|do not agree|do not accept|don't accept|refuse|reject|"
        r"beg to differ|deny|doubt (?:that|you|it)|find (?:that|it|this) hard to believe|don't believe|do not "
        r"believe|don't (?:see|think) (?:what|why|how|that|you|it's|this is|there is)|fail to see|don't (?:owe|"
        r"care|appreciate|tolerate))",
        r"(?:you )?(?:claim|claims|claimed|allege[ds]?|pretend)(?: that)? (?:you|we|our|to have|it|the)(?:'re| are|"
        r" were|'ve| have|'d| did| never| had)?|your (?:claims?|accusations?|allegations?|version|so-called|rant|"
        r"behaviou?r|attitude|tone|tantrum|expectations?|demands?|complaint|assumption|story) (?:is|are|that|about|"
        r"of|was|were|has|doesn't|does|will)",
        r"(?:no,? (?:we|you|it|that|this|i|they|he|she|our|the)(?:'re| are| did| didn't|'s| is| was| never| have| "
        r"do| don't)|(?:we|i) (?:did|do) (?:not )?(?:repl\w+|answer\w*|send|sent|tell|call\w*|respond|inform|warn|"
        r"contact|explain|offer|email|ignore|lie|promise|say|charge|cancel|refund))(?! (?:you a (?:dm|message|dm|"
        r"private))|let)",
        r"(?:we|you)(?: never| did not| didn't) (?:said|say|told|tell|promised?|agreed?|received? (?:any|your|a|"
        r"an)|got (?:any|your)|contacted?|emailed?|complained?|asked?|called|call|informed?|replied|responded|sent|"
        r"send|ordered|paid|booked|reported|mentioned|gave|lost|charged|refused)",
        r"(?:our|my) (?:records?|system|logs?|data|tracking|gps|cameras?|cctv|driver|staff|team|figures|evidence|"
        r"files|notes)(?: \w+)? (?:show|shows|say|says|indicates?|clearly|proves?|confirms?|suggests?|tells?|"
        r"disagrees?|contradicts?)(?: (?:otherwise|that|it|you|clearly|different\w*|no|nothing|the|we|something))?",
        r"(?:if you (?:don't|do not) (?:like|want|agree|trust)|(?:go|shop|try|buy|eat|fly|stay|find) (?:somewhere "
        r"else|elsewhere|another (?:shop|store|company|provider|airline|hotel|bank|place|restaurant|brand|one)|"
        r"with someone else)|take your (?:business|money|custom)|nobody (?:forced|is forcing|made|asked)|no one "
        r"(?:forced|is forcing|made|asked)|feel free to (?:leave(?= us|[.!,]|$)|cancel|go|switch|shop|sue|take|try "
        r"(?:another|someone|our competitors?|elsewhere))|(?:we won't|we will not|won't|nobody will) miss you|"
        r"there(?:'s| is) the door|(?<!for )your loss|suit yourself|(?:goodbye|bye) then|don't come back|cancel then|then "
        r"(?:leave|don't|go|cancel))",
        r"you were (?:told|informed|warned|advised|notified|asked|reminded) (?:\w+ ){0,2}(?:twice|already|before|several|many|about|"
        r"that|clearly|of|repeatedly)|(?:we|i) (?:have|find|see|hold) no (?:record|trace|evidence|sign|proof) (?:of|that)|there is nothing "
        r"(?:more|further|else|left) to (?:discuss|say|add)|actually,? your \w+ (?:was|is|were|did|arrived)|not true",
        r"(?<!let me )(?<!let us )(?:read|look at|re-?read|listen to|scroll) (?:\w+ )?(?:it|that|this|them|our|the|my|your|what)(?: "
        r"\w+){0,3} (?:again|properly|carefully|more closely|first|before|we (?:said|wrote)|i (?:said|wrote))|go "
        r"and read|it(?:'s| is) only|(?<!than )(?<!after )(?<!what )(?<!when )(?<!before )(?<!where )(?<!that "
        r")(?:we|i) (?:said|told (?:you|everyone|people|customers)|told|warned)(?! (?:that we're|sorry))|(?:enough "
        r"is enough|enough (?:now|already)|that(?:'s| is) enough(?=[.!,]|$)|drop it|end of (?:story|discussion|"
        r"conversation)|case closed|this (?:conversation|discussion|thread|matter) is (?:over|closed|finished)|"
        r"we(?:'re| are) done|nothing to discuss|move on|get over|not (?:going to|gonna) (?:argue|discuss|debate|"
        r"repeat)|won't (?:argue|discuss|debate|repeat|be (?:bullied|blackmailed|spoken|threatened)))",
        r"(?:actually|clearly|obviously),? (?:you|we|our|nobody|no|others?)|disagrees? with you|(?:prove it|"
        r"where(?:'s| is) your (?:proof|evidence|receipt)|do you have (?:any )?(?:proof|evidence)|show us (?:the|"
        r"your|some) (?:proof|evidence)|says who|(?:i|we) doubt (?:that|it|you)|you have no (?:idea|proof|evidence|"
        r"right|reason))",
        level=Level.WARN,
        excuse=r"\b(?:our (?:own )?(?:sign|page|site|mistake|fault|error|email|letter) (?:is|was|and)|you're (?:absolutely |quite )?right|sorry (?:for|about|that) (?:the|our|we)|to (?:confirm|"
        r"clarify)|"
        r"thank you for|may be wrong with|something(?:'s| is) wrong|what(?:'s| is) wrong|went wrong|wrong (?:with|"
        r"place|item|size|order|name))\b",
    ),
)


def find(draft: Draft) -> Iterator[Caution]:
    """Sentences that argue. Where nobody complains, saying how it is stays a note."""
    for caution in find_groups("argument", _GROUPS, draft):
        yield caution.model_copy(update={"level": Level.NOTE}) if draft.playful else caution
