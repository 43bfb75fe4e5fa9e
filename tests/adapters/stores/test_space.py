"""The free-space floor."""

from pathlib import Path

import pytest

from adapters.stores.space import Space, free_bytes
from bot.errors import StoreAway, StoreFull

_MB = 1024 * 1024


class Disk:
    """A disk and a clock of our own. `asked` counts how often the file system was asked."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.now = 0.0
        self.asked = 0

    def look(self, folder: Path) -> int:
        """Free bytes; a negative number stands for a disk that is gone."""
        self.asked += 1
        if self.free < 0:
            raise OSError(5, "Input/output error")
        return self.free

    def space(self) -> Space:
        """With a floor of 64 MB."""
        return Space(Path("/data"), 64 * _MB, lambda: self.now, self.look)


def test_room_enough() -> None:
    """At the floor itself writing goes on."""
    disk = Disk(64 * _MB)
    disk.space().require()
    assert disk.space().trouble is None


def test_below_the_floor() -> None:
    """Below it writes are refused with both figures, and the page gets the same sentence."""
    space = Disk(64 * _MB - 1).space()
    with pytest.raises(StoreFull, match=r"63 MB are free.*64 MB are kept back"):
        space.require()
    assert space.trouble is not None
    assert "Free some space" in space.trouble


def test_far_from_the_floor_it_is_asked_every_250_ms() -> None:
    """Between two looks the last answer counts, however often it is required."""
    disk = Disk(4 * 64 * _MB)
    space = disk.space()
    space.require()
    disk.free = 0
    disk.now = 0.249
    for _ in range(1000):
        space.require()
    assert disk.asked == 1
    disk.now = 0.25
    assert space.trouble is not None


def test_near_the_floor_it_is_asked_every_10_ms() -> None:
    """Room that runs out or comes back is seen soon, both ways."""
    disk = Disk(4 * 64 * _MB - 1)
    space = disk.space()
    space.require()
    disk.free = 0
    disk.now = 0.009
    space.require()
    disk.now = 0.01
    assert space.trouble is not None
    disk.free = 100 * _MB
    disk.now = 0.02
    assert space.trouble is None
    assert disk.asked == 3


def test_a_disk_that_cannot_be_looked_at() -> None:
    """It is said, and nothing is written."""
    space = Disk(-1).space()
    with pytest.raises(StoreAway, match="cannot be looked at"):
        space.require()
    assert space.trouble is not None


def test_a_real_disk(tmp_path: Path) -> None:
    """The figure is the file system's own: more than nothing, less than an exabyte."""
    assert 0 < free_bytes(tmp_path) < 2**60
