"""What Discord is asked for when we are invited: the least that works, each with its reason. Never ADMINISTRATOR."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import discord

#: Permissions by discord.py's name: (what Discord's settings call it, why we need it).
PERMISSIONS: Mapping[str, tuple[str, str]] = {
    "view_channel": ("View Channels", "to see the channels you choose, and whether others can see them too"),
    "send_messages": ("Send Messages and Create Posts", "to put a card into the channel, or a post into the forum"),
    "create_public_threads": ("Create Public Threads", "to open the thread under a card"),
    "send_messages_in_threads": ("Send Messages in Threads and Posts", "to say what happened, line by line"),
    "read_message_history": ("Read Message History", "to find our own cards again, so that none stands there twice"),
}
#: Helpful where a team wants it, asked for by name in `coolhead check` and never in the link.
OPTIONAL: Mapping[str, tuple[str, str]] = {
    "manage_threads": ("Manage Threads and Posts", "to open a locked thread again, and to keep a post's tags where the "
                       "forum lets only moderators set them"),
}  # fmt: skip
#: Gateway intents by discord.py's name.
INTENTS: Mapping[str, str] = {
    "guilds": "to know the server's channels, threads and roles, and when one of them goes",
    "guild_messages": "to notice that somebody deleted a card of ours; their text is not sent to us",
}
#: The one that is asked for only where a community's channel is a source.
CONTENT = (
    "Message Content",
    "only where you listen to a channel of the community: without it messages arrive without their text. "
    "Leave it off otherwise",
)


def least() -> discord.Permissions:
    """The permissions of the invite link."""
    return discord.Permissions(**dict.fromkeys(PERMISSIONS, True))


def intents() -> discord.Intents:
    """The intents we connect with."""
    return discord.Intents(**dict.fromkeys(INTENTS, True))


def invite(application: int | str) -> str:
    """The link that invites us. `application` is the Application ID of Discord's developer portal."""
    asked = {
        "client_id": str(application),
        "scope": "bot applications.commands",
        "permissions": str(least().value),
        "integration_type": "0",
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(asked)}"


def application_of(token: str) -> str:
    """The Application ID that a bot's token begins with; '' where it begins with none."""
    head = token.partition(".")[0]
    try:
        found = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (ValueError, binascii.Error):
        return ""
    return found if found.isdigit() else ""


def manifest(application: int | str = "") -> dict[str, Any]:
    """What `coolhead manifest discord` prints. `application` is the Application ID, where it is known already."""
    return {
        "invite": invite(application or "YOUR_APPLICATION_ID"),
        "steps": [
            "In Discord's developer portal (https://discord.com/developers/applications) press New Application.",
            "Under Installation choose Guild Install alone and no link. Under Bot switch Public Bot off, leave all three "
            "privileged intents off, press Reset Token, and put the token into COOLHEAD_DISCORD_TOKEN.",
            "Put the Application ID (General Information) into the link above, open it, and choose your server.",
            "Make a channel or a forum that only your moderators can view, and let the role Coolhead view it too.",
            "Run coolhead check, then coolhead run, and press Bring incidents here in that channel.",
        ],
        "administrator": False,
        "permissions": str(least().value),
        "permissions_because": dict(PERMISSIONS.values()),
        "permissions_where_missed": dict(OPTIONAL.values()),
        "intents_because": dict(INTENTS),
        "privileged_intents": {CONTENT[0]: CONTENT[1]},
    }
