"""The app's manifest: exactly the scopes it needs, each with its reason."""

from collections.abc import Mapping
from typing import Any, Literal

from adapters.connections.slack_events import REPORT
from adapters.rooms.slack.commands import BRING_THIS

#: Bot scopes by name, with what each is for. docs/slack.md repeats them.
SCOPES: Mapping[str, str] = {
    "chat:write": "post cards and lines where it was invited, keep them up to date, and write to a person directly",
    "commands": "be called by /coolhead and by its shortcuts",
    "app_mentions:read": "hear its own name in a thread",
    "channels:read": "see that a channel of the team is there, who else reads it, and that it was invited",
    "groups:read": "the same for private channels it was invited to",
    "channels:history": "find its own card again after a lost answer, and catch up on a thread after a gap",
    "groups:history": "the same in private channels it was invited to",
    "im:write": "open a direct message with a teammate",
    "im:history": "find its own note again after a lost answer, so that nobody is told twice",
    "reactions:read": "see that somebody marked a line for the look back",
    "users:read": "know a person's name, time zone, and whether they are a guest",
    "usergroups:read": "read roles from user groups",
}
#: Events, each with the scope that carries it.
EVENTS: tuple[str, ...] = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "reaction_added",
    "tokens_revoked",
    "user_change",
)
_HOOKS = "/hooks/slack"


def manifest(mode: Literal["socket", "http"], base_url: str = "", *, community: bool = False) -> dict[str, Any]:
    """The manifest to paste where Slack asks for one. `base_url`: our public address, for signed HTTP only. `community`:
    its members can report a message too.
    """
    http = mode == "http"
    base = base_url.rstrip("/")
    interactivity: dict[str, Any] = {"is_enabled": True}
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    command: dict[str, Any] = {
        "command": "/coolhead",
        "description": "What needs someone now",
        "usage_hint": "status | mine | find WORDS | bring | hold | me | review | help",
        "should_escape": False,
    }
    if http:
        interactivity["request_url"] = f"{base}{_HOOKS}/interactions"
        events["request_url"] = f"{base}{_HOOKS}/events"
        command["url"] = f"{base}{_HOOKS}/commands"
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": "Coolhead",
            "description": "Answers public complaints together, with a cool head.",
            "background_color": "#2c6a6f",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": "Coolhead", "always_online": True},
            "shortcuts": [
                *([_shortcut("Report to the moderators", "message", REPORT, "Only they see it")] if community else []),
                _shortcut("Bring this to Coolhead", "message", BRING_THIS, "Bring this message in, or note it"),
                _shortcut("What needs someone now", "global", "coolhead_now", "The list of what waits"),
                _shortcut("Bring something in", "global", "coolhead_bring", "Something found elsewhere"),
                _shortcut("Hold all posting", "global", "coolhead_hold", "A pause of all public words"),
            ],
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not http,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(name: str, kind: str, callback: str, description: str) -> dict[str, str]:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}
