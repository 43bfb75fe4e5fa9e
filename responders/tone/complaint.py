"""Does a mention complain? A small rule for the second reader, who may have nothing but its words."""

import re

_PLAIN = re.compile(
    r"\b(?:worst|worse|terrible|awful|horrible|horrendous|appalling|disgust\w*|useless|pathetic|ridiculous|"
    r"unacceptable|"
    r"disgrace\w*|shame\w*|shambles|a joke|scam\w*|fraud\w*|rip ?-?off|ripped off|theft|stole|stolen|thie(?:f|ves)|"
    r"liars?|lied|lying|"
    r"lies|insult\w*|ignor(?:ed|es|ing)|rude\w*|disrespect\w*|nasty|angry|furious|annoy\w*|frustrat\w*|fuming|"
    r"upset|disappoint\w*|"
    r"unhappy|dissatisf\w*|unprofessional|incompeten\w*|clueless|misleading|dishonest|outrag\w+|stupid|idiot\w*|"
    r"crap\w*|shit\w*|"
    r"fuck\w*|wtf|wth|sucks?|sucked|trash|rubbish|garbage|nightmare|hate|hated|poor|bad|badly|broke|broken|breaks|"
    r"breaking|cracked|damaged?|"
    r"defect\w*|faulty|fault|leak(?:s|ed|ing)|swe?ll(?:ed|ing)|burn(?:t|ed|ing)|fire|smoke|exploded|mou?ld\w*|"
    r"stale|rotten|expired|sick|"
    r"poison\w*|hurt|injur\w*|crash\w*|freez(?:es|ing)|glitch\w*|buggy|lag(?:s|gy|ging)|outages?|disconnect\w*|"
    r"fail(?:s|ed|ing|ure)?|"
    r"problems?|issues?|trouble|complain\w*|delay\w*|cancel+ed|cancels|missing|missed|lost|lose|losing|"
    r"overcharg\w*|charged|charging|double|twice|refunds?|"
    r"refunded|money back|owed?|hung up|cut off|on hold|unanswered|no (?:reply|answer|response|service|signal|"
    r"refund|explanation|parcel|help|internet)|"
    r"dirty|filthy|smell\w*|stink\w*|cockroach\w*|locked out|hacked|stuck|slow|slo+w|spam(?:ming|med)?|"
    r"discriminat\w*|racist|sexist|"
    r"harass\w*|unsafe|danger\w*|lawyer|sue|sued|lawsuit|police|ombudsman|fed up|sick of|tired of|had enough|had "
    r"it with|giving up|"
    r"boycott\w*|beware|lost a customer|leaving you|unreliable|overpriced|price (?:rise|hike|increase)\w*|gouging|"
    r"waste\w*|not (?:working|"
    r"good|happy|impressed|acceptable|okay|fair|right|received|arrived|fixed|true|cool)|ruin\w*|unusable|sloppy|"
    r"lazy|shouted|"
    r"yelled|screamed|get it together|excuses?|ridic\w*|negligen\w*|greed\w*|betray\w*|hopeless|mess|damn|unable|"
    r"errors?|died|dead|dies|killed|deleted|vanish\w*|disappear\w*|wiped|shr[aiu]nk|torn|tore|spill\w*|scratch\w*|"
    r"burnt|ugly|noisy|creepy|scary|refus(?:e|ed|es)|den(?:y|ied)|reject\w*|banned|blocked|misled|cancelling|"
    r"overheat\w*|bit me|nearly hit|almost hit|power (?:is )?out|want my|where(?:'s| is| are|s) (?:my|the|our)|"
    r"chased|chasing|stopped|vermin|moth|worms?|insects?|(?:bug|fly|hair|glass|plastic|metal) in|too (?:salty|"
    r"small|slow|late|expensive|long|cold|hot|loud|tight|dry|sweet)|tiny|fed me|mice|rats?|mouse|maggots?|"
    r"allerg\w*|attack\w*|abus\w*|molest\w*|threat\w*|suicid\w*|bully\w*|bullied|homophob\w*|slur|groped|"
    r"hospital\w*|hit (?:me|my|us|him|her)|punched|slapped|kicked|pushed|grabbed|assault\w*|spat at|threw|"
    r"fell (?:apart|off)|falling (?:apart|off)|peel(?:s|ed|ing)|rips|ripped|overbooked|stranded|forced (?:to|"
    r"me|us)|(?:lack|lacks) of?|hang(?:s|ing)? up|(?:still )?(?:sitting|stuck) on (?:the|a)|crazy|nope|"
    r"(?:can't|cannot|couldn't|unable to|won't let me|how can i not) (?:get|access|reach|use|log|find|even|"
    r"speak|talk|book|see|play|open|sign|pay|cancel|believe)|hold for|for (?:over )?(?:an|\d+) ?(?:hours?|"
    r"hrs?|mins?|minutes|days|weeks|months)|no one|nobody|nothing (?:works|happens|has|but)|supposed to|was "
    r"told|filth\w*|stain\w*|misleading|ashamed|embarrass\w*|clearly|completely|money|a\.?e\.?|choked|"
    r"bleed\w*|"
    r"lame|wrong|mistakes?|(?:is|are|was|went|goes|been|keeps going) down|bitten|impossible|impact\w*|scared|"
    r"afraid|unfair|lied|cheat\w*|"
    r"(?:doesn't|does not|won't|isn't|not|don't|didn't|never|stopped|quit|barely) (?:work\w*|turn|load\w*|open|"
    r"arrive\w*|show\w*|fix\w*|respond\w*|repl\w*|answer\w*|deliver\w*|care|connect\w*|help\w*|listen\w*|come|came|"
    r"got|received?)|"
    r"nobody (?:answer|help|repl|care|know|pick|cam|call|respond)\w*|no one (?:answer|help|repl|care|know|pick|cam|"
    r"call|respond|could|can)\w*|still (?:no|not|wait\w*|hasn't|haven't|don't|nothing|have|on|down|broken)|"
    r"immediately|urgent\w*|asap|seriously|smh|ffs)\b|[😡😠🤬😤👎🙄😞😭💔😒🤦😩]|\?\?\?|#\w*(?:fail|thanksnothanks)\w*"
)
_WEAK = re.compile(
    r"\b(?:still|again|never|nothing|nobody|no one|nowhere|late|cold|raw|cut|short|empty|down|wait\w*|why|"
    r"how long|hours?|hrs?|mins?|minutes|told|called|calling|until|half|paid|anymore|sad|none|shouldn't|fix|"
    r"answer|apology|because|"
    r"cost|price\w*|"
    r"expensive|ill|hair|hell|without|avoid|warning|again|last time|switching|same|gone|hours?|days?|weeks?|"
    r"months?|\w+n't|cannot|cant|wont|"
    r"doesnt|didnt|isnt|wasnt|havent|dont|not|no|nope)\b|\?\?|!!"
)
_SETTLED = re.compile(
    r"\b(?:thank(?:s| you)|cheers|love|loved|loving|great|amazing|awesome|excellent|brilliant|wonderful|delicious|"
    r"fantastic|perfect|"
    r"lovely|well done|kudos|shout ?-?out|appreciate|helpful|solved|sorted|works now|congrat\w*|best|yum\w*|"
    r"excited|happy)\b|[❤😍🥰👏🙏😊🎉😂🤣👻😎🙌]"
)
_STING = re.compile(
    r"\bthank(?:s| you) (?:so much |a lot )?for (?:nothing|the (?:huge|long|endless|lovely)? ?(?:delay|wait)|"
    r"(?:ruin|los|wast|break|ignor)ing)"
)
_BITING = re.compile(
    r"thanks? (?:for|to|a lot)[^.?]{0,40}(?:nothing|delay|ruin|los|cancel|not |wast|break)|(?:so|just|great|"
    r"love)[^.?]{0,20}(?:delay|cancel|broken|wait)"
)


def friendly(mention: str) -> bool:
    """Whether nothing in the words is sore: praise, thanks, play, or a plain question."""
    low = mention.lower().replace("’", "'")
    if _PLAIN.search(low) or _BITING.search(low):
        return not complains(mention) and _SETTLED.search(low) is not None
    return _SETTLED.search(low) is not None or "?" in low and len(_WEAK.findall(low)) < 2


def complains(mention: str) -> bool:
    """Whether they seem to say that something went wrong. An empty mention, plain thanks or praise do not."""
    low = mention.lower().replace("’", "'")
    plain, settled = len(_PLAIN.findall(low)), len(_SETTLED.findall(low))
    weak = len(_WEAK.findall(low))
    if plain > settled or _STING.search(low) or plain and (_BITING.search(low) or plain == settled and weak >= 2):
        return True
    short = len(low.split()) <= 7 and "?" not in low
    return settled == 0 and (weak >= 3 or weak >= 1 and short)
