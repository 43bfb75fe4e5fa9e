"""Every key's name. Nothing outside this folder knows one.

A team's keys carry the hash tag `{team}`, so that a team lies in one slot of a cluster and one script can touch all
of it; what no team owns lies under `{coolhead}`.
"""

import re

_SHARED = "coolhead"
_TEAM = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


class Keys:
    """The keys of one team. `team`: 1 to 64 letters, digits or `_ . : -`, but not "coolhead"."""

    def __init__(self, team: str) -> None:
        if team == _SHARED or not _TEAM.fullmatch(team):
            raise ValueError("a team's id has 1 to 64 letters, digits or _ . : - and is not the word coolhead")
        self._tag = f"{{{team}}}"

    @classmethod
    def shared(cls) -> "Keys":
        """The keys that belong to no team."""
        keys = cls.__new__(cls)
        keys._tag = f"{{{_SHARED}}}"
        return keys

    def lease(self, name: str) -> str:
        """Hash: holder, epoch, until (ms of the store's clock)."""
        return f"{self._tag}:lease:{name}"

    def marker(self) -> str:
        """String without meaning, written just before waiting for replicas."""
        return f"{self._tag}:marker"
