"""The phrases that name a situation: (situation, words that wake the phrase, the phrase, what disarms it)."""

_THING = r"(?:parcels?|packages?|orders?|deliver(?:y|ies)|shipments?|items?|products?|it|they|book|phone|gift|post)"
_NOT = r"(?:hasn't|hasnt|has not|haven't|havent|have not|never|didn't|didnt|did not|still not|not|no)"

PHRASES: tuple[tuple[str, str, str, str], ...] = (
    ("parcel_lost", "arri came come deli rece turn show lost miss parc pack orde",
     rf"{_THING}\b.{{0,30}}\b(?:{_NOT}) (?:yet |even |ever |actually )?(?:arrived?|came|come|been delivered|"
         rf"been received|delivered|turned up|shown up|show up|turn up|got here|reached)\b|"
     rf"(?:{_NOT}) (?:yet |even |ever |actually |still )?(?:received?|got|get|gotten|seen) (?:my|our|the|it|any|"
         rf"a) ?(?:\w+ )?(?:parcel|package|order|delivery|item|stuff|things|product|"
         rf"refurb\w*)?\b(?=.{{0,80}}(?:parcel|package|order|deliver|ship|courier|post|track))|"
     r"(?:lost|missing|lose|losing) (?:my|our|the|a) (?:\w+ )?(?:parcel|package|order|delivery|shipment)|(?:parcel|"
         r"package|order|delivery|shipment) (?:is|was|went|has gone|got|seems|has been|been) (?:\w+ )?(?:lost|"
         r"missing)|"
     r"(?:marked|says|shows|showing|shown|listed) (?:as |it was |it's |been )?delivered\b.{0,60}\b(?:not|never|"
         r"nothing|no|wasn't|isn't|hasn't|but)\b",
     r"refund"),
    ("late_delivery", "late dela wait slow over due stil", r"(?:parcel|package|order|delivery|shipment|courier|"
         r"driver|item|dispatch)\w*\b.{0,50}\b(?:late|delayed|overdue|slow|taking (?:so|too|forever|ages)|"
         r"pushed back|rescheduled)\b|"
     r"(?:late|delayed|slow|overdue) (?:deliver|parcel|package|shipping|shipment|order)\w*|(?:waiting|waited|"
         r"wait) (?:\w+ ){0,6}(?:for|on) (?:my|our|the|a|this|an) (?:\w+ )?(?:parcel|package|order|delivery|shipment|"
         r"courier)|"
     r"where(?: is|'s|s| the \w+ is) (?:my|our) (?:\w+ )?(?:parcel|package|order|delivery|stuff)", r"flight|train"),
    ("broken_item", "brok dama crac faul defe dead smas scra tor", r"(?:arrived?|came|received|delivered|turned up|"
         r"got here|opened)\b.{0,50}\b(?:broken|damaged|cracked|faulty|defective|dead|smashed|scratched|torn|"
         r"in pieces|shattered|leaking|dented)\b|"
     r"(?:broken|damaged|cracked|faulty|defective|smashed|scratched|torn|dented) (?:on arrival|when it (?:arrived|"
         r"came)|item|product|piece|unit|screen on arrival|out of the box)|(?:received|got|sent me|delivered) (?:a |"
         r"an |the )?(?:\w+ )?(?:damaged|broken|faulty|defective|cracked|scratched)", ""),
    ("wrong_item", "wron diff inco", r"(?:wrong|incorrect|different) (?:item|order|product|size|colou?r|one|parcel|"
         r"package|book|food|model|pizza|meal|shoes?|thing)s?\b.{0,40}(?:sent|came|arrived|delivered|received|got|"
         r"again|instead|in the)|"
     r"(?:sent|received|delivered|got|gave|given|shipped|arrived)\b.{0,30}\b(?:wrong|incorrect|someone else's|"
         r"different) (?:item|order|product|size|colou?r|one|parcel|package|book|food|model|pizza|meal|shoes?|"
         r"thing)s?\b|"
     r"(?:ordered|asked for|paid for) .{2,50} (?:and|but) (?:you |they |i )?(?:got|received|sent|was sent|came|gave)", "passport"),
    ("charged_twice", "twic doub char dupl bill debi", r"(?:charged?|billed?|debited|paid|taken|took|payment|"
         r"money)\b.{0,40}\b(?:twice|two times|2 times|2x|double|three times|3 times|again|multiple times)\b|"
         r"(?:double|duplicate|twice) (?:charged?|billed|payment|charge|billing|transaction|debit)|"
     r"(?:twice|double)[- ](?:charged|billed|debited)|overcharg\w*", r"charge (?:it|my phone|my laptop|the battery|"
         r"the phone)|battery|charger"),
    ("refund_missing", "refu mone reim back", r"(?:still |where(?:'s| is) |no |waiting |never |not |haven't |hasn't |"
         r"havent |didn't |without |want |need |get |give |getting |for |await\w* |refus\w* ).{0,40}\b(?:refund\w*|"
         r"money back|reimburse\w*)\b|refund\w*\b.{0,40}\b(?:not|never|hasn't|yet|still|where|weeks?|"
     r"months?|days|pending|processed|refused|denied|wait\w*)\b|refund me\b", r"full refund (?:within|in) (?:a |"
         r"an )?(?:hour|day|minute)|thank"),
    ("rude_staff", "rude atti unpr disr hung shou yell swor mock", r"(?:rude|rudest|unprofessional|disrespectful|"
         r"hostile|condescending|nasty|horrible|abusive|aggressive|dismissive)\b.{0,30}\b(?:staff|employees?|"
         r"drivers?|agents?|crew|managers?|cashiers?|couriers?|reps?|person|people|man|woman|"
     r"lady|guy|service|customer service|support|waiter|waitress|attitude|assistant)\b|(?:staff|employees?|drivers?|"
         r"agents?|crew|managers?|cashiers?|couriers?|reps?|person|people|man|woman|lady|guy|customer service|"
         r"support|waiter|waitress|assistant|team|he|she)\b.{0,40}\b(?:rude|unprofessional|disrespectful|"
     r"condescending|hung up|shouted|yelled|swore|mocked|attitude|laughed at|abusive)\b", r"(?:not|wasn't|weren't|"
         r"never) rude"),
    ("outage", "down outa crash offl serv site app web load work conn", r"(?:site|website|app|server|servers|service|"
         r"services|system|network|internet|wifi|broadband|page|platform|api|everything|checkout|portal|store|you|"
         r"phones?|lines?)\b (?:is |are |has |have |went |goes |been |gone |seems |keeps |still |all |completely |"
         r"totally |guys )*(?:down|offline|out|"
     r"crashed|crashing|unavailable|not loading|not working|not responding|broken)\b|\boutage\b|(?:is|are) (?:your|"
         r"the) (?:\w+ )?(?:site|website|app|servers?|service|system|network|internet|broadband)(?: \w+)? (?:down|"
         r"offline|broken|working)|(?:site|website|app|internet|broadband|wifi) (?:won't|wont|"
     r"doesn't|doesnt|isn't|isnt|can't|not|will not) (?:load|work|open|connect)\w*|no (?:internet|signal|service|"
         r"connection|broadband)\b", r"let(?:ting)? (?:me|us) down|break ?down|calm down|flight|(?:is|was) great"),
    ("locked_out", "lock log pass acce sign susp disa bann acco veri rese", r"locked out|(?:can't|cant|cannot|"
         r"can not|unable to|couldn't|won't let me|wont let me|not able to|not letting me) (?:\w+ )?(?:log|sign|"
         r"get)[- ]?(?:in|into|on)\b|(?:can't|cant|cannot|unable to|not able to|no longer|"
         r"lost) (?:\w+ )?access (?:to )?(?:my|our|the) (?:\w+ )?(?:account|"
     r"email|profile|page)|(?:account|profile|page) (?:is |was |has been |got |been |keeps getting |just )*(?:locked|"
         r"suspended|disabled|banned|blocked|deactivated|restricted|frozen)|password reset\b.{0,40}\b(?:not|never|"
         r"doesn't|won't|no|isn't)|(?:log|sign)[- ]?in (?:\w+ ){0,2}(?:not|doesn't|isn't|fails?|"
     r"error|problem|issue)", r"car|locked out of (?:my|the) (?:house|home|room)|airport"),
    ("cancelled", "canc", r"(?:you|they|he|driver|airline|company|store|hotel|was|were|been|got|has|just|have|had|is|"
         r"keep|keeps|flight|order|booking|appointment|reservation|trip|ride|subscription|"
         r"policy)\b.{0,20}\b(?:cancell?ed|cancell?ing|cancels)\b",
     r"(?:i|we|i've|i'm|i'll|we've|please|to|want to|just) (?:have |had |just |already )?(?:cancell?ed|cancell?ing|"
         r"cancel)\b|noise|cancel culture|show (?:was|is|got) cancell?ed|season"),
    ("no_answer", "answ repl resp hold hear igno nobo noone ring wait call mess", r"(?:no|not|never|haven't|hasn't|"
         r"didn't|don't|nobody|no one|without|still|zero|any|won't|doesn't) (?:\w+ ){0,4}(?:answer|reply|replied|"
         r"response|respond|responded|replying|responding|answered|answering|answers|replies|heard back|hear back|"
         r"heard anything|called back|got back|getting back|get back to)\b|"
     r"(?:on hold|in (?:a|the) queue|holding) (?:for|since|over|forever|\d|\w+ hours?)|(?:waiting|"
         r"waited) (?:\w+ ){0,4}(?:for|on) (?:a |an |any |your |some |someone to )?(?:reply|response|answer|"
         r"call ?back|respond|reply|email)|ignor(?:ed|ing|es|e) (?:my|me|our|us|all|every|customers|the)\b|pick(?:s|"
         r"ing)? up the phone",
     r"don't (?:answer|reply|respond)|answer (?:is|was)|no answer needed"),
    ("price_rise", "pric cost hike incr rais rise fare", r"(?:price|prices|cost|costs|fare|fares|bill|bills|fee|fees|"
         r"subscription|rent|premium|tariff|rates?)\b.{0,40}\b(?:gone up|went up|going up|go up|goes up|increas\w*|"
         r"hik\w*|rais\w*|doubl\w*|tripl\w*|jumped|risen|rise|rises|skyrocket\w*|put up)\b|(?:increas\w*|hik\w*|"
         r"rais\w*|doubl\w*|put(?:ting)? up|"
     r"jack\w*) (?:\w+ ){0,3}(?:price|prices|cost|costs|fares?|bills?|fees?|subscription|rent|premiums?|rates?)|"
         r"price (?:hike|rise|increase|gouging)", r"interest rates?|heart rate"),
    ("quality", "qual flim chea poor fell peel fade stal tast wash mate thin", r"(?:poor|bad|low|terrible|awful|"
         r"worst|horrible|inferior|cheap|pathetic|substandard|disappointing|third class|shoddy) (?:\w+ )?(?:quality|"
         r"material|fabric|build|stitching|workmanship|print)|quality (?:is |was |has |of \w+ (?:is |"
         r"was )?)?(?:\w+ )?(?:poor|bad|terrible|awful|"
     r"worst|pathetic|gone down|dropped|horrible|low|cheap|disappointing)|(?:fell|falls|falling|fallen|came|"
         r"coming) apart|(?:stopped working|broke|died|worn out|faded|ripped) (?:after|within|"
         r"in) (?:\w+ ){0,3}(?:days?|weeks?|months?|uses?|hours?|wash\w*)|not (?:worth|as (?:described|advertised|"
         r"pictured|shown))", ""),
    ("misinformation", "fake rumo fals hoax untr fact myth debu", r"(?:fake news|hoax|rumou?rs?\b.{0,40}\b(?:you|"
         r"your|that|about)|is it true (?:that )?(?:you|your|they)|(?:false|untrue|made[- ]up) (?:claim|story|"
         r"rumou?r|information)s?|misinformation|disinformation|debunk\w*)", r"fleetwood|trump|president|election"),
    ("spam_or_wrong_name", "foll crypto btc bitco inve dm giv prom onlyf bet casi earn free forex wrong",
         r"(?:dm me|inbox me|click (?:the |my )?link|link in bio|check my (?:bio|page|profile))\b.{0,60}\b(?:crypto|"
         r"bitcoin|btc|forex|invest\w*|earn|followers|profit|recover\w*|onlyfans|loan)|(?:crypto|bitcoin|btc|forex|"
         r"invest\w*|earn\w*)\b.{0,60}\b(?:dm me|whatsapp|telegram|inbox|guaranteed|"
     r"profits?)|(?:earn|make) \$?\d[\d,.]* (?:a|per|every|in a) (?:day|week|month|hour)|(?:buy|get|"
         r"gain) (?:\w+ )?(?:followers|likes)\b|(?:sorry )?wrong (?:account|person|handle|tag|@)", ""),
)  # fmt: skip
"""In no order; a text may wake several."""
