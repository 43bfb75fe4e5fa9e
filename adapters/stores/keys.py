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

    def person(self, person: str) -> str:
        """Hash, all the vault holds of one person: their wrapped key under `key`, each text's blob under its spot.

        Deleting this one key forgets them.
        """
        return f"{self._tag}:p:{person}"

    def text(self, ref: str) -> tuple[str, str]:
        """Where the blob of a text lies: the person's hash and the field in it. A ref is `<person>.<spot>`."""
        person, _, spot = ref.rpartition(".")
        return self.person(person), spot

    def found_by(self, person: str) -> str:
        """Set of `<token> <member>`: the index entries that a person's words made, so that they can be deleted."""
        return f"{self._tag}:tokens:{person}"

    def token(self, token: str) -> str:
        """Sorted set: what a blind index token finds."""
        return f"{self._tag}:token:{token}"

    def forgotten(self) -> str:
        """Sorted set: the persons forgotten, by when (seconds); what `restore` applies first."""
        return f"{self._tag}:forgotten"

    def inbox(self) -> str:
        """Stream: news that waits to be sorted."""
        return f"{self._tag}:inbox"

    def tries(self) -> str:
        """Hash: how often sorting an entry of the inbox failed, by its id."""
        return f"{self._tag}:tries"

    def seen(self) -> str:
        """Set of keyed hashes: all news ever stored. They never expire."""
        return f"{self._tag}:seen"

    def cursors(self) -> str:
        """Hash: how far each source was read."""
        return f"{self._tag}:cursors"

    def aside(self, which: str) -> str:
        """Sorted set: what is kept aside in one list, by when (seconds)."""
        return f"{self._tag}:aside:{which}"

    def aside_rows(self, which: str) -> str:
        """Hash: what a list kept aside shows of each entry."""
        return f"{self._tag}:aside:{which}:rows"

    def handles(self) -> str:
        """Hash: the person behind a handle."""
        return f"{self._tag}:handles"

    def invite(self, hashed: str) -> str:
        """Hash: whom a one-use link lets in, and until when."""
        return f"{self._tag}:invite:{hashed}"

    def session(self, hashed: str) -> str:
        """Hash: a signed-in browser."""
        return f"{self._tag}:session:{hashed}"

    def pulses(self) -> str:
        """Hash: the last moment each boot was known to live."""
        return f"{self._tag}:pulses"
