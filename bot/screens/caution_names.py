"""What a caution is called in front of people: two or three plain words for each code of CONTRACTS."""

_NAMES = {
    "public_offer": "An offer in public",
    "pii_leak": "Somebody's private details",
    "pii_request": "Asks for private details in public",
    "profanity": "A rude word",
    "sarcasm": "May sound like mockery",
    "too_long": "Too long for this place",
    "unfilled_slot": "A place to fill in",
    "blame": "Blames somebody else",
    "defensive": "Defends us before it listens",
    "argument": "Argues with them",
    "non_apology": "Not quite an apology",
    "shouting": "Sounds loud",
    "legal_admission": "Admits a fault in law",
    "no_acknowledgement": "Does not say that we heard",
    "no_next_step": "No next step",
    "passive_evasion": "Nobody did it",
    "asks_for_removal": "Asks them to take it down",
    "repeated_words": "The same words as before",
}


def caution_name(code: str) -> str:
    """The name of a caution; a code nobody named yet is read as words."""
    return _NAMES.get(code, code.replace("_", " ").capitalize())
