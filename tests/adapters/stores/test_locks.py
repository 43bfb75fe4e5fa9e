"""Locks that vanish with their holder."""

import os
from pathlib import Path

import pytest

from adapters.stores.locks import is_free, join, last_out, try_alone
from bot.errors import StoreAway


async def test_alone_means_alone(tmp_path: Path) -> None:
    """While one holds it alone, nobody else gets in; afterwards it is free."""
    lock = tmp_path / "lock"
    held = try_alone(lock)
    assert held is not None
    assert try_alone(lock) is None
    assert not is_free(lock)
    with pytest.raises(StoreAway, match="is held"):
        await join(lock, patience=0.02)
    os.close(held)
    assert is_free(lock)


async def test_several_join_and_one_is_last(tmp_path: Path) -> None:
    """Only the last of those who joined is told that it is the last."""
    lock = tmp_path / "lock"
    joined = [await join(lock, patience=1) for _ in range(3)]
    assert not is_free(lock)
    assert [last_out(one) for one in joined] == [False, False, True]
    for one in joined:
        os.close(one)
    assert is_free(lock)


async def test_readable_by_its_owner_only(tmp_path: Path) -> None:
    """A lock's file is nobody else's business."""
    os.close(await join(tmp_path / "lock", patience=1))
    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0
