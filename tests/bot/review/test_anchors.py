"""Signed heads: what is covered by a signature is all that an anchor says."""

import json
from datetime import UTC, datetime

from bot.review.anchors import Anchor

HEAD = Anchor(incident="i1", version=7, hash="ab", at=datetime(2026, 3, 2, 10, tzinfo=UTC), key="k", signature="s")


def test_everything_but_key_and_signature_is_covered() -> None:
    """As canonical JSON, so that a stranger can make the same bytes."""
    plain = {"at": "2026-03-02T10:00:00Z", "hash": "ab", "incident": "i1", "version": 7}
    assert HEAD.covered() == json.dumps(plain, separators=(",", ":")).encode()


def test_it_covers_the_same_after_being_written_and_read() -> None:
    """The store, an export and a colleague's copy give the same bytes."""
    assert Anchor.model_validate_json(HEAD.model_dump_json()).covered() == HEAD.covered()


def test_the_teams_own_timeline_has_no_incident() -> None:
    """It is covered as null, so no incident's head can stand for it."""
    team = HEAD.model_copy(update={"incident": None})
    assert b'"incident":null' in team.covered()
    assert team.covered() != HEAD.model_copy(update={"incident": "null"}).covered()
