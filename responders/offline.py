"""Words that ask a person out of public: an acknowledgement, our listed contact, a short reference."""

from hashlib import sha256

#: Letters and digits nobody mistakes for one another, on paper or on the phone.
_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"


def reference(conversation: str) -> str:
    """Four signs a person can read out on the phone, always the same for one conversation."""
    number = int.from_bytes(sha256(conversation.encode("utf-8", "backslashreplace")).digest()[:8], "big")
    return "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(4))


def ask_in_public(
    contact: str, ref: str, *, name: str = "", signature: str = "", limit: int | None = None, direct: bool = False
) -> str:
    """The public words for "ask them in public".

    `contact` is ours, as listed; without one the place stays a slot. `direct`: they are asked for a direct message or a
    ticket instead, as in a community. Where `limit` (code points) is too small for the
    long form, the short one is given, which may still be too long: its reader measures.
    """
    where = "by direct message or in a ticket" if direct else contact or "[our contact]"
    way = "send me a direct message or open a ticket" if direct else f"reach me at {where}"
    hello = f"{name}, I" if name else "I"
    sign = f" {signature}" if signature else " [your name]"
    long = (
        f"{hello} have read what you wrote, and I am sorry it came to this. I would like to speak with you directly. "
        f"Please {way} and mention {ref}, so that you need not explain it twice.{sign}"
    )
    short = f"{hello} am sorry about this and would like to speak with you{'' if direct else ' directly:'} {where}, reference {ref}.{sign}"
    return long if limit is None or len(long) <= limit else short
