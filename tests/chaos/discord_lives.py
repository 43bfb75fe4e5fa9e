"""Lives of the real program (`chat_lives`) whose Discord is a stand-in: `STAND_IN` in their environment says where."""

import os
import sys
from collections.abc import Sequence

import bot.cli
from tests.adapters.rooms.discord.served import point_at
from tests.chaos.chat_lives import serve

#: The environment's name for the stand-in's address.
STAND_IN = "DISCORD_STAND_IN"
_main = bot.cli.main


def _pointed(words: Sequence[str] | None = None) -> int:
    """The program, once it is pointed there."""
    point_at(os.environ[STAND_IN])
    return _main(words)


if __name__ == "__main__":
    bot.cli.main = _pointed  # type: ignore[assignment]  # the same, by another name
    serve()
    sys.exit(0)
