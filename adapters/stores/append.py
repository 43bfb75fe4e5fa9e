"""The append: one script call that writes all of a change or nothing, whatever the size of the pile it belongs to."""

from collections.abc import Mapping
from datetime import timedelta

from adapters.stores import touched
from adapters.stores.connect import Store
from adapters.stores.instants import micros
from adapters.stores.keys import Keys
from adapters.stores.replicas import wait_replicas
from adapters.stores.rows import dump, own
from adapters.stores.script import Argument, Script
from adapters.stores.whole import whole_at
from bot.errors import StoreAway
from bot.nouns.mention import MentionKey
from bot.nouns.record import kept
from bot.ports import Appended, Change, Conflict, Fenced, Vault

_append = Script("append")

#: A command is known again for a week, while not more than so many came after it.
REMEMBERED = timedelta(days=7)
MOST_REMEMBERED = 100_000
_FEED = 10_000
_PAIRS = 1_000  # arguments of one call in the script: Lua hands a few thousand over
_SHORT = 8  # of a person's key tell the persons of one conversation apart
_FENCES = ("team", "hold", "sender", "mention")


async def append(store: Store, keys: Keys, vault: Vault, change: Change) -> Appended | Conflict | Fenced:
    """All of `change`, or nothing. On disk, and on every replica that follows, when this returns Appended.

    Raises StoreAway, after which it may be sent again; ValueError for a change that is not whole.
    """
    touched.require_whole(change)
    arriving = touched.arriving(change)
    if len(set(arriving)) < len(arriving):
        return Fenced(which="mention")
    store.require_space()
    order = _Order(keys, vault)
    order.write(change)
    if "sender" in touched.fences(change) and not store.embedded:
        await wait_replicas(store, keys, "")  # an intent that is written and not confirmed is a doubt for a person
    primary = store.primary.id
    answer = await _append(store.client, order.keys, order.args)
    match answer:
        case b"ok" | b"again":
            if not store.embedded:
                await wait_replicas(store, keys, primary)
            return Appended(again=answer == b"again")
        case b"conflict":
            return Conflict()
        case bytes(which) if which.decode() in _FENCES:
            return Fenced(which=which.decode())
        case _:
            raise StoreAway("The store gave an answer we do not know.")


class _Order:
    """KEYS and ARGV of lua/append.lua, in the order in which it reads them."""

    def __init__(self, names: Keys, vault: Vault) -> None:
        self.keys: list[str] = []
        self.args: list[Argument] = []
        self._names = names
        self._vault = vault
        self._calls: list[tuple[str, str, list[Argument]]] = []

    def write(self, change: Change) -> None:
        """All sections."""
        self._command(change)
        self._timelines(change)
        self._fences(change)
        self._lines_and_rows(change)
        self._lying(change)
        self._fed(change)
        self._put_calls()
        self._texts(change)
        self._positions(change)
        self._dues(change)
        self._tokens(change)

    def _command(self, change: Change) -> None:
        newest = max(event.at for event in change.events)
        oldest = newest - REMEMBERED
        self.keys.append(self._names.commands())
        self.args += [change.command, micros(newest) // 1000, micros(oldest) // 1000, MOST_REMEMBERED]

    def _timelines(self, change: Change) -> None:
        self.args.append(len(change.lines))
        for name in change.lines:
            self.keys.append(self._row(name))
            self.args += touched.standing(change, name)

    def _row(self, incident: str) -> str:
        return self._names.incident(incident) if incident else self._names.team_row()

    def _fences(self, change: Change) -> None:
        asked, team = touched.fences(change), change.before.team
        epoch = -1 if change.sender is None else change.sender  # nobody's epoch is below every other
        arriving = touched.arriving(change) if "mention" in asked else []
        self.keys += [self._names.team_row(), self._names.sender(), self._names.where()]
        self.args += [
            team.version if "team" in asked else "",
            team.holds if "hold" in asked else "",
            epoch if "sender" in asked else "",
            len(arriving),
            *(self._vault.mention_ref(key) for key in arriving),
        ]

    def _call(self, command: str, key: str, *args: Argument) -> None:
        self._calls.append((command, key, list(args)))

    def _lines_and_rows(self, change: Change) -> None:
        for name, lines in change.lines.items():
            for line in lines:
                self._call("XADD", self._names.timeline(name), f"{line['version']}-0", "line", kept(line))
        if "" in change.lines:
            team = change.team
            named = ("version", team.version, "head", team.head, "holds", team.holds)
            self._call("HSET", self._names.team_row(), *named, *whole_at(team), "row", dump(own(team)))
        for name, row in change.incidents.items():
            stands = ("version", row.version, "head", row.head, "into", row.merged_into)
            self._call("HSET", self._names.incident(name), *stands, "row", dump(row))
        for name, talk in change.conversations.items():
            self._call("HSET", self._names.conversation(name), "incident", talk.incident, "row", dump(talk))

    def _lying(self, change: Change) -> None:
        self._known(self._names.where(), dict(touched.lies(change)))
        self._known(self._names.occasions(), dict(touched.occasions(change)))

    def _known(self, home: str, lying: Mapping[MentionKey, str]) -> None:
        pairs = [text for key, name in lying.items() for text in (self._vault.mention_ref(key), name)]
        for begin in range(0, len(pairs), _PAIRS):
            self._call("HSET", home, *pairs[begin : begin + _PAIRS])

    def _fed(self, change: Change) -> None:
        for incident, conversations, kinds in touched.told(change):
            told = ("incident", incident, "conversations", "\n".join(conversations), "kinds", "\n".join(kinds))
            self._call("XADD", self._names.feed(), "MAXLEN", "~", _FEED, "*", *told)

    def _put_calls(self) -> None:
        self.args.append(len(self._calls))
        for command, key, args in self._calls:
            self.keys.append(key)
            self.args += [command, len(args), *args]

    def _texts(self, change: Change) -> None:
        sealed = touched.stored(change.sealed)
        self.args.append(len(sealed))
        for one in sealed:
            person, spot = self._names.text(one.words.ref)
            self.keys.append(person)
            self.args += [spot, one.blob]

    def _positions(self, change: Change) -> None:
        self.args += [self._names.index(""), len(change.positions)]
        for member, places in change.positions.items():
            incident = member.removeprefix("i:")
            self.keys.append(self._names.conversation(member) if incident == member else self._names.incident(incident))
            self.args += [member, len(places)]
            for name, score in places.items():
                self.keys.append(self._names.index(name))
                self.args += [name, repr(float(score))]

    def _dues(self, change: Change) -> None:
        self.keys += [self._names.due(), self._names.due_at()]
        self.args.append(len(change.dues))
        for name, dues in change.dues.items():
            self.keys.append(self._names.conversation(name))
            self.args += [name, len(dues)]
            for due in dues:
                self.args += [due.what, micros(due.at)]

    def _tokens(self, change: Change) -> None:
        findings = list(touched.searchable(change))
        self.args += [self._names.token(""), len(findings)]
        for found in findings:
            self.keys += [self._names.person(found.person), self._names.found_by(found.person)]
            members = [f"{member}|{found.person[:_SHORT]}" for member in found.members]
            self.args += [len(members), *members, " ".join(found.tokens)]
