"""A disk whose power can be cut: an ext4 file system of its own that is shut down at once, without writing anything back.

What was not synced is gone, as the file system's own journal finds it when it is mounted again. That is the power cut of
a disk that tells the truth about its cache; a disk that lies cannot be shown this way.
"""

import fcntl
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers import temporary
from tests.stories.process import until

#: EXT4_IOC_SHUTDOWN, and its way EXT4_GOING_FLAGS_NOLOGFLUSH: the journal is not written out either.
_SHUTDOWN, _AT_ONCE = 0x8004587D, 2


@dataclass(frozen=True, slots=True)
class Disk:
    """`folder` is where it is mounted, `image` what it lies in."""

    folder: Path
    image: Path

    def cut(self) -> None:
        """From here on nothing is written any more, and every write fails."""
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", _AT_ONCE))
        finally:
            os.close(handle)

    def mounted(self) -> bool:
        """Mount it, after looking into its journal; whether that went."""
        return _ran("mount", "-o", "loop", str(self.image), str(self.folder))

    def gone(self) -> bool:
        """Take it away; whether nobody held it."""
        return _ran("umount", str(self.folder))

    def back(self) -> None:
        """The power is back: mounted anew. Whoever wrote there has to be dead."""
        until(self.gone, lambda: "somebody still holds the disk")
        until(self.mounted, lambda: "the disk cannot be mounted again")


def _ran(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def disk(megabytes: int = 192) -> Iterator[Disk]:
    """Mounted. Skips with a line where nobody may mount one."""
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        pytest.skip("the power can be cut only by root, on ext4; on Debian: apt-get install e2fsprogs")
    with temporary() as folder:
        made = Disk(folder / "disk", folder / "image")
        made.folder.mkdir()
        with made.image.open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
        if not _ran("mkfs.ext4", "-q", "-F", str(made.image)) or not made.mounted():
            pytest.skip("a file system of one's own cannot be mounted here")
        try:
            yield made
        finally:
            until(made.gone, lambda: "somebody still holds the disk")
