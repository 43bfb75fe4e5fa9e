"""Signed heads: kept once, by their first signature, and all of them are found."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.stores.anchors import RedisAnchors
from adapters.stores.connect import connect
from adapters.stores.keys import Keys
from bot.ports import Anchors
from bot.review.anchors import Anchor
from tests.fakes.anchors import FakeAnchors
from tests.fakes.clock import START


@pytest.fixture(params=["valkey_url", "redis_url", "cluster_url", "fake"], ids=["valkey", "redis", "cluster", "fake"])
async def anchors(request: pytest.FixtureRequest, team: str, tmp_path: Path) -> AsyncIterator[Anchors]:
    """An empty one of each kind."""
    if request.param == "fake":
        yield FakeAnchors()
        return
    async with connect(request.getfixturevalue(request.param), tmp_path) as store:
        yield RedisAnchors(store, Keys(team))


def head(incident: str | None = "i1", version: int = 1, signature: str = "first") -> Anchor:
    """A signed head."""
    return Anchor(incident=incident, version=version, hash="ab", at=START, key="k", signature=signature)


async def test_every_head_is_found_in_order(anchors: Anchors) -> None:
    """By timeline and version, the team's own first; more than one page of them."""
    assert await anchors.all() == []
    for version in range(1200, 0, -1):
        await anchors.put(head("i2", version))
    await anchors.put(head("i1", 3))
    await anchors.put(head(None, 2))
    found = list(await anchors.all())
    assert found == [head(None, 2), head("i1", 3), *(head("i2", version) for version in range(1, 1201))]


async def test_the_first_signature_of_a_head_stays(anchors: Anchors) -> None:
    """A replica that signs the same head later changes nothing."""
    await anchors.put(head())
    await anchors.put(head(signature="second").model_copy(update={"at": START + timedelta(1)}))
    assert await anchors.all() == [head()]
