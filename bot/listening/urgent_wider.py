"""More of `urgency`'s rules: the rarer harms, each named plainly. Form as in `urgent_words`."""

from bot.listening.urgent_words import (
    ACCOUNT,
    CRIME,
    FAKED,
    HURT,
    LAWYER,
    LEAK,
    MONEY,
    PERSON,
    PRESS,
    SELF,
    STAFF,
    STOLEN,
    UNFAIR,
    UNLAWFUL,
    WEAKNESS,
    Rule,
)
from bot.nouns.flag import Severity

_C, _H = Severity.CRITICAL, Severity.HIGH
_JOKE = r"😂|🤣|\blol\b|lmao|haha|(?<!@)\bgame\b|episode|movie|season \d"
_KIND = r"(?:thank|thanks|grateful|appreciate|so kind|amazing|wonderful|awesome|great) "
_VEHICLE = r"(?:drivers?|vans?|buses|bus|trucks?|lorry|lorries|cabs?|taxis?|cars?|riders?|couriers?|pilots?)"

_HARM = (
    Rule("safety", _C, SELF, "end live alive give suic anym",
         r"end(?:ing)? it all\b|(?:don't|dont|do not) want to (?:live|be alive|be here|wake up) ?(?:any ?more|"
         r"anymore)?\b|no (?:reason|point) (?:to|in) (?:live|living)|"
         r"(?:better off|rather be) dead|can(?:'t|not) go on (?:like this|living|any)", _JOKE),
    Rule("safety", _C, HURT, "hosp surg stit ambu icu para er a&e emer",
         rf"{PERSON}\b.{{0,60}}\b(?:hospital\w*|\ba&e\b|icu|emergency (?:room|department)|stitches|surgery|ambulance|"
         rf"paramedics?)\b.{{0,60}}\b(?:after|because|from|due|by|your|you|thanks to|since)\b|"
         rf"(?:after|because of|from|due to|by|thanks to) (?:\w+ )?your\b.{{0,60}}\b(?:hospital\w*|icu|"
         rf"emergency (?:room|department)|stitches|surgery|ambulance|paramedics?)\b",
         rf"{_KIND}|delivered to (?:the )?hospital|work(?:s|ing)? (?:at|in) (?:a |the )?hospital|"
         rf"visit\w* .{{0,20}}hospital|flight|children's hospital|donat\w*|appointment"),
    Rule("safety", _C, HURT, "died dead deat kill pass",
         rf"{PERSON} (?:\w+ ){{0,2}}(?:died|passed away|was killed|is dead|are dead|were killed|dies|"
         rf"killed)\b(?=.{{0,80}}(?:your|after|because|on|in|at|from|using|due))|"
         r"(?:killed|killing) (?:my|our|his|her|a|someone|people|\d+) ?(?:\w+ )?(?:dog|cat|pet|mum|mom|dad|father|"
         r"mother|son|daughter|wife|husband|brother|sister|baby|child|cyclist|pedestrian|people|person|passenger|"
         r"patient)?\b",
         rf"{_JOKE}|killed (?:my|our|the|his) (?:battery|phone|vibe|mood|plants?|laptop|buzz|wifi|internet|time|"
         rf"appetite|career|dreams?)|kill(?:ing|ed) (?:me|it)|killing (?:my|our) (?:battery|phone|vibe|feet|back)|"
         r"rip\b|passed away (?:last|in) (?:year|20)|account|subscription|laugh"),
    Rule("safety", _C, HURT, "hit ran run knoc drun speed text mph red swer reck",
         rf"{_VEHICLE}\b.{{0,40}}\b(?:hit|ran over|run over|knocked (?:down|over)|crashed into|mowed down|"
         rf"drove into)\b.{{0,30}}\b(?:cyclists?|pedestrians?|child|kid|me|my|a|him|her|people)\b|"
         rf"{_VEHICLE}\b.{{0,50}}\b(?:drunk|speeding|texting|on (?:his|her|the|their) phone|falling asleep|"
         rf"reckless\w*|\d+ ?mph|ran (?:a|the) red|wrong (?:side|way)|swerv\w*|(?:nearly|almost) (?:hit|crashed|"
         rf"killed|ran))\b",
         rf"{_JOKE}|hit (?:me|us) up|speeding up|drunk (?:passenger|guy|texting)|home drunk"),
    Rule("safety", _C, HURT, "slip trip fell fall coll gave",
         rf"{PERSON}\b (?:\w+ ){{0,2}}(?:slipped|tripped|fell|fallen|collapsed)\b.{{0,50}}\b(?:your|you|store|shop|"
         rf"floor|stairs|steps|escalator|wet|platform|gap|queue|line|aisle|seat|hurt|broke|hip|head)\b|"
         r"(?:cot|crib|bed|chair|ladder|shelf|stroller|pram|pushchair|high ?chair|bunk|swing|ceiling|roof|stairs?|"
         r"step|table|car seat)\b.{0,20}\b(?:collaps\w*|gave way|fell on|broke (?:under|while|with))\b",
         rf"{_KIND}|fell (?:in love|asleep|for (?:it|this|that|a|the)|apart|off the|through the cracks|short|ill)|"
         rf"fallen asleep|helped|prices? fell"),
    Rule("safety", _C, HURT, "dose dosa medi pres insu pill phar drug spik roof",
         r"(?:wrong|double|incorrect|expired|mixed[- ]up|someone else's) (?:\w+ )?(?:dos(?:e|age)|medication|"
         r"medicines?|prescription|insulin|pills?|tablets|drugs?)\b|(?:medication|medicine|prescription|insulin|"
         r"pills?)\b.{0,40}\b(?:wrong|mislabel\w*|contaminat\w*)|"
         r"(?:was|were|been|got|drink was|drinks were) (?:spiked|roofied|drugged)|spiked (?:my|her|his|our) drink",
         _JOKE),
    Rule("safety", _C, HURT, "bomb gun guns knif weap shoo armed stab",
         r"(?:bomb|gun|knife|weapon|shooter|gunman|armed (?:man|men|person))\b.{0,50}\b(?:in|at|inside|outside|on|"
         r"near) (?:your|the|this|my|our|one of)\b|active shooter|(?:pulled|waving|with|has|had) (?:out )?a (?:gun|"
         r"knife|weapon)",
         rf"{_JOKE}|bath bomb|top gun|nerf|glue gun|gun (?:lobby|control)|water gun|price gun|kitchen knife|"
         rf"knife set|photo bomb|love bomb|f[- ]bomb|bombs? away|swiss|heat gun|massage gun|steak knife"),
    Rule("safety", _C, HURT, "lift elev insi lock trap cabl wire powe swal child kids baby unat alon",
         r"(?:stuck|trapped|locked)\b.{0,30}\b(?:inside|in (?:the|a|your|this) (?:lift|elevator|store|shop|toilet|"
         r"bathroom|tube|tunnel|train|cabin|ride|room))\b|people (?:are )?(?:stuck|trapped)|(?:live|bare|loose|"
         r"exposed|hanging) (?:electric\w* |power )?(?:cables?|wires?|wiring)|"
         r"(?:cables?|wires?|power lines?|power poles?) (?:is |are |was |were )?(?:hanging|dangling|sparking|"
         r"down (?:on|across|in))|(?:child|kid|baby|toddler|son|daughter|he|she|dog) (?:\w+ ){0,2}(?:swallowed|"
         r"ate) (?:\w+ )?(?:a|the|one|some|your|part|batter|magnet|piece|button)|"
         r"(?:child|children|kids?|baby|toddler|minors?) (?:\w+ ){0,3}(?:unattended|left alone|in danger|"
         r"unsupervised)",
         rf"{_JOKE}|phone|package|money|luggage|stuck in my head|stuck in (?:the )?(?:app|queue|loop)"),
    Rule("safety", _C, HURT, "mono alarm leak gas boil fume chem acid blea",
         r"(?:carbon monoxide|co|gas|fire|smoke) alarms? (?:\w+ ){0,2}(?:going|went|goes|sounding|ringing|off)|"
         r"(?:chemical|acid|toxic|strange|gas|paint) (?:fumes|burns?|smell)|fumes\b.{0,40}\b(?:cabin|room|house|sick|"
         r"head|breathe)|(?:bleach|acid|cleaning fluid|chemicals?) in (?:my|our|the|your|a|his|her) "
         r"(?:\w+ )?(?:drink|water|food|milk|bottle|coffee|juice|tea|eye\w*)|can(?:'t|not) breathe|couldn't breathe|"
         r"not breathing", rf"{_JOKE}|so (?:good|funny|excited)"),
    Rule("safety", _C, HURT, "pedo paed groom csam minor porn",
         r"\bp(?:a?e)do(?:phile)?s?\b|child (?:porn|abuse|exploitation|molest|predator)|csam|groom(?:ing|"
         r"ed) (?:\w+ )?(?:kids|children|girls|boys|minors|my (?:son|daughter))|sexualis\w* (?:kids|children|minors)", ""),
    Rule("safety", _H, HURT, "mold moul rat rats mice mous cock maggo roach raw unde bedb bug bugs",
         r"mou?ld(?:y)? (?:\w+ )?(?:in|on|inside|all over|growing)|(?:has|have|had|with|full of|found|is|was|are|"
         r"were) (?:\w+ )?mou?ld(?:y)?\b|(?:rats?|mice|mouse|cockroach\w*|roach\w*|maggots?|bed ?bugs?|worms?|"
         r"insects?|beetles?) (?:\w+ )?(?:in|on|running|crawling|inside|all over|droppings)\b|"
         r"(?:raw|undercooked|uncooked|half[- ]cooked) (?:\w+ )?(?:chicken|pork|meat|burger|fish|turkey|egg|"
         r"sausage)\w*|(?:chicken|pork|meat|burger|fish|turkey)\b.{0,20}\b(?:was|is|still|"
         r"completely) (?:\w+ )?(?:raw|undercooked|uncooked|pink)",
         r"mouse (?:on|in) (?:my|the) (?:pc|computer|desk|mac)|mouse and keyboard|usb|dpi|mouse (?:button|click|"
         r"cursor|pad)|sushi|dog food|raw (?:meat|chicken) (?:diet|aisle|section)|blue cheese"),
    Rule("safety", _H, HURT, "rash hive swol swel blis aller burn itch hair skin face",
         r"(?:rash(?:es)?|hives|blisters?|swollen|swelling|chemical burns?|welts)\b.{0,60}\b(?:after|from|because|"
         r"your|all over|using)\b|(?:after|from|using|your|gave|given|left)\b.{0,60}\b(?:a |an |horrible |bad |"
         r"nasty )?(?:rash(?:es)?|hives|blisters?|swollen (?:face|lips|eyes?|throat|hand|skin)|chemical burns?|"
         r"welts)\b|"
         r"(?:hair|skin) (?:is |was |has |been |started )*(?:falling out|coming out in|peeling off|burning)",
         rf"shoes?|new boots|{_JOKE}"),
)  # fmt: skip

_CLAIMS = (
    Rule("assault", _C, CRIME, "inap inapp touc kidn held rape spik unwa",
         r"(?:touch\w*|grabb\w*|comments?|messages?|advances)\b.{0,30}\binappropriate\w*|"
         r"inappropriate\w* (?:\w+ )?(?:touch\w*|comments?|messages?|advances|behaviou?r) (?:to|toward\w*|at|from|"
         r"by)|kidnap\w*|(?:held|kept|locked) (?:\w+ )?(?:against (?:my|our|her|his) will|hostage)|"
         r"wouldn't let (?:me|us|her|him) (?:leave|out)\b",
         rf"{_JOKE}|\bad\b|advert"),
    Rule("assault", _H, CRIME, "foll mess text stal keep wait outs",
         rf"{STAFF}\b.{{0,40}}\b(?:followed (?:me|us|her|my \w+) (?:home|to|around|out)|(?:keeps?|kept|won't stop|"
         rf"started) (?:messaging|texting|calling|contacting|following) (?:me|her|my \w+)|(?:got|used|"
         rf"took) my (?:number|phone number) (?:from|to))", r"followed (?:me|us) (?:back|on)|sales|spam|marketing"),
    Rule("discrimination", _H, UNFAIR, "monk slur nwor word coun engl whit peop whee disa guid acce ramp deaf blin",
         r"monkey (?:noises|sounds|chants)|(?:racial|homophobic|transphobic|racist|ethnic) (?:slur|abuse|insult|name|"
         r"term|joke|remark|comment)s?|\bn[- ]word\b|go back to (?:your|my|our|his|her|their) (?:own )?country|"
         r"speak english|people like (?:me|us|you) (?:aren't|are not|not welcome|don't|shouldn't)|"
         r"(?:wheelchair|disabled|disability|deaf|blind|guide dog|mobility)\b.{0,60}\b(?:left (?:at|in|on|behind|"
         r"waiting|alone)|abandoned|stranded|turned away|a problem|not welcome|no (?:lift|ramp|access|help)|"
         r"couldn't (?:get|board|enter)|can't (?:get in|enter|board))\b|(?:no|not|isn't|"
         r"aren't) (?:\w+ )?(?:wheelchair|disabled|step[- ]free) access\w*",
         rf"{_JOKE}|how do i|is there|do you have|do i (?:need|pre)"),
    Rule("security", _C, LEAK, "leak publ visi anyo ever doxx post otho othe wron patie logg",
         r"leak(?:ed|ing|s)? (?:\w+ )?(?:my|our|her|his|customers?'?s?|users?'?s?|everyone's|people's|"
         r"patient) (?:\w+ ){0,3}(?:data|details|address\w*|e-?mails?|numbers?|info\w*|passwords?|photos?|name|"
         r"records?|documents?|location|messages?)|"
         r"(?:passport|data|details|address|documents?|records?|photos?|invoices?|statements?|messages?|orders?|"
         r"scans?|info\w*|location)\b.{0,60}\b(?:publicly|visible to|anyone can|everyone can|open to (?:anyone|"
         r"everyone|the public)|indexed|on google|on the dark web)\b|"
         r"(?:can|could|able to|let me|lets me) (?:see|view|read|access|open) (?:\w+ )?(?:other|another|"
         r"someone else's|somebody else's|strangers'?|everyone's|everybody's) ?(?:\w+'?s? )?(?:data|details|orders?|"
         r"account|address\w*|messages?|invoices?|bookings?|info\w*|records?|cards?|statements?|emails?|profile)?\b|"
         r"(?:logged|signed) (?:me )?in(?:to| to| as) (?:someone|somebody|another|a stranger)|doxx?ed|(?:posted|"
         r"published|shared) my (?:home )?(?:address|phone number|private|nudes?)",
         rf"{_JOKE}|can(?:'t| not|not) see|track(?:ing)?\b.{{0,20}}shows|reviews?"),
    Rule("security", _H, WEAKNESS, "vuln secu zero expo disc expl inje bucket api pass plain",
         r"(?:security|serious) (?:\w+ )?(?:flaw|hole|vulnerabilit\w*|bug|weakness|loophole)|vulnerabilit(?:y|"
         r"ies) (?:in|on|to) (?:your|the)|(?:responsible|coordinated) disclosure|sql injection|\bxss\b|zero[- ]day|"
         r"(?:exposed|open|unprotected) (?:\w+ )?(?:database|bucket|api|server|endpoint)|passwords? in plain ?text",
         ""),
    Rule("security", _H, ACCOUNT, "code 2fa otp reset sim got acco chang pass logi new devi",
         r"(?:got|getting|get|broke|gained entry) in(?:to)? (?:my|our|her|his) (?:\w+ )?(?:account|e-?mail|profile|"
         r"wallet|bank|page)|(?:2fa|otp|verification|login|security|reset) (?:codes?|e-?mails?|texts?|"
         r"links?)\b.{0,40}\b(?:i|we) (?:didn't|did not|never|haven't) (?:ask|request|order)\w*|sim[- ]swap\w*|"
         r"(?:my|our) (?:\w+ )?(?:password|e-?mail|number|details) (?:was|were|has been|have been|got|"
         r"been) (?:changed|reset|replaced)\b(?!.{0,20}\bby me)|(?:orders?|purchases?|bookings?) (?:were |was |been |"
         r"have been )?(?:made|placed) (?:\w+ ){0,3}(?:from|on|in|using) my (?:account|name|card)",
         r"(?:no|never|don't|cannot|can't|couldn't) (?:get|got) into|trying to get into|i (?:can|cant|can't) get into"),
    Rule("security", _H, MONEY, "char card mone take took paym tran dedu subs bank with",
         r"(?:charges?|payments?|transactions?|subscriptions?|withdrawals?|debits?|purchases?|orders?|"
         r"bookings?)\b.{0,50}\b(?:i|we|she|he) (?:never|didn't|did not|don't|have not|haven't) (?:\w+ )?(?:made?|"
         r"make|place|placed|order\w*|authori[sz]\w*|recogni[sz]e|sign(?:ed)? up|agree\w*|approve\w*)|"
         r"(?:took|taken|taking|take|withdr\w+|deducted|emptied|drained) (?:\w+ ){0,4}(?:from|out of) my (?:bank|"
         r"account|card|savings|wallet)\b.{0,60}\b(?:without|never|not|no|didn't)", r"order i placed"),
    Rule("security", _H, FAKED, "logo bran name pret fake coun knoc",
         r"us(?:ing|es|ed) (?:your|the company|our) (?:\w+ )?(?:logo|name|brand|branding|identity|photos?) (?:to|for|"
         r"and|on|in)\b.{0,60}\b(?:scam|fake|sell|trick|steal|fraud|cheat|con|phish|defraud|money|tickets|fool|dupe|"
         r"people)|pretend\w* (?:to be|they(?:'re| are)|he is|she is) (?:\w+ )?(?:you|your|from)\b|"
         r"counterfeit\w*|knock[- ]?offs? of your|fake (?:\w+ )?(?:versions?|copies) of your", r"how (?:can|do) i "
         r"(?:tell|know)"),
    Rule("theft", _H, STOLEN, "nick pinc swip stol stea miss gone tak took pock",
         rf"(?:your|the|hotel|cleaning|removal|moving|delivery) (?:\w+ )?(?:men|man|guys?|lads|people|staff|team|"
         rf"crew|maid|cleaners?|movers?|boys|woman|lady|employees?|drivers?|housekeep\w*)\b.{{0,40}}\b(?:nicked|"
         rf"pinched|swiped|stole|pocketed|helped themselves|robbed|made off)\b|"
         r"(?:laptop|watch|cash|money|wallet|ring|jewell?e?ry|necklace|camera|passport|ipad|tablet|phone|headphones|"
         r"items?|things|earrings|bracelet|perfume)\b.{0,40}\b(?:gone|missing|stolen|taken|disappeared|"
         r"vanished)\b (?:from|out of) (?:my|our|the|her|his) (?:\w+ )?(?:room|bag|case|suitcase|luggage|safe|locker|"
         r"car|house|desk|parcel|jacket|coat)",
         r"left (?:it|my|them) (?:on|in|at|behind)"),
    Rule("legal", _H, LAWYER, "lett summ bail subp defa libe slan copy trad dmca infr paten lega esta",
         r"letter before (?:action|claim)|letter from (?:my|our|a) (?:\w+ )?(?:lawyers?|solicitors?|attorneys?|"
         r"barrister)|court summons|subpoena|defamat\w+|libel\w*|slander\w*|copyright (?:infring\w*|claim|violat\w*|"
         r"theft)|trademark (?:infring\w*|violat\w*)|\bdmca\b|(?:see|meet) (?:you|u|them) in court|"
         r"(?:taking|take|took) (?:you|them|this|it|the company) to (?:\w+ )?(?:court|arbitration|tribunal)|"
         r"legally (?:obliged|required|liable|responsible)|(?:pursue|pursuing|seek\w*|taking|take|"
         r"consider\w*) (?:this )?(?:legal|legally)",
         rf"{_JOKE}|double stack|fries|burger|blt"),
    Rule("legal", _H, UNLAWFUL, "stol stea copi plag laws act righ regu child",
         r"(?:stole|stolen|steal|stealing|copied|plagiari[sz]ed|ripped off|using) (?:my|our|her|his|"
         r"an artist's) (?:\w+ )?(?:design|art\w*|photos?|photograph|work|song|music|illustration|idea|image|picture|"
         r"video|drawing)s?\b(?: without)?|(?:breaks?|broke|breaking|breach\w*|violat\w*|against|under|"
         r"contrary to) (?:\w+ ){0,3}"
         r"(?:consumer rights|equality act|data protection|employment law|labou?r law|consumer law|disabilities act|"
         r"\bada\b|\bact \d{4}|the law)\b|child labou?r|wage theft|unpaid (?:wages|overtime)|money launder\w*|"
         r"bribe\w*|tax (?:evasion|fraud)", r"using my (?:photos?|video) (?:app|editor)"),
    Rule("press", _H, PRESS, "comm guar time tele mail hera post gaze trib pape stor jour chan repo",
         r"(?:would like|like|want|wants|seeking|need|request\w*|give (?:us|me)|provide|have|get) (?:a |an |your |"
         r"some |any )?(?:official )?(?:comment|statement|response) (?:on|about|regarding|for|from|to|"
         r"by)\b(?=.{0,80}(?:story|article|piece|deadline|publish|dm|email|layoffs|allegation|report|press|news|"
         r"guardian|times|bbc|cnn|post|herald|telegraph))|"
         r"(?:the )?(?:guardian|telegraph|daily mail|herald|evening post|gazette|tribune|reuters|bloomberg|"
         r"associated press|afp|new york times|washington post|wall street journal|der spiegel|le monde|"
         r"el país)\b.{0,60}\b(?:comment|statement|here|story|working on|looking into|deadline|investigat\w*)|"
         r"(?:sent|told|gone|going|went|take|taking|contact\w*|writ\w+|talk\w*|speak\w*|spoke\w*|"
         r"tipp\w*)\b.{0,40}\b(?:to|with|up|off|it|this) (?:the |my |our |a )?(?:local |national |big )?(?:papers?|"
         r"press|newspapers?|newsdesk|newsroom|reporters?|journalists?)\b", r"paper (?:towel|bag|straw|cup|copy|"
         r"ticket)|wallpaper|sandpaper"),
)  # fmt: skip

WIDER: tuple[Rule, ...] = (*_HARM, *_CLAIMS)
"""Asked after the others."""
