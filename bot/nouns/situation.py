"""What a mention can be about: key -> the name a card gives it, at most five words.

`other` is only ever a person's choice.
"""

from collections.abc import Mapping

SITUATIONS: Mapping[str, str] = {
    "parcel_lost": "Parcel never came",
    "late_delivery": "Delivery is late",
    "broken_item": "Arrived broken",
    "wrong_item": "Wrong item came",
    "charged_twice": "Charged twice",
    "refund_missing": "Refund never came",
    "rude_staff": "Rude to a customer",
    "outage": "It is down",
    "locked_out": "Locked out of the account",
    "cancelled": "Cancelled on them",
    "no_answer": "Nobody answers",
    "price_rise": "The price went up",
    "quality": "Not as good as promised",
    "safety": "Somebody could be hurt",
    "data_leak": "Data in wrong hands",
    "discrimination": "Treated worse than others",
    "legal_threat": "Talks of legal steps",
    "press_question": "The press is asking",
    "misinformation": "Something untrue goes round",
    "ban_appeal": "Asks to be let back",
    "unfair_moderation": "Feels unfairly moderated",
    "moderator_conduct": "How a moderator behaved",
    "member_conflict": "Members against each other",
    "raid": "A raid on the community",
    "praise": "Praise",
    "question": "A question",
    "spam_or_wrong_name": "Not about us",
    "other": "Something else",
}
