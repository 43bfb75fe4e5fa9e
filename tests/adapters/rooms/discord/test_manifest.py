"""What Discord is asked for: the least, each with its reason."""

import json
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from adapters.rooms.discord.manifest import (
    INTENTS,
    OPTIONAL,
    PERMISSIONS,
    application_of,
    intents,
    invite,
    least,
    manifest,
)
from tests.adapters.rooms.discord.painting import same_as_golden


def test_the_link_asks_for_the_least_and_never_for_everything() -> None:
    """Exactly the permissions that are explained, as a number, and no administrator."""
    asked = parse_qs(urlsplit(invite(123)).query)
    granted = discord.Permissions(int(asked["permissions"][0]))
    assert granted == discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    assert not granted.administrator
    assert asked["client_id"] == ["123"]
    assert asked["scope"] == ["bot applications.commands"]
    assert urlsplit(invite(123)).netloc == "discord.com"


def test_no_privileged_intent_is_used() -> None:
    """Neither members nor presences nor other people's words."""
    asked = intents()
    assert {name for name, on in asked if on} == set(INTENTS)
    assert [asked.members, asked.presences, asked.message_content] == [False, False, False]


def test_every_permission_is_explained() -> None:
    """As Discord names it; what is helpful stands apart from what is needed."""
    told = manifest(1)
    assert told["permissions_because"] == dict(PERMISSIONS.values())
    assert told["administrator"] is False
    assert not set(told["permissions_because"]) & set(told["permissions_where_missed"])
    assert least() == discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    assert not set(PERMISSIONS) & set(OPTIONAL)


@pytest.mark.parametrize(
    ("token", "application"),
    [
        ("MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.secret", "123456789012345678"),
        ("", ""),
        ("é.x", ""),
        ("aGVsbG8.x.y", ""),
        ("a.b", ""),
    ],
)
def test_the_application_is_read_from_the_token(token: str, application: str) -> None:
    """A token begins with it, so the link can be whole as soon as there is one; nothing else of it is shown."""
    assert application_of(token) == application
    assert (application or "YOUR_APPLICATION_ID") in manifest(application)["invite"]


def test_the_manifest_looks_as_its_golden_file() -> None:
    """A reviewer reads what `coolhead manifest discord` prints."""
    same_as_golden("manifest", json.dumps(manifest(), indent=2, ensure_ascii=False))
