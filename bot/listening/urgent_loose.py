"""The loosest of `urgency`'s rules: words that are seldom harmless when they are said about a company.

The `soft` ones are bare words and count only in a complaint. All are HIGH: loose words ring nobody at night.
"""

from bot.listening.urgent_words import (
    ACCOUNT,
    CRIME,
    FAKED,
    HURT,
    LAWYER,
    LEAK,
    MONEY,
    OFFICE,
    PERSON,
    POLICE,
    PRESS,
    STOLEN,
    THREAT,
    UNFAIR,
    UNLAWFUL,
    Rule,
)
from bot.nouns.flag import Severity

_H = Severity.HIGH
_JOKE = r"😂|🤣|\blol\b|lmao|haha|(?<!@)\bgame\b|episode|movie|season \d"
_KIND = r"(?:thank|thanks|grateful|appreciate|so kind|amazing|wonderful|awesome|great) "

LOOSE: tuple[Rule, ...] = (
    Rule("safety", _H, HURT, "flam spar sing scor melt smok burn fume",
         r"flames\b|sparks?\b|sparked|singed|scorched|(?:billowing|full of|filled with|smell\w*|black|"
         r"lots of) (?:\w+ )?smoke|smoke (?:from|in|inside|filled|alarm|everywhere)|smoke(?:d)? and (?:fire|flames)|"
         r"melted (?:my|the|through|and|in)|"
         r"burn(?:ed|t) (?:a hole|down|through|my|his|her)|burn marks?|burning (?:smell|plastic|rubber|wires?)",
         rf"{_JOKE}|spark(?:s|ed)? (?:joy|plug|interest|debate|a|conversation|outrage|curiosity)\b|old flame|grill|"
         rf"bbq|meat|cheese|chocolate|paprika|salmon|candle|flames (?:hockey|fc|game)|{_KIND}"),
    Rule("safety", _H, HURT, "nail scre glas meta stone toot need blad wire stap rubb",
         r"(?:nail|screw|glass|metal|plastic|stone|tooth|needle|blade|staple|wire|rubber|glove|bolt)s? in (?:your|my|"
         r"our|his|her|this|the|a|one of) (?:\w+ )?(?:\w+ )?(?:food|meal|salad|burger|sandwich|soup|muffin|cookies?|"
         r"chips|crisps|drink|can|bottle|coffee|bread|cake|pizza|chicken|cereal|rice|"
         r"yogh?urt|chocolate|sauce|wrap|taco|burrito|pasta|pie|ice cream|beans|fries|nuggets|bagel|donut|snack|"
         r"candy|bar|baby food|formula|beer|juice|water|milk)|bit (?:in|on|down on)(?:to)? (?:a|"
         r"some) (?:\w+ )?(?:nail|screw|glass|metal|plastic|stone|tooth|needle|blade|staple|wire|rock|bone)",
         r"nails? (?:art|polish|salon|done)"),
    Rule("safety", _H, HURT, "hit crash wheel asle slip trip fell fall coll",
         r"(?:hit|struck|run over|knocked (?:down|over|off)) by (?:a |an |the |one of )?(?:\w+ ){0,2}(?:cyclists?|"
         r"drivers?|vans?|trucks?|lorry|car|bus|bike|scooter|trolley|cart|forklift)|asleep (?:at the wheel|"
         r"behind the wheel|while driving)|"
         rf"{PERSON} (?:\w+ ){{0,3}}(?:slipped|tripped|fell|fallen) (?:on|over|down|off|and|in|through|from)\b|"
         rf"can't get up",
         rf"{_JOKE}|in love|fell asleep (?:on|in|watching)|fell (?:for|in love)|slipped (?:my mind|through)|"
         rf"tripped (?:the|a) (?:breaker|fuse)|can't get up (?:early|in the morning|to date)|{_KIND}"),
    Rule("safety", _H, THREAT, "deat thre",
         r"death threats?|threat(?:en\w*|s)? (?:of|with|to use) (?:violence|force|a (?:knife|gun))|bomb threats?|"
         r"violent threats?|threats? (?:against|to|towards?|from) (?:me|my|our|staff|her|him|them|people|your)",
         rf"{_JOKE}|threats? to (?:democracy|national|the)"),
    Rule("assault", _H, CRIME, "lock door numb phon crep leer unco hug kiss flirt ogle",
         r"(?:driver|employee|worker|technician|guard|staff|courier|delivery (?:guy|man|driver)|engineer|manager|"
         r"masseur|trainer|instructor)\b.{0,60}\b(?:locked the (?:car )?doors?|asked (?:me )?(?:for|"
         r"if) (?:my (?:number|phone)|i(?:'m| am| was)? (?:single|married))|flirt\w*|kissed|hugged me|leered|"
         r"creep(?:y|ed|ing)|"
         r"hit(?:ting)? on (?:me|my|her)|made (?:me|my \w+) (?:feel )?(?:so |very |really )?uncomfortable|"
         r"exposed himself|masturbat\w*|took (?:photos|pictures|videos) of (?:me|my|her|us))", _JOKE),
    Rule("security", _H, MONEY, "gone miss disa drain empt scam",
         r"(?:[$£€]\s?\d[\d,.]*k?|money|funds|savings|balance|points|miles)\b.{0,30}\b(?:gone|missing|disappeared|"
         r"vanished|stolen|drained|emptied|taken)\b (?:from|out of) (?:my|our|her|his|the)|scammed (?:out of|by|for|"
         r"via|through|on|me)|(?:my|our) (?:\w+ )?(?:account|card|wallet) (?:was |has been |got |is )?(?:drained|"
         r"emptied|wiped|cleaned out)",
         r"fees?\b|ripoff|rip-off"),
    Rule("security", _H, LEAK, "othe anot some stra",
         r"(?:other|another|someone else'?s?|somebody else'?s?|a stranger'?s?) ?(?:people'?s?|person'?s?|"
         r"customers?'?s?|users?'?s?|passengers?'?s?|patients?'?s?|account holders?'?s?)? (?:\w+ )?(?:invoices?|"
         r"orders?|data|details|bills?|statements?|emails?|records?|personal|address\w*|account number|passports?|"
         r"reservations?|itinerary|confirmation|info\w*)\b",
         r"any other|other (?:orders?|details|emails?|bills?|data|personal|info\w*)\b|another (?:order|email|bill|"
         r"confirmation|invoice|statement)\b"),
    Rule("security", _H, FAKED, "scam phis fake spoo",
         r"(?:scam|phishing|spam|fraud|fake)(?:mers?|sters?)? (?:\w+ )?(?:e-?mails?|texts?|calls?|accounts?|"
         r"messages?|numbers?|sites?|pages?|profiles?|sellers?|listings?|ads?)\b|(?:is|was) (?:this|that|"
         r"it) (?:e-?mail|text|message|call|letter|account|number|website|page) (?:really |"
         r"actually )?(?:from )?(?:you|legit|real|a scam|genuine)",
         r"price gouging|fraudulent listing|fraud (?:department|dept|team|protection|alert)|spam (?:folder|filter)|"
         r"thank"),
    Rule("legal", _H, OFFICE, "ftc fcc bbb faa cfpb ofco ofge ombu trad atto heal osha forw sent send lodg subm",
         r"\b(?:ftc|fcc|bbb|cfpb|ofcom|ofgem|ombudsman|trading standards|attorney general|health (?:department|"
         r"inspector)|osha)\b|\bfaa\b.{0,60}\b(?:complain\w*|report\w*|rules?|regulat\w*|violat\w*)|(?:forward\w*|"
         r"sent|send\w*|lodg\w*|submit\w*|mail\w*)\b.{0,40}\b(?:dot|faa|caa|fda|usda|epa|asa|ico|fca)\b",
         r"co-?op|local telephone|dot com|polka|thank"),
    Rule("legal", _H, LAWYER, "suin sue laws lawy atto soli",
         r"\bsuing\b|(?:gonna|will|might|should|could|can|going to|about to|want to|let me|i'll|to|we'll|imma) sue\b|"
         r"\blawsuits?\b|\b(?:my|our) (?:lawyers?|attorneys?|solicitors?)\b|\blawyer(?:s|ed)? up\b",
         rf"{_JOKE}|threat to sue because|sue sylvester|see you in court|(?:going|go|off|want|trip|fly|"
         rf"flying) to sue\b"),
    Rule("press", _H, PRESS, "kxan with from here abc nbc cbs fox itv cnn bbc sky news prod",
         r"\b(?:with|from|at|for|i'm|here (?:at|from)) (?:the )?(?:abc|nbc|cbs|fox|bbc|itv|cnn|sky|reuters|npr|ktla|"
         r"kxan|wgn)\b ?(?:\d+|news|tv|radio)?\b.{0,100}\b(?:use|photos?|videos?|footage|talk|speak|interview|"
         r"comment|dm|story|permission|credit|follow)\b|\b[kw][a-z]{2,3}(?:-tv| tv| news| here)\b.{0,100}\b(?:use|"
         r"photos?|videos?|footage|talk|"
         r"speak|interview|comment|dm|story|permission|credit)\b|(?:news|tv|radio|documentary|segment) (?:producer|"
         r"desk|crew|team)\b.{0,60}\b(?:dm|contact|email|talk|speak|call|reach|looking)", r"news team \w+ great"),
    Rule("theft", _H, STOLEN, "robb burg rans",
         r"(?:room|car|house|flat|bags?|luggage|suitcase|locker|we|i|apartment|garage) (?:was|were|got|has been|been|"
         r"have been|is) (?:just )?(?:robbed|burgled|burglarized|broken into|ransacked)", rf"{_JOKE}|referee|\bref\b|"
         rf"match|\bvar\b|fans"),
    Rule("safety", _H, HURT, "unsa dang haza hosp inju allerg hurt blee vomi pois burnt choki emer",
         r"unsafe|danger(?:ous|ously)?\b|hazard\w*|hospitali\w+|injur(?:y|ies|ed)|allergic|bleeding|vomit\w*|"
         r"poison\w*|(?:been|got|was|is|am|me|him|her|my \w+) hurt\b|safety of (?:my|our|your|the|passengers|"
         r"customers|kids|children)|(?:my|our|passenger|customer|child|public) safety|health (?:risk|issue|concern)",
         rf"{_JOKE}|hurt my feelings|no (?:serious )?injur|injury (?:list|time|report|update)|allergic to (?:bad|"
         rf"good|customer|answering|work|money|refund\w*)|in danger of|add insult|traveling with|travelling with|"
         rf"{_KIND}|banning peanuts|could it hurt|hurt (?:you|to)", soft=True),
    Rule("discrimination", _H, UNFAIR, "raci disc sexi homo bigo prej profil",
         r"racis[tm]\w*|racial\w*|discriminat\w+|sexis[tm]|homophob\w+|transphob\w+|bigot\w*|prejudic\w*|profiled",
         rf"{_JOKE}|spous\w+|\.discrimination|legali[sz]es|politic|president|trump|went on|hilfiger|"
         rf"called (?:me )?(?:a )?racist|price discrim\w*", soft=True),
    Rule("assault", _H, CRIME, "hara assa atta viol thre stal intim abus",
         r"harass\w*|assaul\w*|attacked|violen(?:t|ce)|threaten(?:ed|ing|s)|stalk(?:ed|ing|er)|intimidat\w+|verbally|"
         r"physically|abused\b|abusive",
         rf"{_JOKE}|threaten\w* (?:to )?(?:leave|cancel|quit|rain|me with (?:a |late )?fee)|harass\w* (?:e-?mails|"
         rf"ads)|stop (?:emailing|calling)|heart attack|panic attack", soft=True),
    Rule("legal", _H, POLICE, "poli cops arres crim", r"police\b|cops\b|arrested|criminals?\b",
         rf"{_JOKE}|(?:fashion|grammar|fun|tone) police|criminal(?:ly)? (?:under|good|over)|prices?", soft=True),
    Rule("legal", _H, UNLAWFUL, "illeg law laws lawf viol priv",
         r"illegal\w*|unlawful\w*|(?:the|your|break\w*|against|by|eu|uk|us|federal|state|consumer) laws?\b|(?:my|our|"
         r"your) privacy|privacy (?:violat\w*|breach|concern|issue)|violat(?:ion|ing|ed) (?:of )?(?:my|the|our|your|"
         r"federal|eu|privacy)",
         rf"{_JOKE}|illegal (?:copies|stream\w*|download\w*|parking|move)|murphy's law|in[- ]laws?|privacy (?:policy|"
         rf"protection|settings)|above the", soft=True),
    Rule("security", _H, ACCOUNT, "hack comp iden pass data brea",
         r"hack(?:ed|ers?|ing)\b|identity (?:theft|stolen|fraud)|(?:account|data|card|"
         r"password) (?:\w+ ){0,2}(?:breach\w*|compromised|stolen)|data protection",
         rf"{_JOKE}|life ?hacks?|hacked off|hackathon|hacking cough|sorry for (?:any|the) inconvenience|hearing about", soft=True),
)  # fmt: skip
"""Asked last."""
