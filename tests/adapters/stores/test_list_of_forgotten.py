"""The list of the forgotten: whoever was noted is on it, whatever happened to the file before."""

import os
import stat
from pathlib import Path

import pytest

from adapters.stores.list_of_forgotten import listed, note


@pytest.mark.parametrize("left", range(44))
def test_a_line_that_was_broken_off_swallows_nobody(tmp_path: Path, left: int) -> None:
    """Wherever a full disk or a death cut the last one, whoever is noted next is on the list."""
    path = tmp_path / "list"
    note(path, ["a" * 32], 1_700_000_000)
    begins = path.stat().st_size
    note(path, ["b" * 32], 1_700_000_100)
    line = path.read_bytes()[begins:].strip()
    os.truncate(path, path.read_bytes().index(line) + left)
    note(path, ["c" * 32], 1_700_000_200)
    found = dict(listed(path))
    assert (found.pop("a" * 32), found.pop("c" * 32)) == (1_700_000_000, 1_700_000_200)
    assert found == ({"b" * 32: 1_700_000_100} if left == len(line) else {})


def test_a_new_list_is_on_the_disk_with_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut a file whose folder was not written out may be gone, with all that was in it."""
    written, fsync = [], os.fsync

    def watched(descriptor: int) -> None:
        written.append(os.fstat(descriptor))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    note(tmp_path / "data" / "list", ["a" * 32], 1_700_000_000)
    assert [stat.S_ISDIR(each.st_mode) for each in written] == [False, True]
    assert os.path.samestat(written[-1], (tmp_path / "data").stat())
