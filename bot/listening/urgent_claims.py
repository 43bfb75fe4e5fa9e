"""The second half of `urgency`'s rules: the law, accounts and data, theft, the press. Form as in `urgent_rules`."""

from bot.listening.urgent_words import (
    ACCOUNT,
    FAKED,
    LAWYER,
    LEAK,
    MONEY,
    OFFICE,
    POLICE,
    PRESS,
    PUBLIC,
    STAFF,
    STOLEN,
    UNLAWFUL,
    Rule,
)
from bot.nouns.flag import Severity

_C, _H = Severity.CRITICAL, Severity.HIGH
_JOKE = r"see you in court|food court|tennis|basketball|court of|(?<!@)\bgame\b|episode|season \d|movie|😂|🤣|\blol\b|haha"
_OFFICES = (
    r"(?:better business bureau|\bbbb\b|\bftc\b|\bfcc\b|\bfaa\b|\bcaa\b|\bdot\b|\bfda\b|\bcfpb\b|\bfca\b|\basa\b|"
         r"\bico\b|osha|ofcom|ofgem|"
    r"trading standards|ombudsman|attorney general|consumer (?:affairs|protection|rights|court|forum|council)|"
         r"regulators?|"
    r"authorit(?:y|ies)|health (?:department|inspector|inspection|board)|environmental health|department of \w+|"
         r"data protection)"
)
_ACCOUNT = (
    r"(?:accounts?|e-?mails?|gmail|password|profile|page|channel|login|server|website|site|system|phone|computer|"
         r"card|"
    r"\w+ id|wallet|meeting|instagram|facebook|twitter|insta|fb|minecraft|xbox|psn|steam)"
)
_FORCED = r"(?:hacked|compromised|hijacked|breached|phished|taken over|broken into)"

CLAIMS = (
    Rule("legal", _H, LAWYER, "lawy attor solic barri paral legal lawsu sue suing sued court trib litig liti claim "
         "class",
         r"\b(?:i'm|i am|im|am|is|being|as) (?:also )?(?:an? )?(?:lawyer|attorney|solicitor|barrister)|\b(?:my|our|a|"
         r"an|labou?r|the|his|her|with|get|getting|need|"
         r"contact\w*|call\w*|hir\w+|consult\w*) (?:\w+ )?(?:lawyers?|attorneys?|solicitors?|"
         r"barristers?)\b(?! general)|sound(?:s|ing|ed) like (?:a|an|my) (?:lawyer|attorney)|"
         r"\blawsuits?\b|\b(?:sue|suing|sued)\b (?:you|them|\w*|your|the|this|for|over)|legal (?:action|team|claim|"
         r"advice|proceedings|department|case|matter|"
         r"notice|letter|route|options|representation|counsel|dept|redress|threat|rights|obligation)|(?:small claims|"
         r"high|county|federal|civil|in|to|take you to|"
         r"going to|legal) court\b(?! (?:pants?|shoes?))|employment tribunal|class action|litigat|court (?:order|"
         r"case|claim|action|date|papers)",
         rf"{_JOKE}|threat to sue.{{0,60}}(?:defend you|for free)|number of court cases|sue(?:d)? (?:ellen|storm)|"
         rf"legal (?:last |first |middle )?name|"
         r"believe they are above"),
    Rule("legal", _H, POLICE, "poli crim arres charg cops prose report",
         r"\b(?:call\w*|contact\w*|report\w*|inform\w*|fil\w+|go\w*|involv\w*|notif\w*|tell|told|ring\w*|rang|to|"
         r"with|by|the|a|local) (?:\w+ ){0,3}(?:police|cops)\b|police "
         r"(?:report|matter|dept|department|station|case|involve\w*|complaint|called|officer|have|are|investigat\w*)|"
         r"crime (?:number|reference|report)|"
         r"press(?:ing)? charges|criminal (?:charges|offen[cs]e|investigation|complaint|damage|act|case)",
         r"(?:fashion|grammar|spelling|fun|word|tone|language) police|police (?:drama|show|series|procedural|"
         r"interceptors)|the police (?:song|band|concert|album)|police (?:academy|squad)|(?<!@)\bgame\b|"
         r"movie|episode|robocop|police discount|thank|parade|fun day|escort"),
    Rule("legal", _H, OFFICE, "bett bbb ftc fcc faa caa dot fda cfpb fca asa ico osha ofco ofge trad ombu atto cons "
         "regu auth heal envi depa data",
         rf"\b(?:report\w*|fil\w+|contact\w*|complain\w*|complaints?|call\w*|escalat\w*|refer\w*|submit\w*|notif\w*|"
         rf"inform\w*|hear from|letter|write|writing|went|go|going|"
         rf"taking|take|tell|told|tweet\w*)\b.{{0,60}}{_OFFICES}|{_OFFICES}.{{0,50}}\b(?:complaint|report|involved|"
         rf"case|investigat\w*|fine|will hear|should (?:look|know|investigate)|not me)\b",
         r"co-?op|local telephone|regulator (?:valve|issue)|auto ?regulat|price gouging on|contact the (?:authority|"
         r"authorities) on this subject"),
    Rule("legal", _H, UNLAWFUL, "ille agai unla breac brea fraud ranso stea viola gdpr cons fals misl rights extor "
         "withh hold",
         r"\b(?:is|are|was|be|isn't|this|that|it's|its|totally|completely|highly|probably|actually|surely|literally|"
         r"do|an?) (?:\w+ )?(?:illegal|unlawful)\b|illegally|unlawfully|against the law|break(?:s|ing)? the law|"
         r"breach of (?:contract|gdpr|"
         r"privacy|trust and|data|my)|breach(?:ed|ing) (?:\w+ )?(?:contract|gdpr|privacy)|fraudulently|(?:hold|"
         r"holding|keep|keeping|held|withh\w+) (?:on to )?(?:my|our) (?:\w+ )?(?:money|funds|cash|deposit)"
         r"|to ransom|(?:stealing|stole|stolen|steal) (?:over |about |almost |nearly )?[$£€]\s?\d[\d,.]* from|"
         r"violat(?:es?|ed|ing|ion)\b.{0,30}\b(?:law|rights|act|gdpr|contract|privacy|regulation)|\bgdpr\b.{0,60}"
         r"(?:breach|violat|complain|request|rights)|false advertising|misleading (?:advert\w*|info\w*|customers|"
         r"claims?)|consumer rights|extortion",
         r"illegal (?:copies|streams?|downloads?|parking|move|characters?)|should be illegal|illegal how (?:good|"
         r"much)|so good|delicious|yum|😂|🤣|\blol\b|how can that not be"),
    Rule("security", _C, LEAK, "data leak breac expos person priv cust",
         r"data (?:breach|leak)|(?:leak(?:ed|ing|s)?|expos(?:ed|es|ing)|dumped) (?:\w+ ){0,4}(?:data|details|"
         r"passwords?|addresses|information|records|numbers)|"
         r"(?:data|details|passwords?|addresses|information|records|card numbers) (?:\w+ ){0,3}(?:leaked|exposed|"
         r"online for anyone|visible to (?:everyone|anyone|others))|"
         r"(?:see|view|access|shows?|showing|shown|sent|given|got|received|have|"
         r"emailed) (?:\w+ ){0,3}(?:someone else'?s?|somebody else'?s|another (?:customer|person|passenger|user)'?s?|"
         r"other (?:people|customers?|"
         r"users?|passengers?)'?s?|strangers?'?s?) (?:\w+ ){0,2}(?:data|details|info\w*|account|address\w*|orders?|"
         r"passport|records?|name|e-?mails?|bookings?|tickets?|bank|card|statements?)",
         r"leaked (?:photos?|images?|trailer|specs|track|song|episode)|battery|rumou?r"),
    Rule("security", _H, LEAK, "passp pass someb somee sell sold shar perso priv data",
         r"(?:someone|somebody) else'?s? (?:\w+ )?(?:passport|details|info\w*|data|account|card|booking|reservation|"
         r"email)|(?:sell|sold|selling|shared?|sharing|gave|giving|give) (?:\w+ ){0,2}(?:my|our|customers?'?s?|"
         r"people'?s|users?'?s?) (?:personal |private )?(?:info\w*|data|details|phone number|email|number|address)",
         r"how do i (?:share|give)|can i (?:share|give)|dm|need you to"),
    Rule("security", _H, ACCOUNT, "hack comp hija brea phis clon take brok",
         rf"(?:my|our|the|your|his|her|their|this|that|an?|'s|{_ACCOUNT})\b.{{0,40}}\b(?:has |have |was |is |got |"
         rf"gets |been |being |were |just |obviously |clearly |may |might |i |think )*{_FORCED}|"
         rf"(?:someone|somebody|hackers?|they|people|who|he|she) (?:\w+ ){{0,3}}(?:hack(?:ed|ing)?|hijack(?:ed)?|"
         rf"got into|broke into|took over|logged into|accessed) (?:\w+ ){{0,2}}{_ACCOUNT}|"
         r"(?:got|been|was|i'm|were|being|am) hacked|hacked (?:my|into|our|me)|help.{0,20}hack|hack.{0,20}help",
         r"life ?hack|hack(?:ed)? off|hackathon|growth hack|hacksaw|hacky|hack ?week|"
         r"my account has been hacked\. i did not|sorry for (?:any|the) inconvenience|"
         r"more than ever|hear(?:d|ing) about|time to change|fucker|the hack\b|compromised (?:quality|on|safety|"
         r"taste)|broken into (?:pieces|two|a)|immune"),
    Rule("security", _H, ACCOUNT, "logg sign acce chang used using regis stol iden",
         r"(?:someone|somebody|person|stranger|they|not me) (?:\w+ ){0,3}(?:logged in|signed in|has access|"
         r"have access|got access|gained access|chang\w+ (?:my|the) (?:\w+ )?(?:password|email|details|number)|"
         r"us(?:ed|ing) my "
         r"(?:\w+ )?(?:account|card|email|name|details|identity|number))|identity (?:theft|fraud|stolen)|(?:stole|"
         r"stolen|steal|stealing) (?:my|our|his|her) (?:\w+ )?(?:identity|card|details|data|info\w*|account|password|"
         r"login)|"
         r"(?:login|logged in|sign[- ]?in|signed in|access\w*) (?:\w+ ){0,3}(?:from|in) (?:\w+ )?(?:russia|china|"
         r"another country|unknown|a device)|unrecogni[sz]ed (?:login|device|sign)",
         r"password manager|how do i change|chang\w+ my own"),
    Rule("security", _H, MONEY, "unau fraud never with consen purch charg trans debit",
         r"unauthori[sz]ed|fraudulent (?:\w+ )?(?:charges?|transactions?|purchases?|payments?|activity|use|orders?|"
         r"account|withdrawals?|emails?|texts?|calls?|bookings?|claims?)|(?:without|w/o) (?:my|our|any|her|his) "
         r"(?:\w+ )?(?:consent|permission|knowledge|authori[sz]ation|approval)|never (?:flown|bought|ordered|booked|"
         r"signed up|made|used|had an account|authori[sz]ed|been|subscribed|created).{0,40}(?:with you|charge|"
         r"account|"
         r"email|card|transaction|purchase|ever|payment)|(?:charge|charges|transaction|purchase|order|payment|"
         r"confirmation)s? (?:\w+ ){0,3}(?:i|we) (?:never|didn't|did not|don't) (?:make|made|place|order|"
         r"authori[sz]e\w*|recogni[sz]e)",
         r"fraudulent listing|alert(?:ed)? me|protected me|thank|gouging"),
    Rule("security", _H, FAKED, "phis scam fake imper frau spoof prete copy clone",
         r"phishing|impersonat\w+|(?:fake|fraud|fraudulent|scam|cloned?|copycat|spoof(?:ed)?|imposter|"
         r"impostor) (?:\w+ )?(?:accounts?|profiles?|pages?|websites?|sites?|e-?mails?|texts?|calls?|sms|messages?|"
         r"popups?|apps?|links?|ads?|offers?|"
         r"giveaways?|support|numbers?|reps?|letters?|job)|scammers?\b.{0,80}(?:us(?:e|ing)|pretend\w*|call\w*|"
         r"e-?mail\w*|text\w*|claim\w*|pos(?:e|ing)|warning|click|popup|your (?:name|logo|customers)|report)|"
         r"(?:warning|careful|beware|alert)\W.{0,60}\bscam|"
         r"(?:pretend\w*|claim\w*|posing) to be (?:\w+ ){0,3}(?:you|your|from|support|amazon|bank|the)|copying mine|"
         r"(?:e-?mail|text|call|sms|message|popup|confirmation)\b.{0,120}\b(?:is|this|it) (?:\w+ )?(?:a )?(?:scam|"
         r"legit|phishing|genuine|fraud)\b|"
         r"(?:e-?mail|confirmation)\b.{0,140}\b(?:scam|fraud)\b",
         r"fake (?:news|tan|smile|friends?|nails|flowers|leather)|fraud protection|fraud (?:department|dept|team)|"
         r"fraud alert|your (?:whole )?(?:company|service|app) is a scam|are they trusted"),
    Rule("theft", _H, STOLEN, "stol stea robb thef thie pilf broke nick took miss",
         rf"{STAFF}\b.{{0,60}}\b(?:stole|stolen|steals?|stealing|robbed|robs?|pilfered|nicked|pinched|"
         rf"helped (?:himself|themselves))\b (?!.{{0,20}}\b(?:show|heart|thunder|spotlight|idea|look)\b)|"
         r"(?:stole|stolen|stealing|robbed|theft|took|taken|missing|gone|pilfered) (?:\w+ ){0,5}(?:from|out of|"
         r"inside|of) (?:me|us|(?:my|our|his|her|the) (?:\w+ )?(?:bags?|luggage|suitcase|case|backpack|purse|package|"
         r"parcel|"
         r"box|car|boot|room|locker|checked|cabin|hand|carry|wallet|house|flat|garage|desk))|broke(?:n)? into (?:my|"
         r"our|his|her) (?:\w+ )?(?:bags?|luggage|suitcase|car|room|locker|house|parcel|package)|"
         r"(?:bags?|luggage|suitcase|case|backpack|purse|package|parcel|room|locker)\b.{0,60}\b(?:opened|rifled|"
         r"cut open|tampered|gone through|ransacked)\b.{0,60}\b(?:stolen|missing|gone|taken|took)",
         r"accus\w+ (?:you|me|him|her|us)? ?(?:of )?steal|off my porch|steal (?:of a|our|my heart|the show|your|"
         r"a glance)|chase a guy|steals? my food|stolen (?:yacht|phone|goods\.)|(?<!@)\bgame\b|mission|"
         r"lost ?/ ?stolen|basically stole|"
         r"my phone stolen|report(?:ing)? (?:a |my )?(?:lost|stolen) (?:card|phone)"),
    Rule("press", _H, PRESS, "jour repo press news media viral blast cnn bbc nytim wsj foxn publ expo artic radio "
         "tabl edit",
         r"\b(?:as|i'm|i am|am|im|being|a|an|for) (?:a |an )?(?:\w+ ){0,2}(?:journalist|reporter|columnist|"
         r"news editor|blogger)\b.{0,100}|(?:writing|write|doing|working on|running|publish\w*) (?:an? |the |"
         r"my )?(?:\w+ )?(?:article|story|piece|report|segment|expos[eé]|feature) "
         r"(?:on|about|for)|(?:contact\w*|call\w*|tell\w*|go\w*|inform\w*|tip\w*|e-?mail\w*|send\w*|told|speak\w*|"
         r"talk\w*|reach\w*|alert\w*|take|taking|get) (?:to |up |in |on |it |this |you |a )*(?:the |my |our |"
         r"some )?(?:local |national )?(?:news|press|media|newspapers?|tv (?:station|news|channel)s?|"
         r"journalists?|reporters?|channel \d+|bbc|cnn|itv|daily \w+|watchdog|tabloids?)\b(?! team| account| page|"
         r" people are|\W?paper alert)|go(?:ing|es)? (?:public|viral)\b.{0,80}|on blast|"
         r"social media and (?:the )?(?:tv|press|news)|(?:request\w*|reach\w* out|asking) for (?:a )?comment|"
         r"for comment\b|press (?:office|enquir\w+|inquir\w+|"
         r"request|deadline)|media (?:enquir\w+|inquir\w+|request|contact)|(?:@|\b)(?:cnn|cnnbrk|nytimes|wsj|bbcnews|"
         r"bbcbreaking|foxnews|abcnews|msnbc|nbcnews|cbsnews|skynews|guardian|washingtonpost|chicagotribune|"
         r"bbcwatchdog|bbcwatchdog)\b.{0,120}"
         r"(?:@|\b)(?:cnn|nytimes|wsj|bbcnews|foxnews|abc|msnbc|nbcnews|cbsnews|skynews|guardian|washingtonpost|"
         r"chicagotribune|media)\b",
         r"(?:good|great|excellent|best|amazing|fake|big|breaking|happy) news|news subscription|news ?app|"
         r"media (?:player|system|server|marketing|class|team|platform|people)|press (?:the|on|down|play|ok|"
         r"\w+ button|link|it|enter|f\d|start|and|any|release)|everyday new|"
         r"going viral (?:for|because) (?:\w+ )?(?:good|right)|thanks?|love|congrat"),
    Rule("press", _H, PUBLIC, "boyc prote petit picke",
         r"\bboycott(?:ing|s|ed)?\b|start(?:ed|ing)? a petition|sign (?:this|the|our|my) petition|"
         r"protest(?:ing)? outside|picket(?:ing)?\b",
         r"state boycott|boycott of (?:the )?(?:games|olympics)|white picket|picket fence"),
)  # fmt: skip
