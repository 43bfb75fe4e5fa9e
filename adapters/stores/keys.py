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
        self.team = team
        self._tag = f"{{{team}}}"

    @classmethod
    def shared(cls) -> "Keys":
        """The keys that belong to no team."""
        keys = cls.__new__(cls)
        keys.team = _SHARED
        keys._tag = f"{{{_SHARED}}}"
        return keys

    @property
    def tag(self) -> str:
        """What every key of theirs begins with."""
        return f"{self._tag}:"

    def restoring(self) -> str:
        """String: the backup that is being brought back; while it stands nobody works here."""
        return f"{self._tag}:restoring"

    def layout(self) -> str:
        """String: the number of the store's layout."""
        return f"{self._tag}:layout"

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
        """Sorted set of `<conversation>|<8 of the person>`, or `i:<incident>|…`: what a token finds, by whose words."""
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
        """Sorted set: the refs of what is kept aside in one list, by when (ms)."""
        return f"{self._tag}:aside:{which}"

    def handles_of(self, person: str) -> str:
        """Set: every handle that was ever bound to a person; `handles` says which still are."""
        return f"{self._tag}:handles:{person}"

    def handles(self) -> str:
        """Hash: the person behind a handle."""
        return f"{self._tag}:handles"

    def invite(self, hashed: str) -> str:
        """String: whom a one-use link lets in, and until when."""
        return f"{self._tag}:invite:{hashed}"

    def session(self, hashed: str) -> str:
        """String: a signed-in browser."""
        return f"{self._tag}:session:{hashed}"

    def pulse(self, boot: str) -> str:
        """String: the last moment one boot was known to live."""
        return f"{self._tag}:pulse:{boot}"

    def notes(self, person: str) -> str:
        """Hash: notes for one person of the team, each encrypted, by its key."""
        return f"{self._tag}:note:{person}"

    def team_row(self) -> str:
        """Hash: the team as its timeline has it (`version`, `head`, `holds`, `row` as JSON, `dues`), and up to which version
        the row is `whole`."""
        return f"{self._tag}:team"

    def incident(self, incident: str) -> str:
        """Hash: an incident (`version`, `head`, `row` as JSON, `into` where it was merged, `indexes`)."""
        return f"{self._tag}:i:{incident}"

    def conversation(self, conversation: str) -> str:
        """Hash: a conversation (`row` as JSON, `incident`, `indexes` and `dues` it stands in now)."""
        return f"{self._tag}:c:{conversation}"

    def timeline(self, incident: str) -> str:
        """Stream: a timeline, each line under the id `<version>-0`. '': the team's own."""
        return f"{self._tag}:e:{incident}" if incident else f"{self._tag}:team:e"

    def index(self, name: str) -> str:
        """Sorted set: one index of conversations, or of incidents (whose members begin with `i:`, as its name does)."""
        return f"{self._tag}:x:{name}"

    def due(self) -> str:
        """Sorted set: `<conversation> <what>` by when it is to be taken next (microseconds)."""
        return f"{self._tag}:due"

    def due_at(self) -> str:
        """Hash: `<conversation> <what>` and when it is truly due (microseconds)."""
        return f"{self._tag}:due:at"

    def feed(self) -> str:
        """Stream, cut at about its newest 10,000: one entry for each timeline an append touched."""
        return f"{self._tag}:feed"

    def where(self) -> str:
        """Hash: a mention's keyed id and the conversation it lies in. For ever."""
        return f"{self._tag}:where"

    def occasions(self) -> str:
        """Hash: the keyed id of a post of ours and the incident that is about it."""
        return f"{self._tag}:occasions"

    def commands(self) -> str:
        """Sorted set: the commands applied of late, by when (ms)."""
        return f"{self._tag}:commands"

    def sender(self) -> str:
        """String: the highest epoch an outbox ever wrote with."""
        return f"{self._tag}:sender"

    def threads(self, incident: str) -> str:
        """Hash: which thread stands in which place, and what it shows."""
        return f"{self._tag}:threads:{incident}"

    def said(self, key: str) -> str:
        """String: where a line was said that must be said once. Gone after a quarter of a year."""
        return f"{self._tag}:said:{key}"

    def rhythms(self) -> str:
        """Hash: a source and how it answers (JSON); under '' since when, and until when, somebody looked."""
        return f"{self._tag}:rhythms"

    def troubles(self) -> str:
        """Hash: a source and what is wrong with it (JSON). No field of its row: an older version would write that over."""
        return f"{self._tag}:troubles"

    def arrivals(self, source: str) -> str:
        """Sorted set: the slots of time in which a source told us something by itself."""
        return f"{self._tag}:arrivals:{source}"

    def anchors(self) -> str:
        """Hash: timeline and version -> a signed head."""
        return f"{self._tag}:anchors"
