"""The app's manifest: exactly the scopes that are needed, each with its reason, in both ways of being reached."""

from pathlib import Path

import pytest

from adapters.rooms.slack.commands import BRING_THIS, SHORTCUTS
from adapters.rooms.slack.manifest import EVENTS, SCOPES, manifest

#: Which scope carries an event (docs.slack.dev/reference/events); those without one need none.
_CARRIED_BY = {
    "app_mention": "app_mentions:read",
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "reaction_added": "reactions:read",
    "user_change": "users:read",
}
_NEED_NONE = {"app_home_opened", "app_uninstalled", "tokens_revoked"}


def test_every_scope_has_its_reason() -> None:
    """Nothing is asked for that is not explained, in the code and in the docs."""
    docs = Path("docs/slack.md").read_text(encoding="utf-8")
    assert manifest("socket")["oauth_config"]["scopes"]["bot"] == sorted(SCOPES)
    for scope, reason in SCOPES.items():
        assert len(reason) > 20
        assert f"`{scope}`" in docs


def test_nothing_is_asked_that_a_careful_admin_would_refuse() -> None:
    """No posting where it was not invited, no administration, no files, no acting as a user, no e-mail addresses."""
    for refused in (
        "chat:write.public",
        "chat:write.customize",
        "admin",
        "files",
        "users:read.email",
        "channels:join",
        "channels:manage",
    ):
        assert not any(scope.startswith(refused) and scope != "chat:write" for scope in SCOPES)
    assert "user" not in manifest("socket")["oauth_config"]["scopes"]


def test_every_event_has_its_scope() -> None:
    """What we listen to is covered by what we ask for."""
    assert sorted(EVENTS) == sorted({*_CARRIED_BY, *_NEED_NONE})
    assert {*_CARRIED_BY.values()} <= {*SCOPES}


def test_socket_mode_needs_no_address() -> None:
    """No URL stands in it."""
    told = manifest("socket")
    assert told["settings"]["socket_mode_enabled"] is True
    assert "url" not in str(told).replace("request_url", "url") or "http" not in str(told)


def test_signed_http_names_its_three_doors() -> None:
    """Under the public address, however it was written."""
    told = manifest("http", "https://coolhead.shop.test/")
    assert told["settings"]["socket_mode_enabled"] is False
    assert told["settings"]["event_subscriptions"]["request_url"] == "https://coolhead.shop.test/hooks/slack/events"
    assert told["settings"]["interactivity"]["request_url"] == "https://coolhead.shop.test/hooks/slack/interactions"
    assert told["features"]["slash_commands"][0]["url"] == "https://coolhead.shop.test/hooks/slack/commands"


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_it_stays_within_slacks_limits(mode: str) -> None:
    """Names, descriptions and shortcuts as long as a manifest may have them (docs.slack.dev/reference/app-manifest)."""
    told = manifest(mode, "https://x.test")  # type: ignore[arg-type]  # both modes there are
    assert len(told["display_information"]["name"]) <= 35
    assert len(told["display_information"]["description"]) <= 140
    shortcuts = told["features"]["shortcuts"]
    assert len(shortcuts) <= 10
    assert all(len(one["name"]) <= 24 and len(one["description"]) <= 150 for one in shortcuts)
    assert {one["callback_id"] for one in shortcuts} == {BRING_THIS, *SHORTCUTS}
    command = told["features"]["slash_commands"][0]
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000
