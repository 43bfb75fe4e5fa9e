"""Every error the product raises on purpose.

    CoolheadError
    ├── WrongUse            a command, a line or a file we cannot read (exit 2)
    │   └── WrongSettings   names the key, where it came from, and the fix
    ├── StoreAway           the store does not answer (exit 3; HTTP 503)
    │   └── StoreFull       too little free space: writes are refused before the server dies
    ├── StoreUnsafe         the store may lose confirmed writes and `accept_loss` is not set
    └── Tampered            a seal, a chain or a ciphertext does not fit

An expected no is a value (`Refusal`, `Broken`, `NotSent`, …), never one of these. No message holds a secret or anybody's words.
"""


class CoolheadError(Exception):
    """The root. Its text is written for the person who reads it."""


class WrongUse(CoolheadError):
    """Something given to us cannot be read."""


class WrongSettings(WrongUse):
    """A setting is wrong; the text names key, place and fix."""


class StoreAway(CoolheadError):
    """The store cannot be reached, or did not confirm a write."""


class StoreFull(StoreAway):
    """The disk is nearly full, so writes are refused; nothing was stored."""


class StoreUnsafe(CoolheadError):
    """The store is set up so that it can lose what it confirmed."""


class Tampered(CoolheadError):
    """Something kept does not match its seal, its chain or its key."""
