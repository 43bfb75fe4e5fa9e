"""Why a connection to Discord ended, in a sentence for the person who has to mend it."""

from dataclasses import dataclass

import discord

#: What only a person mends is looked at again after so many seconds.
_MENDED_BY_HAND = 300.0

_TOKEN = (
    "Discord refuses our token. In the Developer Portal open Bot, press Reset Token, and set COOLHEAD_DISCORD_TOKEN "
    "to the new one. Nothing is sent until then."
)
_INTENTS = (
    "Discord refuses what we ask to hear. In the Developer Portal open Bot, Privileged Gateway Intents, and switch on "
    "what `coolhead manifest discord` names."
)
AWAY = "Discord cannot be reached just now. It is tried again by itself."


@dataclass(frozen=True, slots=True)
class Ended:
    """`wait`: seconds before it is tried again, at least. `was_up`: it had been logged in. `refused`: our token was."""

    because: str
    wait: float = 0.0
    was_up: bool = False
    refused: bool = False


def ended(error: Exception, *, was_up: bool) -> Ended:
    """By what discord.py raises; close codes as in the documentation, topics/opcodes."""
    match error:
        case discord.LoginFailure() | discord.ConnectionClosed(code=4004):
            return Ended(_TOKEN, _MENDED_BY_HAND, was_up, refused=True)
        case discord.PrivilegedIntentsRequired() | discord.ConnectionClosed(code=4013 | 4014):
            return Ended(_INTENTS, _MENDED_BY_HAND, was_up)
        case _:
            return Ended(AWAY, 0.0, was_up)
