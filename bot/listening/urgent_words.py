"""What `urgency`'s rules are made of: their shape, their reasons, and the groups of words they share."""

from dataclasses import dataclass

from bot.nouns.flag import Severity

HURT = "somebody could be hurt"
CRIME = "says somebody was attacked or abused"
SELF = "somebody may be thinking of harming themselves"
LEAK = "says customers' data is exposed"
THREAT = "threatens to hurt somebody"
UNFAIR = "says somebody was treated worse for who they are"
LAWYER = "mentions a lawyer or a court"
POLICE = "mentions the police"
OFFICE = "wants to report us to an authority"
UNLAWFUL = "says we broke the law"
WEAKNESS = "reports a weakness in our systems"
ACCOUNT = "somebody else may be in their account"
FAKED = "a scam may be using our name"
MONEY = "says money was moved without their consent"
STOLEN = "says one of us stole from them"
PRESS = "a journalist is asking, or the press is being told"
PUBLIC = "calls on others to act against us"

STAFF = (
    r"(?:staff|employees?|drivers?|agents?|crew|attendants?|guards?|security|managers?|cashiers?|couriers?|handlers?|"
    r"technicians?|engineers?|stewards?|stewardess|pilots?|waiters?|waitress|servers?|baristas?|clerks?|reps?|"
         r"workers?|"
    r"colleagues?|supervisors?|doctors?|nurses?|delivery (?:guy|man|person|driver|people)|delivery|your (?:guys?|man|"
    r"men|people|team)|one of you|tsa|passengers?|customers?|someone|somebody|a (?:man|guy)|he|they)"
)
BODY = (
    r"(?:hands?|fingers?|thumb|arms?|legs?|foot|feet|face|mouth|lips?|gums?|tongue|teeth|tooth|eyes?|heads?|skin|"
    r"throat|neck|back|knees?|ankles?|wrists?|toes?|hair|scalp|nose|ears?)"
)
KIN = r"(?:me|us|him|her|them|my \w+|our \w+|his \w+|her \w+|a (?:child|kid|baby|customer|passenger|woman|man|girl|boy))"
THING = (
    r"(?:phone|laptop|charger|battery|batteries|cable|adapter|tablet|watch|headphones|earbuds|device|product|unit|"
         r"oven|"
    r"kettle|toaster|iron|heater|blanket|fridge|freezer|dryer|washer|machine|tv|car|vehicle|engine|bike|scooter|plug|"
    r"socket|lamp|light|bulb|console|router|toy|candle|hob|cooker|microwave|pan|glass|it)"
)

PERSON = (
    r"(?:i|i'm|i've|he|she|we|someone|somebody|people|a (?:man|woman|child|kid|baby|customer|passenger|patient|"
         r"worker|"
    r"guest|lady|boy|girl|person)|an? (?:old|elderly|pregnant|young|disabled) (?:\w+)|(?:my|our|his|"
         r"her) (?:\w+ )?(?:mum|mom|mother|"
    r"dad|father|son|daughter|child|kid|kids|children|baby|toddler|wife|husband|partner|brother|sister|nan|gran|"
         r"grandma|"
    r"grandmother|grandad|grandfather|friend|boyfriend|girlfriend|colleague|uncle|aunt|dog|cat|puppy|kitten|pet|"
         r"niece|nephew|neighbou?r))"
)

@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that makes a mention urgent.

    `triggers` are words of which one must begin like a word of the text (four letters count); `phrase` is a pattern on
    the text in lower case without `#`; `unless` is one that shows it is not meant. A `soft` rule
    is a bare word: it counts only in what the scorer takes for a complaint.
    """

    kind: str
    severity: Severity
    because: str
    triggers: str
    phrase: str
    unless: str = ""
    soft: bool = False
