"""A first line for "What happened to them, and what do they want?", from their words alone. Theirs to correct."""

import re

_WHAT = {
    "parcel_lost": ("Parcel not there", r"parcel|package|order|delivery|shipment|letter"),
    "late_delivery": ("Delivery late", r"late|delay|wait|still|days|weeks|hours"),
    "broken_item": (
        "Something arrived or went broken",
        r"broke|broken|crack|damag|smash|tor[en]|scratch|stopped|dead|defect|fault",
    ),
    "wrong_item": ("Got the wrong thing", r"wrong|instead|not what|size|colou?r"),
    "charged_twice": ("Charged twice or wrongly", r"charge|twice|double|paid|bill|money"),
    "refund_missing": ("Refund has not come", r"refund|money back|credit"),
    "rude_staff": ("Treated rudely", r"rude|shout|yell|laugh|attitude|insult|ignored|hung up|staff|driver|agent"),
    "outage": ("Service is down", r"down|outage|offline|working|internet|connection|signal|power|error"),
    "locked_out": ("Can't get into the account", r"lock|log|password|account|access|banned"),
    "safety": (
        "Somebody was or could be hurt",
        r"hurt|injur|burn|fire|cut|smoke|sick|ill|poison|unsafe|danger|chok|bit",
    ),
    "data_leak": ("Personal data seen by others", r"data|leak|breach|privacy|hack|address|details"),
    "discrimination": (
        "Treated worse for who they are",
        r"racis|sexis|discriminat|wheelchair|disab|gay|religio|hijab|black|accent",
    ),
    "price_rise": ("A price went up", r"price|expensive|increase|hike|cost|dear"),
    "quality": ("Not as good as expected", r"quality|taste|cheap|worse|bad|poor|cold|dirty|stale|used to be"),
    "cancelled": ("Something was cancelled", r"cancel"),
    "no_answer": ("Nobody answers", r"answer|reply|replied|response|respond|ignored|on hold|call|email|chat"),
}
_LONG = re.compile(
    r"\b(?:(?:for|after|over|about|nearly|almost) )?((?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|several|many) (?:more )?(?:minutes?|mins?|hours?|days?|weeks?|months?|years?))\b"
    r"|\b(since (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|last \w+|january|february|"
    r"march|april|may|june|july|august|september|october|november|december))\b",
    re.IGNORECASE,
)
_WANTS = (
    (r"\b(?:refund|money back|reimburse\w*)\b", "their money back"),
    (r"\b(?:replac\w+|exchange|new one|another one)\b", "a replacement"),
    (r"\b(?:want|need|where(?:'s| is)|waiting for) (?:my|the|our) (?:parcel|package|order|bag)\b", "their delivery"),
    (r"\b(?:cancel (?:my|the|our|this)|close my|delete my)\b", "to cancel"),
    (r"\b(?:call me|ring me|speak to|talk to|a human|real person|manager)\b", "to speak to a person"),
    (r"\b(?:answer|repl(?:y|ies)|respond|respon[sc]e|explain|explanation|why)\b", "an answer"),
    (r"\b(?:apolog\w+|say sorry)\b", "an apology"),
    (r"\b(?:fix (?:it|this|your|my)|repair|sort (?:it|this)|get it working|when will it)\b", "it mended"),
)
_CUT_OFF = re.compile(r"\b(?:hung up|cut (?:me )?off|disconnected me|closed the chat)\b", re.IGNORECASE)


def what_happened(mention: str, situation: str | None, rating: int | None) -> str:
    """At most two short sentences, or "" where their words do not bear one out. Nothing is added to what they say."""
    plain = mention.replace("’", "'")
    if not plain.strip():
        return "" if rating is None else f"{_stars(rating)}, no words."
    happened, wants = _happened(plain, situation), _wants(plain)
    if not happened:
        return ""
    return f"{happened}. Wants {wants}." if wants else f"{happened}."


def _stars(rating: int) -> str:
    return "One star" if rating == 1 else f"{rating} stars"


def _happened(plain: str, situation: str | None) -> str:
    words, sign = _WHAT.get(situation or "", ("", ""))
    if not sign or not re.search(rf"\b(?:{sign})", plain, re.IGNORECASE):
        return ""
    long = _LONG.search(plain)
    parts = [words, (long[1] or long[2]).lower() if long else "", "was cut off by us" if _CUT_OFF.search(plain) else ""]
    return ", ".join(part for part in parts if part)


def _wants(plain: str) -> str:
    found = [want for sign, want in _WANTS if re.search(sign, plain, re.IGNORECASE)]
    return " and ".join(found[:2])
