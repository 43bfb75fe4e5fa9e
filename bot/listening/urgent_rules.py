"""The first half of `urgency`'s rules, as data: somebody could be hurt, was attacked, or was treated as less.

Phrases are general, each with the context that makes it serious; what they are made of is in `urgent_words`.
"""

from bot.listening.urgent_words import BODY, CRIME, HURT, KIN, SELF, STAFF, THING, THREAT, UNFAIR, Rule
from bot.nouns.flag import Severity

_LAUGH = r"laugh|lol|lmao|haha|funny|hilarious|😂|🤣|embarrass|(?<!@)\bgame\b|episode|season|movie|song|\bnovel"
_BRAND_FIRE = r"fire ?(?:tv|stick|tablet|hd|phone|sale|fox|wall|works?|wood|pit|place)|kindle"
_C, _H = Severity.CRITICAL, Severity.HIGH

_SAFETY = (
    Rule("safety", _C, SELF, "kill suicide suicidal myself",
         r"kill(?:ing)? myself|end(?:ing)? my (?:own )?life|\bsuicidal\b|want to die\b|commit(?:ting)? suicide|"
         r"self[- ]?harm|"
         r"hurt(?:ing)? myself on purpose", r"suicide squad|leading cause|laugh|lol|😂|🤣"),
    Rule("safety", _C, THREAT, "kill kys hurt beat dese burn shoot stab bomb find watch know hope come rape punch",
         r"(?:i|we)(?:'ll| will| am going to|'m going to|m gonna| gonna|'m gonna|'m about to|"
         r" swear i'll) (?:\w+ )?(?:kill|hurt|murder|shoot|stab|beat|burn down|"
         r"blow up|punch|rape|strangle) (?:you|your|yall|them|every|that|the|this|one of)|kill your ?sel(?:f|ves)|"
         r"\bkys\b|(?:i )?hope (?:you|u|they|your \w+|yall) (?:all )?"
         r"(?:die|dies|burn|burns|rot|rots|choke|get cancer|get raped|get shot)|(?:i|we) know where (?:you|u|"
         r"they) (?:live|work|park)|watch your back|"
         r"(?:deserve|ought|need|should)\w* (?:to )?(?:be |all be )?(?:shot|hanged|hung|die|burn|burned|"
         r"burnt alive)\b|coming (?:for|to) your (?:house|home|office|family|hq)|(?:bomb|shoot up|burn down) (?:your|"
         r"the|this) (?:\w+ )?(?:office|store|shop|building|hq|place|branch)",
         r"😂|🤣|\blol\b|haha|to (?:me|us)|(?<!@)\bgame\b|episode|beat (?:you|them|that) to|bath bomb"),
    Rule("safety", _C, HURT, "fire flame smok burn burst",
         r"(?:caught|catch(?:es|ing)?|set|sets|setting) (?:on )?(?:fire|flames)\b|(?:go(?:es|ing)?|went|gone|is|was|"
         r"were|"
         r"literally|now|almost|still) (?:up )?(?:on|in) (?:fire|flames)\b|(?:burst|up) in(?:to)? flames|"
         r"fire (?:hazard|risk|brigade|department|alarm went)|"
         rf"burn(?:ed|t|s|ing)? (?:\w+ )?(?:my|his|her|our|their|a) (?:\w+ )?(?:{BODY}|house|home|flat|carpet|bed|"
         rf"table|"
         r"floor|son|daughter|child|kid|baby)|(?:smoke|smoking|sparks?) (?:is |was |started )?(?:coming|came|pouring|"
         r"out)|"
         rf"{THING} (?:is |was |started |starts |just |has )*(?:smoking|sparking|burning|melting|melted)\b",
         rf"{_BRAND_FIRE}|(?:tongue|fingers) with a|(?:mouth|tongue|lips|tastebuds?|taste buds) (?:is|are|was|"
         rf"were) on|hot sauce|spicy|delicious|fire (?:the|your|yr|him|her|them|that)|(?:team|he|she|they|song|album|"
         rf"mixtape|sale)\W+(?:is|are|was) on fire|{_LAUGH}"),
    Rule("safety", _C, HURT, "expl blew blow shatter overheat",
         rf"\b{THING}\b.{{0,40}}\b(?:explod(?:ed|es|ing)|blew up|blown up|burst)\b|(?:explod(?:ed|es|ing)|blew up|"
         rf"shattered) "
         rf"(?:in|on|near|next) (?:my|his|her|our)|overheat\w*.{{0,40}}(?:burn|fire|smoke|danger)", _LAUGH),
    Rule("safety", _C, HURT, "electr shock spark gas carbon",
         r"electrocut|electric(?:al)? shock|shock(?:ed|s)? (?:me|him|her) when|smell(?:s|ed|ing)? (?:of )?gas|"
         r"gas leak|"
         r"carbon monoxide|live wires?|exposed wires?|(?:downed|fallen) (?:power )?lines?"),
    Rule("safety", _C, HURT, "pois sick vomit threw puk food salm coli ill",
         r"food ?poison|poison(?:ed|ing)\b|salmonella|e\.? ?coli|(?:made|making|makes|got|gotten|"
         r"gave) (?:\w+ )?(?:me|us|him|"
         r"her|them|my \w+|our \w+|everyone) (?:all |so |very |really |violently )*(?:sick|ill)\b|(?:sick|ill|"
         r"vomit\w*|threw up|"
         r"throwing up|puk\w+) (?:\w+ ){0,4}(?:after|from) (?:eating|drinking|having|taking|using|your|a |the )",
         r"(?:sick|ill) (?:of|and tired|with)|makes? (?:me|us) sick\b(?! (?:from|after|with))"),
    Rule("safety", _C, HURT, "glass metal plastic razor blade mold mould needle screw maggot insect worm bone nail "
         "shard",
         r"(?:pieces?|shards?|bits?|chunks?|slivers?|lumps?) of (?:broken |sharp |blue |hard )*(?:glass|metal|"
         r"plastic|wood|wire|bone)|"
         r"(?:glass|metal|razor|blade|needle|screw|nail|maggots?) in (?:my|our|the|a|his|her|your|"
         r"one of) (?:\w+ )?(?:\w+ )?"
         r"(?:food|meal|salad|burger|sandwich|soup|drink|can|cans|bottle|coffee|bread|cake|pizza|chicken|cereal|rice|"
         r"pack|jar)",
         r"screen|protector|phone case"),
    Rule("safety", _C, HURT, "allerg anaph epip nuts peanut",
         r"allergic reaction|anaphyla|(?:nearly|almost|could have|could've|might have|would have) (?:died|"
         r"killed).{0,120}|"
         r"(?:nut|nuts|peanut|dairy|gluten|milk|egg|sesame|allerg\w+).{0,60}(?:not (?:on the )?label|undeclared|"
         r"mislabel|wrong label|"
         r"reaction|hospital|epipen|swell|swoll|hives|rash)|allergic to.{0,60}(?:served|gave|ignored|anyway|refus|"
         r"because|despite)",
         r"can i bring|any way to|is it possible|do you (?:have|offer|serve)|which of your"),
    Rule("safety", _C, HURT, "died dead killed dying death lives fatal",
         r"(?:nearly|almost|could have|could've|couldve|might have|would have) (?:\w+ )?(?:died|killed|been killed|"
         r"been dead|been "
         r"(?:badly |seriously )?(?:hurt|injured))|(?:going to|gonna|will) (?:kill|hurt|injure) (?:some(?:one|body)|"
         r"people|a child|"
         r"a kid)|(?:could|might|may|will) (?:\w+ )?(?:kill|hurt|injure) (?:some(?:one|body)|people|children|kids|"
         r"him|her|my|us)|"
         r"(?:people|someone|somebody|he|she|lives?) (?:could|might|will|may) (?:have )?(?:die|died|be killed|"
         r"been dead)|risk(?:ed|ing)? (?:\w+ )?lives|"
         r"life[- ]threatening", rf"{_LAUGH}|of boredom|of laughter|when i saw"),
    Rule("safety", _C, HURT, "injur hospi ambul bleed conc broke brok fract uncon collap wound blood cut slic "
         "surgery scar",
         rf"(?:injured|cut|sliced|burnt|burned|crushed|broke|fractured|sprained|scarred|gashed|"
         rf"blistered) (?:open )?(?:my|his|her|our|"
         rf"their) (?:\w+ )?{BODY}\b|{BODY} (?:is|was|are|were) (?:bleeding|swollen|burnt|burned|cut)|(?:got|was|"
         rf"were|been|badly|"
         r"seriously|is|am|i'm) (?:badly |seriously )?(?:injured|hurt|wounded|concussed|unconscious)\b|(?:he|she|i|"
         r"son|daughter|child|kid|baby|leg|arm) (?:is|was|am) bleeding|(?:ended up|had to go|taken|rushed|"
         r"landed|put|sent|now|been|going|went) (?:\w+ ){0,3}(?:in|to) (?:the )?(?:hospital|er|a&e|emergency room|"
         r"urgent care)|"
         r"(?:call|called|calling|need|needed|needs) (?:an )?ambulance|(?:caused|causing|"
         r"causes) (?:\w+ ){0,2}injur(?:y|ies)|collapsed (?:in|on|at)",
         r"no (?:serious )?injur|not (?:seriously )?(?:hurt|injured)|injury time|hurt (?:you|my feelings)|"
         r"traveling with|travelling with|"
         r"appointment at|volunteer|charity|(?:awesome|great|amazing|lovely|kind)\b.{0,40}\bhelp"),
    Rule("safety", _C, HURT, "brake brakes steer airbag accel seatb wheel",
         r"(?:brakes?|steering|airbags?|accelerator|seat ?belts?|engine)\b.{0,30}\b(?:fail\w*|locked|stuck|gave out|"
         r"didn't work|not "
         r"work\w*|didn't deploy|cut out|died|snapped)\b.{0,60}(?:driv|road|highway|motorway|speed|mph|traffic|crash|"
         r"child|kids|family)?",
         r"search engine|game engine|engine light|email|gaming|simulator|racing wheel"),
    Rule("safety", _C, HURT, "emerg squawk evacu crash",
         r"emergency land|declar\w+ (?:\w+ ){0,3}emergency|squawk|evacuat|(?:crash|accident)\b.{0,40}\b(?:injur|hurt|"
         r"dead|killed)|medical emergency",
         r"no (?:serious )?injur|not (?:an )?emergency|practice|drill"),
    Rule("safety", _C, HURT, "chok strang trap stuck lock",
         r"chok(?:ed|ing|e) (?:on|to|hazard)|(?:child|kid|baby|son|daughter|toddler|grandson|"
         r"granddaughter)\b.{0,20}\bchok|"
         r"(?:trapped|stuck|locked) (?:\w+ )?(?:in|inside) (?:a |the |your |this )?(?:\w+ )?(?:lift|elevator|toilet|"
         r"tube|tunnel|train|car|bathroom)\b",
         r"laugh"),
    Rule("safety", _H, HURT, "dang hazard unsafe safety risk toxic death recall",
         r"\b(?:is|are|was|were|so|very|really|extremely|seriously|damn|bloody|incredibly|dangerously|a|an|how|"
         r"potentially|pretty|be|"
         r"it's|its|that's|felt|feel|feeling|totally|completely|and) (?:dangerous|unsafe|hazardous|toxic)\b|"
         r"health (?:and safety )?(?:hazard|risk)|"
         r"safety (?:hazard|issue|concern|risk|violation|problem)|(?:electrical|choking|trip|tripping|public|"
         r"a) hazard|death ?trap|"
         r"dangerous(?:ly)? (?:\w+ ){0,2}(?:driv\w+|lean|road|product|wir\w+|level|situation|condition|staff|"
         r"behaviou?r)|"
         r"(?:put|puts|putting|puttin) (?:\w+ ){0,4}(?:at|in) (?:risk|danger)|(?:is|are|been|was|were) recall(?:ed|"
         r"ing)|product recall",
         r"dangerous(?:ly)? (?:good|delicious|addict|low|fun|close|game)|in danger of|toxic (?:fan|masc|relation|"
         r"people|ex\b|positiv|player)|"
         r"(?:password|payment|link|site|browser|website|connection|wifi)s? (?:is |are |was )?(?:unsafe|not safe)|"
         r"love|lol|😂|dangerous goods"),
    Rule("safety", _H, HURT, "threat scare afraid harass intim",
         r"(?:felt|feel|feeling|feels) (?:\w+ ){0,2}(?:threatened|unsafe|intimidated|in danger)|threaten(?:ed|ing|"
         r"s)? (?:to |me|my|us|"
         r"him|her|our|customers|staff|with|passenger)|scared for (?:my|our|his|her)|(?:my|our) (?:\w+ )?(?:son|"
         r"daughter|child|kids?|"
         r"yo|baby|children|mum|mom)\b.{0,40}\b(?:was|is|were|are) (?:scared|terrified|afraid)|afraid for",
         r"threaten(?:ed|ing)? (?:to )?(?:leave|cancel|quit|rain|by|to rain)|to (?:leave|cancel|switch)"),
)  # fmt: skip

_PEOPLE = (
    Rule("assault", _C, CRIME, "assa assult rape raped molest grop sexu fondl abuse",
         r"\bas+a?u?lt(?:ed|ing|s)?\b|\brap(?:ed|ist)\b|molest|\bgrop(?:ed|ing|e)\b|fondl(?:ed|ing|e)\b|"
         r"sexual(?:ly)? (?:\w+ )?(?:harass|abus|misconduct|"
         r"advances|comments)|(?:touched|touching) (?:me|her|him|my \w+) inappropriate",
         r"assault of (?:flavou?rs?|colou?rs?)|assault (?:on|to) (?:my|the|your|our) (?:senses|ears|eyes|taste|"
         r"wallet)|assault rifle|(?<!@)\bgame\b|gta|movie|trump|president|senator|celebrity"),
    Rule("assault", _C, CRIME, "punch kick slap push shov attack beat beaten hit spat spit choke drag grab threw "
         "stab shot physi laid",
         rf"{STAFF} (?:\w+ ){{0,3}}(?:punched|kicked|slapped|pushed|shoved|attacked|beat|hit|spat on|spit on|choked|"
         rf"dragged|grabbed|"
         rf"stabbed|headbutted|struck|bit) (?:\w+ ){{0,1}}{KIN}\b|(?:was|were|been|got|"
         rf"being) (?:\w+ ){{0,2}}(?:punched|kicked|slapped|pushed|shoved|"
         rf"attacked|beaten|spat on|choked|dragged|grabbed|stabbed|headbutted|mugged)(?: \w+){{0,3}} (?:by|at|in|on|"
         rf"off|outside)\b|"
         r"physical(?:ly)? (?:\w+ )?(?:attack|assault|abus|threaten|remov|forc|violen)|laid (?:his|her|their|"
         r"a)? ?(?:hands?|finger) on|"
         r"violen(?:t|ce) (?:toward|against|from)",
         r"hit (?:me|us) (?:with|up|back)|hit (?:me|us) (?:\w+ )?(?:hard|like)|grabbed (?:me )?(?:a|some|"
         r"my attention|one|lunch|coffee)|beat (?:me|us) to|"
         r"heart attack|panic attack|attacked (?:online|in the comments)|(?<!@)\bgame\b|raid|boss|level|player|"
         r"pushed (?:back|to)|kicked (?:me|us|him|her) (?:off|out|from)"),
    Rule("assault", _H, CRIME, "harass stalk bully abus perver creep",
         r"(?:harass(?:ed|ing|es|ment)?|stalk(?:ed|ing|s)|bull(?:ied|ying)|verbally abus\w+)\b.{0,80}\b(?:by|from|"
         r"your|drivers?|staff|employees?|"
         r"agents?|managers?|passengers?|this account|this user)\b|(?:accounts?|users?|people|someone|he|"
         r"she) (?:\w+ ){0,4}(?:harass|stalk|bully|racially abus)\w* (?:me|my|us|her|him)\b|"
         r"{STAFF} (?:\w+ ){{0,3}}(?:harass|stalk|bully|abus)\w*",
         r"stop (?:emailing|calling|spam)|harassing (?:e-?mails|phone calls|ads)|daddy|lol|😂|abus\w+ (?:the|"
         r"of) (?:system|power|policy|term)"),
    Rule("discrimination", _H, UNFAIR, "disc racis racial racist sexis homoph transp islamoph antis bigot profil "
         "ablei preju",
         r"discriminat(?:ed|es|ing|ory|ion)\b.{0,120}|racial(?:ly)? (?:\w+ )?(?:profil|abus|slur|remark|comment|"
         r"motivat|discriminat)|"
         r"(?:racist|sexist|homophobic|transphobic|islamophobic|antisemitic|ableist|bigoted) (?:\w+ )?(?:staff|"
         r"employee|driver|agent|crew|manager|remark|"
         r"comment|judg\w+|treatment|behaviou?r|service|slur|abuse|company|policy|polic\w+|ad|advert|practice|"
         r"attitude|cashier|host|guard)|"
         rf"{STAFF}\b.{{0,60}}\b(?:racist|racism|sexist|sexism|homophob\w+|transphob\w+|islamophob\w+|bigot\w*)|"
         r"(?:your|this|you|you're|ur) (?:\w+ ){0,3}(?:racist|sexist|homophobic|racism)",
         r"spous\w+|price discrimination|legali[sz]es discrimination|politic|president|trump|went on|oprah|"
         r"colou?r discrim|he'?s a racist|called (?:me )?(?:a )?racist"),
    Rule("discrimination", _H, UNFAIR, "black muslim jewish gay lesbian trans asian african disab autis autistic "
         "austic wheel hijab race skin religi blind deaf guide service pregnant accent",
         r"(?:because|cause|cuz|coz|due to|based on|for being|over) (?:\w+ ){0,3}(?:black|muslim|jewish|gay|lesbian|"
         r"trans|transgender|asian|african|brown|"
         r"disabled|disability|autis\w+|hijab|race|skin colou?r|colou?r of|religion|ethnicity|nationality|gender|"
         r"pregnant|accent|sexuality|deaf|blind)\b|"
         r"(?:refus|den(?:y|ied)|kick|mistreat|mock|humiliat|remov|laugh|turned away|threw|accus|shout|"
         r"yell)\w*\b.{0,80}\b(?:disabled|disability|"
         r"wheelchair|guide dog|service (?:dog|animal)|autis\w*|austic|deaf|blind|hijab|turban|muslim|black (?:man|"
         r"woman|customer|people|passenger|"
         r"guy|kid|girl)|gay couple|same[- ]sex|breastfeed\w*|special needs)|"
         r"(?:disabled|disability|wheelchair|guide dog|service (?:dog|animal)|autis\w*|austic|deaf|blind|"
         r"special needs|breastfeeding|pregnant)\b.{0,80}\b(?:refus|den(?:y|ied)|kicked|"
         r"mistreat|mocked|humiliat|turned away|laughed at|left on|abandon|no (?:access|ramp)|not allowed|"
         r"wouldn't let|won't let|inaccessible)",
         r"black (?:friday|screen|ops|box|jeans|dress|shoes?|color|colour|one|version)|blind (?:test|date|box|fold)|"
         r"race (?:condition|track|car|day)|game|"
         r"not (?:rude|disab)|disabled (?:my|the|your|account|comments|feature|toilet)"),
)  # fmt: skip

DANGERS: tuple[Rule, ...] = (*_SAFETY, *_PEOPLE)
"""What hurts people."""
